#include "sync/certificates/tls_server.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cstring>

#include "db/language/language.h"
#include "sync/certificates/openssl_handles.h"

namespace kuangxun::certificates {
namespace {

constexpr long ticket_lifetime_s = 24 * 3600;
constexpr std::size_t ticket_key_bytes = 80;  // name 16, HMAC key 32, AES key 32

Error not_configured(const Words& why) {
  return Error(ErrorCode::unavailable,
               phrase("TLS cannot be set up ({0}): check the county's certificates and keys", {why}));
}

Hash labelled(std::string_view label, const Hash& secret) {
  Bytes bytes(label.begin(), label.end());
  bytes.insert(bytes.end(), secret.bytes.begin(), secret.bytes.end());
  return sha256(bytes);
}

bool set_ticket_keys(SSL_CTX& context, const Hash& secret) {
  std::array<std::uint8_t, ticket_key_bytes> keys{};
  std::memcpy(keys.data(), labelled("kuangxun ticket name", secret).bytes.data(), 16);
  std::memcpy(keys.data() + 16, labelled("kuangxun ticket hmac", secret).bytes.data(), 32);
  std::memcpy(keys.data() + 48, labelled("kuangxun ticket aes", secret).bytes.data(), 32);
  const bool is_set = SSL_CTX_set_tlsext_ticket_keys(&context, keys.data(), keys.size()) == 1;
  OPENSSL_cleanse(keys.data(), keys.size());
  return is_set;
}

// A ticket is good only while the same authorities are believed.
bool set_session_scope(SSL_CTX& context, const std::vector<Certificate>& authorities) {
  Bytes all;
  for (const Certificate& authority : authorities) all.insert(all.end(), authority.der.begin(), authority.der.end());
  const Hash scope = sha256(all);
  return SSL_CTX_set_session_id_context(&context, scope.bytes.data(), scope.bytes.size()) == 1;
}

bool set_chain(SSL_CTX& context, const ServerTls& tls) {
  const ListHandle chain = parse_list(tls.chain);
  const KeyHandle key = private_key(tls.key);
  if (chain == nullptr || sk_X509_num(chain.get()) == 0 || key == nullptr) return false;
  if (SSL_CTX_use_certificate(&context, sk_X509_value(chain.get(), 0)) != 1) return false;
  if (SSL_CTX_use_PrivateKey(&context, key.get()) != 1) return false;
  for (int i = 1; i < sk_X509_num(chain.get()); ++i) {
    if (SSL_CTX_add1_chain_cert(&context, sk_X509_value(chain.get(), i)) != 1) return false;
  }
  return SSL_CTX_check_private_key(&context) == 1;
}

bool set_device_authorities(SSL_CTX& context, const std::vector<Certificate>& authorities) {
  const ListHandle list = parse_list(authorities);
  if (list == nullptr || sk_X509_num(list.get()) == 0) return false;
  X509_STORE* store = SSL_CTX_get_cert_store(&context);
  for (int i = 0; i < sk_X509_num(list.get()); ++i) {
    if (X509_STORE_add_cert(store, sk_X509_value(list.get(), i)) != 1) return false;
  }
  SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, nullptr);
  return X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(&context), X509_V_FLAG_NO_CHECK_TIME) == 1;
}

}  // namespace

Status configure_server(ssl_ctx_st& context, const ServerTls& tls) {
  if (tls.chain.empty()) return not_configured(phrase("no server certificate"));
  KX_TRY(facts, read_certificate(tls.chain.front().der));
  if (facts.purpose != Purpose::server || facts.key != tls.key.public_key()) {
    return not_configured(phrase("the server's certificate is not of its key"));
  }
  SSL_CTX_set_options(&context, SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS);
  // Tickets hold all there is to know of a session: nothing is kept here.
  SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_set_timeout(&context, ticket_lifetime_s);
  const bool is_set = SSL_CTX_set_min_proto_version(&context, TLS1_3_VERSION) == 1 &&
                      SSL_CTX_set_max_send_fragment(&context, tls_record_bytes) == 1 &&
                      SSL_CTX_set_num_tickets(&context, 1) == 1 && set_chain(context, tls) &&
                      set_device_authorities(context, tls.device_authorities) &&
                      set_session_scope(context, tls.device_authorities) &&
                      (!tls.ticket_secret.has_value() || set_ticket_keys(context, *tls.ticket_secret));
  if (!is_set) return not_configured(openssl_reason());
  return {};
}

ServerHandshake read_server_handshake(const ssl_st& connection) {
  ServerHandshake handshake;
  handshake.is_resumed = SSL_session_reused(&connection) == 1;
  const X509Handle shown(SSL_get1_peer_certificate(&connection));
  if (shown == nullptr) return handshake;
  const auto facts = read_certificate(to_certificate(*shown).der);
  if (facts.ok() && facts->purpose == Purpose::device) handshake.device = *facts;
  return handshake;
}

}  // namespace kuangxun::certificates
