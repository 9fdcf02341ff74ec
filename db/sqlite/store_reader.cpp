#include "db/sqlite/store_reader.h"

#include <algorithm>
#include <cassert>

#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/sqlite/tables/schema.h"

// What people see is read from the tables, which hold one value for each field; what an edit or a dispute needs is read
// from the heads, which hold all of them.
namespace kuangxun::sqlite {
namespace {

using history::SyncState;
using records::KindDescription;
using records::Record;

Error no_record(const Uuid& id) {
  return Error(ErrorCode::not_found, phrase("there is no record with id {0}", {id.text()}));
}

// Registers keep the order they are printed in; everything else comes in the order of ids, which is that of time.
std::string order_of(const KindDescription& kind) {
  std::string order = "ORDER BY ";
  if (kind.find_field(records::common::table_number) != nullptr) order += "t.table_number, ";
  if (kind.find_field(records::common::register_number) != nullptr)
    order += "t.register_number IS NULL, t.register_number, ";
  // The plus keeps SQLite from walking the ids of all records to save a small sort.
  return order + "+record.id";
}

}  // namespace

Result<std::vector<Record>> StoreReader::read_rows(const KindDescription& kind, Statement& select) {
  std::vector<Record> rows;
  for (;;) {
    KX_TRY(row, select.step());
    if (!row) break;
    rows.push_back(record_from_row(kind, select));
  }
  select.reset();
  return rows;
}

Result<std::vector<Record>> StoreReader::list(records::KindNumber kind_number) {
  const KindDescription& kind = records::kind_of(kind_number);
  KX_TRY(select, parts_.database.statement(select_records_sql(kind, order_of(kind))));
  return read_rows(kind, *select);
}

Result<std::vector<Record>> StoreReader::list_where(records::KindNumber kind_number, std::string_view field_name,
                                                    const records::Value& value) {
  const KindDescription& kind = records::kind_of(kind_number);
  assert(kind.find_field(field_name) != nullptr);
  std::string& sql = list_where_sql_[{kind_number, std::string(field_name)}];
  if (sql.empty()) sql = select_records_sql(kind, "WHERE t." + quoted_name(field_name) + " IS ? " + order_of(kind));
  KX_TRY(select, parts_.database.statement(sql));
  bind_value(*select, 0, value);
  return read_rows(kind, *select);
}

Result<std::uint64_t> StoreReader::count_standing(records::KindNumber kind_number, std::string_view field_name,
                                                  const records::Value& value) {
  const KindDescription& kind = records::kind_of(kind_number);
  assert(kind.find_field(field_name) != nullptr);
  std::string& sql = count_standing_sql_[{kind_number, std::string(field_name)}];
  if (sql.empty()) {
    sql = "SELECT count(*) FROM " + quoted_name(kind.table_name()) + " WHERE " + quoted_name(field_name) +
          " IS ? AND is_voided = 0";
  }
  KX_TRY(select, parts_.database.statement(sql));
  bind_value(*select, 0, value);
  KX_TRY(row, select->step());
  const auto count = row ? static_cast<std::uint64_t>(select->integer(0)) : 0;
  select->reset();
  return count;
}

Status StoreReader::read_together(const std::function<Status()>& reading) {
  if (parts_.is_reading_together) return reading();
  KX_TRY(look, Transaction::begin_reading(parts_.database.connection()));
  parts_.is_reading_together = true;
  Status done = reading();
  parts_.is_reading_together = false;
  return done;
}

Result<std::optional<Record>> StoreReader::read_row(const RecordEntry& entry, const Uuid& id) {
  const KindDescription* kind = records::find_kind(entry.kind);
  if (kind == nullptr) {
    return Error(ErrorCode::newer_version, phrase("record {0} is of a kind that a newer program shows", {id.text()}));
  }
  KX_TRY(select, parts_.database.statement(select_records_sql(*kind, "WHERE t.record_index = ?")));
  select->bind(0, entry.index);
  KX_TRY(row, select->step());
  std::optional<Record> record;
  if (row) record = record_from_row(*kind, *select);
  select->reset();
  return record;
}

Result<std::optional<RecordEntry>> StoreReader::find_entry(const Uuid& id) {
  KX_TRY(entries, parts_.dictionary.find_records(id));
  // A stranger who used the id under another kind, and is hidden, must not stand before the real one.
  for (const RecordEntry& entry : entries) {
    KX_TRY(has_heads, parts_.heads.has_any(entry.index));
    if (has_heads) return std::optional(entry);
  }
  return entries.empty() ? std::nullopt : std::optional(entries.front());
}

Result<history::RecordView> StoreReader::read(const Uuid& id) {
  KX_TRY(entry, find_entry(id));
  if (!entry.has_value()) return no_record(id);
  KX_TRY(record, read_row(*entry, id));
  // Every operation of the record may still be parked.
  if (!record.has_value()) return no_record(id);
  history::RecordView view{std::move(*record), {}, {}, SyncState::applied};
  KX_TRY(heads, parts_.heads.of_record(entry->index));
  view.heads = std::move(heads);
  for (const auto& [group, group_heads] : view.heads) {
    if (history::is_disputed(group_heads)) view.disputed.push_back(group);
  }
  KX_TRY(void_disputed, parts_.heads.is_void_disputed(entry->index));
  if (void_disputed && std::ranges::find(view.disputed, records::existence_group) == view.disputed.end()) {
    view.disputed.insert(view.disputed.begin(), records::existence_group);
  }
  KX_TRY(state, state_of(view.seen_all()));
  view.sync_state = state;
  return view;
}

// The worst of its heads speaks for a record. What others wrote came from the county and is there already.
Result<SyncState> StoreReader::state_of(const std::vector<history::OperationId>& heads) {
  SyncState state = SyncState::registers;
  for (const history::OperationId& id : heads) {
    if (id.writer == frames::pinned_writer()) continue;
    if (state == SyncState::registers) state = SyncState::applied;
    const OwnEpoch* own = parts_.epochs.find(id.writer);
    if (own == nullptr) continue;  // it came from the county
    if (id.sequence > own->stored_through) return SyncState::on_laptop;
    if (id.sequence > own->applied_through) state = SyncState::stored;
  }
  return state;
}

Result<SyncState> StoreReader::sync_state(const Uuid& record) {
  KX_TRY(entry, find_entry(record));
  if (!entry.has_value()) return no_record(record);
  KX_TRY(heads, parts_.heads.of_record(entry->index));
  std::vector<history::OperationId> ids;
  for (const auto& [group, group_heads] : heads) {
    for (const history::Head& head : group_heads) ids.push_back(head.id);
  }
  return state_of(ids);
}

Result<std::vector<history::Dispute>> StoreReader::disputes() {
  std::vector<CellKey> cells;
  KX_TRY(select, parts_.database.statement("SELECT cell FROM dispute"));
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    cells.push_back(select->integer(0));
  }
  select->reset();
  std::vector<history::Dispute> disputes;
  for (const CellKey cell : cells) {
    KX_TRY(record, parts_.dictionary.record(record_index_of(cell)));
    history::Dispute dispute{record.id, record.kind, group_of(cell), {}, {}};
    KX_TRY(all, parts_.heads.of_record(record_index_of(cell)));
    dispute.heads = all[dispute.group];
    if (dispute.group == records::existence_group) {
      KX_TRY(unseen, parts_.heads.edits_unseen_by_voids(record_index_of(cell)));
      dispute.unseen_edits = std::move(unseen);
    }
    disputes.push_back(std::move(dispute));
  }
  std::ranges::sort(disputes, [](const history::Dispute& a, const history::Dispute& b) {
    return std::tie(a.record, a.kind, a.group) < std::tie(b.record, b.kind, b.group);
  });
  return disputes;
}

