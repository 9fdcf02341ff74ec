#include "db/base/wrapped_key.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "db/base/hash.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun {
namespace {

constexpr std::string_view magic = "KXPK";
constexpr std::uint8_t version = 1;
constexpr std::size_t version_at = 4;
constexpr std::size_t passes_at = 8;
constexpr std::size_t memory_at = 12;
constexpr std::size_t salt_at = 16;
constexpr std::size_t nonce_at = salt_at + crypto_pwhash_SALTBYTES;
constexpr std::size_t public_key_at = nonce_at + crypto_secretbox_NONCEBYTES;
constexpr std::size_t sealed_at = public_key_at + 32;
constexpr std::size_t checksum_at = sealed_at + crypto_secretbox_MACBYTES + 32;
static_assert(checksum_at + 32 == wrapped_key_bytes);

struct Cost {
  std::uint32_t passes = 0;
  std::uint32_t memory_kib = 0;
};

void put_number(Bytes& bytes, std::size_t at, std::uint32_t number) {
  for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::uint8_t>(number >> (8 * i));
}

std::uint32_t number_at(ByteView bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number |= std::uint32_t{bytes[at + i]} << (8 * i);
  return number;
}

// Wiped when it goes.
class Secret {
 public:
  Secret() = default;
  ~Secret() { sodium_memzero(bytes.data(), bytes.size()); }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  std::array<std::uint8_t, 32> bytes{};
};

Status derive(Secret& key, std::string_view pin, ByteView salt, const Cost& cost) {
  static_assert(crypto_secretbox_KEYBYTES == sizeof key.bytes);
  const int failure = crypto_pwhash(key.bytes.data(), key.bytes.size(), pin.data(), pin.size(), salt.data(),
                                    cost.passes, std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (failure == 0) return {};
  return Error(ErrorCode::unavailable, phrase("not enough memory for the PIN; close other programs and try again"));
}

Error damaged() {
  return Error(ErrorCode::corrupt,
               phrase("the person's key file is damaged; restore it from a backup, or register a new key"));
}

Status check(ByteView wrapped) {
  const bool has_shape = wrapped.size() == wrapped_key_bytes && std::ranges::equal(wrapped.first(4), magic) &&
                         wrapped[version_at] == version && number_at(wrapped, version_at) == version;
  if (!has_shape) return damaged();
  if (!std::ranges::equal(sha256(wrapped.first(checksum_at)).bytes, wrapped.subspan(checksum_at))) return damaged();
  const Cost cost{number_at(wrapped, passes_at), number_at(wrapped, memory_at)};
  const bool is_sane = cost.passes >= 1 && cost.passes <= limits::pin_passes_max && cost.memory_kib >= 8 &&
                       cost.memory_kib <= limits::pin_memory_kib_max;
  return is_sane ? Status() : damaged();
}

}  // namespace

Result<Bytes> wrap_key(const SigningKey& key, std::string_view pin, Random& random) {
  if (pin.size() < limits::pin_bytes_min || pin.size() > limits::pin_bytes_max) {
    return Error(ErrorCode::bad_input,
                 phrase("the PIN must have {0} to {1} characters",
                        {std::to_string(limits::pin_bytes_min), std::to_string(limits::pin_bytes_max)}));
  }
  const Cost cost{limits::pin_passes, limits::pin_memory_kib};
  Bytes wrapped(wrapped_key_bytes);
  std::ranges::copy(magic, wrapped.begin());
  wrapped[version_at] = version;
  put_number(wrapped, passes_at, cost.passes);
  put_number(wrapped, memory_at, cost.memory_kib);
  random.fill(std::span(wrapped).subspan(salt_at, public_key_at - salt_at));
  std::ranges::copy(key.public_key().bytes, wrapped.begin() + public_key_at);
  Secret secret;
  KX_CHECK(derive(secret, pin, ByteView(wrapped).subspan(salt_at, crypto_pwhash_SALTBYTES), cost));
  crypto_secretbox_easy(wrapped.data() + sealed_at, key.seed().data(), key.seed().size(), wrapped.data() + nonce_at,
                        secret.bytes.data());
  std::ranges::copy(sha256(ByteView(wrapped).first(checksum_at)).bytes, wrapped.begin() + checksum_at);
  return wrapped;
}

Result<PublicKey> public_key_of_wrapped(ByteView wrapped) {
  KX_CHECK(check(wrapped));
  PublicKey key;
  std::ranges::copy(wrapped.subspan(public_key_at, key.bytes.size()), key.bytes.begin());
  return key;
}

Result<SigningKey> unwrap_key(ByteView wrapped, std::string_view pin) {
  KX_TRY(public_key, public_key_of_wrapped(wrapped));
  Secret secret;
  KX_CHECK(derive(secret, pin, wrapped.subspan(salt_at, crypto_pwhash_SALTBYTES),
                  {number_at(wrapped, passes_at), number_at(wrapped, memory_at)}));
  Secret seed;
  if (crypto_secretbox_open_easy(seed.bytes.data(), wrapped.data() + sealed_at, checksum_at - sealed_at,
                                 wrapped.data() + nonce_at, secret.bytes.data()) != 0) {
    return Error(ErrorCode::refused, phrase("the PIN is not right"));
  }
  KX_TRY(key, SigningKey::from_seed(seed.bytes));
  if (key.public_key() != public_key) return damaged();
  return key;
}

}  // namespace kuangxun
