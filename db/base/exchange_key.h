#pragma once

#include "db/base/signing.h"

namespace kuangxun {

// An X25519 key (RFC 7748), to which something can be sealed. Grown from the seed of an Ed25519 key, by libsodium, so
// that whoever has one key file can be written to. Wiped when the object goes.
class ExchangeSecret {
 public:
  // Of the same seed as the signing key.
  static Result<ExchangeSecret> of(const SigningKey& key);
  ExchangeSecret(ExchangeSecret&& other) noexcept;
  ExchangeSecret& operator=(ExchangeSecret&& other) noexcept;
  ExchangeSecret(const ExchangeSecret&) = delete;
  ExchangeSecret& operator=(const ExchangeSecret&) = delete;
  ~ExchangeSecret();
  const PublicKey& public_key() const { return public_key_; }
  ByteView bytes() const { return secret_; }

 private:
  ExchangeSecret() = default;
  std::array<std::uint8_t, 32> secret_{};
  PublicKey public_key_;
};

// The X25519 half of an Ed25519 public key; bad_input when it is no point of the curve's main group.
Result<PublicKey> exchange_key_of(const PublicKey& signing_key);

}  // namespace kuangxun
