#include "sync/sql/sql_store.h"
#include "sync/sqlite/county_database.h"
#include "tests/simulation/failure.h"
#include "tests/simulation/sqlite_stores.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::simulation {
namespace {

using sql::SqlKey;
using sql::SqlRow;
using sql::SqlValue;

// Passes every statement on; before one that may write the strike is asked.
class StrikingDatabase final : public sql::SqlDatabase {
 public:
  StrikingDatabase(std::unique_ptr<sql::SqlDatabase> inner, Strike& strike)
      : inner_(std::move(inner)), strike_(strike) {}

  Status begin(ports::Work work) override { return inner_->begin(work); }
  Status also_store() override { return inner_->also_store(); }
  Status begin_reading() override { return inner_->begin_reading(); }
  Status commit() override {
    KX_CHECK(strike_.before_write());
    return inner_->commit();
  }
  void rollback() override { inner_->rollback(); }
  bool can_write() const override { return inner_->can_write(); }
  Result<std::vector<SqlRow>> run(const std::string& sql, std::span<const SqlValue> parameters) override {
    if (!sql.starts_with("SELECT")) KX_CHECK(strike_.before_write());
    return inner_->run(sql, parameters);
  }
  Status append_rows(const std::string& table, const std::vector<std::string>& columns,
                     std::span<const SqlRow> rows) override {
    KX_CHECK(strike_.before_write());
    return inner_->append_rows(table, columns, rows);
  }
  Status replace_rows(const std::string& table, const std::vector<std::string>& columns, std::size_t key_columns,
                      std::span<const SqlRow> rows) override {
    KX_CHECK(strike_.before_write());
    return inner_->replace_rows(table, columns, key_columns, rows);
  }
  Status delete_rows(const std::string& table, const SqlValue& county, const std::vector<SqlKey>& by,
                     std::span<const SqlRow> keys) override {
    KX_CHECK(strike_.before_write());
    return inner_->delete_rows(table, county, by, keys);
  }
  Result<std::vector<SqlRow>> find_rows(const std::string& table, const std::string& columns, const SqlValue& county,
                                        const std::vector<SqlKey>& by, std::span<const SqlRow> keys) override {
    return inner_->find_rows(table, columns, county, by, keys);
  }
  Result<bool> has_table(const std::string& name) override { return inner_->has_table(name); }
  Result<std::vector<std::string>> columns_of(const std::string& table) override { return inner_->columns_of(table); }
  std::string id_type() const override { return inner_->id_type(); }
  std::string bytes_type() const override { return inner_->bytes_type(); }
  Status comment_table(const std::string& table, const std::string& comment) override {
    return inner_->comment_table(table, comment);
  }
  Status keep_uncompressed(const std::string& table, const std::string& column) override {
    return inner_->keep_uncompressed(table, column);
  }
  Status prepare_typed_tables() override { return inner_->prepare_typed_tables(); }
  Status create_typed_table(const tables::TypedTable& table) override { return inner_->create_typed_table(table); }
  Status add_column(const tables::TypedTable& table, const tables::Column& column) override {
    return inner_->add_column(table, column);
  }
  SqlValue to_sql(const tables::Column& column, const records::Value& value) const override {
    return inner_->to_sql(column, value);
  }
  std::string dump_expression(const tables::Column& column) const override { return inner_->dump_expression(column); }

 private:
  std::unique_ptr<sql::SqlDatabase> inner_;
  Strike& strike_;
};

class Disk final : public CountyDisk {
 public:
  Disk() = default;
  explicit Disk(const std::filesystem::path& of) {
    for (const auto& entry : std::filesystem::directory_iterator(of)) {
      std::filesystem::copy(entry.path(), folder_.path() / entry.path().filename());
    }
  }
  std::unique_ptr<ports::CountyStore> open(Strike& strike) override {
    auto database = sqlite_county::open_database(folder_.path() / "county.gpkg", sqlite_county::Access::create);
    demand_ok(database, "opening the county's file");
    auto store = sql::SqlStore::open(std::make_unique<StrikingDatabase>(std::move(*database), strike), true);
    demand_ok(store, "opening the county's store");
    return std::move(*store);
  }
  std::unique_ptr<CountyDisk> copy() const override { return std::make_unique<Disk>(folder_.path()); }

 private:
  tests::TemporaryFolder folder_;
};

}  // namespace

std::unique_ptr<CountyDisk> sqlite_county() {
  return std::make_unique<Disk>();
}

}  // namespace kuangxun::simulation
