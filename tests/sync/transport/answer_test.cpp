// What the county says by HTTP, and what a person and the program learn from it.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/support/child_program.h"
#include "tests/sync/transport/raw_tls.h"
#include "tests/sync/transport/running_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using client::LinkTrouble;

namespace {

const Bytes question{1, 2, 3};

// Says its line to one peer, whatever that says.
class SayingServer {
 public:
  explicit SayingServer(const std::string& line) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_, 1) == 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, line] {
      const int peer = ::accept(listener_, nullptr, nullptr);
      char heard[1024];
      static_cast<void>(::recv(peer, heard, sizeof heard, 0));
      ::send(peer, line.data(), line.size(), MSG_NOSIGNAL);
      ::close(peer);
    });
  }
  ~SayingServer() {
    thread_.join();
    ::close(listener_);
  }
  std::uint16_t port() const { return port_; }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

struct Said {
  ErrorCode code;
  client::LinkFailure failure;
};
Said said_by(const http::HttpAnswer& answer) {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [&](http::HttpOptions& options) {
    options.handler = [answer](unsigned, const http::HttpPeer&, Bytes) { return answer; };
  });
  const HeldCertificate device = authority.device();
  const auto link = open_link_to(county.url(), laptop_settings(authority, &device));
  const auto heard = link->exchange(question);
  REQUIRE_FALSE(heard.ok());
  return {heard.error().code(), *link->failure()};
}

}  // namespace

TEST_CASE("a busy county says when to come back, and the laptop hears it") {
  for (const int status : {429, 503}) {
    const Said said = said_by({status, 17, {}});
    CHECK(said.code == ErrorCode::busy);
    CHECK(said.failure.trouble == LinkTrouble::county_busy);
    CHECK(said.failure.retry_after_s == 17);
  }
  CHECK(said_by({503, 0, {}}).failure.retry_after_s == 0);
  CHECK(said_by({429, 1'000'000'000, {}}).failure.retry_after_s == limits::retry_after_max_s);
}

TEST_CASE("a county without room says so") {
  const Said said = said_by({507, 0, Bytes{1, 2}});
  CHECK(said.code == ErrorCode::unavailable);
  CHECK(said.failure.trouble == LinkTrouble::county_full);
}

TEST_CASE("a message that is too large is refused while it is being sent, and heard so") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  const auto link = open_link_to(county.url(), laptop_settings(authority, &device));
  const auto answer = link->exchange(Bytes(limits::http_body_bytes_max + 1));
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code() == ErrorCode::refused);
  CHECK(link->failure()->trouble == LinkTrouble::too_large);
  // Whoever has no certificate has less to say.
  const auto stranger = open_link_to(county.url(), laptop_settings(authority, nullptr));
  CHECK(stranger->exchange(Bytes(limits::http_stranger_body_bytes_max)).ok());
  REQUIRE_FALSE(stranger->exchange(Bytes(limits::http_stranger_body_bytes_max + 1)).ok());
  CHECK(stranger->failure()->trouble == LinkTrouble::too_large);
}

TEST_CASE("too many requests at once are told to come back") {
  ExampleAuthority authority(1);
  std::atomic<bool> is_held = true;
  std::atomic<int> at_work = 0;
  RunningCounty county(authority, [&](http::HttpOptions& options) {
    options.limits.waiting_requests_max = 2;
    options.handler = [&](unsigned, const http::HttpPeer&, Bytes request) {
      ++at_work;
      while (is_held) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return http::HttpAnswer{200, 0, std::move(request)};
    };
  });
  std::atomic<int> done = 0;
  std::atomic<int> sent_back = 0;
  std::vector<std::thread> laptops;
  const auto start_laptop = [&] {
    laptops.emplace_back([&] {
      auto link = client::open_secure_link(county.url(), laptop_settings(authority, nullptr));
      if (!link.ok()) return;
      if ((*link)->exchange(question).ok()) {
        ++done;
      } else if ((*link)->failure()->trouble == LinkTrouble::county_busy && (*link)->failure()->retry_after_s > 0) {
        ++sent_back;
      }
    });
  };
  start_laptop();
  REQUIRE(comes_true([&] { return at_work == 1; }));
  for (int i = 0; i < 7; ++i) start_laptop();
  comes_true([&] { return sent_back == 5; });
  is_held = false;
  for (std::thread& laptop : laptops) laptop.join();
  CHECK(done.load() == 3);
  CHECK(sent_back.load() == 5);
}

TEST_CASE("several workers each serve with what is theirs") {
  ExampleAuthority authority(1);
  std::array<std::atomic<int>, 3> at_work{};
  std::array<std::atomic<int>, 3> served{};
  std::atomic<bool> is_shared = false;
  RunningCounty county(authority, [&](http::HttpOptions& options) {
    options.workers = 3;
    options.handler = [&](unsigned worker, const http::HttpPeer&, Bytes request) {
      if (++at_work.at(worker) != 1) is_shared = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      --at_work.at(worker);
      ++served.at(worker);
      return http::HttpAnswer{200, 0, std::move(request)};
    };
  });
  const HeldCertificate device = authority.device();
  std::vector<std::thread> laptops;
  std::atomic<int> good = 0;
  for (int i = 0; i < 4; ++i) {
    laptops.emplace_back([&] {
      auto link = client::open_secure_link(county.url(), laptop_settings(authority, nullptr));
      for (int times = 0; link.ok() && times < 10; ++times) good += (*link)->exchange(question).ok() ? 1 : 0;
    });
  }
  for (std::thread& laptop : laptops) laptop.join();
  CHECK(good == 40);
  CHECK_FALSE(is_shared);
  CHECK(served[0] + served[1] + served[2] == 40);
  CHECK(served[0] > 0);
  CHECK(served[1] > 0);
  CHECK(served[2] > 0);
}

TEST_CASE("nobody there, no such name and no network are different things") {
  ExampleAuthority authority(1);
  const auto settings = laptop_settings(authority, nullptr);
  const auto nobody = open_link_to("https://127.0.0.1:1", settings);
  REQUIRE_FALSE(nobody->exchange(question).ok());
  CHECK(nobody->failure()->trouble == LinkTrouble::nobody_there);
  const auto no_name = open_link_to("https://no-such-county.invalid:8470", settings);
  const auto answer = no_name->exchange(question);
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code() == ErrorCode::unavailable);
  CHECK(no_name->failure()->trouble == LinkTrouble::name_not_found);
  // An address that routes nowhere from a machine without that network.
  const auto no_way = open_link_to("https://255.255.255.255:8470", settings);
  const auto none = no_way->exchange(question);
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code() == ErrorCode::unavailable);
}

