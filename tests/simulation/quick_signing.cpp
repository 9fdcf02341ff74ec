#include <algorithm>
#include <cassert>
#include <cstring>

#include "db/base/hash.h"
#include "db/base/signing.h"

// In place of db/base/signing.cpp in the program kuangxun_simulate: Ed25519 would be nineteen twentieths of the time of
// a seed. A stand-in signature is a hash of the public key and the message: every changed byte and every other key is
// noticed, but anybody could make one, and nobody in the simulation tries to. kuangxun_simulate_signed runs the same
// seeds with the real ones.
namespace kuangxun {
namespace {

Hash stand_in(const PublicKey& key, ByteView message) {
  static thread_local Bytes joined;
  joined.assign(key.bytes.begin(), key.bytes.end());
  joined.insert(joined.end(), message.begin(), message.end());
  return sha256(joined);
}

}  // namespace

SigningKey SigningKey::generate(Random& random) {
  std::array<std::uint8_t, 32> seed{};
  random.fill(seed);
  auto key = from_seed(seed);
  assert(key.ok());
  return std::move(key).value();
}

Result<SigningKey> SigningKey::from_seed(ByteView seed) {
  if (seed.size() != 32) return Error(ErrorCode::corrupt, "the key has the wrong length (32 bytes expected)");
  SigningKey key;
  std::ranges::copy(seed, key.secret_.begin());
  key.public_key_.bytes = sha256(seed).bytes;
  return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept {
  *this = std::move(other);
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  secret_ = other.secret_;
  public_key_ = other.public_key_;
  return *this;
}

SigningKey::~SigningKey() = default;

Signature SigningKey::sign(ByteView message) const {
  Signature signature;
  const Hash hash = stand_in(public_key_, message);
  std::ranges::copy(hash.bytes, signature.bytes.begin());
  std::ranges::copy(public_key_.bytes, signature.bytes.begin() + 32);
  return signature;
}

bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature) {
  const Hash hash = stand_in(key, message);
  return std::memcmp(signature.bytes.data(), hash.bytes.data(), 32) == 0 &&
         std::memcmp(signature.bytes.data() + 32, key.bytes.data(), 32) == 0;
}

}  // namespace kuangxun
