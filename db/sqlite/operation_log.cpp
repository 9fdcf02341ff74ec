#include "db/sqlite/operation_log.h"

#include <algorithm>
#include <cstring>

#include "db/base/language.h"
#include "db/frames/payload.h"
#include "db/records/kinds.h"

namespace kuangxun::sqlite {
namespace {

using history::Head;
using history::Operation;

// Keys as a column: one is an integer, several are 8 little-endian bytes each, none is NULL.
void bind_keys(Statement& statement, int parameter, const std::vector<OperationKey>& keys, Bytes& buffer) {
  if (keys.empty()) return statement.bind_null(parameter);
  if (keys.size() == 1) return statement.bind(parameter, keys.front());
  buffer.resize(keys.size() * sizeof(OperationKey));
  std::memcpy(buffer.data(), keys.data(), buffer.size());
  statement.bind(parameter, ByteView(buffer));
}

std::vector<OperationKey> column_keys(const Statement& statement, int column) {
  if (statement.is_null(column)) return {};
  const ByteView bytes = statement.bytes(column);
  const SqlValue value = statement.value(column);
  if (const auto* single = std::get_if<std::int64_t>(&value)) return {*single};
  std::vector<OperationKey> keys(bytes.size() / sizeof(OperationKey));
  if (!keys.empty()) std::memcpy(keys.data(), bytes.data(), keys.size() * sizeof(OperationKey));
  return keys;
}

}  // namespace

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

Status OperationLog::load() {
  with_existence_.clear();
  KX_TRY(select, database_.statement("SELECT record_index FROM existence"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    with_existence_.insert(select->integer(0));
  }
  select->reset();
  KX_TRY(parked, database_.connection().query_integer("SELECT count(*) FROM parked"));
  parked_count_ = parked;
  KX_TRY(disputed, database_.connection().query_integer("SELECT count(*) FROM dispute"));
  disputed_count_ = disputed;
  return {};
}

Result<bool> OperationLog::contains(OperationKey key) {
  KX_TRY(select, database_.statement("SELECT 1 FROM operation WHERE operation_key = ?"));
  select->bind(0, key);
  KX_TRY(row, select->step());
  select->reset();
  return row;
}

Status OperationLog::insert_row(OperationKey key, CellKey cell, const Operation& operation,
                                const std::vector<OperationKey>& bases) {
  KX_TRY(person, dictionary_.person_index(operation.person));
  KX_TRY(insert,
         database_.statement("INSERT INTO operation (operation_key, cell, wall_ms, counter, person_index, bases, "
                             "content) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  const Bytes content = frames::encode_content(operation);
  Bytes buffer;
  insert->bind(0, key);
  insert->bind(1, cell);
  insert->bind(2, operation.time.wall_ms);
  insert->bind(3, std::int64_t{operation.time.counter});
  insert->bind(4, person);
  bind_keys(*insert, 5, bases, buffer);
  insert->bind(6, ByteView(content));
  return insert->run();
}

Result<bool> OperationLog::append(const Operation& operation) {
  KX_TRY(key, dictionary_.key_of(operation.id));
  KX_TRY(is_here, contains(key));
  if (is_here) return false;
  KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
  const CellKey cell = cell_key(record.index, operation.group);
  KX_TRY(bases, dictionary_.keys_of(operation.bases));
  KX_CHECK(insert_row(key, cell, operation, bases));
  if (!visibility_.is_hidden(operation.id, operation.kind)) {
    KX_TRY(heads, heads_of(cell));
    KX_TRY(missing, missing_base(heads, bases));
    if (missing.has_value()) {
      KX_CHECK(insert_parked(*missing, key));
      return true;
    }
    KX_CHECK(apply(key, record, operation, bases));
  }
  if (parked_count_ > 0) KX_CHECK(release_parked(key));
  return true;
}

Status OperationLog::insert_parked(OperationKey missing, OperationKey key) {
  KX_TRY(park, database_.statement("INSERT INTO parked (missing_key, operation_key) VALUES (?, ?)"));
  park->bind(0, missing);
  park->bind(1, key);
  KX_CHECK(park->run());
  ++parked_count_;
  return {};
}

Result<std::optional<OperationKey>> OperationLog::missing_base(const std::vector<OperationKey>& heads,
                                                               const std::vector<OperationKey>& bases) {
  for (const OperationKey base : bases) {
    if (std::ranges::find(heads, base) != heads.end()) continue;
    if (visibility_.is_covered(dictionary_.id_of(base))) continue;
    KX_TRY(select, database_.statement("SELECT 1 FROM operation WHERE operation_key = ?1 AND NOT EXISTS "
                                       "(SELECT 1 FROM parked WHERE operation_key = ?1)"));
    select->bind(0, base);
    KX_TRY(is_applied, select->step());
    select->reset();
    if (!is_applied) return std::optional(base);
  }
  return std::optional<OperationKey>();
}

Status OperationLog::release_parked(OperationKey arrived) {
  std::vector<OperationKey> arrivals = {arrived};
  while (!arrivals.empty() && parked_count_ > 0) {
    const OperationKey key = arrivals.back();
    arrivals.pop_back();
    std::vector<OperationKey> waiting;
    KX_TRY(select, database_.statement("SELECT operation_key FROM parked WHERE missing_key = ?"));
    select->bind(0, key);
    for (;;) {
      KX_TRY(row, select->step());
      if (!row) break;
      waiting.push_back(select->integer(0));
    }
    select->reset();
    for (const OperationKey released : waiting) {
      KX_TRY(operation, read(released));
      KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
      const CellKey cell = cell_key(record.index, operation.group);
      KX_TRY(bases, dictionary_.keys_of(operation.bases));
      KX_TRY(heads, heads_of(cell));
      KX_TRY(missing, missing_base(heads, bases));
      KX_TRY(update,
             database_.statement(missing.has_value() ? "UPDATE parked SET missing_key = ?2 WHERE operation_key = ?1"
                                                     : "DELETE FROM parked WHERE operation_key = ?1 AND ?2 = ?2"));
      update->bind(0, released);
      update->bind(1, missing.value_or(0));
      KX_CHECK(update->run());
      if (missing.has_value()) continue;
      --parked_count_;
      KX_CHECK(apply(released, record, operation, bases));
      arrivals.push_back(released);
    }
  }
  return {};
}

Status OperationLog::apply(OperationKey key, const RecordEntry& record, const Operation& operation,
                           const std::vector<OperationKey>& bases) {
  const CellKey cell = cell_key(record.index, operation.group);
  KX_TRY(heads, heads_of(cell));
  std::erase_if(heads, [&](OperationKey head) { return std::ranges::find(bases, head) != bases.end(); });
  heads.insert(std::ranges::upper_bound(heads, key), key);
  KX_CHECK(write_heads(cell, heads));
  has_county_change_ = has_county_change_ || history::is_county_only(record.kind);
  return show(record, cell, heads, operation);
}

Status OperationLog::show(const RecordEntry& record, CellKey cell, const std::vector<OperationKey>& heads,
                          const Operation& newest) {
  if (newest.group == records::existence_group) return refresh_existence(record);
  if (heads.size() == 1) {
    KX_CHECK(mark_disputed(cell, false));
    KX_CHECK(projection_.show_group(record, newest.group, newest.values));
  } else {
    KX_TRY(full, full_heads(cell));
    KX_CHECK(mark_disputed(cell, history::is_disputed(full)));
    KX_CHECK(projection_.show_group(record, newest.group, history::shown_head(full).values));
  }
  if (!with_existence_.contains(record.index)) return {};
  return refresh_existence(record);
}

Status OperationLog::refresh_existence(const RecordEntry& record) {
  KX_TRY(insert, database_.statement("INSERT OR IGNORE INTO existence (record_index) VALUES (?)"));
  insert->bind(0, record.index);
  KX_CHECK(insert->run());
  with_existence_.insert(record.index);
  const CellKey cell = cell_key(record.index, records::existence_group);
  KX_TRY(heads, full_heads(cell));
  KX_TRY(void_disputed, is_void_disputed(record.index));
  KX_CHECK(mark_disputed(cell, history::is_disputed(heads) || void_disputed));
  const Existence existence = shown_existence(heads);
  return projection_.show_existence(record, existence.is_voided, existence.reason);
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

Status OperationLog::write_heads(CellKey cell, const std::vector<OperationKey>& heads) {
  KX_TRY(upsert,
         database_.statement("INSERT INTO head (cell, operations) VALUES (?, ?) ON CONFLICT (cell) DO UPDATE SET "
                             "operations = excluded.operations"));
  Bytes buffer;
  upsert->bind(0, cell);
  bind_keys(*upsert, 1, heads, buffer);
  return upsert->run();
}

Status OperationLog::mark_disputed(CellKey cell, bool disputed) {
  if (!disputed && disputed_count_ == 0) return {};
  KX_TRY(statement, database_.statement(disputed ? "INSERT OR IGNORE INTO dispute (cell) VALUES (?)"
                                                 : "DELETE FROM dispute WHERE cell = ?"));
  statement->bind(0, cell);
  KX_CHECK(statement->run());
  disputed_count_ += disputed ? database_.connection().changes() : -database_.connection().changes();
  return {};
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
  operation.id = dictionary_.id_of(key);
  const CellKey cell = select->integer(0);
  operation.time = {select->integer(1), static_cast<std::uint16_t>(select->integer(2))};
  operation.person = dictionary_.person(select->integer(3));
  for (const OperationKey base : column_keys(*select, 4)) operation.bases.push_back(dictionary_.id_of(base));
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

Status OperationLog::remove_between(OperationKey first, OperationKey last) {
  KX_TRY(remove, database_.statement("DELETE FROM operation WHERE operation_key BETWEEN ? AND ?"));
  remove->bind(0, first);
  remove->bind(1, last);
  return remove->run();
}

}  // namespace kuangxun::sqlite