Result<std::vector<history::Operation>> StoreReader::history(const Uuid& record, records::GroupNumber group) {
  KX_TRY(entry, find_entry(record));
  if (!entry.has_value()) return no_record(record);
  // Every operation of a group is reached from its heads through the bases, so no index of operations is needed.
  KX_TRY(open, parts_.heads.of(cell_key(entry->index, group)));
  std::vector<OperationKey> known = open;
  std::vector<history::Operation> operations;
  while (!open.empty()) {
    const OperationKey key = open.back();
    open.pop_back();
    KX_TRY(is_here, parts_.rows.contains(key));
    if (!is_here) continue;  // hidden by the county before it came
    KX_TRY(operation, parts_.rows.read(key));
    if (operation.record != record || operation.group != group) continue;  // what a void operation saw elsewhere
    for (const history::OperationId& base : operation.bases) {
      KX_TRY(base_key, parts_.dictionary.key_of(base));
      if (std::ranges::find(known, base_key) != known.end()) continue;
      known.push_back(base_key);
      open.push_back(base_key);
    }
    if (!parts_.log.visibility().is_hidden(operation.id, operation.kind)) operations.push_back(std::move(operation));
  }
  std::ranges::sort(operations, [](const history::Operation& a, const history::Operation& b) {
    return std::tie(a.time, a.id) < std::tie(b.time, b.id);
  });
  return operations;
}

