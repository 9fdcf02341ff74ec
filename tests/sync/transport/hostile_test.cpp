// Peers that mean harm, or none: silent, slow, half-open, noisy, many.
#include <doctest/doctest.h>

#include <chrono>

#include "tests/sync/transport/raw_connection.h"
#include "tests/sync/transport/raw_tls.h"
#include "tests/sync/transport/running_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

using Milliseconds = std::chrono::milliseconds;
using namespace std::string_literals;

const Bytes question{1, 2, 3};
// The head of a TLS record that announces a client hello, and its first bytes.
const std::string half_hello = "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03"s + std::string(40, 'x');

std::int64_t ms_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin).count();
}

// The slowest of `times` exchanges, each over a connection of its own; -1 when one fails.
std::int64_t slowest_ms(RunningCounty& county, const certificates::ClientTls::Settings& settings, int times) {
  std::int64_t slowest = 0;
  for (int i = 0; i < times; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto link = open_link_to(county.url(), settings);
    if (!link->exchange(question).ok()) return -1;
    slowest = std::max(slowest, ms_since(begin));
  }
  return slowest;
}

// 200 peers of five kinds that are never done.
class Siege {
 public:
  // From 127.0.0.`first_address` on; `addresses` of them in turn.
  Siege(std::uint16_t port, ExampleAuthority& stranger, std::uint8_t first_address, std::uint8_t addresses) {
    const HeldCertificate foreign = stranger.device();
    SeededRandom random(4);
    for (unsigned i = 0; i < 160; ++i) {
      const auto from = static_cast<std::uint8_t>(first_address + i % addresses);
      peers_.push_back(std::make_unique<RawConnection>(port, from));
      if (i % 4 == 1) peers_.back()->say(half_hello);
      if (i % 4 == 2) peers_.back()->say(noise(random));
      if (i % 4 == 3) peers_.back()->say(post("abc"));
    }
    for (int i = 0; i < 40; ++i) {
      inside_.push_back(std::make_unique<RawTls>(port, i % 2 == 0 ? nullptr : &foreign));
      if (inside_.back()->is_open()) inside_.back()->say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 100\r\n\r\na");
    }
  }

 private:
  static std::string noise(SeededRandom& random) {
    std::string text(1 + random.below(600), '\0');
    for (char& character : text) character = static_cast<char>(random.below(256));
    return text;
  }
  std::vector<std::unique_ptr<RawConnection>> peers_;
  std::vector<std::unique_ptr<RawTls>> inside_;
};

}  // namespace

TEST_CASE("200 hostile connections do not keep a laptop waiting") {
  ExampleAuthority authority(1);
  ExampleAuthority stranger(2);
  const HeldCertificate device = authority.device();
  for (const std::uint8_t addresses : {std::uint8_t{1}, std::uint8_t{100}}) {
    CAPTURE(static_cast<int>(addresses));
    RunningCounty county(authority);
    const auto settings = laptop_settings(authority, &device);
    const std::int64_t alone_ms = slowest_ms(county, settings, 20);
    const Siege siege(county.port(), stranger, 1, addresses);
    const std::int64_t besieged_ms = slowest_ms(county, settings, 20);
    MESSAGE("slowest of 20 connections with one exchange: ", alone_ms, " ms alone, ", besieged_ms, " ms besieged by ",
            county.server().counts().open, " connections");
    CHECK(county.server().counts().open > 60);
    CHECK(besieged_ms >= 0);
    CHECK(besieged_ms < 500);
  }
}

