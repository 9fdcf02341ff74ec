#include "sync/certificates/openssl_handles.h"

#include <openssl/err.h>

#include <ctime>

#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::certificates {
namespace {

bool has_ended(const X509& certificate, std::int64_t known_ms) {
  std::time_t known_s = static_cast<std::time_t>(known_ms / 1000);
  return X509_cmp_time(X509_get0_notAfter(&certificate), &known_s) < 0;
}

}  // namespace

X509Handle parse_x509(ByteView der) {
  if (der.empty() || der.size() > limits::certificate_bytes_max) return nullptr;
  const unsigned char* at = der.data();
  X509Handle certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  return at == der.data() + der.size() ? std::move(certificate) : nullptr;
}

Certificate to_certificate(const X509& certificate) {
  unsigned char* encoded = nullptr;
  const int size = i2d_X509(&certificate, &encoded);
  Certificate result;
  if (size > 0) result.der.assign(encoded, encoded + size);
  OPENSSL_free(encoded);
  return result;
}

ListHandle parse_list(std::span<const Certificate> certificates) {
  ListHandle list(sk_X509_new_null());
  for (const Certificate& certificate : certificates) {
    X509Handle parsed = parse_x509(certificate.der);
    if (parsed == nullptr || sk_X509_push(list.get(), parsed.get()) <= 0) return nullptr;
    static_cast<void>(parsed.release());
  }
  return list;
}

KeyHandle private_key(const SigningKey& key) {
  const ByteView seed = key.seed();
  return KeyHandle(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
}

KeyHandle public_key(const PublicKey& key) {
  return KeyHandle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.bytes.data(), key.bytes.size()));
}

std::optional<PublicKey> key_of(const X509& certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(&certificate);
  PublicKey raw;
  std::size_t size = raw.bytes.size();
  if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key, raw.bytes.data(), &size) != 1 || size != raw.bytes.size()) {
    ERR_clear_error();
    return std::nullopt;
  }
  return raw;
}

bool verify_at(X509_STORE_CTX& context, std::int64_t known_ms) {
  // OpenSSL would also mind what begins later, and between two ways to an authority take the one that ends last.
  X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(&context), X509_V_FLAG_NO_CHECK_TIME);
  bool is_fine = X509_verify_cert(&context) == 1;
  const STACK_OF(X509)* const chain = X509_STORE_CTX_get0_chain(&context);
  for (int i = 0; is_fine && i < sk_X509_num(chain); ++i) {
    if (!has_ended(*sk_X509_value(chain, i), known_ms)) continue;
    X509_STORE_CTX_set_error(&context, X509_V_ERR_CERT_HAS_EXPIRED);
    is_fine = false;
  }
  ERR_clear_error();
  return is_fine;
}

std::string openssl_reason() {
  const unsigned long code = ERR_get_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return reason == nullptr ? "OpenSSL" : reason;
}

Error not_of_a_county() {
  return Error(ErrorCode::corrupt, phrase("this is no certificate of a county, or it is damaged"));
}

}  // namespace kuangxun::certificates
