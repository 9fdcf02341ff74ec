#include "db/sqlite/operation_log.h"

#include <algorithm>
#include <cassert>

#include "db/frames/payload.h"
#include "db/sqlite/key_column.h"

// How operations come into the log, and what they make visible.
namespace kuangxun::sqlite {

using history::Head;
using history::Operation;

namespace {
// Groups of a batch in memory: about 20 MB. A page of a pull has fewer.
constexpr std::size_t batch_cells_max = 65'536;
}  // namespace

Status OperationLog::load() {
  batch_.reset();
  is_deferred_ = false;
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

Result<bool> OperationLog::insert_row(OperationKey key, CellKey cell, const Operation& operation,
                                      const std::vector<OperationKey>& bases) {
  KX_TRY(person, dictionary_.person_index(operation.person));
  KX_TRY(insert,
         database_.statement("INSERT OR IGNORE INTO operation (operation_key, cell, wall_ms, counter, person_index, "
                             "bases, content) VALUES (?, ?, ?, ?, ?, ?, ?)"));
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

Result<bool> OperationLog::append(const Operation& operation) {
  KX_TRY(key, dictionary_.key_of(operation.id));
  KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
  const CellKey cell = cell_key(record.index, operation.group);
  KX_TRY(bases, dictionary_.keys_of(operation.bases));
  KX_TRY(is_new, insert_row(key, cell, operation, bases));
  if (!is_new) return false;
  const bool is_hidden = visibility_.is_hidden(operation.id, operation.kind);
  if (is_deferred_ && (is_hidden || !history::is_county_only(operation.kind))) return true;
  if (!is_hidden) {
    KX_TRY(heads, heads_now(cell));
    KX_TRY(missing, missing_base(heads, bases));
    if (missing.has_value()) {
      KX_CHECK(insert_parked(*missing, key));
      return true;
    }
    KX_CHECK(apply(key, record, operation, bases));
  }
  if (parked_count_ > 0) KX_CHECK(release_parked(key));
  if (batch_.has_value() && batch_->size() >= batch_cells_max) KX_CHECK(show_batch());
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
      KX_TRY(heads, heads_now(cell));
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

Result<std::vector<OperationKey>> OperationLog::heads_now(CellKey cell) {
  if (!batch_.has_value()) return heads_of(cell);
  const auto found = batch_->find(cell);
  if (found != batch_->end()) return found->second.heads;
  KX_TRY(heads, heads_of(cell));
  (*batch_)[cell].heads = heads;
  return heads;
}

Status OperationLog::apply(OperationKey key, const RecordEntry& record, const Operation& operation,
                           const std::vector<OperationKey>& bases) {
  const CellKey cell = cell_key(record.index, operation.group);
  KX_TRY(heads, heads_now(cell));
  std::erase_if(heads, [&](OperationKey head) { return std::ranges::find(bases, head) != bases.end(); });
  heads.insert(std::ranges::upper_bound(heads, key), key);
  has_county_change_ = has_county_change_ || history::is_county_only(record.kind);
  if (batch_.has_value()) {
    (*batch_)[cell] = {record.kind, std::move(heads), true, key, operation.values};
    return {};
  }
  KX_CHECK(write_heads(cell, heads));
  return show(record, cell, heads, operation);
}

Status OperationLog::show_batch() {
  if (!batch_.has_value()) return {};
  std::vector<CellKey> cells;
  for (const auto& [cell, known] : *batch_) {
    if (known.is_changed) cells.push_back(cell);
  }
  std::ranges::sort(cells);
  for (auto first = cells.begin(); first != cells.end();) {
    const auto last = std::find_if(first, cells.end(),
                                   [&](CellKey cell) { return record_index_of(cell) != record_index_of(*first); });
    KX_CHECK(show_record_of_batch({first, last}));
    first = last;
  }
  batch_->clear();
  return {};
}

Status OperationLog::show_record_of_batch(std::span<const CellKey> cells) {
  const RecordEntry record{record_index_of(cells.front()), (*batch_)[cells.front()].kind};
  std::vector<Projection::GroupValues> groups;
  for (const CellKey cell : cells) {
    BatchCell& known = (*batch_)[cell];
    KX_CHECK(write_heads(cell, known.heads));
    if (group_of(cell) == records::existence_group) continue;
    if (known.heads.size() == 1) {
      KX_CHECK(mark_disputed(cell, false));
      if (known.heads.front() != known.newest) {
        KX_TRY(values, values_of(known.heads.front()));
        known.newest_values = std::move(values);
      }
      groups.push_back({group_of(cell), std::move(known.newest_values)});
    } else {
      KX_TRY(full, full_heads(cell));
      KX_CHECK(mark_disputed(cell, history::is_disputed(full)));
      groups.push_back({group_of(cell), history::shown_head(full).values});
    }
  }
  KX_CHECK(projection_.show_groups(record, groups));
  const bool has_existence =
      group_of(cells.front()) == records::existence_group || with_existence_.contains(record.index);
  return has_existence ? refresh_existence(record) : Status();
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

Status OperationLog::remove_between(OperationKey first, OperationKey last) {
  KX_TRY(remove, database_.statement("DELETE FROM operation WHERE operation_key BETWEEN ? AND ?"));
  remove->bind(0, first);
  remove->bind(1, last);
  return remove->run();
}

}  // namespace kuangxun::sqlite
