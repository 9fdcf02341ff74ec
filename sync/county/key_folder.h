#pragma once

#include <filesystem>

#include "db/base/random.h"
#include "db/base/signing.h"

namespace kuangxun::county {

// The county's secret: FOLDER/receipt.key, 64 hexadecimal digits, mode 0600. It signs answers and receipts; whoever has
// it can speak for the county.
Result<SigningKey> read_county_key(const std::filesystem::path& folder);
// The key that is there, or a new one.
Result<SigningKey> make_county_key(const std::filesystem::path& folder, Random& random);

}  // namespace kuangxun::county
