#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "db/base/result.h"
#include "sync/http/http_options.h"

namespace kuangxun::http {

// Since the start, but for the first.
struct HttpCounts {
  std::uint64_t open = 0;               // connections, now
  std::uint64_t connections = 0;        // taken in
  std::uint64_t handshakes = 0;         // TLS, completed
  std::uint64_t resumed = 0;            // of them, those that went on with an earlier session
  std::uint64_t failed_handshakes = 0;  // among them: certificates of strangers
  std::uint64_t requests = 0;           // given to the handler
  std::uint64_t cuts = 0;               // bodies that ended too early
  std::uint64_t turned_away = 0;        // closed to make room, or not taken in for want of it
};

// Carries requests and answers as bodies of POST /kuangxun/1, over TLS 1.3. Everything that waits for a peer happens by
// events on one thread, the one that calls run(): a slow, silent or hostile peer costs a small buffer until its time is
// up, never a thread. Requests that came whole are handled by workers.
class HttpServer {
 public:
  // Port 0 takes a free one. bad_input when it may not listen there, unavailable when it cannot.
  static Result<std::unique_ptr<HttpServer>> listen(HttpOptions options);
  ~HttpServer();

  std::uint16_t port() const;
  // "127.0.0.1:8470"
  std::string address() const;
  HttpCounts counts() const;  // from any thread

  // New connections use this from now on: a certificate that was renewed, authorities that were added. From any thread;
  // when it fails the old one stays.
  Status reload(const certificates::ServerTls& tls);

  // From now on SIGTERM and SIGINT end run() cleanly.
  void stop_on_signals();
  // Serves until stopped. Requests in work are answered; other connections are closed.
  void run();
  // From any thread.
  void stop();

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kuangxun::http
