#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/clock.h"
#include "db/base/limits.h"
#include "db/base/result.h"
#include "sync/certificates/tls_server.h"

namespace kuangxun::server {

// Who is at the other end of a connection.
struct HttpPeer {
  std::string address;                                   // "10.0.0.3"; behind a proxy, the one the proxy names
  std::optional<certificates::CertificateFacts> device;  // the device certificate it showed: one of ours, always
  bool is_expired = false;                               // that certificate; only its renewal should be answered
};

struct HttpAnswer {
  int status = 200;       // 200, 429, 503 or 507
  int retry_after_s = 0;  // with 429 and 503: when to come back
  Bytes body;
};

// Defaults are those of limits.h; tests take less.
struct HttpLimits {
  std::size_t connections_max = limits::http_connections_max;
  std::size_t connections_per_address_max = limits::http_connections_per_address_max;
  std::size_t bodies_bytes_max = limits::http_bodies_bytes_max;
  std::size_t waiting_requests_max = limits::http_waiting_requests_max;
  int handshake_timeout_ms = limits::http_handshake_timeout_s * 1000;
  int header_timeout_ms = limits::http_header_timeout_s * 1000;
  int idle_timeout_ms = limits::http_idle_timeout_s * 1000;
  int rate_grace_ms = limits::http_rate_grace_s * 1000;
  int request_timeout_ms = limits::http_request_timeout_s * 1000;
};

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
  // Runs on worker `worker` (0 to workers - 1), never twice at once on one: each may own what only one thread may use.
  using Handler = std::function<HttpAnswer(unsigned worker, const HttpPeer& peer, Bytes request)>;
  // The beginning of a body whose end did not come, of a peer with a device certificate. As the handler otherwise.
  using CutHandler = std::function<void(unsigned worker, const HttpPeer& peer, Bytes partial)>;

  struct Options {
    std::string host;  // of this machine: an IP address, or "localhost"
    std::uint16_t port = 0;
    unsigned workers = 1;  // at least one
    Handler handler;
    CutHandler on_cut;  // may be empty
    // Judges whether device certificates have expired. Used by the thread of run() only.
    Clock* clock = nullptr;
    // Used by listen() only. Nothing is ever served without it.
    const certificates::ServerTls* tls = nullptr;
    // IP addresses of proxies (HAProxy with send-proxy-v2). A connection from one of them must begin with a PROXY
    // header of version 2; one from elsewhere must not.
    std::vector<std::string> proxies;
    HttpLimits limits;
  };

  // Port 0 takes a free one. bad_input when it may not listen there, unavailable when it cannot.
  static Result<std::unique_ptr<HttpServer>> listen(Options options);
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

}  // namespace kuangxun::server
