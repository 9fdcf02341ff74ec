#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "db/base/bytes.h"
#include "db/base/random.h"
#include "db/base/result.h"

namespace kuangxun {

// Ed25519 (RFC 8032) by libsodium.
struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const PublicKey&) const = default;
};

struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  auto operator<=>(const Signature&) const = default;
};

// A key pair grown from a 32-byte seed. The seed is the secret; it is wiped when the object goes.
class SigningKey {
 public:
  static SigningKey generate(Random& random);
  static Result<SigningKey> from_seed(ByteView seed);
  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey();

  const PublicKey& public_key() const { return public_key_; }
  Signature sign(ByteView message) const;
  // The 32 secret bytes, for the key file only.
  ByteView seed() const { return ByteView(secret_.data(), 32); }

 private:
  SigningKey() = default;
  std::array<std::uint8_t, 64> secret_{};
  PublicKey public_key_;
};

// Strict: small-order keys and non-canonical signatures are refused.
[[nodiscard]] bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature);

}  // namespace kuangxun