Result<std::vector<history::Operation>> StoreReader::hidden_operations(std::size_t most) {
  std::vector<history::Operation> hidden;
  for (const auto& [writer, ranges] : parts_.log.visibility().ranges()) {
    const auto index = parts_.dictionary.find_writer(writer);
    if (!index.has_value()) continue;
    for (const history::SequenceRange& range : ranges) {
      KX_TRY(keys, parts_.rows.keys_between(operation_key(*index, range.first), operation_key(*index, range.last)));
      for (const OperationKey key : keys) {
        if (hidden.size() == most) return hidden;
        KX_TRY(operation, parts_.rows.read(key));
        hidden.push_back(std::move(operation));
      }
    }
  }
  return hidden;
}

Result<std::uint64_t> StoreReader::hidden_own() {
  std::uint64_t hidden = 0;
  for (const auto& [writer, ranges] : parts_.log.visibility().ranges()) {
    const auto index = parts_.dictionary.find_writer(writer);
    if (parts_.epochs.find(writer) == nullptr || !index.has_value()) continue;
    for (const history::SequenceRange& range : ranges) {
      KX_TRY(count, parts_.rows.count_between(operation_key(*index, range.first), operation_key(*index, range.last)));
      hidden += count;
    }
  }
  return hidden;
}

Result<std::uint64_t> StoreReader::first_unsealed() {
  const auto own = parts_.dictionary.find_writer(parts_.own_writer);
  if (!own.has_value()) return std::uint64_t{1};
  KX_TRY(end, parts_.frames.end_of(*own));
  return end.through + 1;
}

Result<history::StoreCounts> StoreReader::counts() {
  history::StoreCounts counts;
  const auto count = [&](std::uint64_t& into, std::string_view sql) -> Status {
    KX_TRY(number, parts_.database.connection().query_integer(sql));
    into = static_cast<std::uint64_t>(number);
    return {};
  };
  KX_CHECK(count(counts.records, "SELECT count(*) FROM record"));
  KX_CHECK(count(counts.frames, "SELECT count(*) FROM frame"));
  KX_CHECK(count(counts.disputes, "SELECT count(*) FROM dispute"));
  KX_CHECK(count(counts.parked, "SELECT count(*) FROM parked"));
  KX_CHECK(count(counts.quarantined, "SELECT count(*) FROM quarantine"));
  // SetAside::unbelieved is the only state that waits for nothing.
  KX_CHECK(count(counts.waiting, "SELECT count(*) FROM quarantine WHERE state <> 1"));
  KX_CHECK(count(counts.forks, "SELECT count(*) FROM fork"));
  KX_CHECK(count(counts.contradictions, "SELECT count(*) FROM checkpoint WHERE state = 3"));
  KX_CHECK(count(counts.lost_signatures, "SELECT count(*) FROM rehomed WHERE has_lost_signature = 1"));
  KX_CHECK(count(counts.unreadable, "SELECT count(*) FROM frame WHERE is_readable = 0"));
  KX_TRY(since_ms, parts_.database.connection().query_integer("SELECT min(since_ms) FROM quarantine"));
  counts.oldest_quarantined_ms = since_ms;
  KX_TRY(hidden, hidden_own());
  counts.hidden_own = hidden;
  counts.free_disk_bytes = free_bytes(parts_.folder);
  // Sequences have no gaps, so the last number of each writer is its count; nobody waits for a million rows here.
  for (std::size_t writer = 1; writer <= parts_.dictionary.writers(); ++writer) {
    KX_TRY(last, parts_.rows.last_sequence(static_cast<std::int64_t>(writer)));
    counts.operations += last;
  }
  KX_CHECK(count_own(counts));
  return counts;
}

Status StoreReader::count_own(history::StoreCounts& counts) {
  KX_TRY(first, first_unsealed());
  counts.unsealed_operations = parts_.next_sequence - std::min(first, parts_.next_sequence);
  for (const OwnEpoch& epoch : parts_.epochs.all()) {
    const auto own = parts_.dictionary.find_writer({parts_.epochs.device(), epoch.epoch});
    if (!own.has_value()) continue;
    KX_TRY(last, parts_.rows.last_sequence(*own));
    if (last > 0) {
      KX_TRY(newest, parts_.rows.read(operation_key(*own, last)));
      counts.newest_own_ms = std::max(counts.newest_own_ms, newest.time.wall_ms);
    }
    if (last <= epoch.stored_through) continue;
    counts.unsynced_operations += last - epoch.stored_through;
    KX_TRY(oldest, parts_.rows.read(operation_key(*own, epoch.stored_through + 1)));
    const bool is_older = counts.oldest_unsynced_ms == 0 || oldest.time.wall_ms < counts.oldest_unsynced_ms;
    if (is_older) counts.oldest_unsynced_ms = oldest.time.wall_ms;
  }
  return {};
}

}  // namespace kuangxun::sqlite
