#include "db/sqlite/tables/head_table.h"

#include <algorithm>

#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "db/sqlite/tables/key_column.h"

namespace kuangxun::sqlite {

using history::Head;
using history::Operation;

Status HeadTable::load() {
  with_existence_.clear();
  KX_TRY(select, database_.statement("SELECT record_index FROM @existence"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    with_existence_.insert(select->integer(0));
  }
  select->reset();
  KX_TRY(disputed, database_.query_integer("SELECT count(*) FROM @dispute"));
  disputed_count_ = disputed;
  return {};
}

Existence shown_existence(const std::vector<Head>& heads) {
  Existence existence;
  for (const records::FieldValue& value : history::shown_head(heads).values) {
    const auto* text = std::get_if<std::string>(&value.value);
    if (value.field == history::existence_voided_field) {
      existence.is_voided = value.value == records::Value(std::int64_t{1});
    }
    if (value.field == history::existence_reason_field && text != nullptr) existence.reason = *text;
  }
  return existence;
}

Result<std::vector<OperationKey>> HeadTable::of(CellKey cell) {
  KX_TRY(select, database_.statement("SELECT operations FROM @head WHERE cell = ?"));
  select->bind(0, cell);
  KX_TRY(row, select->step());
  std::vector<OperationKey> keys;
  if (row) keys = column_keys(*select, 0);
  select->reset();
  return keys;
}

Result<bool> HeadTable::has_any(std::int64_t record_index) {
  KX_TRY(select, database_.statement("SELECT 1 FROM @head WHERE cell >= ? AND cell < ? LIMIT 1"));
  select->bind(0, cell_key(record_index, 0));
  select->bind(1, cell_key(record_index + 1, 0));
  KX_TRY(row, select->step());
  select->reset();
  return row;
}

Result<std::vector<Head>> HeadTable::full(CellKey cell) {
  KX_TRY(keys, of(cell));
  std::vector<Head> heads;
  for (const OperationKey key : keys) {
    KX_TRY(operation, rows_.read(key));
    heads.push_back({operation.id, operation.time, operation.person, std::move(operation.values)});
  }
  std::ranges::sort(heads, {}, &Head::id);
  return heads;
}

Result<std::map<records::GroupNumber, std::vector<Head>>> HeadTable::of_record(std::int64_t record_index) {
  std::vector<CellKey> cells;
  KX_TRY(select, database_.statement("SELECT cell FROM @head WHERE cell >= ? AND cell < ?"));
  select->bind(0, cell_key(record_index, 0));
  select->bind(1, cell_key(record_index + 1, 0));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    cells.push_back(select->integer(0));
  }
  select->reset();
  std::map<records::GroupNumber, std::vector<Head>> all;
  for (const CellKey cell : cells) {
    KX_TRY(heads, full(cell));
    all[group_of(cell)] = std::move(heads);
  }
  return all;
}

Status HeadTable::for_each(const VisitHeads& visit) {
  KX_TRY(select, database_.statement("SELECT cell, operations FROM @head ORDER BY cell"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    visit(select->integer(0), column_keys(*select, 1));
  }
  select->reset();
  return {};
}

Status HeadTable::write(CellKey cell, const std::vector<OperationKey>& heads) {
  KX_TRY(upsert,
         database_.statement("INSERT INTO @head (cell, operations) VALUES (?, ?) ON CONFLICT (cell) DO UPDATE SET "
                             "operations = excluded.operations"));
  Bytes buffer;
  upsert->bind(0, cell);
  bind_keys(*upsert, 1, heads, buffer);
  return upsert->run();
}

Status HeadTable::mark_disputed(CellKey cell, bool disputed) {
  if (!disputed && disputed_count_ == 0) return {};
  KX_TRY(statement, database_.statement(disputed ? "INSERT OR IGNORE INTO @dispute (cell) VALUES (?)"
                                                 : "DELETE FROM @dispute WHERE cell = ?"));
  statement->bind(0, cell);
  KX_CHECK(statement->run());
  disputed_count_ += disputed ? database_.connection().changes() : -database_.connection().changes();
  return {};
}

Status HeadTable::refresh_existence(const RecordEntry& record) {
  KX_TRY(insert, database_.statement("INSERT OR IGNORE INTO @existence (record_index) VALUES (?)"));
  insert->bind(0, record.index);
  KX_CHECK(insert->run());
  with_existence_.insert(record.index);
  const CellKey cell = cell_key(record.index, records::existence_group);
  KX_TRY(heads, full(cell));
  KX_TRY(void_disputed, is_void_disputed(record.index));
  KX_CHECK(mark_disputed(cell, history::is_disputed(heads) || void_disputed));
  const Existence existence = shown_existence(heads);
  return projection_.show_existence(record, existence.is_voided, existence.reason);
}

Result<bool> HeadTable::is_void_disputed(std::int64_t record_index) {
  KX_TRY(unseen, edits_unseen_by_voids(record_index));
  return !unseen.empty();
}

Result<std::vector<Head>> HeadTable::edits_unseen_by_voids(std::int64_t record_index) {
  KX_TRY(all, of_record(record_index));
  std::vector<Head> field_heads;
  for (const auto& [group, heads] : all) {
    if (group != records::existence_group) field_heads.insert(field_heads.end(), heads.begin(), heads.end());
  }
  // An edit that one standing void saw has been decided on, whatever another void saw.
  std::vector<history::OperationId> seen;
  bool is_voided = false;
  for (const Head& head : all[records::existence_group]) {
    KX_TRY(key, dictionary_.key_of(head.id));
    KX_TRY(operation, rows_.read(key));
    if (!operation.is_void()) continue;
    is_voided = true;
    seen.insert(seen.end(), operation.bases.begin(), operation.bases.end());
  }
  std::ranges::sort(seen);
  return is_voided ? history::unseen_by_void(seen, field_heads) : std::vector<Head>();
}

Result<std::vector<PublicKey>> HeadTable::keys_in(const std::vector<std::int64_t>& records, records::KindNumber kind) {
  const records::FieldDescription& field = *records::kind_of(kind).find_field(records::common::public_key);
  std::vector<PublicKey> keys;
  for (const std::int64_t record : records) {
    KX_TRY(heads, full(cell_key(record, field.group)));
    for (const Head& head : heads) {
      for (const records::FieldValue& value : head.values) {
        const auto* bytes = std::get_if<Bytes>(&value.value);
        if (value.field != field.number || bytes == nullptr || bytes->size() != PublicKey{}.bytes.size()) continue;
        std::ranges::copy(*bytes, keys.emplace_back().bytes.begin());
      }
    }
  }
  return keys;
}

Result<std::vector<PublicKey>> HeadTable::device_keys(const history::WriterId& writer) {
  KX_TRY(records, projection_.device_records(writer));
  return keys_in(records, records::kinds::device);
}

Result<std::vector<PublicKey>> HeadTable::person_keys(const Uuid& person) {
  KX_TRY(records, projection_.person_key_records(person));
  return keys_in(records, records::kinds::person_key);
}

}  // namespace kuangxun::sqlite
