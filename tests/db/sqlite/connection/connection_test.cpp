#include "db/sqlite/connection/connection.h"

#include <doctest/doctest.h>

#include "db/sqlite/connection/database.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::sqlite {
namespace {

Database with_table() {
  auto connection = Connection::open_memory();
  REQUIRE(connection.ok());
  REQUIRE(connection->execute("CREATE TABLE note (number INTEGER PRIMARY KEY, content)").ok());
  return Database(std::move(*connection));
}

std::int64_t notes(Database& database) {
  return database.connection().query_integer("SELECT count(*) FROM note").value();
}

}  // namespace

TEST_CASE("every form of value comes back as it was bound, an empty one not as none") {
  Database database = with_table();
  const std::vector<SqlValue> values = {std::monostate{}, std::int64_t{-7}, 2.5,    std::string("采坑"),
                                        std::string(),    Bytes{0, 1, 255}, Bytes{}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto insert = database.statement("INSERT INTO note (number, content) VALUES (?, ?)");
    REQUIRE(insert.ok());
    (*insert)->bind(0, static_cast<std::int64_t>(i));
    (*insert)->bind_value(1, values[i]);
    REQUIRE((*insert)->run().ok());
  }
  auto select = database.statement("SELECT content FROM note ORDER BY number");
  REQUIRE(select.ok());
  for (const SqlValue& value : values) {
    REQUIRE((*select)->step().value());
    CHECK((*select)->value(0) == value);
  }
  CHECK_FALSE((*select)->step().value());
}

TEST_CASE("a transaction that is not committed leaves nothing") {
  Database database = with_table();
  {
    const auto transaction = Transaction::begin(database.connection());
    REQUIRE(transaction.ok());
    REQUIRE(database.connection().execute("INSERT INTO note VALUES (1, 'a')").ok());
    CHECK(notes(database) == 1);
  }
  CHECK(notes(database) == 0);
  auto transaction = Transaction::begin(database.connection());
  REQUIRE(transaction.ok());
  REQUIRE(database.connection().execute("INSERT INTO note VALUES (1, 'a')").ok());
  REQUIRE(transaction->commit().ok());
  CHECK(notes(database) == 1);
}

TEST_CASE("a statement that was left half read is ready again when it is asked for") {
  Database database = with_table();
  REQUIRE(database.connection().execute("INSERT INTO note VALUES (1, 'a'), (2, 'b')").ok());
  constexpr std::string_view sql = "SELECT number FROM note ORDER BY number";
  REQUIRE(database.statement(sql).value()->step().value());
  Statement* again = database.statement(sql).value();
  REQUIRE(again->step().value());
  CHECK(again->integer(0) == 1);
}

TEST_CASE("a look that stands too long is ended with a word, and the next one is served") {
  const tests::TemporaryFolder folder;
  auto writer = Connection::open(folder / "a.db", OpenMode::create);
  REQUIRE(writer->execute("PRAGMA journal_mode = WAL; CREATE TABLE note (number INTEGER PRIMARY KEY, content)").ok());
  REQUIRE(writer
              ->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO "
                        "note SELECT i, 'a' FROM n")
              .ok());
  auto reader = Connection::open(folder / "a.db", OpenMode::read_only);
  std::int64_t now_ms = 0;
  reader->limit_looks([&] { return now_ms; }, 2000);
  const auto count = [&] { return reader->query_integer("SELECT count(*) FROM note WHERE content = 'a'"); };

  {
    const auto look = Transaction::begin_reading(*reader);
    REQUIRE(look.ok());
    CHECK(count().value() == 3000);
    REQUIRE(writer->execute("INSERT INTO note (content) VALUES ('a')").ok());
    now_ms += 1999;
    CHECK(count().value() == 3000);
    now_ms += 2;
    const auto cut = count();
    REQUIRE_FALSE(cut.ok());
    CHECK(cut.error().code() == ErrorCode::unavailable);
    CHECK(cut.error().message().find("太久") != std::string::npos);
  }
  CHECK(count().value() == 3001);
  // A statement is a look of its own, however slowly its rows are asked for.
  auto rows = reader->prepare("SELECT number FROM note");
  REQUIRE(rows->step().value());
  now_ms += 2001;
  Result<bool> row = true;
  while (row.ok() && *row) row = rows->step();
  CHECK_FALSE(row.ok());
  rows->reset();
  now_ms += 100'000;
  CHECK(count().value() == 3001);
}

TEST_CASE("a file that is missing or no database is said so, and is not made") {
  const tests::TemporaryFolder folder;
  const auto missing = Connection::open(folder / "none.db", OpenMode::read_write);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code() == ErrorCode::not_found);
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
}

}  // namespace kuangxun::sqlite
