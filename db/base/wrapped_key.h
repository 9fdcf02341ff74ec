#pragma once

#include <string_view>

#include "db/base/random.h"
#include "db/base/signing.h"

namespace kuangxun {

// A signing key under a PIN: Argon2id (libsodium, interactive cost: some 0.1 s and 64 MiB a try) and a secretbox over
// the seed. 168 bytes:
//   at 0 "KXPK" · 4 version 1 · 5 three zeros · 8 passes, u32 little-endian · 12 memory in KiB, u32 · 16 salt (16) ·
//   32 nonce (24) · 56 public key (32) · 88 sealed seed (48) · 136 SHA-256 of all before
//
// What a PIN protects against: a colleague at the same laptop, and a glance into the folder. Not against somebody who
// copies the file and has time: six digits are tried through within hours on one good computer. A long passphrase
// holds; so does an encrypted disk, on which the data folder belongs anyway. Counting wrong tries is the caller's, and
// does nothing for a copied file.
constexpr std::size_t wrapped_key_bytes = 168;

// bad_input when the PIN is shorter than limits::pin_bytes_min or longer than limits::pin_bytes_max; unavailable when
// the memory is not there.
Result<Bytes> wrap_key(const SigningKey& key, std::string_view pin, Random& random);
// refused when the PIN is another, corrupt when the bytes are not what wrap_key() gave.
Result<SigningKey> unwrap_key(ByteView wrapped, std::string_view pin);
// Without the PIN. corrupt as above.
Result<PublicKey> public_key_of_wrapped(ByteView wrapped);

}  // namespace kuangxun