TEST_CASE("whoever fills all places makes room for a laptop, again and again") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [](http::HttpOptions& options) {
    options.limits.connections_max = 40;
    options.limits.connections_per_address_max = 30;
  });
  const HeldCertificate device = authority.device();
  const auto patient = open_link_to(county.url(), laptop_settings(authority, &device));
  REQUIRE(patient->exchange(question).ok());
  std::atomic<bool> is_over = false;
  std::thread flood([&] {
    std::vector<std::unique_ptr<RawConnection>> held(200);
    for (unsigned i = 0; !is_over; ++i) {
      held[i % held.size()] = std::make_unique<RawConnection>(county.port(), static_cast<std::uint8_t>(1 + i % 50));
      std::this_thread::sleep_for(Milliseconds(1));
    }
  });
  CHECK(comes_true([&] { return county.server().counts().turned_away > 100; }));
  const HeldCertificate other = authority.device(2);
  const std::int64_t besieged_ms = slowest_ms(county, laptop_settings(authority, &other), 20);
  // And who was there before the flood is there still.
  const bool is_still_there = patient->exchange(question).ok();
  const http::HttpCounts counts = county.server().counts();
  is_over = true;
  flood.join();
  MESSAGE("slowest of 20 connections in the flood: ", besieged_ms, " ms; turned away: ", counts.turned_away);
  CHECK(besieged_ms >= 0);
  CHECK(besieged_ms < 1000);
  CHECK(is_still_there);
  CHECK(counts.handshakes == 21);
  CHECK(counts.open <= 45);
}

TEST_CASE("a handshake, a header, a body and an answer must each move") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [](http::HttpOptions& options) {
    options.limits.handshake_timeout_ms = 300;
    options.limits.header_timeout_ms = 300;
    options.limits.idle_timeout_ms = 300;
    options.limits.rate_grace_ms = 300;
    options.handler = [](unsigned, const http::HttpPeer&, Bytes) {
      return http::HttpAnswer{200, 0, Bytes(limits::http_body_bytes_max)};
    };
  });
  const HeldCertificate device = authority.device();
  const auto begin = std::chrono::steady_clock::now();
  SUBCASE("silent from the start") {
    RawConnection silent(county.port());
    CHECK(silent.hear().empty());
  }
  SUBCASE("half a handshake") {
    RawConnection half(county.port());
    half.say(half_hello);
    half.hear();
  }
  SUBCASE("a header, a byte at a time") {
    RawTls slow(county.port(), &device);
    for (const char character : "POST /kuangxun/1 HTTP/1.1\r\nHost: "s + std::string(200, 'h')) {
      if (!slow.say(std::string(1, character)) || ms_since(begin) > 3000) break;
      std::this_thread::sleep_for(Milliseconds(20));
    }
    CHECK(slow.hear().empty());
  }
  SUBCASE("a body, a byte at a time") {
    RawTls slow(county.port(), &device);
    REQUIRE(slow.say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n"));
    for (int i = 0; i < 200 && slow.say("b") && ms_since(begin) < 3000; ++i) {
      std::this_thread::sleep_for(Milliseconds(20));
    }
    CHECK(slow.hear().empty());
    // What there was of it is kept.
    CHECK(county.cut_bodies(1).size() == 1);
  }
  SUBCASE("an answer that nobody takes") {
    RawTls deaf(county.port(), &device);
    REQUIRE(deaf.say(post("abc")));
    CHECK(comes_true([&] { return county.server().counts().requests == 1; }));
    CHECK(comes_true([&] { return county.server().counts().open == 0; }));
    CHECK(deaf.hear().size() < limits::http_body_bytes_max);
  }
  SUBCASE("nothing more to say") {
    RawTls idle(county.port(), &device);
    CHECK(idle.hear().empty());
  }
  CHECK(ms_since(begin) < 4000);
  CHECK(comes_true([&] { return county.server().counts().open == 0; }));
}

TEST_CASE("a slow but honest body is waited for") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [](http::HttpOptions& options) { options.limits.rate_grace_ms = 200; });
  const HeldCertificate device = authority.device();
  RawTls slow(county.port(), &device);
  REQUIRE(slow.say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 8000\r\n\r\n"));
  // Four times the least rate, for four times the grace.
  for (int i = 0; i < 8; ++i) {
    REQUIRE(slow.say(std::string(1000, 'b')));
    std::this_thread::sleep_for(Milliseconds(100));
  }
  CHECK(slow.hear_line() == "HTTP/1.1 200 OK");
}

