#include <algorithm>
#include <cassert>
#include <cstring>

#include "db/base/exchange_key.h"
#include "db/base/hash.h"
#include "db/base/signing.h"

// In place of db/base/signing.cpp and exchange_key.cpp in the program kuangxun_simulate: Ed25519 would be nineteen
// twentieths of the time of a seed. A stand-in signature is a hash of the public key and the message: every changed
// byte and every other key is noticed, but anybody could make one, and nobody in the simulation tries to.
// kuangxun_simulate_signed runs the same seeds with the real ones.
namespace kuangxun {
namespace {

Hash stand_in(const PublicKey& key, ByteView message) {
  static thread_local Bytes joined;
  joined.assign(key.bytes.begin(), key.bytes.end());
  joined.insert(joined.end(), message.begin(), message.end());
  return sha256(joined);
}

// Bundles are really sealed, but to one of two X25519 keys: half of the strangers could open them, and must be refused
// for other reasons.
struct ExchangePair {
  std::array<std::uint8_t, 32> secret;
  PublicKey public_key;
};
constexpr ExchangePair exchange_pairs[] = {
    {{0x68, 0xe3, 0xbe, 0x9f, 0x1e, 0xfe, 0x6f, 0xfe, 0x30, 0x5a, 0x0e, 0xe1, 0x65, 0x97, 0xb1, 0x47,
      0x17, 0x23, 0xf4, 0x58, 0xa1, 0xcf, 0xbb, 0xc9, 0x1d, 0x44, 0x3e, 0xe3, 0xcf, 0x21, 0xc7, 0x46},
     {{0xf4, 0x8a, 0x41, 0x96, 0x21, 0x6d, 0xf1, 0x53, 0xc3, 0xc1, 0xb4, 0xdf, 0x7d, 0x53, 0xb6, 0x4b,
       0x56, 0xca, 0x0f, 0x6b, 0x2f, 0xe5, 0xc7, 0xe6, 0x0a, 0x6c, 0xc2, 0x9e, 0x41, 0xd9, 0x7c, 0x4d}}},
    {{0xa8, 0x16, 0x76, 0xa5, 0xb1, 0x64, 0xa7, 0x71, 0x20, 0x07, 0xc4, 0x7d, 0x05, 0x38, 0x91, 0xd6,
      0x7a, 0x7d, 0x8e, 0x9f, 0x89, 0x85, 0x8f, 0x01, 0xd6, 0x4f, 0x97, 0x8b, 0x44, 0x26, 0xf1, 0x6b},
     {{0x90, 0xa3, 0xd1, 0xcd, 0x84, 0x13, 0x23, 0xe4, 0x45, 0x58, 0xeb, 0xbe, 0xce, 0x9f, 0x0a, 0xe2,
       0x15, 0xf1, 0x39, 0x17, 0x58, 0x7b, 0xbf, 0xc3, 0x4b, 0xc5, 0x6d, 0x1f, 0x15, 0xd9, 0x29, 0x7e}}}};
const ExchangePair& exchange_pair_of(const PublicKey& signing_key) {
  return exchange_pairs[signing_key.bytes[0] & 1];
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

Result<ExchangeSecret> ExchangeSecret::of(const SigningKey& key) {
  ExchangeSecret secret;
  const ExchangePair& pair = exchange_pair_of(key.public_key());
  secret.secret_ = pair.secret;
  secret.public_key_ = pair.public_key;
  return secret;
}

ExchangeSecret::ExchangeSecret(ExchangeSecret&& other) noexcept {
  *this = std::move(other);
}

ExchangeSecret& ExchangeSecret::operator=(ExchangeSecret&& other) noexcept {
  secret_ = other.secret_;
  public_key_ = other.public_key_;
  return *this;
}

ExchangeSecret::~ExchangeSecret() = default;

Result<PublicKey> exchange_key_of(const PublicKey& signing_key) {
  return exchange_pair_of(signing_key).public_key;
}

}  // namespace kuangxun
