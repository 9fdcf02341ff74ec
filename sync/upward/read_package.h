#pragma once

#include <filesystem>
#include <functional>

#include "sync/sql/sql_store.h"
#include "sync/upward/ledger.h"

namespace kuangxun::upward {

// What the prefecture reads packages with.
struct Prefecture {
  // A store of its database that is about one county.
  std::function<Result<std::unique_ptr<sql::SqlStore>>(const Uuid&)> open;
  const SigningKey& key;
  Clock& clock;
  Random& random;
};

enum class PackageOutcome {
  taken,
  known,       // read before: the same receipt again
  superseded,  // a later one was read that holds all of it: the receipt of that one again
};

struct ReadPackage {
  PackageOutcome outcome = PackageOutcome::taken;
  Uuid county;
  std::string county_name;
  std::uint64_t number = 0;
  std::uint64_t through = 0;
  std::uint64_t frames = 0;  // new here
  std::uint64_t forks = 0;   // frames at whose place another one stands here
  std::uint64_t photos = 0;
  Bytes receipt;
};

// Reads all of the file and proves it, and only then stores anything. Errors say what is wrong and what to do:
// refused when the county is not trusted, is another one, or shows another history than before; corrupt when the file
// is damaged. Reading a file again is harmless.
Result<ReadPackage> read_package(const Prefecture& prefecture, const std::filesystem::path& path);

// From now on packages of this county are believed when a key with that fingerprint stands behind them.
Status trust(const Prefecture& prefecture, const Uuid& county, const std::string& fingerprint);

}  // namespace kuangxun::upward
