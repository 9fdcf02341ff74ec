#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/clock.h"
#include "db/base/limits.h"
#include "sync/certificates/tls_server.h"

// What HttpServer is given, and what it gives to whoever answers.
namespace kuangxun::http {

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

// Runs on worker `worker` (0 to workers - 1), never twice at once on one: each may own what only one thread may use.
using HttpHandler = std::function<HttpAnswer(unsigned worker, const HttpPeer& peer, Bytes request)>;
// The beginning of a body whose end did not come, of a peer with a device certificate. As the handler otherwise.
using HttpCutHandler = std::function<void(unsigned worker, const HttpPeer& peer, Bytes partial)>;

struct HttpOptions {
  std::string host;  // of this machine: an IP address, or "localhost"
  std::uint16_t port = 0;
  unsigned workers = 1;  // at least one
  HttpHandler handler;
  HttpCutHandler on_cut;  // may be empty
  // Judges whether device certificates have expired. Used by the thread of run() only.
  Clock* clock = nullptr;
  // Used by listen() only. Nothing is ever served without it.
  const certificates::ServerTls* tls = nullptr;
  // IP addresses of proxies (HAProxy with send-proxy-v2). A connection from one of them must begin with a PROXY
  // header of version 2; one from elsewhere must not.
  std::vector<std::string> proxies;
  HttpLimits limits;
};

}  // namespace kuangxun::http
