#include "tests/sync/support/test_county.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdlib>

#include "db/base/text.h"
#include "sync/postgres/county_database.h"
#include "sync/sqlite/county_database.h"

namespace kuangxun::tests {
namespace {

std::string last_postgres_address;

Result<std::unique_ptr<server::SqlStore>> open_store(Result<std::unique_ptr<server::SqlDatabase>> database) {
  if (!database.ok()) return database.error();
  return server::SqlStore::open(std::move(database).value(), true);
}

std::unique_ptr<server::SqlStore> must_open(const TestCounty::Opener& open) {
  auto store = open();
  REQUIRE_MESSAGE(store.ok(), (store.ok() ? "" : store.error().message()));
  return std::move(store).value();
}

// The same server, another database.
std::string address_of(const std::string& address, const std::string& database) {
  return address.substr(0, address.rfind('/') + 1) + database;
}

}  // namespace

TestCounty::TestCounty(Opener open, std::filesystem::path sqlite_file)
    : open_(std::move(open)),
      sqlite_file_(std::move(sqlite_file)),
      store_(must_open(open_)),
      key_(SigningKey::generate(random_)),
      authority_{{make_uuid(clock_, random_), key_.public_key(), "示例县", clock_.now_ms()}, key_, clock_} {
  auto transaction = server::Transaction::begin(*store_);
  REQUIRE(transaction.ok());
  REQUIRE(store_->create_identity(authority_.identity).ok());
  REQUIRE(transaction->commit().ok());
}

ExampleLaptop TestCounty::enrol(const std::string& name) {
  ExampleLaptop laptop(clock_, random_, name);
  auto transaction = server::Transaction::begin(*store_);
  REQUIRE(transaction.ok());
  REQUIRE(
      store_->add_device({laptop.writer(), laptop.key().public_key(), name, "officer", false, clock_.now_ms()}).ok());
  REQUIRE(transaction->commit().ok());
  return laptop;
}

wire::PushAnswer TestCounty::push(const ExampleLaptop& laptop, const std::vector<Bytes>& frames) {
  const server::Device device{laptop.writer(), laptop.key().public_key(), laptop.name(), "officer", false, 0};
  const auto answer = server::push(*store_, authority_, device, frames);
  REQUIRE_MESSAGE(answer.ok(), (answer.ok() ? "" : answer.error().message()));
  return *answer;
}

wire::PushAnswer TestCounty::push_all(ExampleLaptop& laptop) {
  laptop.seal();
  return push(laptop, laptop.frames());
}

std::string TestCounty::dump() {
  const auto dump = store_->dump();
  REQUIRE_MESSAGE(dump.ok(), (dump.ok() ? "" : dump.error().message()));
  return *dump;
}

std::string TestCounty::row(const Uuid& record) {
  for (const std::string_view line : split(dump(), '\n')) {
    if (line.starts_with(record.text())) return std::string(line);
  }
  return {};
}

std::int64_t TestCounty::number(const std::string& sql) {
  const auto rows = store_->database().run(sql, {});
  REQUIRE_MESSAGE(rows.ok(), (rows.ok() ? "" : rows.error().message()));
  const auto* value = std::get_if<std::int64_t>(&rows->front().front());
  return value != nullptr ? *value : 0;
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
  auto administration = postgres::open_database(server);
  REQUIRE_MESSAGE(administration.ok(), (administration.ok() ? "" : administration.error().message()));
  const auto created = (*administration)->run("CREATE DATABASE " + name, {});
  REQUIRE_MESSAGE(created.ok(), (created.ok() ? "" : created.error().message()));
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

void on_every_store(const std::function<void(TestCounty&)>& situation) {
  {
    INFO("on SQLite");
    const TemporaryFolder folder;
    const auto county = county_on_sqlite(folder);
    situation(*county);
  }
  INFO("on PostgreSQL");
  if (const auto county = county_on_postgres()) situation(*county);
}

}  // namespace kuangxun::tests
