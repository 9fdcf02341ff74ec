#include "db/sqlite/tables/dictionary.h"

#include <algorithm>

#include "db/history/visibility.h"
#include "db/language/language.h"

// Writers and persons of a county are few and are all held. Records are many, and mostly the same few hundred are asked
// for again and again.
namespace kuangxun::sqlite {
namespace {
// About 6 MB; when it is full it is emptied and fills again with what is hot.
constexpr std::size_t records_in_memory_max = 100'000;
}  // namespace

Status Dictionary::load() {
  writers_.clear();
  persons_.clear();
  person_indexes_.clear();
  records_.clear();
  KX_TRY(writers, database_.statement("SELECT device, epoch FROM writer ORDER BY writer_index"));
  for (;;) {
    KX_TRY(row, writers->step());
    if (!row) break;
    writers_.push_back({uuid_from_bytes(writers->bytes(0)), static_cast<std::uint32_t>(writers->integer(1))});
  }
  KX_TRY(persons, database_.statement("SELECT id FROM person ORDER BY person_index"));
  for (;;) {
    KX_TRY(row, persons->step());
    if (!row) break;
    persons_.push_back(uuid_from_bytes(persons->bytes(0)));
    person_indexes_[persons_.back()] = static_cast<std::int64_t>(persons_.size());
  }
  writers->reset();
  persons->reset();
  return {};
}

Status Dictionary::know(OperationKey key, const std::vector<OperationKey>& keys, std::int64_t person_index) {
  // Another process may have named somebody since; whoever only reads finds out by meeting the number.
  const auto is_new = [&](OperationKey one) {
    return static_cast<std::size_t>(writer_index_of(one)) > writers_.size();
  };
  const bool must_load =
      static_cast<std::size_t>(person_index) > persons_.size() || is_new(key) || std::ranges::any_of(keys, is_new);
  return must_load ? load() : Status();
}

std::optional<std::int64_t> Dictionary::find_writer(const history::WriterId& writer) const {
  const auto found = std::ranges::find(writers_, writer);
  if (found == writers_.end()) return std::nullopt;
  return found - writers_.begin() + 1;
}

Result<std::int64_t> Dictionary::writer_index(const history::WriterId& writer) {
  if (const auto index = find_writer(writer)) return *index;
  KX_TRY(insert, database_.statement("INSERT INTO writer (writer_index, device, epoch) VALUES (?, ?, ?)"));
  insert->bind(0, static_cast<std::int64_t>(writers_.size() + 1));
  insert->bind(1, writer.device.view());
  insert->bind(2, std::int64_t{writer.epoch});
  KX_CHECK(insert->run());
  writers_.push_back(writer);
  return static_cast<std::int64_t>(writers_.size());
}

Result<std::int64_t> Dictionary::person_index(const Uuid& person) {
  const auto found = person_indexes_.find(person);
  if (found != person_indexes_.end()) return found->second;
  KX_TRY(insert, database_.statement("INSERT INTO person (person_index, id) VALUES (?, ?)"));
  insert->bind(0, static_cast<std::int64_t>(persons_.size() + 1));
  insert->bind(1, person.view());
  KX_CHECK(insert->run());
  persons_.push_back(person);
  person_indexes_[person] = static_cast<std::int64_t>(persons_.size());
  return static_cast<std::int64_t>(persons_.size());
}

Result<std::vector<RecordEntry>> Dictionary::find_records(const Uuid& record) {
  KX_TRY(select, database_.statement("SELECT record_index, kind FROM record WHERE id = ? ORDER BY kind"));
  select->bind(0, record.view());
  std::vector<RecordEntry> entries;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    entries.push_back({select->integer(0), static_cast<records::KindNumber>(select->integer(1))});
  }
  select->reset();
  return entries;
}

Result<RecordEntry> Dictionary::record_entry(const Uuid& record, records::KindNumber kind) {
  const RecordName name{record, kind};
  const auto found = records_.find(name);
  if (found != records_.end()) return RecordEntry{found->second, kind};
  KX_TRY(select, database_.statement("SELECT record_index FROM record WHERE id = ? AND kind = ?"));
  select->bind(0, record.view());
  select->bind(1, std::int64_t{kind});
  KX_TRY(row, select->step());
  std::int64_t index = row ? select->integer(0) : 0;
  select->reset();
  if (!row) {
    KX_TRY(insert, database_.statement("INSERT INTO record (id, kind) VALUES (?, ?)"));
    insert->bind(0, record.view());
    insert->bind(1, std::int64_t{kind});
    KX_CHECK(insert->run());
    index = database_.connection().last_insert_id();
  }
  if (records_.size() >= records_in_memory_max) records_.clear();
  records_[name] = index;
  return RecordEntry{index, kind};
}

Result<Dictionary::NamedRecord> Dictionary::record(std::int64_t index) {
  KX_TRY(select, database_.statement("SELECT id, kind FROM record WHERE record_index = ?"));
  select->bind(0, index);
  KX_TRY(row, select->step());
  if (!row) {
    return Error(ErrorCode::corrupt, phrase("an internal number is missing in the database; run kuangxun rebuild"));
  }
  NamedRecord named{uuid_from_bytes(select->bytes(0)), static_cast<records::KindNumber>(select->integer(1))};
  select->reset();
  return named;
}

Result<std::vector<OperationKey>> Dictionary::keys_of(const std::vector<history::OperationId>& ids) {
  std::vector<OperationKey> keys;
  for (const history::OperationId& id : ids) {
    KX_TRY(key, key_of(id));
    keys.push_back(key);
  }
  return keys;
}

Result<OperationKey> Dictionary::key_of(const history::OperationId& id) {
  KX_TRY(index, writer_index(id.writer));
  return operation_key(index, id.sequence);
}

Result<std::vector<std::int64_t>> Dictionary::county_records() {
  KX_TRY(select, database_.statement("SELECT record_index, kind FROM record"));
  std::vector<std::int64_t> records;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    if (history::is_county_only(static_cast<records::KindNumber>(select->integer(1)))) {
      records.push_back(select->integer(0));
    }
  }
  select->reset();
  std::ranges::sort(records);
  return records;
}

}  // namespace kuangxun::sqlite
