#pragma once

#include <optional>
#include <vector>

#include "db/base/hash.h"
#include "sync/certificates/certificate.h"

// OpenSSL's own names, so that who holds its objects (through Boost or libcurl) needs none of its headers.
struct ssl_ctx_st;
struct ssl_st;

namespace kuangxun::certificates {

// How the county's server speaks TLS 1.3.
struct ServerTls {
  // The server's own certificate first, then cross-signed authorities, then the authorities that laptops may ask for at
  // enrolment. Cross-signed ones stand before self-signed ones of the same name.
  std::vector<Certificate> chain;
  const SigningKey& key;  // borrowed while it is being configured only
  // Who signs device certificates: several while an authority is being replaced.
  std::vector<Certificate> device_authorities;
  // Several processes with the same secret resume each other's sessions. Without one, each makes its own.
  std::optional<Hash> ticket_secret;
};

// Asks for a client certificate, and does not insist. One that no device authority signed fails the handshake; an
// expired one comes through, because only who is let in can be told to renew.
Status configure_server(ssl_ctx_st& context, const ServerTls& tls);

// After a handshake at the server.
struct ServerHandshake {
  bool is_resumed = false;
  std::optional<CertificateFacts> device;  // what it showed: a device certificate of ours
};
ServerHandshake read_server_handshake(const ssl_st& connection);

// How much of what the peer sends arrives together. Small enough that a link which is cut in the middle of one loses
// little, and large enough that their heads (22 bytes) cost little.
constexpr int tls_record_bytes = 2048;

}  // namespace kuangxun::certificates
