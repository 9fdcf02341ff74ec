#include "sync/certificates/tls_client.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cassert>

#include "db/language/language.h"
#include "sync/certificates/openssl_handles.h"
#include "sync/certificates/tls_server.h"

namespace kuangxun::certificates {
namespace {

Error not_configured(const Words& why) {
  return Error(ErrorCode::corrupt, phrase("TLS cannot be set up ({0}): this laptop's certificate or key may be "
                                          "damaged, enrol it again",
                                          {why}));
}

ClientTls::Trouble trouble_of_alert(int alert) {
  switch (alert) {
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
    case SSL_AD_CERTIFICATE_REQUIRED:
      return ClientTls::Trouble::not_let_in;
    case SSL_AD_PROTOCOL_VERSION:
      return ClientTls::Trouble::other_protocol;
    default:
      return ClientTls::Trouble::none;
  }
}

int state_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

}  // namespace

struct ClientTls::State {
  std::optional<std::string> host;         // of a Trust
  std::optional<std::string> fingerprint;  // of a Fingerprint
  ListHandle authorities;
  X509Handle certificate;
  KeyHandle key;
  std::int64_t known_ms = 0;
  Sight sight;

  // The one among those that the server showed whose key has the fingerprint, and that signed itself.
  X509* find_authority(const STACK_OF(X509) * shown) const {
    for (int i = 0; i < sk_X509_num(shown); ++i) {
      X509* const candidate = sk_X509_value(shown, i);
      const auto shown_key = key_of(*candidate);
      if (shown_key.has_value() && authority_fingerprint(*shown_key) == *fingerprint &&
          X509_self_signed(candidate, 1) == 1) {
        return candidate;
      }
    }
    return nullptr;
  }

  bool verify(X509_STORE_CTX& context) {
    ListHandle found;
    if (fingerprint.has_value()) {
      X509* const authority = find_authority(X509_STORE_CTX_get0_untrusted(&context));
      if (authority == nullptr) {
        X509_STORE_CTX_set_error(&context, X509_V_ERR_CERT_UNTRUSTED);
        return false;
      }
      found.reset(sk_X509_new_null());
      X509_up_ref(authority);
      sk_X509_push(found.get(), authority);
    }
    X509_STORE_CTX_set0_trusted_stack(&context, found != nullptr ? found.get() : authorities.get());
    if (host.has_value()) X509_VERIFY_PARAM_set1_host(X509_STORE_CTX_get0_param(&context), host->c_str(), 0);
    if (!verify_at(context, known_ms)) return false;
    const auto facts = read_certificate(to_certificate(*X509_STORE_CTX_get0_cert(&context)).der);
    if (!facts.ok() || facts->purpose != Purpose::server) {
      X509_STORE_CTX_set_error(&context, X509_V_ERR_INVALID_PURPOSE);
      return false;
    }
    sight.county = facts->county;
    if (found != nullptr) sight.authority = to_certificate(*sk_X509_value(found.get(), 0));
    // The list goes; the context must not keep it.
    X509_STORE_CTX_set0_trusted_stack(&context, nullptr);
    return true;
  }

  // OpenSSL's callback instead of X509_verify_cert.
  static int verify_peer(X509_STORE_CTX* context, void* state) {
    State& self = *static_cast<State*>(state);
    if (self.verify(*context)) return 1;
    const bool is_old = X509_STORE_CTX_get_error(context) == X509_V_ERR_CERT_HAS_EXPIRED;
    self.sight.trouble = is_old ? Trouble::expired : Trouble::stranger;
    X509_STORE_CTX_set0_trusted_stack(context, nullptr);
    return 0;
  }

  static void hear(const SSL* connection, int what, int value) {
    if ((what & SSL_CB_READ_ALERT) != SSL_CB_READ_ALERT) return;
    State& self = *static_cast<State*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), state_index()));
    const Trouble trouble = trouble_of_alert(value & 0xFF);
    if (trouble != Trouble::none) self.sight.trouble = trouble;
  }
};

ClientTls::ClientTls(std::unique_ptr<State> state) : state_(std::move(state)) {}
ClientTls::~ClientTls() = default;

Result<std::unique_ptr<ClientTls>> ClientTls::make(const Settings& settings) {
  assert(settings.trust.has_value() != settings.fingerprint.has_value());
  assert(settings.certificate.has_value() == (settings.key != nullptr));
  auto state = std::make_unique<State>();
  state->known_ms = settings.known_ms;
  if (settings.fingerprint.has_value()) state->fingerprint = settings.fingerprint->authority;
  if (settings.trust.has_value()) {
    state->host = server_host_name(settings.trust->county);
    state->authorities = parse_list(settings.trust->authorities);
    if (state->authorities == nullptr || sk_X509_num(state->authorities.get()) == 0) {
      return not_configured(phrase("no usable CA certificate of the county"));
    }
  }
  if (settings.certificate.has_value()) {
    state->certificate = parse_x509(settings.certificate->der);
    state->key = private_key(*settings.key);
    if (state->certificate == nullptr || key_of(*state->certificate) != settings.key->public_key()) {
      return not_configured(phrase("the certificate is not of the key"));
    }
  }
  return std::unique_ptr<ClientTls>(new ClientTls(std::move(state)));
}

Status ClientTls::configure(ssl_ctx_st& context) {
  // A link that is simply cut must not cost the session that the next connection resumes.
  SSL_CTX_set_options(&context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(&context, &State::verify_peer, state_.get());
  SSL_CTX_set_info_callback(&context, &State::hear);
  bool is_set = SSL_CTX_set_min_proto_version(&context, TLS1_3_VERSION) == 1 &&
                SSL_CTX_set_max_send_fragment(&context, tls_record_bytes) == 1 &&
                SSL_CTX_set_ex_data(&context, state_index(), state_.get()) == 1;
  if (state_->certificate != nullptr) {
    is_set = is_set && SSL_CTX_use_certificate(&context, state_->certificate.get()) == 1 &&
             SSL_CTX_use_PrivateKey(&context, state_->key.get()) == 1;
  }
  if (!is_set) return not_configured(openssl_reason());
  return {};
}

const ClientTls::Sight& ClientTls::sight() const {
  return state_->sight;
}

void ClientTls::forget_sight() {
  state_->sight = {};
}

}  // namespace kuangxun::certificates
