#include <doctest/doctest.h>

#include "sync/sql/sql_names.h"
#include "sync/sql/sql_schema.h"
#include "sync/sql/sql_store.h"
#include "sync/sql/sql_values.h"
#include "sync/sqlite/county_database.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using sql::SqlValue;

namespace {

std::unique_ptr<sql::SqlDatabase> open_file(const std::filesystem::path& file) {
  auto database = sqlite_county::open_database(file, sqlite_county::Access::create);
  REQUIRE(database.ok());
  return std::move(database).value();
}

}  // namespace

TEST_CASE("a name is quoted whatever it is made of") {
  CHECK(sql::quoted_name("order") == "\"order\"");
  CHECK(sql::quoted_name("采矿权") == "\"采矿权\"");
}

TEST_CASE("values come back as they went; another shape gives nothing instead of an end of the program") {
  const Uuid id = fixed_uuid("示例");
  CHECK(sql::id_of(sql::to_sql(id)) == id);
  const Hash hash = sha256(Bytes{1, 2});
  CHECK(sql::hash_of(sql::to_sql(hash)) == hash);
  CHECK(sql::unsigned_of(sql::to_sql(std::uint64_t{1} << 40)) == std::uint64_t{1} << 40);
  CHECK(sql::bytes_of(sql::to_sql(ByteView(Bytes{3, 4}))) == Bytes{3, 4});

  for (const SqlValue& wrong : {SqlValue(), SqlValue(1.5), SqlValue(std::string("字")), SqlValue(Bytes{1})}) {
    CHECK(sql::integer_of(wrong) == 0);
    CHECK(sql::id_of(wrong).is_nil());
    CHECK(sql::hash_of(wrong) == Hash{});
    CHECK(sql::key_of(wrong) == PublicKey{});
  }
}

TEST_CASE("the county stands first in every key of every own table, and no placeholder is left") {
  const tests::TemporaryFolder folder;
  const auto database = open_file(folder.path() / "county.gpkg");
  int keys = 0;
  for (const sql::OwnTable& table : sql::own_tables(*database)) {
    CAPTURE(table.name);
    CHECK_FALSE(table.comment.empty());
    for (const std::string& statement : table.statements) {
      CHECK(statement.find(" ID") == std::string::npos);
      CHECK(statement.find("BYTES") == std::string::npos);
      if (table.name == "schema_version") continue;
      for (const std::string_view key : {"PRIMARY KEY (", " ON "}) {
        const std::size_t at = statement.find(key);
        if (at == std::string::npos) continue;
        const std::size_t columns = key == " ON " ? statement.find('(', at) + 1 : at + key.size();
        CHECK(statement.compare(columns, 9, "county_id") == 0);
        ++keys;
      }
    }
  }
  CHECK(keys > 15);
}

TEST_CASE("a database is found as it was left, and one without our tables is only taken when that was asked for") {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "county.gpkg";
  const auto refused = sql::SqlStore::open(open_file(file), false);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::not_found);
  CHECK(sql::SqlStore::open(open_file(file), true).ok());
  CHECK(sql::SqlStore::open(open_file(file), false).ok());
}

TEST_CASE("a database of a newer program is not touched") {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "county.gpkg";
  REQUIRE(sql::SqlStore::open(open_file(file), true).ok());
  const SqlValue newer = sql::SqlStore::schema_version + 1;
  REQUIRE(open_file(file)->run("INSERT INTO schema_version (version) VALUES ($1)", {&newer, 1}).ok());
  const auto refused = sql::SqlStore::open(open_file(file), true);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::newer_version);
}
