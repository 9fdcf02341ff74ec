// How the county is read: one snapshot a reading, nothing written, a newer database left alone.
#include "db/records/kinds.h"
#include "sync/ledger/administration.h"
#include "tests/sync/reader/whole_laptop.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

records::Record example_place(TestCounty& county) {
  return example_record(records::kind_of(records::kinds::unlicensed_place), county.clock(), county.random());
}

}  // namespace

TEST_CASE("one look sees nothing of what comes in meanwhile, the next one sees it") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    laptop.enter(example_place(county));
    county.push_all(laptop);
    const auto reader = reader_of(county);
    const records::Record late = example_place(county);
    must(reader->read_together([&]() -> Status {
      CHECK(must(reader->list(records::kinds::unlicensed_place)).size() == 1);
      // The county goes on: nobody waits for a reader.
      laptop.enter(late);
      county.push_all(laptop);
      CHECK(county.shown(records::kinds::unlicensed_place) == 2);
      CHECK(must(reader->list(records::kinds::unlicensed_place)).size() == 1);
      CHECK(reader->read(late.id()).error().code() == ErrorCode::not_found);
      return {};
    }));
    CHECK(must(reader->list(records::kinds::unlicensed_place)).size() == 2);
    CHECK(must(reader->read(late.id())).record == late);
  });
}

TEST_CASE("a look that fails ends, and what went wrong is told") {
  on_every_database([](TestCounty& county) {
    const auto reader = reader_of(county);
    const Status failed = reader->read_together([]() -> Status { return Error(ErrorCode::bad_input, "示例"); });
    CHECK(failed.error().message() == "示例");
    CHECK(reader->read(Uuid{{5}}).error().code() == ErrorCode::not_found);
    ExampleLaptop laptop = county.enrol("一号");
    laptop.enter(example_place(county));
    county.push_all(laptop);
    CHECK(must(reader->list(records::kinds::unlicensed_place)).size() == 1);
  });
}

TEST_CASE("inside a look the database takes no change") {
  on_every_database([](TestCounty& county) {
    county.enrol("一号");
    const auto store = must(open_to_read(county));
    must(store->database().begin_reading());
    CHECK_FALSE(store->database().run("DELETE FROM sync_head", {}).ok());
    store->rollback();
    CHECK(county.number("SELECT count(*) FROM sync_head") > 0);
  });
}

TEST_CASE("a record that the county hides whole is not there; its operations are told") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const records::Record place = example_place(county);
    laptop.enter(place);
    county.push_all(laptop);
    const auto reader = reader_of(county);
    CHECK(must(reader->hidden_operations(10)).empty());
    must(ledger::quarantine(county.county(), laptop.writer(), {1, laptop.written().size()}, "示例"));
    CHECK(reader->read(place.id()).error().code() == ErrorCode::not_found);
    CHECK(must(reader->hidden_operations(100)) == laptop.written());
    CHECK(must(reader->hidden_operations(1)).size() == 1);
  });
}

TEST_CASE("one id under two kinds: the record that came first is meant") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop first = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    const records::Record place = example_place(county);
    first.enter(place);
    county.push_all(first);
    second.edit(place.id(), records::kinds::closed_mine, 1, {{1, std::string("冒用编号")}});
    county.push_all(second);
    const auto reader = reader_of(county);
    CHECK(must(reader->read(place.id())).record == place);
    CHECK(must(reader->list(records::kinds::closed_mine)).size() == 1);
  });
}

TEST_CASE("a kind that only a newer program shows is told, not shown") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const Uuid record = make_uuid(county.clock(), county.random());
    laptop.edit(record, 62, 7, {{7, std::string("新的种类")}});
    county.push_all(laptop);
    CHECK(reader_of(county)->read(record).error().code() == ErrorCode::newer_version);
  });
}

TEST_CASE("a county database of a newer version is refused with a line that says what to do") {
  on_every_database([](TestCounty& county) {
    must(county.sql().database().run("UPDATE schema_version SET version = 99", {}));
    const auto opened = open_to_read(county);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code() == ErrorCode::newer_version);
    CHECK(opened.error().message().find("请更新程序") != std::string::npos);
  });
}

TEST_CASE("on PostgreSQL an account that may only read is enough") {
  const auto county = county_on_postgres();
  if (county == nullptr) return;
  ExampleLaptop laptop = county->enrol("一号");
  laptop.enter(example_place(*county));
  county->push_all(laptop);
  auto& database = county->sql().database();
  const std::string role = "reads_" + county->id().text().substr(24);
  must(database.run("CREATE ROLE \"" + role + "\"", {}));
  must(database.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO \"" + role + "\"", {}));
  auto connection =
      must(postgres::open_database(postgres_county_address() + "?options=-c%20role%3D" + role, postgres::Access::read));
  const auto reader = must(reader::CountyReader::open(must(sql::SqlStore::open(std::move(connection), false))));
  CHECK(must(reader->list(records::kinds::unlicensed_place)).size() == 1);
  CHECK(must(reader->disputes()).empty());
  must(database.run("DROP OWNED BY \"" + role + "\"", {}));
  must(database.run("DROP ROLE \"" + role + "\"", {}));
}
