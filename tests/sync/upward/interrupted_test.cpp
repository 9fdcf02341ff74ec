// The prefecture's program is killed while it reads a package: between any two things it asks of its database.
#include <doctest/doctest.h>

#include "sync/upward/receipt.h"
#include "tests/sync/upward/line.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// How many calls the program still lives for; none: it is not killed.
struct Fate {
  std::optional<std::uint64_t> calls_left;
  std::uint64_t calls = 0;

  bool is_dead() {
    ++calls;
    if (!calls_left.has_value()) return false;
    if (*calls_left == 0) return true;
    --*calls_left;
    return false;
  }
};

// A database whose program dies: from then on nothing reaches it, and what was not committed goes with the connection.
class MortalDatabase final : public sql::SqlDatabase {
 public:
  MortalDatabase(std::unique_ptr<sql::SqlDatabase> real, Fate& fate) : real_(std::move(real)), fate_(fate) {}

  Status begin(ports::Work work) override {
    return alive([&] { return real_->begin(work); });
  }
  Status also_store() override {
    return alive([&] { return real_->also_store(); });
  }
  Status begin_reading() override {
    return alive([&] { return real_->begin_reading(); });
  }
  Status commit() override {
    return alive([&] { return real_->commit(); });
  }
  void rollback() override {
    if (!is_dead_) real_->rollback();
  }
  bool can_write() const override { return real_->can_write(); }
  Result<std::vector<sql::SqlRow>> run(const std::string& sql, std::span<const sql::SqlValue> parameters) override {
    return alive([&] { return real_->run(sql, parameters); });
  }
  Status append_rows(const std::string& table, const std::vector<std::string>& columns,
                     std::span<const sql::SqlRow> rows) override {
    return alive([&] { return real_->append_rows(table, columns, rows); });
  }
  Status replace_rows(const std::string& table, const std::vector<std::string>& columns, std::size_t key_columns,
                      std::span<const sql::SqlRow> rows) override {
    return alive([&] { return real_->replace_rows(table, columns, key_columns, rows); });
  }
  Status delete_rows(const std::string& table, const sql::SqlValue& county, const std::vector<sql::SqlKey>& by,
                     std::span<const sql::SqlRow> keys) override {
    return alive([&] { return real_->delete_rows(table, county, by, keys); });
  }
  Result<std::vector<sql::SqlRow>> find_rows(const std::string& table, const std::string& columns,
                                             const sql::SqlValue& county, const std::vector<sql::SqlKey>& by,
                                             std::span<const sql::SqlRow> keys) override {
    return alive([&] { return real_->find_rows(table, columns, county, by, keys); });
  }
  Result<bool> has_table(const std::string& name) override {
    return alive([&] { return real_->has_table(name); });
  }
  Result<std::vector<std::string>> columns_of(const std::string& table) override {
    return alive([&] { return real_->columns_of(table); });
  }
  std::string id_type() const override { return real_->id_type(); }
  std::string bytes_type() const override { return real_->bytes_type(); }
  Status comment_table(const std::string& table, const std::string& comment) override {
    return alive([&] { return real_->comment_table(table, comment); });
  }
  Status keep_uncompressed(const std::string& table, const std::string& column) override {
    return alive([&] { return real_->keep_uncompressed(table, column); });
  }
  Status prepare_typed_tables() override {
    return alive([&] { return real_->prepare_typed_tables(); });
  }
  Status create_typed_table(const tables::TypedTable& table) override {
    return alive([&] { return real_->create_typed_table(table); });
  }
  Status add_column(const tables::TypedTable& table, const tables::Column& column) override {
    return alive([&] { return real_->add_column(table, column); });
  }
  sql::SqlValue to_sql(const tables::Column& column, const records::Value& value) const override {
    return real_->to_sql(column, value);
  }
  std::string dump_expression(const tables::Column& column) const override { return real_->dump_expression(column); }

 private:
  template <class Call>
  auto alive(const Call& call) -> decltype(call()) {
    is_dead_ = is_dead_ || fate_.is_dead();
    if (is_dead_) return Error(ErrorCode::unavailable, "killed");
    return call();
  }

  std::unique_ptr<sql::SqlDatabase> real_;
  Fate& fate_;
  bool is_dead_ = false;
};

void fill(TestCounty& county, Line& line) {
  for (int i = 0; i < 3; ++i) line.work();
  Bytes photo(3000);
  county.random().fill(photo);
  line.keep_photo(photo);
}

// Read in one go, the package calls the database so many times.
std::uint64_t calls_of(Line& line, const std::string& file) {
  Fate fate;
  line.between = [&](auto real) { return std::make_unique<MortalDatabase>(std::move(real), fate); };
  const auto read = line.read(file);
  line.between = nullptr;
  REQUIRE(read.ok());
  return fate.calls;
}

void dies_at_every(std::uint64_t step, TestCounty& county, Line& line) {
  fill(county, line);
  upward::PackageWish wish;
  wish.photo_bytes_max = 1 << 20;
  line.write("1", wish);
  const std::uint64_t calls = calls_of(line, "1");
  REQUIRE(calls > 20);
  for (std::uint64_t at = 0; at < calls; at += step) {
    INFO("killed at call ", at, " of ", calls);
    line.lose_prefecture();
    line.trust_key(county.key().public_key());
    // Killed twice, the second time while it takes up what the first left.
    for (int time = 0; time < 2; ++time) {
      Fate fate{at, 0};
      line.between = [&](auto real) { return std::make_unique<MortalDatabase>(std::move(real), fate); };
      const auto cut = line.read("1");
      if (time == 0) CHECK_FALSE(cut.ok());
      line.between = nullptr;
    }
    const auto read = line.read("1");
    REQUIRE(read.ok());
    CHECK(line.dump() == county.dump());
    CHECK(line.photos() == 1);
    const auto receipt = upward::open_upward_receipt(read->receipt, line.key.public_key());
    REQUIRE(receipt.ok());
    CHECK(receipt->through == county.county().state().latest_sequence());
  }
}

}  // namespace

TEST_CASE("a reading that is killed between any two calls to the database is taken up by reading again: SQLite") {
  TemporaryFolder home;
  const auto county = county_on_sqlite(home);
  Line line(*county);
  dies_at_every(1, *county, line);
}

TEST_CASE("a reading that is killed is taken up by reading again: PostgreSQL") {
  const auto county = county_on_postgres();
  if (!county) return;
  Line line(*county, county_on_postgres_empty());
  // Each try makes a database with all its tables: some places must do.
  dies_at_every(37, *county, line);
}
