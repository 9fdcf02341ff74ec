#include "tests/sync/support/test_county.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "db/base/text.h"
#include "sync/postgres/county_database.h"
#include "sync/requests/enrolment.h"
#include "sync/sqlite/county_database.h"
#include "tests/support/memory_county/memory_county_store.h"

namespace kuangxun::tests {
namespace {

std::string last_postgres_address;

Result<std::unique_ptr<ports::CountyStore>> open_store(Result<std::unique_ptr<sql::SqlDatabase>> database) {
  if (!database.ok()) return database.error();
  auto store = sql::SqlStore::open(std::move(database).value(), true);
  if (!store.ok()) return store.error();
  return std::unique_ptr<ports::CountyStore>(std::move(store).value());
}

// The memory store goes back after a transaction that falls only when it reckons with one.
class NeverStruck final : public WriteFault {
 public:
  bool may_strike() const override { return true; }
  Status before_write() override { return {}; }
};

// The same server, another database.
std::string address_of(const std::string& address, const std::string& database) {
  return address.substr(0, address.rfind('/') + 1) + database;
}

}  // namespace

const SigningKey& SecretDrawer::make(Random& random) {
  SigningKey key = SigningKey::generate(random);
  const PublicKey name = key.public_key();
  return keys_.emplace(name, std::move(key)).first->second;
}

SecretDrawer SecretDrawer::copy() const {
  SecretDrawer other;
  for (const auto& [name, key] : keys_) other.keys_.emplace(name, must(SigningKey::from_seed(key.seed())));
  return other;
}

Result<SigningKey> SecretDrawer::find(const PublicKey& key) {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return Error(ErrorCode::not_found, "no such key in the drawer");
  return SigningKey::from_seed(found->second.seed());
}

TestCounty::TestCounty(Opener open, std::filesystem::path sqlite_file)
    : SeenStore(must(open())), open_(std::move(open)), sqlite_file_(std::move(sqlite_file)) {
  id_ = make_uuid(clock_, random_);
  must(ledger::found_county(parts(), id_, "示例县", new_key()));
  county_ = must(ledger::County::open(parts()));
}

TestCounty::TestCounty(Opener open, std::filesystem::path sqlite_file, const TestCounty& original)
    : SeenStore(must(open())), random_(2), open_(std::move(open)), sqlite_file_(std::move(sqlite_file)) {
  id_ = original.id_;
  secrets_ = original.secrets_.copy();
  county_ = must(ledger::County::open(parts()));
}

std::unique_ptr<TestCounty> TestCounty::restored_from(const std::filesystem::path& backup) {
  return std::unique_ptr<TestCounty>(new TestCounty(
      [backup] { return open_store(sqlite_county::open_database(backup, sqlite_county::Access::create)); }, backup,
      *this));
}

std::unique_ptr<ports::CountyStore> TestCounty::open_again() {
  return must(open_());
}

ledger::CountyKeyFacts TestCounty::new_key() {
  ledger::CountyKeyFacts facts;
  facts.key = secrets_.make(random_).public_key();
  random_.fill(facts.bundle_key.bytes);
  random_.fill(facts.authority.bytes);
  return facts;
}

ExampleLaptop TestCounty::enrol(const std::string& name, records::Role role) {
  ExampleLaptop laptop(clock_, random_, name);
  enrol(laptop.writer(), laptop.key().public_key(), name, role);
  return laptop;
}

void TestCounty::enrol(const history::WriterId& writer, const PublicKey& key, const std::string& name,
                       records::Role role) {
  auto transaction = must(ledger::CountyTransaction::begin(*county_, ports::Work::apply));
  must(transaction.also_store());
  must(ledger::write_as_county(*county_, transaction, requests::device_edits(*county_, {writer, key, name, role})));
  must(transaction.commit());
}

ExamplePerson TestCounty::enrol_person(const std::string& name, records::Role role) {
  ExamplePerson person{make_uuid(clock_, random_), SigningKey::generate(random_)};
  ports::EnrolmentTicket ticket;
  ticket.name = name;
  ticket.role = role;
  ticket.person = person.id;
  auto transaction = must(ledger::CountyTransaction::begin(*county_, ports::Work::apply));
  must(transaction.also_store());
  must(ledger::write_as_county(*county_, transaction,
                               requests::person_edits(*county_, ticket, {}, person.key.public_key())));
  must(transaction.commit());
  return person;
}

wire::PushAnswer TestCounty::push(const ExampleLaptop& laptop, const std::vector<Bytes>& frames) {
  return push(laptop.writer(), frames);
}

wire::PushAnswer TestCounty::push(const history::WriterId& writer, const std::vector<Bytes>& frames) {
  ledger::PushCounts counts;
  wire::PushAnswer answer = must(ledger::push(*county_, {writer, frames}, counts));
  apply_all();
  answer.chain.applied_through = must(store().chains({&writer, 1})).front().applied_through;
  return answer;
}

wire::PushAnswer TestCounty::push_all(ExampleLaptop& laptop) {
  laptop.seal();
  return push(laptop, laptop.frames());
}

void TestCounty::apply_all() {
  must(ledger::apply_all(*county_));
}

std::size_t TestCounty::decisions() {
  must(county_->refresh());
  return county_->registry().decisions().size();
}

rights::Decision TestCounty::newest_decision() {
  must(county_->refresh());
  const auto& all = county_->registry().decisions();
  REQUIRE_FALSE(all.empty());
  return *std::ranges::max_element(all, {}, &rights::Decision::decided_at_ms);
}

std::unique_ptr<TestCounty> county_in_memory() {
  static NeverStruck never_struck;
  return std::make_unique<TestCounty>([] {
    return std::unique_ptr<ports::CountyStore>(std::make_unique<MemoryCountyStore>(CountyContent{}, &never_struck));
  });
}

std::unique_ptr<TestCounty> county_on_sqlite(const TemporaryFolder& folder) {
  static int counter = 0;
  const std::filesystem::path file = folder.path() / ("county" + std::to_string(++counter) + ".gpkg");
  return std::make_unique<TestCounty>(
      [file] { return open_store(sqlite_county::open_database(file, sqlite_county::Access::create)); }, file);
}

std::string county_on_postgres_empty() {
  const char* server = std::getenv("KUANGXUN_TEST_POSTGRES");
  if (server == nullptr || server[0] == '\0') {
    MESSAGE("SKIPPED on PostgreSQL: KUANGXUN_TEST_POSTGRES is not set (packaging/test.sh sets it)");
    return {};
  }
  static int counter = 0;
  // The process id keeps test programs that run at once apart.
  const std::string name = "county_" + std::to_string(::getpid()) + "_" + std::to_string(++counter);
  const auto administration = must(postgres::open_database(server));
  must(administration->run("CREATE DATABASE " + name, {}));
  return address_of(server, name);
}

std::unique_ptr<TestCounty> county_on_postgres() {
  const std::string address = county_on_postgres_empty();
  if (address.empty()) return nullptr;
  last_postgres_address = address;
  return std::make_unique<TestCounty>([address] { return open_store(postgres::open_database(address)); });
}

const std::string& postgres_county_address() {
  return last_postgres_address;
}

void on_every_database(const std::function<void(TestCounty&)>& situation) {
  {
    INFO("on SQLite");
    const TemporaryFolder folder;
    const auto county = county_on_sqlite(folder);
    situation(*county);
  }
  INFO("on PostgreSQL");
  if (const auto county = county_on_postgres()) situation(*county);
}

void on_every_store(const std::function<void(TestCounty&)>& situation) {
  {
    INFO("in memory");
    const auto county = county_in_memory();
    situation(*county);
  }
  on_every_database(situation);
}

}  // namespace kuangxun::tests
