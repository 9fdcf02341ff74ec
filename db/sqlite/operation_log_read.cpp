#include "db/sqlite/operation_log.h"

#include <algorithm>
#include <cassert>

#include "db/base/language.h"
#include "db/frames/payload.h"
#include "db/records/kinds.h"
#include "db/sqlite/key_column.h"

// What is in the log, read.
namespace kuangxun::sqlite {

using history::Head;
using history::Operation;

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

Result<bool> OperationLog::contains(OperationKey key) {
  KX_TRY(select, database_.statement("SELECT 1 FROM operation WHERE operation_key = ?"));
  select->bind(0, key);
  KX_TRY(row, select->step());
  select->reset();
  return row;
}

Result<std::vector<OperationKey>> OperationLog::heads_of(CellKey cell) {
  KX_TRY(select, database_.statement("SELECT operations FROM head WHERE cell = ?"));
  select->bind(0, cell);
  KX_TRY(row, select->step());
  std::vector<OperationKey> keys;
  if (row) keys = column_keys(*select, 0);
  select->reset();
  return keys;
}

Result<bool> OperationLog::has_heads(std::int64_t record_index) {
  KX_TRY(select, database_.statement("SELECT 1 FROM head WHERE cell >= ? AND cell < ? LIMIT 1"));
  select->bind(0, cell_key(record_index, 0));
  select->bind(1, cell_key(record_index + 1, 0));
  KX_TRY(row, select->step());
  select->reset();
  return row;
}

Result<Operation> OperationLog::read(OperationKey key) {
  KX_TRY(select, database_.statement("SELECT cell, wall_ms, counter, person_index, bases, content FROM operation WHERE "
                                     "operation_key = ?"));
  select->bind(0, key);
  KX_TRY(row, select->step());
  if (!row) {
    return Error(ErrorCode::corrupt, say_with("日志缺少操作 {0}；请运行 kuangxun verify",
                                              "operation {0} is missing from the log; run kuangxun verify",
                                              {dictionary_.id_of(key).text()}));
  }
  Operation operation;
  const CellKey cell = select->integer(0);
  const std::int64_t person = select->integer(3);
  const std::vector<OperationKey> bases = column_keys(*select, 4);
  KX_CHECK(dictionary_.know(key, bases, person));
  operation.id = dictionary_.id_of(key);
  operation.time = {select->integer(1), static_cast<std::uint16_t>(select->integer(2))};
  operation.person = dictionary_.person(person);
  for (const OperationKey base : bases) operation.bases.push_back(dictionary_.id_of(base));
  std::ranges::sort(operation.bases);
  const Status decoded = frames::decode_content(select->bytes(5), operation);
  select->reset();
  if (!decoded.ok()) return decoded.error();
  KX_TRY(record, dictionary_.record(record_index_of(cell)));
  operation.record = record.id;
  operation.kind = record.kind;
  operation.group = group_of(cell);
  return operation;
}

Result<std::vector<records::FieldValue>> OperationLog::values_of(OperationKey key) {
  KX_TRY(select, database_.statement("SELECT content FROM operation WHERE operation_key = ?"));
  select->bind(0, key);
  KX_TRY(row, select->step());
  assert(row);
  static_cast<void>(row);
  Operation operation;
  const Status decoded = frames::decode_content(select->bytes(0), operation);
  select->reset();
  if (!decoded.ok()) return decoded.error();
  return std::move(operation.values);
}

Result<std::vector<Head>> OperationLog::full_heads(CellKey cell) {
  KX_TRY(keys, heads_of(cell));
  std::vector<Head> heads;
  for (const OperationKey key : keys) {
    KX_TRY(operation, read(key));
    heads.push_back({operation.id, operation.time, operation.person, std::move(operation.values)});
  }
  std::ranges::sort(heads, {}, &Head::id);
  return heads;
}

Result<std::map<records::GroupNumber, std::vector<Head>>> OperationLog::heads_of_record(std::int64_t record_index) {
  std::vector<CellKey> cells;
  KX_TRY(select, database_.statement("SELECT cell FROM head WHERE cell >= ? AND cell < ?"));
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
    KX_TRY(heads, full_heads(cell));
    all[group_of(cell)] = std::move(heads);
  }
  return all;
}

