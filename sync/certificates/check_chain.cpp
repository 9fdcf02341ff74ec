#include "db/language/language.h"
#include "sync/certificates/certificate.h"
#include "sync/certificates/openssl_handles.h"

// Whether a certificate leads to an authority of the county. OpenSSL judges; which hour counts is ours (verify_at).
namespace kuangxun::certificates {
namespace {

using StoreHandle = std::unique_ptr<X509_STORE, Release<X509_STORE_free>>;
using StoreContextHandle = std::unique_ptr<X509_STORE_CTX, Release<X509_STORE_CTX_free>>;

Error refusal(int openssl_error) {
  if (openssl_error == X509_V_ERR_CERT_HAS_EXPIRED) {
    return Error(ErrorCode::refused, phrase("the certificate has expired"));
  }
  return Error(ErrorCode::refused, phrase("the certificate is not signed by a county that is trusted ({0})",
                                          {X509_verify_cert_error_string(openssl_error)}));
}

}  // namespace

Status check_chain(const Chain& chain, Purpose purpose, std::int64_t known_ms) {
  const X509Handle leaf = parse_x509(chain.leaf.der);
  const ListHandle between = parse_list(chain.between);
  const ListHandle trusted = parse_list(chain.trusted);
  if (leaf == nullptr || between == nullptr || trusted == nullptr) return not_of_a_county();
  const StoreHandle store(X509_STORE_new());
  const StoreContextHandle context(X509_STORE_CTX_new());
  if (store == nullptr || context == nullptr ||
      X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), between.get()) != 1) {
    return Error(ErrorCode::unavailable, openssl_reason());
  }
  X509_STORE_CTX_set0_trusted_stack(context.get(), trusted.get());
  X509_STORE_CTX_set_default(context.get(), purpose == Purpose::server ? "ssl_server" : "ssl_client");
  if (!verify_at(*context, known_ms)) return refusal(X509_STORE_CTX_get_error(context.get()));
  const auto facts = read_certificate(chain.leaf.der);
  if (!facts.ok() || facts->purpose != purpose) return not_of_a_county();
  return {};
}

}  // namespace kuangxun::certificates
