// The real kuangxun-county, real sockets, real laptops.
#include <doctest/doctest.h>

#include <algorithm>

#include "db/base/files.h"
#include "tests/support/where.h"
#include "tests/sync/office/office.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

void a_day_of_sync(Office& office) {
  REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
  Process county(office.words({"serve", "--listen", "127.0.0.1:0"}));
  const std::string address = address_in(county.first_line());
  REQUIRE_FALSE(address.empty());

  Laptop first;
  Laptop second;
  const Status joined = client::enrol(*first.store, address, office.code_for("first"), first.clock, first.random);
  REQUIRE_MESSAGE(joined.ok(), (joined.ok() ? "" : joined.error().message()));
  REQUIRE(client::enrol(*second.store, address, office.code_for("second"), second.clock, second.random).ok());
  const Uuid visit = first.record_visit();
  const engine::Report pushed = first.sync();
  CHECK(pushed.pushed > 0);
  CHECK(pushed.applied_through == pushed.stored_through);
  CHECK(pushed.quarantined == 0);
  const engine::Report pulled = second.sync();
  CHECK(pulled.pulled > pushed.pushed);  // and what the county wrote of its devices
  REQUIRE(second.store->read(visit).ok());
  CHECK(second.store->read(visit)->record == first.store->read(visit)->record);
  const auto state = first.store->sync_state(visit);
  REQUIRE(state.ok());
  CHECK(*state == history::SyncState::applied);

  const Ran status = office.run({"status", "--json"});
  CHECK(status.exit_code == 0);
  CHECK(status.out.find("\"visit\": 1") != std::string::npos);
  CHECK(status.out.find("\"devices\": 2") != std::string::npos);
  const Ran devices = office.run({"devices", "--json"});
  CHECK(devices.out.find("\"name\": \"first\"") != std::string::npos);
  CHECK(county.end(SIGTERM) == 0);
}

}  // namespace

TEST_CASE("a day on SQLite: init, serve, enrol beside the running server, push, pull, status") {
  SqliteOffice office;
  a_day_of_sync(office);
}

TEST_CASE("the same day on PostgreSQL") {
  const auto made = county_on_postgres_empty();
  if (made.empty()) return;
  Office office(made);
  a_day_of_sync(office);
}

TEST_CASE("a county killed in the middle goes on where it was") {
  SqliteOffice office;
  REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
  Laptop laptop;
  auto county = std::make_unique<Process>(office.words({"serve", "--listen", "127.0.0.1:0"}));
  const std::string address = address_in(county->first_line());
  REQUIRE(client::enrol(*laptop.store, address, office.code_for("first"), laptop.clock, laptop.random).ok());
  laptop.record_visit();
  laptop.sync();
  CHECK(county->end(SIGKILL) == 128 + SIGKILL);
  laptop.record_visit();
  const auto gone = client::sync(*laptop.store, laptop.folder / "photos", "", laptop.clock, laptop.random);
  REQUIRE_FALSE(gone.ok());
  CHECK(gone.error().code() == ErrorCode::unavailable);
  county = std::make_unique<Process>(office.words({"serve", "--listen", "127.0.0.1:0"}));
  const auto report = client::sync(*laptop.store, laptop.folder / "photos", address_in(county->first_line()),
                                   laptop.clock, laptop.random);
  REQUIRE(report.ok());
  CHECK(report->pushed > 0);
  CHECK(office.run({"status", "--json"}).out.find("\"visit\": 2") != std::string::npos);
}

