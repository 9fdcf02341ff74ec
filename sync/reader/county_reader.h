#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/history/record_store.h"
#include "db/history/visibility.h"
#include "sync/sql/sql_store.h"

namespace kuangxun::reader {

// The records of a whole county out of its database, SQLite or PostgreSQL, read as a laptop reads its own that has
// synced all of it: the same values, heads, disputes and order, so that rules, dossiers and papers run at the county as
// in the field. What is read are the operations that stand (sync_head), which hold every value whole; the tables for
// people, which hold a decimal as a double and no date of a broken clock, only say where to look.
//
// Never writes. Each reading, or all of one read_together, is one snapshot: nothing that the server commits comes in
// between, and the server waits for nobody. One thread; owns its store.
class CountyReader final : public history::RecordReader {
 public:
  // Of the county that `store` is about; not_found when there is none in it yet.
  static Result<std::unique_ptr<CountyReader>> open(std::unique_ptr<sql::SqlStore> store);

  Result<history::RecordView> read(const Uuid& id) override;
  Result<std::vector<records::Record>> list(records::KindNumber kind) override;
  Result<std::vector<records::Record>> list_where(records::KindNumber kind, std::string_view field_name,
                                                  const records::Value& value) override;
  Result<std::uint64_t> count_standing(records::KindNumber kind, std::string_view field_name,
                                       const records::Value& value) override;
  Result<std::vector<history::Dispute>> disputes() override;
  Result<history::SyncState> sync_state(const Uuid& record) override;
  Result<std::vector<history::Operation>> hidden_operations(std::size_t most) override;
  Result<std::vector<history::Operation>> history(const Uuid& record, records::GroupNumber group) override;
  Status read_together(const std::function<Status()>& reading) override;

 private:
  // What is known of the table that people read of one kind.
  struct KindTable {
    bool is_whole = false;  // a row for each record of the kind
    std::vector<std::string> columns;
  };
  using Keys = std::set<ports::RecordKey>;
  using Standing = std::map<ports::RecordKey, tables::RecordHeads>;

  CountyReader(std::unique_ptr<sql::SqlStore> store, const Uuid& county);
  // Runs `read` in one look.
  template <class Read>
  auto in_one_look(Read read) -> decltype(read());
  // `more` are the parameters after $1, the county.
  Result<std::vector<sql::SqlRow>> run(const std::string& sql, std::vector<sql::SqlValue> more);
  Status learn_tables();
  // All records of a kind.
  Result<Keys> keys_of(records::KindNumber kind);
  // Those whose row meets the condition, which follows the county's.
  Result<Keys> keys_where(const tables::TypedTable& table, const std::string& condition,
                          std::vector<sql::SqlValue> more);
  // The column by which records with a value of this field are found, or nothing: then all are looked through.
  Result<const tables::Column*> column_of(const records::FieldDescription& field, const tables::TypedTable& table);
  Result<ports::RecordKey> find_key(const Uuid& id);
  Result<Standing> standing(const Keys& keys);
  Result<std::vector<records::Record>> records_of(const records::KindDescription& kind, const Keys& keys,
                                                  const std::function<bool(const records::Record&)>& is_wanted);
  // Every operation that came on a record, hidden and waiting ones too.
  Result<std::map<history::OperationId, history::Operation>> operations_of(const ports::RecordKey& record);
  // What the county hides now.
  Result<const history::Visibility*> visibility();
  // Adds those of a run that can be read.
  Status add_hidden(std::vector<history::Operation>& hidden, std::size_t most, const history::WriterId& writer,
                    const history::SequenceRange& range);

  std::unique_ptr<sql::SqlStore> store_;
  sql::SqlValue county_;
  bool is_reading_ = false;
  std::map<records::KindNumber, KindTable> tables_;
  std::optional<history::Visibility> visibility_;
  // Of the county's chain and of all chains, when visibility_ was read.
  std::pair<std::uint64_t, std::uint64_t> visibility_of_;
};

}  // namespace kuangxun::reader
