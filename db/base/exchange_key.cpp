#include "db/base/exchange_key.h"

#include <sodium.h>

#include "db/language/language.h"

namespace kuangxun {
namespace {

Error no_key() {
  return Error(ErrorCode::bad_input, phrase("not a valid public key"));
}

}  // namespace

Result<ExchangeSecret> ExchangeSecret::of(const SigningKey& key) {
  ExchangeSecret secret;
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> signing{};
  PublicKey unused;
  crypto_sign_seed_keypair(unused.bytes.data(), signing.data(), key.seed().data());
  const bool is_converted = crypto_sign_ed25519_sk_to_curve25519(secret.secret_.data(), signing.data()) == 0;
  sodium_memzero(signing.data(), signing.size());
  if (!is_converted) return no_key();
  crypto_scalarmult_base(secret.public_key_.bytes.data(), secret.secret_.data());
  return secret;
}

ExchangeSecret::ExchangeSecret(ExchangeSecret&& other) noexcept {
  *this = std::move(other);
}

ExchangeSecret& ExchangeSecret::operator=(ExchangeSecret&& other) noexcept {
  if (this == &other) return *this;
  secret_ = other.secret_;
  public_key_ = other.public_key_;
  sodium_memzero(other.secret_.data(), other.secret_.size());
  return *this;
}

ExchangeSecret::~ExchangeSecret() {
  sodium_memzero(secret_.data(), secret_.size());
}

Result<PublicKey> exchange_key_of(const PublicKey& signing_key) {
  PublicKey key;
  if (crypto_sign_ed25519_pk_to_curve25519(key.bytes.data(), signing_key.bytes.data()) != 0) return no_key();
  return key;
}

}  // namespace kuangxun
