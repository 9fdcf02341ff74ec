#include "db/base/text.h"
#include "db/frames/payload.h"
#include "db/language/language.h"
#include "db/records/kinds.h"
#include "sync/sql/sql_names.h"
#include "sync/sql/sql_store.h"
#include "sync/sql/sql_values.h"

// Heads, parked operations, and the tables people read.
namespace kuangxun::sql {
namespace {

const std::vector<SqlKey> record_key = {{"record_id", SqlKey::Type::id}, {"kind", SqlKey::Type::number}};
const std::vector<SqlKey> operation_key = {
    {"device_id", SqlKey::Type::id}, {"epoch", SqlKey::Type::number}, {"sequence", SqlKey::Type::number}};
const std::vector<SqlKey> head_key = {{"record_id", SqlKey::Type::id},        {"kind", SqlKey::Type::number},
                                      {"group_number", SqlKey::Type::number}, {"device_id", SqlKey::Type::id},
                                      {"epoch", SqlKey::Type::number},        {"sequence", SqlKey::Type::number}};

history::OperationId operation_id(const SqlRow& row) {
  return {{id_of(row[0]), static_cast<std::uint32_t>(integer_of(row[1]))}, unsigned_of(row[2])};
}

SqlRow key_of(const history::OperationId& id) {
  return {to_sql(id.writer.device), to_sql(id.writer.epoch), to_sql(id.sequence)};
}

std::vector<SqlRow> keys_of(const std::set<history::OperationId>& ids) {
  std::vector<SqlRow> keys;
  for (const history::OperationId& id : ids) keys.push_back(key_of(id));
  return keys;
}

// From columns device_id, epoch, sequence, operation.
Result<std::vector<history::Operation>> read_operations(const std::vector<SqlRow>& rows) {
  std::vector<history::Operation> operations;
  for (const SqlRow& row : rows) {
    const history::OperationId id = operation_id(row);
    auto decoded = frames::decode_payload(bytes_of(row[3]), id.writer, id.sequence, 1);
    if (!decoded.ok() || decoded->size() != 1) {
      return Error(ErrorCode::corrupt, phrase("operation {0} in the county database is damaged", {id.text()}));
    }
    operations.push_back(std::move(decoded->front()));
  }
  return operations;
}

}  // namespace

Result<std::vector<history::Operation>> SqlStore::heads_of(const std::set<ports::RecordKey>& records) {
  std::vector<SqlRow> keys;
  for (const ports::RecordKey& record : records) keys.push_back({to_sql(record.id), to_sql(record.kind)});
  KX_TRY(rows, database_->find_rows("sync_head", "device_id, epoch, sequence, operation", county_, record_key, keys));
  return read_operations(rows);
}

Result<std::vector<history::Operation>> SqlStore::registry_heads() {
  // Catalogues of rules have a number among these and are written by administrators, each as large as all the rest.
  KX_TRY(rows, run("SELECT device_id, epoch, sequence, operation FROM sync_head WHERE county_id = $1 AND kind >= 64 "
                   "AND kind <> $2",
                   {county_, to_sql(records::kinds::criteria_catalogue)}));
  return read_operations(rows);
}

Status SqlStore::remove_heads(std::span<const ports::HeadKey> heads) {
  std::vector<SqlRow> keys;
  for (const ports::HeadKey& head : heads) {
    keys.push_back({to_sql(head.record.id), to_sql(head.record.kind), to_sql(head.group), to_sql(head.id.writer.device),
                    to_sql(head.id.writer.epoch), to_sql(head.id.sequence)});
  }
  return database_->delete_rows("sync_head", county_, head_key, keys);
}

Status SqlStore::add_heads(std::span<const history::Operation> heads) {
  std::vector<SqlRow> rows;
  for (const history::Operation& head : heads) {
    rows.push_back({county_, to_sql(head.record), to_sql(head.kind), to_sql(head.group), to_sql(head.id.writer.device),
                    to_sql(head.id.writer.epoch), to_sql(head.id.sequence), frames::encode_payload({&head, 1})});
  }
  return database_->append_rows(
      "sync_head", {"county_id", "record_id", "kind", "group_number", "device_id", "epoch", "sequence", "operation"},
      rows);
}

Result<bool> SqlStore::has_parked() {
  KX_TRY(rows, run("SELECT sequence FROM sync_parked WHERE county_id = $1 LIMIT 1", {county_}));
  return !rows.empty();
}

Status SqlStore::park(std::span<const ports::ParkedOperation> parked) {
  std::vector<SqlRow> rows;
  for (const ports::ParkedOperation& operation : parked) {
    for (const history::OperationId& base : operation.missing) {
      SqlRow row = {county_};
      for (const history::OperationId& id : {operation.id, base}) {
        for (SqlValue& value : key_of(id)) row.push_back(std::move(value));
      }
      rows.push_back(std::move(row));
    }
  }
  return database_->append_rows(
      "sync_parked", {"county_id", "device_id", "epoch", "sequence", "base_device_id", "base_epoch", "base_sequence"},
      rows);
}

Status SqlStore::unpark(const std::set<history::OperationId>& ids) {
  return database_->delete_rows("sync_parked", county_, operation_key, keys_of(ids));
}

Result<std::set<history::OperationId>> SqlStore::parked_among(const std::set<history::OperationId>& ids) {
  KX_TRY(rows, database_->find_rows("sync_parked", "device_id, epoch, sequence", county_, operation_key, keys_of(ids)));
  std::set<history::OperationId> parked;
  for (const SqlRow& row : rows) parked.insert(operation_id(row));
  return parked;
}

Result<std::set<history::OperationId>> SqlStore::parked_on(const history::WriterRanges& bases) {
  std::set<history::OperationId> parked;
  for (const auto& [writer, ranges] : bases) {
    for (const history::SequenceRange& range : ranges) {
      KX_TRY(rows,
             run("SELECT device_id, epoch, sequence FROM sync_parked WHERE county_id = $1 AND base_device_id = $2"
                 " AND base_epoch = $3 AND base_sequence BETWEEN $4 AND $5",
                 {county_, to_sql(writer.device), to_sql(writer.epoch), to_sql(range.first), to_sql(range.last)}));
      for (const SqlRow& row : rows) parked.insert(operation_id(row));
    }
  }
  return parked;
}

Result<std::optional<std::uint64_t>> SqlStore::first_parked(const history::WriterId& writer) {
  KX_TRY(rows, run("SELECT min(sequence) FROM sync_parked WHERE county_id = $1 AND device_id = $2 AND epoch = $3",
                   {county_, to_sql(writer.device), to_sql(writer.epoch)}));
  if (rows.empty() || rows.front().front().index() == 0) return std::optional<std::uint64_t>();
  return std::optional(unsigned_of(rows.front().front()));
}

Result<std::vector<ports::AwaitedChain>> SqlStore::awaited_chains() {
  KX_TRY(rows, run("SELECT base_device_id, base_epoch, min(first_missing), count(*), min(received_at_ms) FROM ("
                   "SELECT p.base_device_id, p.base_epoch, min(p.base_sequence) AS first_missing,"
                   " min(f.received_at_ms) AS received_at_ms FROM sync_parked p"
                   " LEFT JOIN sync_chain c ON c.county_id = p.county_id AND c.device_id = p.base_device_id"
                   " AND c.epoch = p.base_epoch"
                   " JOIN sync_frame f ON f.county_id = p.county_id AND f.device_id = p.device_id AND f.epoch = p.epoch"
                   " AND p.sequence BETWEEN f.first_sequence AND f.last_sequence"
                   " WHERE p.county_id = $1 AND p.base_sequence > coalesce(c.stored_through, 0)"
                   " GROUP BY p.base_device_id, p.base_epoch, p.device_id, p.epoch, p.sequence) w"
                   " GROUP BY base_device_id, base_epoch ORDER BY base_device_id, base_epoch",
                   {county_}));
  std::vector<ports::AwaitedChain> chains;
  for (const SqlRow& row : rows) {
    const auto epoch = static_cast<std::uint32_t>(unsigned_of(row[1]));
    chains.push_back({{id_of(row[0]), epoch}, unsigned_of(row[2]), unsigned_of(row[3]), integer_of(row[4])});
  }
  return chains;
}

Status SqlStore::put_rows(std::span<const tables::TypedRow> rows, bool may_be_there) {
  std::map<const tables::TypedTable*, std::vector<SqlRow>> by_table;
  for (const tables::TypedRow& row : rows) {
    SqlRow& values = by_table[row.table].emplace_back();
    values.reserve(row.values.size());
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      values.push_back(database_->to_sql(row.table->columns[i], row.values[i]));
    }
  }
  for (const auto& [table, table_rows] : by_table) {
    std::vector<std::string> columns;
    for (const tables::Column& column : table->columns) columns.push_back(column.name);
    KX_CHECK(may_be_there ? database_->replace_rows(table->name, columns, 2, table_rows)
                          : database_->append_rows(table->name, columns, table_rows));
  }
  return {};
}

