#pragma once

#include <string>

#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/base/uuid.h"
#include "sync/wire/fields.h"

// The prefecture's word on a package, and the short names by which people compare keys. UPWARD.md describes the bytes.
namespace kuangxun::upward {

struct UpwardReceipt {
  Uuid county;
  std::uint32_t incarnation = 0;
  std::uint64_t package_number = 0;
  Hash package;
  std::uint64_t through = 0;  // the county's sequence is at the prefecture up to here
  std::int64_t prefecture_time_ms = 0;
  static constexpr auto fields() {
    return std::tuple(wire::field(&UpwardReceipt::county), wire::field(&UpwardReceipt::incarnation),
                      wire::field(&UpwardReceipt::package_number), wire::field(&UpwardReceipt::package),
                      wire::field(&UpwardReceipt::through), wire::field(&UpwardReceipt::prefecture_time_ms));
  }
};

Bytes seal_upward_receipt(const UpwardReceipt& receipt, const SigningKey& prefecture_key);
// refused when another key signed it; bad_input when it is no receipt.
Result<UpwardReceipt> open_upward_receipt(ByteView bytes, const PublicKey& prefecture_key);

// What people read to each other: 100 bits of a county's key in groups of four.
std::string fingerprint_of(const PublicKey& county_key);
// As typed: without regard to case, hyphens and spaces.
std::string normal_fingerprint(const std::string& typed);

}  // namespace kuangxun::upward
