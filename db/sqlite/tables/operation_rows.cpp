#include "db/sqlite/tables/operation_rows.h"

#include <cassert>

#include "db/frames/payload.h"
#include "db/language/language.h"
#include "db/sqlite/tables/key_column.h"

namespace kuangxun::sqlite {

using history::Operation;

Result<bool> OperationRows::insert(OperationKey key, CellKey cell, const Operation& operation,
                                   const std::vector<OperationKey>& bases) {
  return write(
      "INSERT OR IGNORE INTO operation (operation_key, cell, wall_ms, counter, person_index, bases, content) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      key, cell, operation, bases);
}

Status OperationRows::renew(OperationKey key, CellKey cell, const Operation& operation,
                            const std::vector<OperationKey>& bases) {
  // Almost always it says so already, and nothing is written.
  const auto written = write(
      "INSERT INTO operation (operation_key, cell, wall_ms, counter, person_index, bases, content) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (operation_key) DO UPDATE SET cell = excluded.cell, wall_ms = "
      "excluded.wall_ms, counter = excluded.counter, person_index = excluded.person_index, bases = excluded.bases, "
      "content = excluded.content WHERE cell IS NOT excluded.cell OR wall_ms IS NOT excluded.wall_ms OR counter IS NOT "
      "excluded.counter OR person_index IS NOT excluded.person_index OR bases IS NOT excluded.bases OR content IS NOT "
      "excluded.content",
      key, cell, operation, bases);
  return written.ok() ? Status() : Status(written.error());
}

Result<bool> OperationRows::write(std::string_view sql, OperationKey key, CellKey cell, const Operation& operation,
                                  const std::vector<OperationKey>& bases) {
  KX_TRY(person, dictionary_.person_index(operation.person));
  KX_TRY(insert, database_.statement(sql));
  const Bytes content = frames::encode_content(operation);
  Bytes buffer;
  insert->bind(0, key);
  insert->bind(1, cell);
  insert->bind(2, operation.time.wall_ms);
  insert->bind(3, std::int64_t{operation.time.counter});
  insert->bind(4, person);
  bind_keys(*insert, 5, bases, buffer);
  insert->bind(6, ByteView(content));
  KX_CHECK(insert->run());
  return database_.connection().changes() > 0;
}

Result<bool> OperationRows::contains(OperationKey key) {
  KX_TRY(select, database_.statement("SELECT 1 FROM operation WHERE operation_key = ?"));
  select->bind(0, key);
  KX_TRY(row, select->step());
  select->reset();
  return row;
}

Result<Operation> OperationRows::read(OperationKey key) {
  KX_TRY(select, database_.statement("SELECT cell, wall_ms, counter, person_index, bases, content FROM operation WHERE "
                                     "operation_key = ?"));
  select->bind(0, key);
  KX_TRY(row, select->step());
  if (!row) {
    return Error(ErrorCode::corrupt,
                 phrase("operation {0} is missing from the log; run kuangxun verify", {dictionary_.id_of(key).text()}));
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

Result<std::vector<records::FieldValue>> OperationRows::values_of(OperationKey key) {
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

Result<std::uint64_t> OperationRows::last_sequence(std::int64_t writer_index) {
  KX_TRY(select,
         database_.statement("SELECT operation_key FROM operation WHERE operation_key > ? AND operation_key < ? "
                             "ORDER BY operation_key DESC LIMIT 1"));
  select->bind(0, writer_index << sequence_bits);
  select->bind(1, (writer_index + 1) << sequence_bits);
  KX_TRY(row, select->step());
  const std::uint64_t last = row ? sequence_of(select->integer(0)) : 0;
  select->reset();
  return last;
}

Result<std::vector<OperationKey>> OperationRows::keys_between(OperationKey first, OperationKey last) {
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

Result<std::uint64_t> OperationRows::count_between(OperationKey first, OperationKey last) {
  KX_TRY(select, database_.statement("SELECT count(*) FROM operation WHERE operation_key BETWEEN ? AND ?"));
  select->bind(0, first);
  select->bind(1, last);
  KX_TRY(row, select->step());
  const auto count = row ? static_cast<std::uint64_t>(select->integer(0)) : 0;
  select->reset();
  return count;
}

Status OperationRows::remove_between(OperationKey first, OperationKey last) {
  ++removals_;
  KX_TRY(remove, database_.statement("DELETE FROM operation WHERE operation_key BETWEEN ? AND ?"));
  remove->bind(0, first);
  remove->bind(1, last);
  return remove->run();
}

Result<OperationKey> OperationRows::for_each_after(OperationKey after, std::size_t most, const VisitRow& visit) {
  KX_TRY(select, database_.statement("SELECT operation_key, cell, bases FROM operation WHERE operation_key > ? "
                                     "ORDER BY operation_key LIMIT ?"));
  select->bind(0, after);
  select->bind(1, static_cast<std::int64_t>(most));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    after = select->integer(0);
    visit(after, select->integer(1), column_keys(*select, 2));
  }
  select->reset();
  return after;
}

}  // namespace kuangxun::sqlite
