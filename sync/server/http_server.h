#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "db/base/bytes.h"
#include "db/base/result.h"

namespace kuangxun::server {

// Carries requests and answers as bodies of POST /kuangxun/0. Event-driven on one thread: a slow or silent peer costs a
// small buffer until its time is up, never a thread. The handler runs on that thread too, so that the store behind it
// has one user. Boost is known in http_server.cpp only.
class HttpServer {
 public:
  using Handler = std::function<Bytes(Bytes request)>;

  // Version 0 is not encrypted and therefore speaks on this machine only: any other host than 127.0.0.1, ::1 or
  // localhost is bad_input. Port 0 takes a free one.
  static Result<std::unique_ptr<HttpServer>> listen(const std::string& host, std::uint16_t port, Handler handler);
  ~HttpServer();

  std::uint16_t port() const;
  // "127.0.0.1:8470"
  std::string address() const;
  // From now on SIGTERM and SIGINT end run() cleanly.
  void stop_on_signals();
  // Serves until stopped. A request in work is answered; open connections are closed.
  void run();
  // From any thread.
  void stop();

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kuangxun::server
