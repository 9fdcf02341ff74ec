#include <doctest/doctest.h>

#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "db/sqlite/tables/bulk_projection.h"
#include "db/sqlite/tables/operation_log.h"
#include "db/sqlite/tables/schema.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::sqlite {
namespace {

Database empty_file() {
  auto connection = Connection::open_memory();
  REQUIRE(connection.ok());
  Database database(std::move(*connection));
  REQUIRE(migrate(database).ok());
  REQUIRE(create_typed_tables(database).ok());
  return database;
}

// The tables that operations go through, over an empty file in memory.
struct Tables {
  Database database = empty_file();
  Dictionary dictionary{database};
  Projection projection{database};
  OperationRows rows{database, dictionary};
  HeadTable heads{database, dictionary, projection, rows};
  OperationLog log{database, dictionary, projection, rows, heads};
  tests::ManualClock clock;
  tests::SeededRandom random{3};
  history::WriterId writer{make_uuid(clock, random), 1};
  Uuid place = make_uuid(clock, random);
  std::uint64_t written = 0;

  Tables() {
    REQUIRE(dictionary.load().ok());
    REQUIRE(log.load().ok());
  }
  history::Operation name(std::string text, std::vector<history::OperationId> bases) {
    history::Operation operation;
    operation.id = {writer, ++written};
    operation.time = {clock.now_ms() + static_cast<std::int64_t>(written), 0};
    operation.record = place;
    operation.kind = records::kinds::unlicensed_place;
    operation.group = 1;
    operation.bases = std::move(bases);
    operation.values = {{1, std::move(text)}};
    return operation;
  }
  CellKey cell() { return cell_key(dictionary.record_entry(place, records::kinds::unlicensed_place).value().index, 1); }
  std::string shown() {
    const auto all = projection.read_all(records::kind_of(records::kinds::unlicensed_place));
    return all->empty() ? std::string() : all->front().text(records::common::name);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Tables, "a row comes back as the operation that went in, once") {
  const history::Operation entered = name("东沟", {});
  CHECK(log.append(entered).value());
  CHECK_FALSE(log.append(entered).value());
  const OperationKey key = dictionary.key_of(entered.id).value();
  CHECK(rows.read(key).value() == entered);
  CHECK(rows.last_sequence(1).value() == 1);
  const auto missing = rows.read(key + 1);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code() == ErrorCode::corrupt);
}

TEST_CASE_FIXTURE(Tables, "an operation whose base is not here waits, and shows when that comes") {
  const history::Operation first = name("东沟", {});
  const history::Operation second = name("东沟采坑", {first.id});
  REQUIRE(log.append(second).value());
  CHECK(shown().empty());
  CHECK(heads.of(cell()).value().empty());
  REQUIRE(log.append(first).value());
  CHECK(shown() == "东沟采坑");
  CHECK(heads.of(cell()).value() == std::vector{dictionary.key_of(second.id).value()});
}

TEST_CASE_FIXTURE(Tables, "two who did not see each other both stand, in the bulk way too") {
  const history::Operation first = name("东沟", {});
  for (const history::Operation& one : {first, name("西沟", {first.id}), name("南沟", {first.id})}) {
    REQUIRE(log.append(one).value());
  }
  const auto both = heads.of(cell()).value();
  CHECK(both.size() == 2);
  const std::string before = shown();
  REQUIRE(database.connection().execute("DELETE FROM head; DELETE FROM dispute; DELETE FROM unlicensed_place").ok());
  BulkProjection bulk(dictionary, projection, rows, heads, log);
  REQUIRE(bulk.gather_rows().ok());
  REQUIRE(bulk.show(Uuid{}).ok());
  CHECK(heads.of(cell()).value() == both);
  CHECK(shown() == before);
  CHECK(database.connection().query_integer("SELECT count(*) FROM dispute").value() == 1);
}

}  // namespace kuangxun::sqlite
