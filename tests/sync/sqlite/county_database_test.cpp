#include "sync/sqlite/county_database.h"

#include <doctest/doctest.h>

#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using sqlite_county::Access;

namespace {

std::unique_ptr<sql::SqlDatabase> opened(const std::filesystem::path& file, Access access) {
  auto database = sqlite_county::open_database(file, access);
  REQUIRE_MESSAGE(database.ok(), (database.ok() ? "" : database.error().message()));
  return std::move(database).value();
}

void make_notes(sql::SqlDatabase& database) {
  REQUIRE(
      database
          .run("CREATE TABLE note (county_id TEXT, number INTEGER, words TEXT, PRIMARY KEY (county_id, number))", {})
          .ok());
}

std::int64_t count_notes(sql::SqlDatabase& database) {
  const auto rows = database.run("SELECT count(*) FROM note", {});
  REQUIRE(rows.ok());
  return std::get<std::int64_t>(rows->front().front());
}

const std::vector<std::string> columns = {"county_id", "number", "words"};

}  // namespace

TEST_CASE("only who may make a county makes the file; others say that there is none") {
  const tests::TemporaryFolder folder;
  const auto file = folder / "county.gpkg";
  for (const Access access : {Access::own, Access::beside, Access::read}) {
    const auto missing = sqlite_county::open_database(file, access);
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code() == ErrorCode::not_found);
    CHECK_FALSE(std::filesystem::exists(file));
  }
  CHECK(opened(file, Access::create)->can_write());
  CHECK(std::filesystem::exists(file));
  CHECK(opened(file, Access::own)->can_write());
  CHECK(opened(file, Access::beside)->can_write());
  CHECK_FALSE(opened(file, Access::read)->can_write());
}

TEST_CASE("who reads beside the server changes nothing, and keeps one look until it lets go of it") {
  const tests::TemporaryFolder folder;
  const auto server = opened(folder / "county.gpkg", Access::create);
  make_notes(*server);
  const auto reader = opened(folder / "county.gpkg", Access::read);
  CHECK_FALSE(reader->run("INSERT INTO note VALUES ('c', 9, '改')", {}).ok());

  REQUIRE(reader->begin_reading().ok());
  CHECK(count_notes(*reader) == 0);
  REQUIRE(server->begin(ports::Work::store).ok());
  const std::vector<sql::SqlRow> rows = {{std::string("c"), std::int64_t{1}, std::string("采坑")}};
  REQUIRE(server->append_rows("note", columns, rows).ok());
  REQUIRE(server->commit().ok());
  CHECK(count_notes(*reader) == 0);
  reader->rollback();
  CHECK(count_notes(*reader) == 1);
}

TEST_CASE("what was rolled back is gone, and a row takes the place of the one with its key") {
  const tests::TemporaryFolder folder;
  const auto server = opened(folder / "county.gpkg", Access::create);
  make_notes(*server);
  const std::vector<sql::SqlRow> first = {{std::string("c"), std::int64_t{1}, std::string("一")},
                                          {std::string("c"), std::int64_t{2}, std::string("二")}};
  REQUIRE(server->begin(ports::Work::apply).ok());
  REQUIRE(server->append_rows("note", columns, first).ok());
  server->rollback();
  CHECK(count_notes(*server) == 0);

  REQUIRE(server->append_rows("note", columns, first).ok());
  const std::vector<sql::SqlRow> second = {{std::string("c"), std::int64_t{2}, std::string("改")}};
  REQUIRE(server->replace_rows("note", columns, 2, second).ok());
  CHECK(count_notes(*server) == 2);
  const std::vector<sql::SqlKey> by = {{"number", sql::SqlKey::Type::number}};
  const std::vector<sql::SqlRow> keys = {{std::int64_t{2}}, {std::int64_t{7}}};
  const auto found = server->find_rows("note", "words", std::string("c"), by, keys);
  REQUIRE(found.ok());
  REQUIRE(found->size() == 1);
  CHECK(found->front().front() == sql::SqlValue(std::string("改")));
  REQUIRE(server->delete_rows("note", std::string("c"), by, keys).ok());
  CHECK(count_notes(*server) == 1);
  // Another county's rows are no business of this one.
  const std::vector<sql::SqlRow> left = {{std::int64_t{1}}};
  REQUIRE(server->delete_rows("note", std::string("other"), by, left).ok());
  CHECK(count_notes(*server) == 1);
}
