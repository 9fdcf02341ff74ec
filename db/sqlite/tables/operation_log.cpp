#include "db/sqlite/tables/operation_log.h"

#include <algorithm>

// How operations come into the log, and what they make visible. Three paces: one at a time, a page together (a batch:
// each record is written once a page), or not at all until everything is shown at once (deferred). What the county
// writes is never put off, because it decides what is done with the next frame already.
namespace kuangxun::sqlite {

using history::Operation;

namespace {
// Groups of a batch in memory: about 20 MB. A page of a pull has fewer.
constexpr std::size_t batch_cells_max = 65'536;
}  // namespace

Status OperationLog::load() {
  batch_.reset();
  is_deferred_ = false;
  KX_CHECK(heads_.load());
  KX_TRY(parked, database_.query_integer("SELECT count(*) FROM @parked"));
  parked_count_ = parked;
  return {};
}

Result<bool> OperationLog::append(const Operation& operation) {
  const bool is_hidden = visibility_.is_hidden(operation.id, operation.kind);
  return append(operation, is_deferred_ && (is_hidden || !history::is_county_only(operation.kind)));
}

Result<bool> OperationLog::append_own(const Operation& operation) {
  return append(operation, false);
}

Result<bool> OperationLog::append(const Operation& operation, bool is_put_off) {
  KX_TRY(key, dictionary_.key_of(operation.id));
  KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
  const CellKey cell = cell_key(record.index, operation.group);
  KX_TRY(bases, dictionary_.keys_of(operation.bases));
  KX_TRY(is_new, rows_.insert(key, cell, operation, bases));
  if (!is_new) return false;
  if (is_put_off) return true;
  KX_CHECK(take_up(key, record, operation, bases));
  return true;
}

Status OperationLog::take_up(OperationKey key) {
  KX_TRY(operation, rows_.read(key));
  KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
  KX_TRY(bases, dictionary_.keys_of(operation.bases));
  return take_up(key, record, operation, bases);
}

bool OperationLog::is_within_limit(OperationKey key) const {
  if (through_ == nullptr) return true;
  const auto writer = static_cast<std::size_t>(writer_index_of(key));
  return writer < through_->size() && sequence_of(key) <= (*through_)[writer];
}

Status OperationLog::take_up(OperationKey key, const RecordEntry& record, const Operation& operation,
                             const std::vector<OperationKey>& bases) {
  if (!visibility_.is_hidden(operation.id, operation.kind)) {
    KX_TRY(heads, heads_now(cell_key(record.index, operation.group)));
    KX_TRY(missing, missing_base(heads, bases));
    if (missing.has_value()) return insert_parked(*missing, key);
    KX_CHECK(apply(key, record, operation, bases));
  }
  if (parked_count_ > 0) KX_CHECK(release_parked(key));
  return batch_.has_value() && batch_->size() >= batch_cells_max ? show_batch() : Status();
}

Result<bool> OperationLog::is_touched(OperationKey first, OperationKey last) {
  KX_TRY(select, database_.statement("SELECT EXISTS (SELECT 1 FROM operation WHERE operation_key BETWEEN ?1 AND ?2) OR "
                                     "EXISTS (SELECT 1 FROM @parked WHERE missing_key BETWEEN ?1 AND ?2)"));
  select->bind(0, first);
  select->bind(1, last);
  KX_TRY(row, select->step());
  const bool is_touched = row && select->integer(0) != 0;
  select->reset();
  return is_touched;
}

Status OperationLog::insert_parked(OperationKey missing, OperationKey key) {
  KX_TRY(park, database_.statement("INSERT INTO @parked (missing_key, operation_key) VALUES (?, ?)"));
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
    if (!is_within_limit(base)) return std::optional(base);
    KX_TRY(select, database_.statement("SELECT 1 FROM operation WHERE operation_key = ?1 AND NOT EXISTS "
                                       "(SELECT 1 FROM @parked WHERE operation_key = ?1)"));
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
    KX_TRY(select, database_.statement("SELECT operation_key FROM @parked WHERE missing_key = ?"));
    select->bind(0, key);
    for (;;) {
      KX_TRY(row, select->step());
      if (!row) break;
      waiting.push_back(select->integer(0));
    }
    select->reset();
    for (const OperationKey released : waiting) {
      KX_TRY(operation, rows_.read(released));
      KX_TRY(record, dictionary_.record_entry(operation.record, operation.kind));
      const CellKey cell = cell_key(record.index, operation.group);
      KX_TRY(bases, dictionary_.keys_of(operation.bases));
      KX_TRY(heads, heads_now(cell));
      KX_TRY(missing, missing_base(heads, bases));
      KX_TRY(update,
             database_.statement(missing.has_value() ? "UPDATE @parked SET missing_key = ?2 WHERE operation_key = ?1"
                                                     : "DELETE FROM @parked WHERE operation_key = ?1 AND ?2 = ?2"));
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
  if (!batch_.has_value()) return heads_.of(cell);
  const auto found = batch_->find(cell);
  if (found != batch_->end()) return found->second.heads;
  KX_TRY(heads, heads_.of(cell));
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
  KX_CHECK(heads_.write(cell, heads));
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
    KX_CHECK(heads_.write(cell, known.heads));
    if (group_of(cell) == records::existence_group) continue;
    if (known.heads.size() == 1) {
      KX_CHECK(heads_.mark_disputed(cell, false));
      if (known.heads.front() != known.newest) {
        KX_TRY(values, rows_.values_of(known.heads.front()));
        known.newest_values = std::move(values);
      }
      groups.push_back({group_of(cell), std::move(known.newest_values)});
    } else {
      KX_TRY(full, heads_.full(cell));
      KX_CHECK(heads_.mark_disputed(cell, history::is_disputed(full)));
      groups.push_back({group_of(cell), history::shown_head(full).values});
    }
  }
  KX_CHECK(projection_.show_groups(record, groups));
  const bool has_existence = group_of(cells.front()) == records::existence_group || heads_.has_existence(record.index);
  return has_existence ? heads_.refresh_existence(record) : Status();
}

Status OperationLog::show(const RecordEntry& record, CellKey cell, const std::vector<OperationKey>& heads,
                          const Operation& newest) {
  if (newest.group == records::existence_group) return heads_.refresh_existence(record);
  if (heads.size() == 1) {
    KX_CHECK(heads_.mark_disputed(cell, false));
    KX_CHECK(projection_.show_group(record, newest.group, newest.values));
  } else {
    KX_TRY(full, heads_.full(cell));
    KX_CHECK(heads_.mark_disputed(cell, history::is_disputed(full)));
    KX_CHECK(projection_.show_group(record, newest.group, history::shown_head(full).values));
  }
  if (!heads_.has_existence(record.index)) return {};
  return heads_.refresh_existence(record);
}

}  // namespace kuangxun::sqlite
