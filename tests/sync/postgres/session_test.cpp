#include "sync/postgres/session.h"

#include <doctest/doctest.h>

#include "sync/postgres/county_database.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using postgres::Session;

namespace {

// A session in a database of its own; null, and a loud word, without PostgreSQL.
std::unique_ptr<Session> session_in_empty() {
  const std::string address = county_on_postgres_empty();
  return address.empty() ? nullptr : must(Session::open(address));
}

std::int64_t integer(Session& session, const std::string& sql) {
  const auto rows = session.run(sql, {});
  REQUIRE_MESSAGE(rows.ok(), (rows.ok() ? "" : rows.error().message()));
  return std::get<std::int64_t>(rows->front().front());
}

}  // namespace

TEST_CASE("who cannot be reached is named, and the password is not") {
  const auto nobody = postgres::open_database("postgresql://somebody:hunter2@127.0.0.1:9/county");
  REQUIRE_FALSE(nobody.ok());
  CHECK(nobody.error().code() == ErrorCode::unavailable);
  CHECK(nobody.error().message().find("127.0.0.1") != std::string::npos);
  CHECK(nobody.error().message().find("hunter2") == std::string::npos);
}

TEST_CASE("every form of value comes back as it went, by parameter and by COPY") {
  const auto session = session_in_empty();
  if (session == nullptr) return;
  REQUIRE(session->execute("CREATE TABLE note (number bigint, words text, content bytea, is_true boolean)").ok());
  const sql::SqlRow plain = {std::int64_t{-7}, std::string("采坑"), Bytes{0, 1, 255}, std::monostate{}};
  const sql::SqlRow awkward = {std::int64_t{1} << 40, std::string("tab\tline\nback\\slash\r'quote'"), Bytes{},
                               std::monostate{}};
  REQUIRE(session->run("INSERT INTO note VALUES ($1, $2, $3, NULL)", std::span(plain).first(3)).ok());
  const std::vector<sql::SqlRow> copied = {awkward};
  REQUIRE(session->copy("note", {"number", "words", "content", "is_true"}, copied).ok());
  const auto rows = session->run("SELECT number, words, content, is_true FROM note ORDER BY number", {});
  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 2);
  CHECK(rows->front() == plain);
  CHECK(rows->back() == awkward);
}

TEST_CASE("a text is quoted so that nothing in it is a command") {
  const auto session = session_in_empty();
  if (session == nullptr) return;
  const std::string words = "it's; DROP TABLE note --\\";
  const auto rows = session->run("SELECT " + session->quoted_text(words), {});
  REQUIRE(rows.ok());
  CHECK(rows->front().front() == sql::SqlValue(words));
}

TEST_CASE("what PostgreSQL does not understand is an error, and the session goes on") {
  const auto session = session_in_empty();
  if (session == nullptr) return;
  CHECK_FALSE(session->run("SELECT nothing FROM nowhere", {}).ok());
  CHECK_FALSE(session->execute("SELEC 1").ok());
  CHECK(integer(*session, "SELECT 1::bigint") == 1);
}

TEST_CASE("a lost connection is made anew, and who remembers something of it can see that") {
  const auto session = session_in_empty();
  if (session == nullptr) return;
  const int before = session->generation();
  // The server ends it, as when it is started anew.
  static_cast<void>(session->execute("SELECT pg_terminate_backend(pg_backend_pid())"));
  CHECK_FALSE(session->is_connected());
  REQUIRE(session->ensure().ok());
  CHECK(session->is_connected());
  CHECK(session->generation() > before);
  // What was prepared on the lost one is prepared again.
  CHECK(integer(*session, "SELECT 1::bigint") == 1);
}

TEST_CASE("a transaction that falls leaves nothing, and who may only read is told so") {
  const std::string address = county_on_postgres_empty();
  if (address.empty()) return;
  const auto database = must(postgres::open_database(address));
  REQUIRE(database->run("CREATE TABLE note (number bigint)", {}).ok());
  {
    auto transaction = ports::Transaction::begin(*database, ports::Work::store);
    REQUIRE(transaction.ok());
    REQUIRE(database->run("INSERT INTO note VALUES (1)", {}).ok());
  }
  CHECK(must(database->run("SELECT number FROM note", {})).empty());
  CHECK(database->can_write());
  CHECK_FALSE(must(postgres::open_database(address, postgres::Access::read))->can_write());
}
