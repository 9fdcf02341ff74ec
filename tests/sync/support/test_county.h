#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "db/records/describe.h"
#include "sync/ledger/apply_stored.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/ingest.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/sync/support/example_laptop.h"
#include "tests/sync/support/seen_store.h"

namespace kuangxun::tests {

// The county's secret keys, in memory.
class SecretDrawer final : public ports::SecretKeys {
 public:
  // Keeps a new key.
  const SigningKey& make(Random& random);
  void lose(const PublicKey& key) { keys_.erase(key); }
  SecretDrawer copy() const;
  Result<SigningKey> find(const PublicKey& key) override;

 private:
  std::map<PublicKey, SigningKey> keys_;
};

struct ExamplePerson {
  Uuid id;
  SigningKey key;
};

// A county on a real, fresh store.
class TestCounty : public SeenStore {
 public:
  // Opens the store once more, as another process would; null where there is no such thing.
  using Opener = std::function<Result<std::unique_ptr<ports::CountyStore>>()>;
  explicit TestCounty(Opener open, std::filesystem::path sqlite_file = {});
  // The same county as it was in a backup (a SQLite file), with the same keys.
  std::unique_ptr<TestCounty> restored_from(const std::filesystem::path& backup);

  ledger::County& county() { return *county_; }
  const SigningKey& key() const { return county_->key(); }
  SecretDrawer& secrets() { return secrets_; }
  ledger::County::Parts parts() { return {store(), secrets_, clock_, random_}; }
  std::unique_ptr<ports::CountyStore> open_again();
  // As a program that starts now sees the county: after its keys were changed without it.
  void reopen() { county_ = must(ledger::County::open(parts())); }
  Result<std::unique_ptr<ports::CountyStore>> try_open_again() { return open_(); }
  const std::filesystem::path& sqlite_file() const { return sqlite_file_; }
  ManualClock& clock() { return clock_; }
  SeededRandom& random() { return random_; }
  ledger::CountyKeyFacts new_key();

  ExampleLaptop enrol(const std::string& name, records::Role role = records::Role::officer);
  void enrol(const history::WriterId& writer, const PublicKey& key, const std::string& name, records::Role role);
  ExamplePerson enrol_person(const std::string& name, records::Role role);
  // Stores, and applies what was stored.
  wire::PushAnswer push(const ExampleLaptop& laptop, const std::vector<Bytes>& frames);
  wire::PushAnswer push(const history::WriterId& writer, const std::vector<Bytes>& frames);
  // Seals and pushes all that the laptop has.
  wire::PushAnswer push_all(ExampleLaptop& laptop);
  void apply_all();
  // The newest decision, which must be there.
  rights::Decision newest_decision();
  std::size_t decisions();

 private:
  TestCounty(Opener open, std::filesystem::path sqlite_file, const TestCounty& original);

  ManualClock clock_;
  SeededRandom random_{1};
  Opener open_;
  std::filesystem::path sqlite_file_;
  SecretDrawer secrets_;
  std::unique_ptr<ledger::County> county_;
};

std::unique_ptr<TestCounty> county_in_memory();
std::unique_ptr<TestCounty> county_on_sqlite(const TemporaryFolder& folder);
// A new database beside the one that KUANGXUN_TEST_POSTGRES names; nothing, and a loud word, when it is not set.
std::unique_ptr<TestCounty> county_on_postgres();
// The address of a new database without any table; empty when there is no PostgreSQL.
std::string county_on_postgres_empty();
// The address of the database made last.
const std::string& postgres_county_address();

// Runs a situation on every store in SQL; on every store there is.
void on_every_database(const std::function<void(TestCounty&)>& situation);
void on_every_store(const std::function<void(TestCounty&)>& situation);

}  // namespace kuangxun::tests
