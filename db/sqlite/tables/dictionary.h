#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "db/history/operation.h"
#include "db/sqlite/connection/database.h"
#include "db/sqlite/tables/keys.h"

namespace kuangxun::sqlite {

struct RecordEntry {
  std::int64_t index = 0;
  records::KindNumber kind = 0;
};

// Long ids <-> small integers, kept in the tables writer, person and record, with the hot ones in memory.
class Dictionary {
 public:
  explicit Dictionary(Database& database) : database_(database) {}
  // Reads the writers and persons; they are few. Again after a rollback: what memory holds may never have been written.
  Status load();

  // Reads anew when one of these came after this connection last looked: another process writes.
  Status know(OperationKey key, const std::vector<OperationKey>& keys, std::int64_t person_index);

  Result<std::int64_t> writer_index(const history::WriterId& writer);  // makes it when new
  std::optional<std::int64_t> find_writer(const history::WriterId& writer) const;
  const history::WriterId& writer(std::int64_t index) const { return writers_[static_cast<std::size_t>(index - 1)]; }
  std::size_t writers() const { return writers_.size(); }
  const std::vector<history::WriterId>& all_writers() const { return writers_; }

  Result<std::int64_t> person_index(const Uuid& person);  // makes it when new
  const Uuid& person(std::int64_t index) const { return persons_[static_cast<std::size_t>(index - 1)]; }

  // Makes it when new. A record is its id and its kind: one id under two kinds is two records, on every laptop alike.
  Result<RecordEntry> record_entry(const Uuid& record, records::KindNumber kind);
  // By its id alone, under every kind.
  Result<std::vector<RecordEntry>> find_records(const Uuid& record);
  struct NamedRecord {
    Uuid id;
    records::KindNumber kind = 0;
  };
  Result<NamedRecord> record(std::int64_t index);
  // The indexes of all records of kinds that only the county may write, ascending.
  Result<std::vector<std::int64_t>> county_records();

  Result<OperationKey> key_of(const history::OperationId& id);  // makes the writer when new
  Result<std::vector<OperationKey>> keys_of(const std::vector<history::OperationId>& ids);
  history::OperationId id_of(OperationKey key) const { return {writer(writer_index_of(key)), sequence_of(key)}; }

 private:
  Database& database_;
  std::vector<history::WriterId> writers_;
  std::vector<Uuid> persons_;
  std::unordered_map<Uuid, std::int64_t, UuidHash> person_indexes_;
  struct RecordName {
    Uuid id;
    records::KindNumber kind = 0;
    bool operator==(const RecordName&) const = default;
  };
  struct RecordNameHash {
    std::size_t operator()(const RecordName& name) const noexcept { return UuidHash{}(name.id) + name.kind; }
  };
  std::unordered_map<RecordName, std::int64_t, RecordNameHash> records_;
};

}  // namespace kuangxun::sqlite
