#include "db/base/language.h"
#include "db/base/text.h"
#include "db/frames/payload.h"
#include "sync/server/sql_store.h"
#include "sync/server/sql_values.h"

namespace kuangxun::server {
namespace {

history::OperationId operation_id(const SqlRow& row, std::size_t first_column) {
  return {{id_of(row[first_column]), static_cast<std::uint32_t>(integer_of(row[first_column + 1]))},
          unsigned_of(row[first_column + 2])};
}

// From columns device_id, epoch, sequence, operation.
Result<std::vector<history::Operation>> read_operations(const std::vector<SqlRow>& rows) {
  std::vector<history::Operation> operations;
  for (const SqlRow& row : rows) {
    const history::OperationId id = operation_id(row, 0);
    auto decoded = frames::decode_payload(bytes_of(row[3]), id.writer, id.sequence, 1);
    if (!decoded.ok() || decoded->size() != 1) {
      return Error(ErrorCode::corrupt,
                   say_with("县库中的操作 {0} 已损坏", "operation {0} in the county database is damaged", {id.text()}));
    }
    operations.push_back(std::move(decoded->front()));
  }
  return operations;
}

std::string upsert_of(const TypedTable& table) {
  std::vector<std::string> names;
  std::vector<std::string> marks;
  std::vector<std::string> updates;
  for (const Column& column : table.columns) {
    names.push_back("\"" + column.name + "\"");
    marks.push_back("$" + std::to_string(names.size()));
    if (names.size() > 2) updates.push_back(names.back() + " = excluded." + names.back());
  }
  return "INSERT INTO \"" + table.name + "\" (" + join(names, ", ") + ") VALUES (" + join(marks, ", ") +
         ") ON CONFLICT (county_id, id) DO UPDATE SET " + join(updates, ", ");
}

}  // namespace

Status SqlStore::add_operations(std::span<const StoredOperation> operations) {
  for (const StoredOperation& stored : operations) {
    const history::Operation& operation = stored.operation;
    KX_CHECK(
        write("INSERT INTO sync_operation (county_id, device_id, epoch, sequence, county_sequence, record_id, kind,"
              " group_number, person_id, wall_ms, state, operation)"
              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
              {county_, to_sql(operation.id.writer.device), to_sql(operation.id.writer.epoch),
               to_sql(operation.id.sequence), to_sql(stored.county_sequence), to_sql(operation.record),
               to_sql(operation.kind), to_sql(operation.group), to_sql(operation.person), operation.time.wall_ms,
               to_sql(stored.state), frames::encode_payload({&operation, 1})}));
  }
  return {};
}

Status SqlStore::set_operation_state(const history::OperationId& id, OperationState state) {
  return write(
      "UPDATE sync_operation SET state = $1 WHERE county_id = $2 AND device_id = $3 AND epoch = $4"
      " AND sequence = $5",
      {to_sql(state), county_, to_sql(id.writer.device), to_sql(id.writer.epoch), to_sql(id.sequence)});
}

Result<std::set<history::OperationId>> SqlStore::applied_among(const std::set<history::OperationId>& ids) {
  std::set<history::OperationId> applied;
  for (const history::OperationId& id : ids) {
    KX_TRY(found, number("SELECT count(*) FROM sync_operation WHERE county_id = $1 AND device_id = $2 AND epoch = $3"
                         " AND sequence = $4 AND state = 0",
                         {county_, to_sql(id.writer.device), to_sql(id.writer.epoch), to_sql(id.sequence)}));
    if (found > 0) applied.insert(id);
  }
  return applied;
}

Result<std::vector<history::Operation>> SqlStore::heads_of(const std::set<Uuid>& records) {
  std::vector<history::Operation> heads;
  for (const Uuid& record : records) {
    KX_TRY(rows, run("SELECT o.device_id, o.epoch, o.sequence, o.operation FROM sync_head h JOIN sync_operation o"
                     " ON o.county_id = h.county_id AND o.device_id = h.device_id AND o.epoch = h.epoch"
                     " AND o.sequence = h.sequence WHERE h.county_id = $1 AND h.record_id = $2",
                     {county_, to_sql(record)}));
    KX_TRY(operations, read_operations(rows));
    heads.insert(heads.end(), operations.begin(), operations.end());
  }
  return heads;
}

Status SqlStore::set_heads(std::span<const GroupHeads> all) {
  for (const GroupHeads& heads : all) {
    KX_CHECK(write("DELETE FROM sync_head WHERE county_id = $1 AND record_id = $2 AND group_number = $3",
                   {county_, to_sql(heads.record), to_sql(heads.group)}));
    for (const history::OperationId& head : heads.heads) {
      KX_CHECK(
          write("INSERT INTO sync_head (county_id, record_id, group_number, device_id, epoch, sequence)"
                " VALUES ($1, $2, $3, $4, $5, $6)",
                {county_, to_sql(heads.record), to_sql(heads.group), to_sql(head.writer.device),
                 to_sql(head.writer.epoch), to_sql(head.sequence)}));
    }
  }
  return {};
}

Status SqlStore::park(const history::OperationId& id, const std::vector<history::OperationId>& missing) {
  for (const history::OperationId& base : missing) {
    KX_CHECK(
        write("INSERT INTO sync_parked (county_id, device_id, epoch, sequence, base_device_id, base_epoch,"
              " base_sequence) VALUES ($1, $2, $3, $4, $5, $6, $7)",
              {county_, to_sql(id.writer.device), to_sql(id.writer.epoch), to_sql(id.sequence),
               to_sql(base.writer.device), to_sql(base.writer.epoch), to_sql(base.sequence)}));
  }
  return {};
}

Status SqlStore::unpark(const history::OperationId& id) {
  return write("DELETE FROM sync_parked WHERE county_id = $1 AND device_id = $2 AND epoch = $3 AND sequence = $4",
               {county_, to_sql(id.writer.device), to_sql(id.writer.epoch), to_sql(id.sequence)});
}

Result<std::vector<history::Operation>> SqlStore::parked_on(const std::set<history::OperationId>& bases) {
  KX_TRY(is_waiting, number("SELECT count(*) FROM sync_parked WHERE county_id = $1", {county_}));
  if (is_waiting == 0) return std::vector<history::Operation>();
  std::map<history::OperationId, history::Operation> parked;  // one may wait for several
  for (const history::OperationId& base : bases) {
    KX_TRY(rows,
           run("SELECT o.device_id, o.epoch, o.sequence, o.operation FROM sync_parked p JOIN sync_operation o"
               " ON o.county_id = p.county_id AND o.device_id = p.device_id AND o.epoch = p.epoch"
               " AND o.sequence = p.sequence WHERE p.county_id = $1 AND p.base_device_id = $2 AND p.base_epoch = $3"
               " AND p.base_sequence = $4",
               {county_, to_sql(base.writer.device), to_sql(base.writer.epoch), to_sql(base.sequence)}));
    KX_TRY(operations, read_operations(rows));
    for (history::Operation& operation : operations) parked.emplace(operation.id, std::move(operation));
  }
  std::vector<history::Operation> found;
  for (auto& [id, operation] : parked) found.push_back(std::move(operation));
  return found;
}

Result<std::optional<std::uint64_t>> SqlStore::first_waiting(const history::WriterId& writer) {
  const std::vector<SqlValue> key = {county_, to_sql(writer.device), to_sql(writer.epoch)};
  std::optional<std::uint64_t> first;
  for (const char* sql :
       {"SELECT min(sequence) FROM sync_parked WHERE county_id = $1 AND device_id = $2 AND epoch = $3",
        "SELECT min(first_sequence) FROM sync_frame WHERE county_id = $1 AND device_id = $2"
        " AND epoch = $3 AND state = 0"}) {
    KX_TRY(rows, run(sql, key));
    if (rows.empty() || rows.front().front().index() == 0) continue;
    const std::uint64_t sequence = unsigned_of(rows.front().front());
    first = std::min(sequence, first.value_or(sequence));
  }
  return first;
}

Status SqlStore::add_quarantine(const Quarantine& entry) {
  return write(
      "INSERT INTO sync_quarantine (county_id, device_id, epoch, first_sequence, last_sequence, code, reason,"
      " frame_hash, frame, since_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT DO NOTHING",
      {county_, to_sql(entry.writer.device), to_sql(entry.writer.epoch), to_sql(entry.first_sequence),
       to_sql(entry.last_sequence), to_sql(entry.code), entry.reason, to_sql(entry.frame), entry.frame_bytes,
       entry.since_ms});
}

Result<std::vector<Quarantine>> SqlStore::quarantines(const history::WriterId& writer, std::uint32_t count_max) {
  KX_TRY(rows,
         run("SELECT first_sequence, last_sequence, code, reason, frame_hash, frame, since_ms FROM sync_quarantine"
             " WHERE county_id = $1 AND device_id = $2 AND epoch = $3 ORDER BY first_sequence DESC, frame_hash"
             " LIMIT $4",
             {county_, to_sql(writer.device), to_sql(writer.epoch), to_sql(count_max)}));
  std::vector<Quarantine> found;
  for (const SqlRow& row : rows) {
    found.push_back({writer, unsigned_of(row[0]), unsigned_of(row[1]),
                     static_cast<wire::QuarantineCode>(integer_of(row[2])), text_of(row[3]), hash_of(row[4]),
                     bytes_of(row[5]), integer_of(row[6])});
  }
  return found;
}

Status SqlStore::put_rows(std::span<const TypedRow> rows) {
  std::map<const TypedTable*, std::string> statements;
  for (const TypedRow& row : rows) {
    std::string& statement = statements[row.table];
    if (statement.empty()) statement = upsert_of(*row.table);
    std::vector<SqlValue> values;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      values.push_back(database_->to_sql(row.table->columns[i], row.values[i]));
    }
    KX_CHECK(write(statement, std::move(values)));
  }
  return {};
}

Result<std::string> SqlStore::dump() {
  std::string all;
  for (const TypedTable& table : typed_tables()) {
    std::vector<std::string> expressions;
    for (const Column& column : table.columns) {
      if (column.name != "county_id") expressions.push_back(database_->dump_expression(column));
    }
    KX_TRY(rows,
           run("SELECT " + join(expressions, ", ") + " FROM \"" + table.name + "\" WHERE county_id = $1 ORDER BY id",
               {county_}));
    all += "# " + table.name + "\n";
    for (const SqlRow& row : rows) {
      std::vector<std::string> cells;
      for (const SqlValue& value : row) cells.push_back(value.index() == 0 ? "~" : text_of(value));
      all += join(cells, "|") + "\n";
    }
  }
  return all;
}

}  // namespace kuangxun::server
