#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <span>

#include "sync/certificates/certificate.h"

// OpenSSL's objects with owners. For this folder only.
namespace kuangxun::certificates {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
// Frees the list, and counts its certificates down.
inline void release_certificates(STACK_OF(X509) * list) {
  sk_X509_pop_free(list, X509_free);
}

using X509Handle = std::unique_ptr<X509, Release<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using ListHandle = std::unique_ptr<STACK_OF(X509), Release<release_certificates>>;

// Null when the bytes are no certificate, or more than one.
X509Handle parse_x509(ByteView der);
Certificate to_certificate(const X509& certificate);
// Null when one of them is no certificate.
ListHandle parse_list(std::span<const Certificate> certificates);
KeyHandle private_key(const SigningKey& key);
KeyHandle public_key(const PublicKey& key);
std::optional<PublicKey> key_of(const X509& certificate);

// Verifies what `context` holds, at `known_ms`, without minding what begins later. The context keeps OpenSSL's error.
bool verify_at(X509_STORE_CTX& context, std::int64_t known_ms);

// "..., and OpenSSL says so", then forgets it.
std::string openssl_reason();

// The bytes are no certificate, or not of the shape that a county's have.
Error not_of_a_county();

}  // namespace kuangxun::certificates
