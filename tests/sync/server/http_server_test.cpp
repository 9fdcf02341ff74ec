// What a peer that means harm, or none, can say to the county's socket.
#include <doctest/doctest.h>

#include <thread>

#include "db/base/limits.h"
#include "sync/server/http_server.h"
#include "tests/support/seeded_random.h"
#include "tests/sync/server/raw_connection.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using server::HttpServer;

namespace {

// Answers each body with its bytes in reverse.
class RunningServer {
 public:
  RunningServer() {
    auto made = HttpServer::listen("127.0.0.1", 0, [this](Bytes request) {
      ++requests;
      return Bytes(request.rbegin(), request.rend());
    });
    REQUIRE(made.ok());
    server_ = std::move(made).value();
    thread_ = std::thread([this] { server_->run(); });
  }
  ~RunningServer() {
    server_->stop();
    thread_.join();
  }
  std::uint16_t port() const { return server_->port(); }
  std::atomic<int> requests = 0;

 private:
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

std::string post(const std::string& body) {
  return "POST /kuangxun/1 HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string first_line(const RunningServer& server, const std::string& said) {
  RawConnection connection(server.port());
  REQUIRE(connection.is_open());
  connection.say(said);
  return connection.hear_line();
}

bool still_serves(const RunningServer& server) {
  return first_line(server, post("abc")) == "HTTP/1.1 200 OK";
}

}  // namespace

TEST_CASE("a request gets its answer, several on one connection") {
  RunningServer server;
  RawConnection connection(server.port());
  REQUIRE(connection.say(post("abc") + post("de")));
  connection.stop_saying();
  const std::string heard = connection.hear();
  CHECK(heard.find("cba") != std::string::npos);
  CHECK(heard.find("ed") != std::string::npos);
  CHECK(server.requests == 2);
}

TEST_CASE("only this machine is listened to") {
  for (const char* host : {"0.0.0.0", "::", "192.0.2.1", "example.org", ""}) {
    const auto server = HttpServer::listen(host, 0, [](Bytes request) { return request; });
    REQUIRE_FALSE(server.ok());
    CHECK(server.error().code() == ErrorCode::bad_input);
  }
  for (const char* host : {"127.0.0.1", "localhost"}) {
    CHECK(HttpServer::listen(host, 0, [](Bytes request) { return request; }).ok());
  }
}

TEST_CASE("a taken port is told") {
  RunningServer server;
  const auto second = HttpServer::listen("127.0.0.1", server.port(), [](Bytes request) { return request; });
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().code() == ErrorCode::unavailable);
}

TEST_CASE("what is no request of ours is refused by its own code") {
  RunningServer server;
  CHECK(first_line(server, "GET /kuangxun/1 HTTP/1.1\r\nHost: x\r\n\r\n") == "HTTP/1.1 405 Method Not Allowed");
  CHECK(first_line(server, "POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na") ==
        "HTTP/1.1 404 Not Found");
  CHECK(first_line(server, "POST /kuangxun/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n") ==
        "HTTP/1.1 411 Length Required");
  CHECK(first_line(server, "POST /kuangxun/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n") ==
        "HTTP/1.1 413 Payload Too Large");
  const std::string long_header(limits::http_header_bytes_max + 100, 'h');
  CHECK(first_line(server, "POST /kuangxun/1 HTTP/1.1\r\nX: " + long_header + "\r\n\r\n") ==
        "HTTP/1.1 431 Request Header Fields Too Large");
  CHECK(first_line(server, "POST /kuangxun/1 HTTP/1.1\r\nContent-Length: -5\r\n\r\n") == "HTTP/1.1 400 Bad Request");
  CHECK(server.requests == 0);
  CHECK(still_serves(server));
}

TEST_CASE("random bytes end in a refusal or a closed connection, and harm nobody") {
  RunningServer server;
  SeededRandom random(11);
  for (int i = 0; i < 200; ++i) {
    std::string noise(1 + random.below(600), '\0');
    for (char& character : noise) character = static_cast<char>(random.below(256));
    if (i % 3 == 0) noise = "POST /kuangxun/1 HTTP/1.1\r\n" + noise;
    RawConnection connection(server.port());
    connection.say(noise);
    connection.stop_saying();
    const std::string heard = connection.hear();
    CHECK((heard.empty() || heard.starts_with("HTTP/1.1 4")));
  }
  CHECK(server.requests == 0);
  CHECK(still_serves(server));
}

TEST_CASE("a body that ends too early is no request") {
  RunningServer server;
  const std::string whole = post("0123456789");
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    RawConnection connection(server.port());
    connection.say(whole.substr(0, size));
    connection.stop_saying();
    connection.hear();
  }
  CHECK(server.requests == 0);
  CHECK(still_serves(server));
}

TEST_CASE("silent connections do not keep others out") {
  RunningServer server;
  std::vector<std::unique_ptr<RawConnection>> silent;
  for (int i = 0; i < 100; ++i) {
    silent.push_back(std::make_unique<RawConnection>(server.port()));
    silent.back()->say("POST /kuangxun/1 HTTP/1.1\r\nHost:");
  }
  CHECK(still_serves(server));
}