Status OperationLog::for_each_row(const VisitRow& visit) {
  KX_TRY(select, database_.statement("SELECT operation_key, cell, bases FROM operation ORDER BY operation_key"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    visit(select->integer(0), select->integer(1), column_keys(*select, 2));
  }
  select->reset();
  return {};
}

Status OperationLog::for_each_head(const VisitHeads& visit) {
  KX_TRY(select, database_.statement("SELECT cell, operations FROM head ORDER BY cell"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    visit(select->integer(0), column_keys(*select, 1));
  }
  select->reset();
  return {};
}

Result<std::vector<std::int64_t>> OperationLog::county_records() {
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

Result<std::vector<OperationKey>> OperationLog::keys_between(OperationKey first, OperationKey last) {
  KX_TRY(select, database_.statement("SELECT operation_key FROM operation WHERE operation_key BETWEEN ? AND ? ORDER BY "
                                     "operation_key"));
  select->bind(0, first);
  select->bind(1, last);
  std::vector<OperationKey> keys;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    keys.push_back(select->integer(0));
  }
  select->reset();
  return keys;
}

Result<std::vector<PublicKey>> OperationLog::keys_in(const std::vector<std::int64_t>& records,
                                                     records::KindNumber kind) {
  const records::FieldDescription& field = *records::kind_of(kind).find_field("public_key");
  std::vector<PublicKey> keys;
  for (const std::int64_t record : records) {
    KX_TRY(heads, full_heads(cell_key(record, field.group)));
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

Result<std::vector<PublicKey>> OperationLog::device_keys(const history::WriterId& writer) {
  KX_TRY(records, projection_.device_records(writer));
  return keys_in(records, records::kinds::device);
}

Result<std::vector<PublicKey>> OperationLog::person_keys(const Uuid& person) {
  KX_TRY(records, projection_.person_key_records(person));
  return keys_in(records, records::kinds::person_key);
}

Result<bool> OperationLog::is_touched(OperationKey first, OperationKey last) {
  KX_TRY(select, database_.statement("SELECT EXISTS (SELECT 1 FROM operation WHERE operation_key BETWEEN ?1 AND ?2) OR "
                                     "EXISTS (SELECT 1 FROM parked WHERE missing_key BETWEEN ?1 AND ?2)"));
  select->bind(0, first);
  select->bind(1, last);
  KX_TRY(row, select->step());
  const bool is_touched = row && select->integer(0) != 0;
  select->reset();
  return is_touched;
}

Result<std::uint64_t> OperationLog::count_between(OperationKey first, OperationKey last) {
  KX_TRY(select, database_.statement("SELECT count(*) FROM operation WHERE operation_key BETWEEN ? AND ?"));
  select->bind(0, first);
  select->bind(1, last);
  KX_TRY(row, select->step());
  const auto count = row ? static_cast<std::uint64_t>(select->integer(0)) : 0;
  select->reset();
  return count;
}

Result<bool> OperationLog::is_void_disputed(std::int64_t record_index) {
  KX_TRY(unseen, edits_unseen_by_voids(record_index));
  return !unseen.empty();
}

Result<std::vector<Head>> OperationLog::edits_unseen_by_voids(std::int64_t record_index) {
  KX_TRY(all, heads_of_record(record_index));
  std::vector<Head> field_heads;
  for (const auto& [group, heads] : all) {
    if (group != records::existence_group) field_heads.insert(field_heads.end(), heads.begin(), heads.end());
  }
  // An edit that one standing void saw has been decided on, whatever another void saw.
  std::vector<history::OperationId> seen;
  bool is_voided = false;
  for (const Head& head : all[records::existence_group]) {
    KX_TRY(key, dictionary_.key_of(head.id));
    KX_TRY(operation, read(key));
    if (!operation.is_void()) continue;
    is_voided = true;
    seen.insert(seen.end(), operation.bases.begin(), operation.bases.end());
  }
  std::ranges::sort(seen);
  return is_voided ? history::unseen_by_void(seen, field_heads) : std::vector<Head>();
}

}  // namespace kuangxun::sqlite
