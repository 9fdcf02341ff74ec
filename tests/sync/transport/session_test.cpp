// Connections that last, break and are taken up again.
#include <doctest/doctest.h>

#include "tests/sync/transport/cutting_relay.h"
#include "tests/sync/transport/raw_tls.h"
#include "tests/sync/transport/running_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using client::LinkTrouble;

namespace {

const Bytes question{1, 2, 3};

std::string url_of(const CuttingRelay& relay) {
  return "https://127.0.0.1:" + std::to_string(relay.port());
}

Bytes random_bytes(std::size_t size, std::uint64_t seed) {
  Bytes bytes(size);
  SeededRandom(seed).fill(bytes);
  return bytes;
}

}  // namespace

TEST_CASE("one connection carries many exchanges") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  const auto link = open_link_to(county.url(), laptop_settings(authority, &device));
  for (int i = 0; i < 20; ++i) REQUIRE(link->exchange(question).ok());
  const Bytes large = random_bytes(3 << 20, 1);
  const auto answer = link->exchange(large);
  REQUIRE(answer.ok());
  CHECK(*answer == Bytes(large.rbegin(), large.rend()));
  CHECK(link->exchange({}).ok());
  CHECK(county.server().counts().connections == 1);
  CHECK(county.server().counts().handshakes == 1);
  CHECK(county.server().counts().requests == 22);
}