TEST_CASE("enrolment prints the code and nothing else; wrong, used and other counties' codes are refused") {
  SqliteOffice office;
  SqliteOffice elsewhere;
  REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
  REQUIRE(elsewhere.run({"init", "--empty"}).exit_code == 0);
  Process county(office.words({"serve", "--listen", "127.0.0.1:0"}));
  const std::string address = address_in(county.first_line());
  const Ran ran = office.run({"enrol", "--name", "一号"});
  CHECK(ran.out.size() == 40);
  CHECK(ran.out.find_first_not_of("ABCDEFGHJKMNPQRSTVWXYZ0123456789-\n") == std::string::npos);
  CHECK(ran.err.empty());

  Laptop laptop;
  Laptop other;
  const std::string code(trim(ran.out));
  CHECK(client::enrol(*laptop.store, address, "ABCD", laptop.clock, laptop.random).error().code() ==
        ErrorCode::bad_input);
  const Status foreign = client::enrol(*laptop.store, address, elsewhere.code_for("x"), laptop.clock, laptop.random);
  REQUIRE_FALSE(foreign.ok());
  CHECK(foreign.error().code() == ErrorCode::refused);
  CHECK(client::enrol(*laptop.store, address, code, laptop.clock, laptop.random).ok());
  CHECK(client::enrol(*other.store, address, code, other.clock, other.random).error().code() == ErrorCode::refused);
  // A laptop that joined does not join another county.
  Process second(elsewhere.words({"serve", "--listen", "127.0.0.1:0"}));
  CHECK(client::enrol(*laptop.store, address_in(second.first_line()), elsewhere.code_for("y"), laptop.clock,
                      laptop.random)
            .error()
            .code() == ErrorCode::bad_input);
  const auto never_joined = client::sync(*other.store, other.folder / "photos", "", other.clock, other.random);
  REQUIRE_FALSE(never_joined.ok());
  CHECK(never_joined.error().code() == ErrorCode::refused);
}

TEST_CASE("wrong use and bad input have their exit codes and change nothing") {
  SqliteOffice office;
  CHECK(office.run({"status"}).exit_code == 3);
  CHECK_FALSE(std::filesystem::exists(office.folder / "county.gpkg"));
  CHECK(office.run({"fly"}).exit_code == 2);
  CHECK(run_program({program}).exit_code == 2);
  CHECK(run_program({program, "--store", "mysql:x", "status"}).exit_code == 2);
  CHECK(run_program({program, "--store", "postgresql://127.0.0.1:1/x", "status"}).exit_code == 2);  // no --keys
  CHECK(run_program({program, "--store", "postgresql://127.0.0.1:1/x", "--keys", "/nowhere", "status"}).exit_code == 4);

  REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
  const Ran twice = office.run({"init", "--empty"});
  CHECK(twice.exit_code == 3);
  CHECK(twice.err.find("already") != std::string::npos);
  CHECK(office.run({"serve", "--listen", "127.0.0.1"}).exit_code == 2);
  CHECK(office.run({"enrol", "--name", ""}).exit_code == 3);
  CHECK(office.run({"enrol", "--name", "x", "--role", "king"}).exit_code == 2);
}

TEST_CASE("the keys are their owner's alone; without them, or with others in their place, nothing is served") {
  SqliteOffice office;
  REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
  std::filesystem::path signing;
  for (const auto& entry : std::filesystem::directory_iterator(office.folder / "keys")) {
    const auto rights = entry.status().permissions() & std::filesystem::perms::all;
    CHECK(rights == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    if (entry.path().filename().string().starts_with("county-")) signing = entry.path();
  }
  REQUIRE_FALSE(signing.empty());
  REQUIRE(write_file_durably(signing, as_bytes(std::string(64, '7') + "\n"), true).ok());
  const Ran changed = office.run({"serve", "--listen", "127.0.0.1:0"});
  CHECK(changed.exit_code == 4);
  CHECK(changed.err.find("holds another key than its name says") != std::string::npos);
  std::filesystem::remove(signing);
  const Ran lost = office.run({"serve", "--listen", "127.0.0.1:0"});
  CHECK(lost.exit_code != 0);
  CHECK(lost.err.find("restore it from the backup") != std::string::npos);
}

TEST_CASE("one server at a time owns a SQLite store") {
  SqliteOffice office;
  REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
  Process county(office.words({"serve", "--listen", "127.0.0.1:0"}));
  REQUIRE_FALSE(county.first_line().empty());
  CHECK(office.run({"serve", "--listen", "127.0.0.1:0"}).exit_code == 4);
}

TEST_CASE("init brings the county's registers, the same as a laptop's") {
  if (!std::filesystem::is_directory(source_folder() + "/assets/registers")) {
    MESSAGE("SKIPPED: no assets/registers in this checkout");
    return;
  }
  SqliteOffice office;
  const Ran made = office.run({"init"});
  REQUIRE_MESSAGE(made.exit_code == 0, made.err);
  const std::string facts = office.run({"status", "--json"}).out;
  CHECK(facts.find("\"mining-right\": 16") != std::string::npos);
  CHECK(facts.find("\"exploration-right\": 13") != std::string::npos);
  CHECK(facts.find("\"restoration-project\": 6") != std::string::npos);
  CHECK(facts.find("\"quarantined\": 0") != std::string::npos);
}
