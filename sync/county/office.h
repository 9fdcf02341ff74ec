#pragma once

#include <memory>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "sync/county/authority.h"
#include "sync/county/store_address.h"
#include "sync/requests/exchange.h"

namespace kuangxun::county {

// Free bytes where the store lies, or, for a PostgreSQL elsewhere, where it is said to lie.
class FolderGauge final : public ports::DiskGauge {
 public:
  // An empty folder: unknown, and never full.
  explicit FolderGauge(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::uint64_t free_bytes() override;

 private:
  std::filesystem::path folder_;
};

// What one thread of the county's program works with: a connection of its own to the store, the keys, the authority.
class Office {
 public:
  struct World {
    Clock& clock;
    Random& random;
  };
  // not_found when there is no county at the address, or not its key.
  static Result<std::unique_ptr<Office>> open(const World& world, const StoreAddress& address, Purpose purpose);

  sql::SqlStore& store() { return *store_; }
  ledger::County& county() { return *county_; }
  Authority& authority() { return *authority_; }
  KeyFolder& keys() { return keys_; }
  ports::DiskGauge& disk() { return disk_; }
  // The county's key statements, opened.
  Result<std::vector<wire::KeyStatement>> statements();
  // After keys were changed, here or by another process.
  Status reload_authority();

 private:
  Office(const World& world, const StoreAddress& address)
      : world_(world), keys_(address.keys), disk_(address.disk_folder) {}

  World world_;
  KeyFolder keys_;
  FolderGauge disk_;
  std::unique_ptr<sql::SqlStore> store_;
  std::unique_ptr<ledger::County> county_;
  std::unique_ptr<Authority> authority_;
};

}  // namespace kuangxun::county