Status SqlStore::add_rows(std::span<const tables::TypedRow> rows) {
  return put_rows(rows, false);
}

Status SqlStore::replace_rows(std::span<const tables::TypedRow> rows) {
  return put_rows(rows, true);
}

Status SqlStore::remove_rows(const std::set<ports::RecordKey>& records) {
  std::map<const tables::TypedTable*, std::vector<SqlRow>> by_table;
  for (const ports::RecordKey& record : records) {
    if (const tables::TypedTable* table = tables::typed_table_of(record.kind))
      by_table[table].push_back({to_sql(record.id)});
  }
  for (const auto& [table, keys] : by_table) {
    KX_CHECK(database_->delete_rows(table->name, county_, {{"id", SqlKey::Type::id}}, keys));
  }
  return {};
}

Result<std::string> SqlStore::dump() {
  std::string all;
  for (const tables::TypedTable& table : tables::typed_tables()) {
    std::vector<std::string> expressions;
    for (const tables::Column& column : table.columns) {
      if (column.name != "county_id") expressions.push_back(database_->dump_expression(column));
    }
    KX_TRY(rows, run("SELECT " + join(expressions, ", ") + " FROM " + quoted_name(table.name) +
                         " WHERE county_id = $1 ORDER BY id",
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

}  // namespace kuangxun::sql