TEST_CASE("a proxy in the environment is not used behind the officer's back") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"}) {
    ::setenv(name, "http://127.0.0.1:1", 1);
  }
  CHECK(open_link_to(county.url(), laptop_settings(authority, nullptr))->exchange(question).ok());
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"}) ::unsetenv(name);
}

TEST_CASE("who speaks no TLS is not the county") {
  ExampleAuthority authority(1);
  const SayingServer plain("HTTP/1.1 400 Bad Request\r\n\r\n");
  const auto link =
      open_link_to("https://127.0.0.1:" + std::to_string(plain.port()), laptop_settings(authority, nullptr));
  const auto answer = link->exchange(question);
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code() == ErrorCode::refused);
  CHECK(link->failure()->trouble == LinkTrouble::other_protocol);
}

TEST_CASE("TLS 1.2 is refused by the county") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const std::string place = "127.0.0.1:" + std::to_string(county.port());
  const Ran old = run_program({"/usr/bin/openssl", "s_client", "-connect", place, "-tls1_2", "-no_ign_eof"});
  CHECK(old.exit_code != 0);
  CHECK((old.out + old.err).find("protocol version") != std::string::npos);
  const Ran now = run_program({"/usr/bin/openssl", "s_client", "-connect", place, "-tls1_3", "-no_ign_eof"});
  CHECK(now.out.find("TLSv1.3") != std::string::npos);
}

TEST_CASE("where it cannot listen, the county says so") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate held = authority.server();
  ManualClock clock;
  const certificates::ServerTls tls{{held.certificate}, held.key, {authority.certificate()}, {}};
  http::HttpOptions options;
  options.handler = [](unsigned, const http::HttpPeer&, Bytes) { return http::HttpAnswer{}; };
  options.tls = &tls;
  options.clock = &clock;
  options.host = "127.0.0.1";
  options.port = county.port();
  const auto taken = http::HttpServer::listen(options);
  REQUIRE_FALSE(taken.ok());
  CHECK(taken.error().code() == ErrorCode::unavailable);
  options.port = 0;
  for (const char* host : {"", "example.org", "127.0.0.256", "10.0.0"}) {
    options.host = host;
    const auto nowhere = http::HttpServer::listen(options);
    REQUIRE_FALSE(nowhere.ok());
    CHECK(nowhere.error().code() == ErrorCode::bad_input);
  }
  for (const char* host : {"0.0.0.0", "localhost", "[::1]"}) {
    options.host = host;
    const auto listening = http::HttpServer::listen(options);
    CHECK_MESSAGE(listening.ok(), (listening.ok() ? "" : listening.error().message()));
  }
}

TEST_CASE("told to stop, the county answers what it works on, and then ends") {
  ExampleAuthority authority(1);
  std::atomic<bool> is_at_work = false;
  std::optional<Result<Bytes>> answer;
  std::thread laptop;
  {
    RunningCounty county(authority, [&](http::HttpOptions& options) {
      options.handler = [&](unsigned, const http::HttpPeer&, Bytes request) {
        is_at_work = true;
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return http::HttpAnswer{200, 0, std::move(request)};
      };
    });
    RawTls idle(county.port());
    laptop = std::thread([&] {
      auto link = client::open_secure_link(county.url(), laptop_settings(authority, nullptr));
      if (link.ok()) answer = (*link)->exchange(question);
    });
    REQUIRE(comes_true([&] { return is_at_work.load(); }));
  }
  laptop.join();
  REQUIRE(answer.has_value());
  REQUIRE(answer->ok());
  CHECK(**answer == question);
}
