#include "db/base/signing.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>

#include "db/language/language.h"

namespace kuangxun {

SigningKey SigningKey::generate(Random& random) {
  std::array<std::uint8_t, 32> seed{};
  random.fill(seed);
  auto key = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  assert(key.ok());
  return std::move(key).value();
}

Result<SigningKey> SigningKey::from_seed(ByteView seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) {
    return Error(ErrorCode::corrupt, phrase("the key has the wrong length (32 bytes expected)"));
  }
  SigningKey key;
  crypto_sign_seed_keypair(key.public_key_.bytes.data(), key.secret_.data(), seed.data());
  return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept {
  *this = std::move(other);
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  if (this == &other) return *this;
  secret_ = other.secret_;
  public_key_ = other.public_key_;
  sodium_memzero(other.secret_.data(), other.secret_.size());
  return *this;
}

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

Signature SigningKey::sign(ByteView message) const {
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(), secret_.data());
  return signature;
}

bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

}  // namespace kuangxun
