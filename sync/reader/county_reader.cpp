#include "sync/reader/county_reader.h"

#include <algorithm>
#include <cassert>

#include "db/base/limits.h"
#include "db/frames/frame.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "sync/reader/record_heads.h"
#include "sync/rights/registry.h"
#include "sync/sql/sql_values.h"

// How records are found. The tables that people read have an index for every field by which the program looks, so they
// give the ids, and the heads of those ids give the records. Two things make the tables say too little, both when a
// newer program met an older one's database: a kind's table begins empty, and so does a field's column. The first is
// found out by counting and gone round by way of the heads; because of the second, rows without a value are looked at
// whenever a value is asked for.
namespace kuangxun::reader {
namespace {

using ports::RecordKey;
using records::KindDescription;
using records::Record;
using sql::SqlRow;
using sql::SqlValue;

Error no_record(const Uuid& id) {
  return Error(ErrorCode::not_found, phrase("there is no record with id {0}", {id.text()}));
}

std::string quoted(const std::string& name) {
  return "\"" + name + "\"";
}

// Registers keep the order they are printed in; everything else comes in the order of ids, which is that of time.
void sort_as_listed(const KindDescription& kind, std::vector<Record>& records) {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t first = std::numeric_limits<std::int64_t>::min();
  const records::FieldDescription* table = kind.find_field(records::common::table_number);
  const records::FieldDescription* number = kind.find_field(records::common::register_number);
  const auto place = [](const Record& record, const records::FieldDescription* field, std::int64_t without) {
    const auto* value = field == nullptr ? nullptr : std::get_if<std::int64_t>(&record.value(*field));
    return value == nullptr ? without : *value;
  };
  std::ranges::sort(records, {}, [&](const Record& record) {
    return std::tuple(place(record, table, first), place(record, number, last), record.id());
  });
}

// Nothing for a frame that only a newer program can read.
Result<std::vector<history::Operation>> operations_in(ports::StoredFrame stored) {
  KX_TRY(frame, frames::parse_frame(std::move(stored.bytes)));
  auto operations = frames::decode_operations(frame);
  return operations.ok() ? std::move(operations) : std::vector<history::Operation>();
}

}  // namespace

CountyReader::CountyReader(std::unique_ptr<sql::SqlStore> store, const Uuid& county)
    : store_(std::move(store)), county_(sql::to_sql(county)) {}

Result<std::unique_ptr<CountyReader>> CountyReader::open(std::unique_ptr<sql::SqlStore> store) {
  KX_TRY(state, store->state());
  return std::unique_ptr<CountyReader>(new CountyReader(std::move(store), state.county));
}

Status CountyReader::read_together(const std::function<Status()>& reading) {
  if (is_reading_) return reading();
  KX_CHECK(store_->database().begin_reading());
  is_reading_ = true;
  Status done = reading();
  is_reading_ = false;
  store_->rollback();
  return done;
}

template <class Read>
auto CountyReader::in_one_look(Read read) -> decltype(read()) {
  std::optional<decltype(read())> result;
  KX_CHECK(read_together([&]() -> Status {
    result.emplace(read());
    return result->ok() ? Status() : Status(result->error());
  }));
  return std::move(*result);
}

Result<std::vector<SqlRow>> CountyReader::run(const std::string& sql, std::vector<SqlValue> more) {
  more.insert(more.begin(), county_);
  return store_->database().run(sql, more);
}

// Once, within one look: an answer from before and one from after a commit would not fit together.
Status CountyReader::learn_tables() {
  if (!tables_.empty()) return {};
  KX_TRY(rows, run("SELECT kind, count(*) FROM (SELECT DISTINCT kind, record_id FROM sync_head WHERE county_id = $1)"
                   " AS known GROUP BY kind",
                   {}));
  std::map<records::KindNumber, std::uint64_t> known;
  for (const SqlRow& row : rows) {
    known[static_cast<records::KindNumber>(sql::integer_of(row[0]))] = sql::unsigned_of(row[1]);
  }
  std::map<records::KindNumber, KindTable> tables;
  for (const tables::TypedTable& table : tables::typed_tables()) {
    KindTable& found = tables[table.kind->number];
    KX_TRY(columns, store_->database().columns_of(table.name));
    found.columns = std::move(columns);
    if (found.columns.empty()) continue;
    KX_TRY(count, run("SELECT count(*) FROM " + quoted(table.name) + " WHERE county_id = $1", {}));
    found.is_whole = sql::unsigned_of(count.front().front()) == known[table.kind->number];
  }
  tables_ = std::move(tables);
  return {};
}

Result<CountyReader::Keys> CountyReader::keys_where(const tables::TypedTable& table, const std::string& condition,
                                                    std::vector<SqlValue> more) {
  KX_TRY(rows, run("SELECT id FROM " + quoted(table.name) + " WHERE county_id = $1" + condition, std::move(more)));
  Keys keys;
  for (const SqlRow& row : rows) keys.insert({sql::id_of(row.front()), table.kind->number});
  return keys;
}

Result<CountyReader::Keys> CountyReader::keys_of(records::KindNumber kind) {
  KX_CHECK(learn_tables());
  if (tables_[kind].is_whole) return keys_where(*tables::typed_table_of(kind), {}, {});
  KX_TRY(rows, run("SELECT DISTINCT record_id FROM sync_head WHERE county_id = $1 AND kind = $2", {sql::to_sql(kind)}));
  Keys keys;
  for (const SqlRow& row : rows) keys.insert({sql::id_of(row.front()), kind});
  return keys;
}

Result<const tables::Column*> CountyReader::column_of(const records::FieldDescription& field,
                                                      const tables::TypedTable& table) {
  using records::FieldType;
  constexpr std::array exact = {FieldType::reference, FieldType::enumeration, FieldType::text, FieldType::long_text};
  KX_CHECK(learn_tables());
  const KindTable& known = tables_[table.kind->number];
  const bool is_found = known.is_whole && std::ranges::find(exact, field.type) != exact.end() &&
                        std::ranges::find(known.columns, field.name) != known.columns.end();
  if (!is_found) return static_cast<const tables::Column*>(nullptr);
  return &*std::ranges::find(table.columns, field.name, &tables::Column::name);
}

Result<CountyReader::Standing> CountyReader::standing(const Keys& keys) {
  KX_TRY(heads, store_->heads_of(keys));
  Standing standing;
  for (history::Operation& head : heads) {
    standing[{head.record, head.kind}][head.group].push_back(std::move(head));
  }
  for (auto& [record, groups] : standing) {
    for (auto& [group, operations] : groups) std::ranges::sort(operations, {}, &history::Operation::id);
  }
  return standing;
}

Result<std::vector<Record>> CountyReader::records_of(const KindDescription& kind, const Keys& keys,
                                                     const std::function<bool(const Record&)>& is_wanted) {
  KX_TRY(all, standing(keys));
  std::vector<Record> records;
  for (const auto& [key, operations] : all) {
    Record record = history::shown_record(key.id, kind, heads_of(operations));
    if (is_wanted(record)) records.push_back(std::move(record));
  }
  sort_as_listed(kind, records);
  return records;
}

Result<std::vector<Record>> CountyReader::list(records::KindNumber kind_number) {
  return in_one_look([&]() -> Result<std::vector<Record>> {
    KX_TRY(keys, keys_of(kind_number));
    return records_of(records::kind_of(kind_number), keys, [](const Record&) { return true; });
  });
}

Result<std::vector<Record>> CountyReader::list_where(records::KindNumber kind_number, std::string_view field_name,
                                                     const records::Value& value) {
  const KindDescription& kind = records::kind_of(kind_number);
  const records::FieldDescription* field = kind.find_field(field_name);
  assert(field != nullptr);
  return in_one_look([&]() -> Result<std::vector<Record>> {
    const tables::TypedTable& table = *tables::typed_table_of(kind_number);
    KX_TRY(column, column_of(*field, table));
    Keys keys;
    if (column == nullptr) {
      KX_TRY(all, keys_of(kind_number));
      keys = std::move(all);
    } else if (records::is_empty(value)) {
      KX_TRY(without, keys_where(table, " AND " + quoted(column->name) + " IS NULL", {}));
      keys = std::move(without);
    } else {
      const std::string name = quoted(column->name);
      KX_TRY(some, keys_where(table, " AND (" + name + " = $2 OR " + name + " IS NULL)",
                              {records::format_value(*field, value)}));
      keys = std::move(some);
    }
    return records_of(kind, keys, [&](const Record& record) { return record.value(*field) == value; });
  });
}

Result<std::uint64_t> CountyReader::count_standing(records::KindNumber kind_number, std::string_view field_name,
                                                   const records::Value& value) {
  const KindDescription& kind = records::kind_of(kind_number);
  const records::FieldDescription* field = kind.find_field(field_name);
  assert(field != nullptr);
  return in_one_look([&]() -> Result<std::uint64_t> {
    const tables::TypedTable& table = *tables::typed_table_of(kind_number);
    KX_TRY(column, column_of(*field, table));
    if (column == nullptr || records::is_empty(value)) {
      return history::RecordReader::count_standing(kind_number, field_name, value);
    }
    const std::string name = quoted(column->name);
    KX_TRY(rows, run("SELECT count(*) FROM " + quoted(table.name) + " WHERE county_id = $1 AND " + name +
                         " = $2 AND NOT is_voided",
                     {records::format_value(*field, value)}));
    KX_TRY(without, keys_where(table, " AND " + name + " IS NULL AND NOT is_voided", {}));
    KX_TRY(late, records_of(kind, without, [&](const Record& record) { return record.value(*field) == value; }));
    return sql::unsigned_of(rows.front().front()) + late.size();
  });
}

Result<RecordKey> CountyReader::find_key(const Uuid& id) {
  KX_TRY(rows, run("SELECT DISTINCT kind FROM sync_head WHERE county_id = $1 AND record_id = $2", {sql::to_sql(id)}));
  if (rows.empty()) return no_record(id);
  std::vector<RecordKey> keys;
  for (const SqlRow& row : rows) {
    keys.push_back({id, static_cast<records::KindNumber>(sql::integer_of(row.front()))});
  }
  if (keys.size() == 1) return keys.front();
  // A stranger used the id under another kind. The record that came first is the one that is meant.
  std::map<ports::OperationPlace, RecordKey> by_arrival;
  for (const RecordKey& key : keys) {
    KX_TRY(places, store_->places_of({key}));
    if (!places.empty()) by_arrival.emplace(places.front(), key);
  }
  return by_arrival.empty() ? keys.front() : by_arrival.begin()->second;
}

Result<history::RecordView> CountyReader::read(const Uuid& id) {
  return in_one_look([&]() -> Result<history::RecordView> {
    KX_TRY(key, find_key(id));
    const KindDescription* kind = records::find_kind(key.kind);
    if (kind == nullptr) {
      return Error(ErrorCode::newer_version, phrase("record {0} is of a kind that a newer program shows", {id.text()}));
    }
    KX_TRY(all, standing({key}));
    const tables::RecordHeads& operations = all[key];
    history::HeadsByGroup heads = heads_of(operations);
    history::RecordView view{history::shown_record(id, *kind, heads), {}, {}, sync_state_of(operations)};
    view.heads = std::move(heads);
    for (const history::Dispute& dispute : disputes_in(key, operations)) view.disputed.push_back(dispute.group);
    return view;
  });
}

Result<history::SyncState> CountyReader::sync_state(const Uuid& record) {
  return in_one_look([&]() -> Result<history::SyncState> {
    KX_TRY(key, find_key(record));
    KX_TRY(all, standing({key}));
    return sync_state_of(all[key]);
  });
}

Result<std::vector<history::Dispute>> CountyReader::disputes() {
  return in_one_look([&]() -> Result<std::vector<history::Dispute>> {
    // Only what has several heads, or what somebody voided, can be in dispute.
    KX_TRY(rows, run("SELECT record_id, kind FROM sync_head WHERE county_id = $1"
                     " GROUP BY record_id, kind, group_number HAVING count(*) > 1"
                     " UNION SELECT record_id, kind FROM sync_head WHERE county_id = $1 AND group_number = $2",
                     {sql::to_sql(records::existence_group)}));
    Keys keys;
    for (const SqlRow& row : rows) {
      keys.insert({sql::id_of(row[0]), static_cast<records::KindNumber>(sql::integer_of(row[1]))});
    }
    KX_TRY(all, standing(keys));
    std::vector<history::Dispute> disputes;
    for (const auto& [key, operations] : all) {
      for (history::Dispute& dispute : disputes_in(key, operations)) disputes.push_back(std::move(dispute));
    }
    return disputes;
  });
}

Result<const history::Visibility*> CountyReader::visibility() {
  KX_TRY(state, store_->state());
  // Its own records are shown when they are stored, but those that a backup brought only when they are applied.
  const std::pair now(state.registry_sequence, state.applied_sequence);
  if (!visibility_.has_value() || visibility_of_ != now) {
    KX_TRY(heads, store_->registry_heads());
    visibility_ = rights::Registry(state.county, heads).visibility();
    visibility_of_ = now;
  }
  return &*visibility_;
}

Result<std::map<history::OperationId, history::Operation>> CountyReader::operations_of(const RecordKey& record) {
  KX_TRY(places, store_->places_of({record}));
  std::map<history::OperationId, history::Operation> operations;
  std::set<std::uint64_t> sequences;
  for (std::size_t i = 0; i < places.size(); ++i) {
    sequences.insert(places[i].county_sequence);
    if (sequences.size() < limits::apply_frames_max && i + 1 < places.size()) continue;
    KX_TRY(frames, store_->frames_at(sequences));
    for (ports::StoredFrame& stored : frames) {
      KX_TRY(found, operations_in(std::move(stored)));
      for (history::Operation& operation : found) {
        if (operation.record != record.id || operation.kind != record.kind) continue;
        const history::OperationId id = operation.id;
        operations.emplace(id, std::move(operation));
      }
    }
    sequences.clear();
  }
  return operations;
}

Result<std::vector<history::Operation>> CountyReader::history(const Uuid& record, records::GroupNumber group) {
  return in_one_look([&]() -> Result<std::vector<history::Operation>> {
    KX_TRY(key, find_key(record));
    KX_TRY(operations, operations_of(key));
    KX_TRY(visible, visibility());
    KX_TRY(all, standing({key}));
    // What waits for a base is reached from no head: it is not part of the record yet.
    std::vector<history::OperationId> open = history::ids_of(heads_of(all[key])[group]);
    std::set<history::OperationId> known(open.begin(), open.end());
    std::vector<history::Operation> reached;
    while (!open.empty()) {
      const auto found = operations.find(open.back());
      open.pop_back();
      if (found == operations.end() || found->second.group != group) continue;  // what a void saw elsewhere
      for (const history::OperationId& base : found->second.bases) {
        if (known.insert(base).second) open.push_back(base);
      }
      if (!visible->is_hidden(found->first, key.kind)) reached.push_back(std::move(found->second));
    }
    std::ranges::sort(reached, [](const history::Operation& a, const history::Operation& b) {
      return std::tie(a.time, a.id) < std::tie(b.time, b.id);
    });
    return reached;
  });
}

Status CountyReader::add_hidden(std::vector<history::Operation>& hidden, std::size_t most,
                                const history::WriterId& writer, const history::SequenceRange& range) {
  for (std::uint64_t next = range.first; next <= range.last;) {
    KX_TRY(frames, store_->frames_of(writer, next, range.last, limits::apply_bytes_max));
    if (frames.empty()) break;
    for (ports::StoredFrame& stored : frames) {
      next = stored.last_sequence + 1;
      KX_TRY(found, operations_in(std::move(stored)));
      for (history::Operation& operation : found) {
        if (operation.id.sequence < range.first || operation.id.sequence > range.last) continue;
        if (hidden.size() == most) return {};
        hidden.push_back(std::move(operation));
      }
    }
  }
  return {};
}

Result<std::vector<history::Operation>> CountyReader::hidden_operations(std::size_t most) {
  return in_one_look([&]() -> Result<std::vector<history::Operation>> {
    KX_TRY(visible, visibility());
    std::vector<history::Operation> hidden;
    for (const auto& [writer, ranges] : visible->ranges()) {
      KX_TRY(chains, store_->chains({&writer, 1}));
      for (const history::SequenceRange& range : ranges) {
        // A decision may reach over what has not come, or is not merged yet.
        const std::uint64_t last = std::min(range.last, chains.front().merged_through);
        KX_CHECK(add_hidden(hidden, most, writer, {range.first, last}));
      }
    }
    return hidden;
  });
}

}  // namespace kuangxun::reader