TEST_CASE("bodies that would fill the memory are told to come back") {
  ExampleAuthority authority(1);
  RunningCounty county(authority, [](http::HttpOptions& options) { options.limits.bodies_bytes_max = 100'000; });
  const HeldCertificate device = authority.device();
  RawTls large(county.port(), &device);
  REQUIRE(large.say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 200000\r\n\r\n"));
  large.say(std::string(150'000, 'b'));
  CHECK(large.hear_line() == "HTTP/1.1 503 Service Unavailable");
  // What was announced and never came costs nothing.
  RawTls boaster(county.port(), &device);
  REQUIRE(boaster.say("POST /kuangxun/1 HTTP/1.1\r\nContent-Length: 16000000\r\n\r\n"));
  const HeldCertificate other = authority.device(2);
  CHECK(open_link_to(county.url(), laptop_settings(authority, &other))->exchange(question).ok());
}

TEST_CASE("what is no request of ours is refused by its own code") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const auto first_line = [&](const std::string& said) {
    RawTls connection(county.port());
    REQUIRE(connection.is_open());
    connection.say(said);
    return connection.hear_line();
  };
  const std::string head = "POST /kuangxun/1 HTTP/1.1\r\n";
  CHECK(first_line("GET /kuangxun/1 HTTP/1.1\r\nHost: x\r\n\r\n") == "HTTP/1.1 405 Method Not Allowed");
  CHECK(first_line("POST /kuangxun/0 HTTP/1.1\r\nContent-Length: 1\r\n\r\na") == "HTTP/1.1 404 Not Found");
  CHECK(first_line(head + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n") == "HTTP/1.1 411 Length Required");
  CHECK(first_line(head + "X: " + std::string(limits::http_header_bytes_max, 'h') + "\r\n\r\n") ==
        "HTTP/1.1 431 Request Header Fields Too Large");
  CHECK(first_line(head + "Content-Length: 100000\r\n\r\n") == "HTTP/1.1 413 Payload Too Large");
  CHECK(first_line(head + "Content-Length: 99999999999\r\n\r\n") == "HTTP/1.1 413 Payload Too Large");
  CHECK(first_line(head + "Content-Length: -5\r\n\r\n") == "HTTP/1.1 400 Bad Request");
  CHECK(first_line("\x01\x02\x03\r\n\r\n") == "HTTP/1.1 400 Bad Request");
  CHECK(county.server().counts().requests == 0);
}

TEST_CASE("several requests at once on one connection get their answers in order") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  RawTls connection(county.port());
  REQUIRE(connection.say(post("abc") + post("") + post("defg")));
  REQUIRE(connection.say("POST /kuangxun/1 HTTP/1.1\r\nConnection: close\r\nContent-Length: 1\r\n\r\nh"));
  const std::string heard = connection.hear();
  const std::size_t first = heard.find("cba");
  const std::size_t second = heard.find("gfed");
  REQUIRE(first != std::string::npos);
  REQUIRE(second != std::string::npos);
  CHECK(first < second);
  CHECK(heard.ends_with("h"));
  CHECK(county.server().counts().requests == 4);
}

TEST_CASE("random bytes, outside TLS and inside it, end in a refusal or a closed connection, and harm nobody") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  SeededRandom random(11);
  for (int i = 0; i < 200; ++i) {
    std::string noise(1 + random.below(600), '\0');
    for (char& character : noise) character = static_cast<char>(random.below(256));
    if (i % 3 == 0) noise = "POST /kuangxun/1 HTTP/1.1\r\n" + noise;
    if (i % 2 == 0) {
      RawConnection connection(county.port());
      connection.say(noise);
      connection.stop_saying();
      CHECK(connection.hear().size() < 100);
    } else {
      RawTls connection(county.port());
      connection.say(noise + "\r\n\r\n");
      CHECK(connection.hear_line().starts_with("HTTP/1.1 4"));
    }
  }
  CHECK(county.server().counts().requests == 0);
  CHECK(slowest_ms(county, laptop_settings(authority, nullptr), 1) >= 0);
}

TEST_CASE("a body that ends too early is no request") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const std::string whole = post("0123456789");
  for (std::size_t size = 0; size < whole.size(); size += 3) {
    RawTls connection(county.port());
    if (size > 0) connection.say(whole.substr(0, size));
    connection.cut();
  }
  CHECK(comes_true([&] { return county.server().counts().open == 0; }));
  CHECK(county.server().counts().requests == 0);
}
