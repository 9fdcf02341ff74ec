// Behind HAProxy in TCP mode: the PROXY header comes first, in the clear, and TLS after it.
#include <doctest/doctest.h>

#include "tests/sync/transport/raw_connection.h"
#include "tests/sync/transport/raw_tls.h"
#include "tests/sync/transport/running_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

using namespace std::string_literals;
const std::string from_ten = "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0C\x0A\0\0\x03\xC0\0\x02\x01\x12\x34\x21\x16"s;
const std::string is_alive = "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"s;

void behind_proxy(http::HttpOptions& options) {
  options.proxies = {"127.0.0.1"};
}

std::string answer_after(std::uint16_t port, std::string_view header, const HeldCertificate* device) {
  RawTls connection(port, device, header);
  if (!connection.is_open() || !connection.say(post("abc"))) return "closed";
  return connection.hear_line();
}

}  // namespace

TEST_CASE("the county sees the laptop's address, not the proxy's") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, behind_proxy);
  const HeldCertificate device = authority.device();
  REQUIRE(answer_after(county.port(), from_ten, &device) == "HTTP/1.1 200 OK");
  CHECK(county.peers().back().address == "10.0.0.3");
  CHECK(county.peers().back().device.has_value());
  REQUIRE(answer_after(county.port(), is_alive, nullptr) == "HTTP/1.1 200 OK");
  CHECK(county.peers().back().address == "127.0.0.1");
}

TEST_CASE("a proxy must say who it speaks for, and nobody else may") {
  ExampleAuthority authority(1);
  {
    RunningCounty county(authority, behind_proxy);
    CHECK(answer_after(county.port(), "", nullptr) == "closed");
    CHECK(county.server().counts().requests == 0);
  }
  {
    RunningCounty county(authority);
    CHECK(answer_after(county.port(), from_ten, nullptr) == "closed");
    CHECK(answer_after(county.port(), "", nullptr) == "HTTP/1.1 200 OK");
  }
  {
    RunningCounty county(authority, [](http::HttpOptions& options) { options.proxies = {"192.0.2.1", "::1"}; });
    CHECK(answer_after(county.port(), from_ten, nullptr) == "closed");
    CHECK(answer_after(county.port(), "", nullptr) == "HTTP/1.1 200 OK");
  }
  const HeldCertificate held = authority.server();
  const certificates::ServerTls tls{{held.certificate}, held.key, {authority.certificate()}, {}};
  ManualClock clock;
  http::HttpOptions options;
  options.host = "127.0.0.1";
  options.tls = &tls;
  options.clock = &clock;
  options.handler = [](unsigned, const http::HttpPeer&, Bytes) { return http::HttpAnswer{}; };
  options.proxies = {"proxy.example"};
  CHECK_FALSE(http::HttpServer::listen(options).ok());
}

TEST_CASE("a header that is cut at any byte, or damaged at any bit, lets nobody in and harms nobody") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [](http::HttpOptions& options) {
    behind_proxy(options);
    options.limits.handshake_timeout_ms = 200;
  });
  for (std::size_t size = 0; size < from_ten.size(); ++size) {
    RawConnection connection(county.port());
    connection.say(std::string_view(from_ten).substr(0, size));
    connection.stop_saying();
    CHECK(connection.hear().empty());
  }
  // The first 16 bytes; those after them are an address, and any address will do. A command of 0 is the proxy's own.
  for (std::size_t bit = 0; bit < 16 * 8; ++bit) {
    if (bit == 12 * 8) continue;
    std::string damaged = from_ten;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    CAPTURE(bit);
    CHECK(answer_after(county.port(), damaged, nullptr) == "closed");
  }
  CHECK(county.server().counts().requests == 0);
  CHECK(answer_after(county.port(), from_ten, nullptr) == "HTTP/1.1 200 OK");
}

TEST_CASE("a proxy that says nothing is not waited for") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [](http::HttpOptions& options) {
    behind_proxy(options);
    options.limits.handshake_timeout_ms = 200;
  });
  RawConnection silent(county.port());
  RawConnection halting(county.port());
  halting.say(std::string_view(from_ten).substr(0, 20));
  CHECK(silent.hear().empty());
  CHECK(halting.hear().empty());
  CHECK(comes_true([&] { return county.server().counts().open == 0; }));
}

TEST_CASE("behind a proxy it is each laptop's address that is limited") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [](http::HttpOptions& options) {
    behind_proxy(options);
    options.limits.connections_per_address_max = 4;
  });
  std::vector<std::unique_ptr<RawConnection>> flood;
  for (int i = 0; i < 20; ++i) {
    flood.push_back(std::make_unique<RawConnection>(county.port()));
    flood.back()->say(from_ten);
  }
  CHECK(comes_true([&] { return county.server().counts().turned_away == 16; }));
  std::string from_eleven = from_ten;
  from_eleven[19] = 11;
  CHECK(answer_after(county.port(), from_eleven, nullptr) == "HTTP/1.1 200 OK");
}