TEST_CASE("after a cut the session is resumed, by the county's own count") {
  for (const auto way : {CuttingRelay::Way::reset, CuttingRelay::Way::quiet_end}) {
    CAPTURE(static_cast<int>(way));
    ExampleAuthority authority(1);
    RunningCounty county(authority);
    CuttingRelay relay(county.port(), way);
    const HeldCertificate device = authority.device(5);
    const auto link = open_link_to(url_of(relay), laptop_settings(authority, &device));
    relay.cut_after(100'000);
    const Bytes large = random_bytes(500'000, 2);
    for (int i = 0; i < 5; ++i) {
      // A session is good for one connection, which brings the next.
      REQUIRE(link->exchange(question).ok());
      const auto answer = link->exchange(large);
      REQUIRE_FALSE(answer.ok());
      CHECK(answer.error().code() == ErrorCode::busy);
      CHECK(link->failure()->trouble == LinkTrouble::broken);
    }
    relay.cut_after(CuttingRelay::never);
    REQUIRE(link->exchange(large).ok());
    const http::HttpCounts counts = county.server().counts();
    CHECK(counts.handshakes == relay.connections());
    CHECK(counts.handshakes == 6);
    CHECK(counts.resumed == 5);
    // Whoever resumes is as well known as at first.
    CHECK(county.peers().back().device->device == certificates::DeviceName{fixed_uuid("example device"), 5, "officer"});
  }
}

TEST_CASE("a resumed session is not good where the authorities have changed, nor are tickets of another server") {
  ExampleAuthority authority(1);
  ExampleAuthority next = authority.successor();
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  CuttingRelay relay(county.port());
  const auto link = open_link_to(url_of(relay), laptop_settings(authority, &device));
  relay.cut_after(20'000);
  REQUIRE(link->exchange(question).ok());
  REQUIRE_FALSE(link->exchange(Bytes(100'000)).ok());
  // The old authority is believed no more: its laptops are strangers, resumed or not.
  const HeldCertificate held = authority.server();
  REQUIRE(
      county.server().reload({{held.certificate, authority.certificate()}, held.key, {next.certificate()}, {}}).ok());
  CHECK(comes_true([&] { return !link->exchange(question).ok(); }));
  CHECK_FALSE(link->exchange(question).ok());
}

TEST_CASE("several servers with one secret resume each other's sessions, those without do not") {
  ExampleAuthority authority(1);
  const HeldCertificate device = authority.device();
  for (const bool is_shared : {true, false}) {
    CAPTURE(is_shared);
    const HeldCertificate held = authority.server();
    certificates::ServerTls tls{{held.certificate, authority.certificate()}, held.key, {authority.certificate()}, {}};
    if (is_shared) tls.ticket_secret = sha256(as_bytes("example secret"));
    auto first = std::make_unique<RunningCounty>(authority, tls);
    const std::uint16_t port = first->port();
    const auto link = open_link_to(first->url(), laptop_settings(authority, &device));
    REQUIRE(link->exchange(question).ok());
    first.reset();
    RunningCounty second(authority, tls, [&](http::HttpOptions& options) { options.port = port; });
    REQUIRE(link->exchange(question).ok());
    CHECK(second.server().counts().handshakes == 1);
    CHECK(second.server().counts().resumed == (is_shared ? 1 : 0));
  }
}

TEST_CASE("what had arrived of a body is given to the county, wherever the link was cut") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  CuttingRelay relay(county.port());
  const HeldCertificate device = authority.device();
  const Bytes photo = random_bytes(256 << 10, 3);
  std::size_t heard_of = 0;
  std::uint64_t largest_loss = 0;
  for (const std::uint64_t cut : {9'000U, 10'000U, 30'000U, 65'537U, 131'072U, 200'001U, 262'000U}) {
    CAPTURE(cut);
    const auto link = open_link_to(url_of(relay), laptop_settings(authority, &device));
    relay.cut_after(cut);
    REQUIRE_FALSE(link->exchange(photo).ok());
    ++heard_of;
    const auto bodies = county.cut_bodies(heard_of);
    REQUIRE(bodies.size() == heard_of);
    const Bytes& partial = bodies.back();
    REQUIRE(partial.size() < photo.size());
    CHECK(std::equal(partial.begin(), partial.end(), photo.begin()));
    largest_loss = std::max(largest_loss, cut - partial.size());
  }
  // The handshake, the header, and less than one record.
  CHECK(largest_loss < 2'500 + 4'200 + 262'000 / 4'096 * 22);
  CHECK(county.server().counts().cuts == heard_of);
  CHECK(county.server().counts().requests == 0);
}

TEST_CASE("the beginning of a stranger's body is nobody's") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  {
    RawTls stranger(county.port());
    REQUIRE(stranger.is_open());
    stranger.say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 1000\r\n\r\nabc");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stranger.cut();
  }
  CHECK(comes_true([&] { return county.server().counts().cuts == 1; }));
  CHECK(county.cut_bodies(0).empty());
}

TEST_CASE("a laptop that comes again frees what its cut connection held, at once") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  // The county has not seen the end of this connection.
  RawTls dead(county.port(), &device);
  REQUIRE(dead.is_open());
  REQUIRE(dead.say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 1000\r\n\r\nabcdef"));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  REQUIRE(county.cut_bodies(0).empty());
  const auto link = open_link_to(county.url(), laptop_settings(authority, &device));
  REQUIRE(link->exchange(question).ok());
  const auto bodies = county.cut_bodies(1);
  REQUIRE(bodies.size() == 1);
  CHECK(as_text(bodies[0]) == "abcdef");
  // Another laptop's is left alone.
  RawTls other(county.port(), &device);
  REQUIRE(other.say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 6\r\n\r\nabc"));
  const HeldCertificate second = authority.device(2);
  REQUIRE(open_link_to(county.url(), laptop_settings(authority, &second))->exchange(question).ok());
  REQUIRE(other.say("def"));
  CHECK(other.hear_line() == "HTTP/1.1 200 OK");
}

TEST_CASE("an answer that is cut short is a broken link, not an answer") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  for (const auto way : {CuttingRelay::Way::reset, CuttingRelay::Way::quiet_end}) {
    CuttingRelay relay(county.port(), way);
    for (std::uint64_t back_bytes = 1; back_bytes < 30'000; back_bytes = back_bytes * 3 / 2 + 1) {
      CAPTURE(back_bytes);
      const auto link = open_link_to(url_of(relay), laptop_settings(authority, &device));
      relay.cut_after(CuttingRelay::never, back_bytes);
      const auto answer = link->exchange(Bytes(30'000));
      REQUIRE_FALSE(answer.ok());
      CHECK(answer.error().code() == ErrorCode::busy);
      CHECK(link->failure()->trouble == LinkTrouble::broken);
    }
  }
}

TEST_CASE("a request that is cut anywhere, in the handshake too, is a broken link") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  for (const auto way : {CuttingRelay::Way::reset, CuttingRelay::Way::quiet_end}) {
    CuttingRelay relay(county.port(), way);
    for (std::uint64_t bytes = 1; bytes < 30'000; bytes = bytes * 3 / 2 + 1) {
      CAPTURE(bytes);
      const auto link = open_link_to(url_of(relay), laptop_settings(authority, &device));
      relay.cut_after(bytes);
      const auto answer = link->exchange(Bytes(30'000));
      REQUIRE_FALSE(answer.ok());
      CHECK(answer.error().code() == ErrorCode::busy);
      CHECK(link->failure()->trouble == LinkTrouble::broken);
    }
  }
  CHECK(county.server().counts().requests == 0);
}

TEST_CASE("nothing changed costs little") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  CuttingRelay relay(county.port());
  const HeldCertificate device = authority.device();
  const auto link = open_link_to(url_of(relay), laptop_settings(authority, &device));
  const auto bytes_of = [&](const Bytes& message) {
    const std::uint64_t before = relay.towards_bytes() + relay.back_bytes();
    static_cast<void>(link->exchange(message).ok());
    return relay.towards_bytes() + relay.back_bytes() - before;
  };
  relay.cut_after(20'000);
  const std::uint64_t with_handshake = bytes_of(question);
  const std::uint64_t alone = bytes_of(question);
  bytes_of(Bytes(100'000));
  const std::uint64_t resumed = bytes_of(question);
  CHECK(county.server().counts().resumed == 1);
  MESSAGE("bytes of TCP both ways for one exchange of 3 bytes: ", with_handshake, " with a handshake, ", resumed,
          " with one resumed, ", alone, " on an open connection");
  CHECK(with_handshake < 4'000);
  CHECK(resumed < with_handshake);
  CHECK(alone < 350);
}
