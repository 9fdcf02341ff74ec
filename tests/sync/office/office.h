#pragma once

#include <doctest/doctest.h>

#include <csignal>

#include "db/base/text.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "sync/client/enrol.h"
#include "sync/client/sync.h"
#include "sync/sqlite/county_database.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"
#include "tests/sync/support/example_laptop.h"

// The real kuangxun-county at its people's keyboard, and real laptops.
namespace kuangxun::tests {

inline const std::string program = binary_folder() + "/bin/kuangxun-county";

// The county's people at their keyboard.
struct Office {
  explicit Office(std::string store_address) : store(std::move(store_address)) {}
  std::vector<std::string> words(const std::vector<std::string>& more) const {
    std::vector<std::string> all = {program, "--lang", "en", "--store", store, "--keys", (folder / "keys").string()};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Ran run(const std::vector<std::string>& more) const { return run_program(words(more)); }
  std::string code_for(const std::string& name) const {
    const Ran ran = run({"enrol", "--name", name});
    REQUIRE(ran.exit_code == 0);
    return std::string(trim(ran.out));
  }
  std::string store;
  TemporaryFolder folder;
};

struct SqliteOffice : Office {
  SqliteOffice() : Office({}) { store = "sqlite:" + (folder / "county.gpkg").string(); }
};

// What the county's database answers, beside the running county.
inline std::vector<sql::SqlRow> rows_of(const SqliteOffice& office, const std::string& sql) {
  auto database = sqlite_county::open_database(office.folder / "county.gpkg", sqlite_county::Access::beside);
  REQUIRE(database.ok());
  auto rows = (*database)->run(sql, {});
  REQUIRE_MESSAGE(rows.ok(), (rows.ok() ? "" : rows.error().message()));
  return std::move(rows).value();
}

// The address in "the county serves at https://127.0.0.1:40123".
inline std::string address_in(const std::string& line) {
  const std::size_t at = line.find("https://");
  return at == std::string::npos ? std::string() : line.substr(at);
}

struct Laptop {
  Laptop() {
    auto made = sqlite::LocalStore::create(folder / "data", {clock, random});
    REQUIRE_MESSAGE(made.ok(), (made.ok() ? "" : made.error().message()));
    store = std::move(made).value();
  }
  // Anew, after its files were changed while it was closed.
  void open() {
    store.reset();
    auto opened = sqlite::LocalStore::open(folder / "data", {clock, random});
    REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : opened.error().message()));
    store = std::move(opened).value();
  }
  Uuid record_visit() {
    const records::Record visit = example_record(records::kind_of(records::kinds::visit), clock, random);
    REQUIRE(store->commit(history::edits_for_new(visit), Uuid{{1}}).ok());
    return visit.id();
  }
  engine::Report sync() {
    const auto report = client::sync(*store, folder / "photos", "", clock, random);
    REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message()));
    REQUIRE_MESSAGE(!report->problem.has_value(), report->problem->message());
    return *report;
  }
  TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<sqlite::LocalStore> store;
};

}  // namespace kuangxun::tests
