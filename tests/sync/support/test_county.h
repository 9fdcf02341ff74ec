#pragma once

#include <functional>
#include <memory>
#include <string>

#include "sync/server/exchange.h"
#include "sync/server/sql_store.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/sync/support/example_laptop.h"

namespace kuangxun::tests {

// A county on a real, fresh database.
class TestCounty {
 public:
  // Opens the database once more, as another process would.
  using Opener = std::function<Result<std::unique_ptr<server::SqlStore>>()>;
  explicit TestCounty(Opener open, std::filesystem::path sqlite_file = {});

  server::SqlStore& store() { return *store_; }
  std::unique_ptr<server::SqlStore> open_again() { return std::move(open_()).value(); }
  Result<std::unique_ptr<server::SqlStore>> try_open_again() { return open_(); }
  const std::filesystem::path& sqlite_file() const { return sqlite_file_; }
  const server::CountyAuthority& authority() const { return authority_; }
  ManualClock& clock() { return clock_; }
  SeededRandom& random() { return random_; }

  ExampleLaptop enrol(const std::string& name);
  wire::PushAnswer push(const ExampleLaptop& laptop, const std::vector<Bytes>& frames);
  // Seals and pushes all that the laptop has.
  wire::PushAnswer push_all(ExampleLaptop& laptop);
  std::string dump();
  // The line of one record in the dump; empty when there is none.
  std::string row(const Uuid& record);
  std::int64_t number(const std::string& sql);

 private:
  ManualClock clock_;
  SeededRandom random_{1};
  Opener open_;
  std::filesystem::path sqlite_file_;
  std::unique_ptr<server::SqlStore> store_;
  SigningKey key_;
  server::CountyAuthority authority_;
};

std::unique_ptr<TestCounty> county_on_sqlite(const TemporaryFolder& folder);
// A new database beside the one that KUANGXUN_TEST_POSTGRES names; nothing, and a loud word, when it is not set.
std::unique_ptr<TestCounty> county_on_postgres();
// The address of a new database without any table; empty when there is no PostgreSQL.
std::string county_on_postgres_empty();
// The address of the database made last.
const std::string& postgres_county_address();

// Runs a situation on every kind of store there is.
void on_every_store(const std::function<void(TestCounty&)>& situation);

}  // namespace kuangxun::tests
