#include "sync/server/merge_batch.h"

#include <algorithm>
#include <cassert>

#include "db/history/apply.h"
#include "sync/server/operation_check.h"

namespace kuangxun::server {

Status MergeBatch::merge(const std::vector<history::Operation>& operations, std::uint64_t county_sequence,
                         const Hash& frame) {
  std::set<Uuid> records;
  std::set<history::OperationId> bases;
  for (const history::Operation& operation : operations) {
    records.insert(operation.record);
    for (const history::OperationId& base : operation.bases) {
      if (!applied_.contains(base)) bases.insert(base);
    }
  }
  KX_CHECK(load(records));
  KX_TRY(applied, store_.applied_among(bases));
  applied_.merge(applied);

  std::vector<StoredOperation> stored;
  for (const history::Operation& operation : operations) {
    touched_writers_.insert(operation.id.writer);
    OperationState state = OperationState::applied;
    if (const std::string reason = why_not(operation); !reason.empty()) {
      state = OperationState::quarantined;
      KX_CHECK(quarantine(operation, reason, frame));
    } else {
      KX_TRY(missing, missing_bases(operation));
      if (missing.empty()) {
        merge_one(operation);
      } else {
        state = OperationState::parked;
        KX_CHECK(store_.park(operation.id, missing));
      }
    }
    stored.push_back({operation, county_sequence, state});
  }
  KX_CHECK(store_.add_operations(stored));
  return wake();
}

Status MergeBatch::load(const std::set<Uuid>& records) {
  std::set<Uuid> wanted;
  for (const Uuid& record : records) {
    if (!records_.contains(record)) wanted.insert(record);
  }
  if (wanted.empty()) return {};
  KX_TRY(heads, store_.heads_of(wanted));
  for (const Uuid& record : wanted) records_[record];
  for (history::Operation& head : heads) {
    RecordState& state = records_[head.record];
    state.kind = head.kind;
    applied_.insert(head.id);
    state.heads[head.group].push_back(std::move(head));
  }
  for (auto& [record, state] : records_) {
    for (auto& [group, group_heads] : state.heads) std::ranges::sort(group_heads, {}, &history::Operation::id);
  }
  return {};
}

std::string MergeBatch::why_not(const history::Operation& operation) const {
  const RecordState& state = records_.at(operation.record);
  if (state.kind != 0 && state.kind != operation.kind) return "the record is of another kind";
  return why_meaningless(operation);
}

Result<std::vector<history::OperationId>> MergeBatch::missing_bases(const history::Operation& operation) {
  std::vector<history::OperationId> missing;
  for (const history::OperationId& base : operation.bases) {
    if (!applied_.contains(base)) missing.push_back(base);
  }
  return missing;
}

void MergeBatch::merge_one(const history::Operation& operation) {
  RecordState& state = records_.at(operation.record);
  state.kind = operation.kind;
  auto& group_heads = state.heads[operation.group];
  std::vector<history::Head> before;
  for (const history::Operation& head : group_heads) before.push_back({head.id, head.time, head.person, head.values});
  const std::vector<history::Head> after = history::apply(std::move(before), operation);

  std::vector<history::Operation> merged;
  for (const history::Head& head : after) {
    const auto known = std::ranges::find(group_heads, head.id, &history::Operation::id);
    merged.push_back(known != group_heads.end() ? *known : operation);
  }
  group_heads = std::move(merged);
  state.changed.insert(operation.group);
  applied_.insert(operation.id);
  fresh_.insert(operation.id);
}

Status MergeBatch::wake() {
  while (!fresh_.empty()) {
    KX_TRY(woken, store_.parked_on(fresh_));
    fresh_.clear();
    std::set<Uuid> records;
    std::set<history::OperationId> bases;
    for (const history::Operation& operation : woken) {
      records.insert(operation.record);
      for (const history::OperationId& base : operation.bases) bases.insert(base);
    }
    KX_CHECK(load(records));
    KX_TRY(applied, store_.applied_among(bases));
    applied_.merge(applied);
    for (const history::Operation& operation : woken) {
      KX_TRY(missing, missing_bases(operation));
      if (!missing.empty() || applied_.contains(operation.id)) continue;
      touched_writers_.insert(operation.id.writer);
      KX_CHECK(store_.unpark(operation.id));
      if (const std::string reason = why_not(operation); !reason.empty()) {
        KX_CHECK(store_.set_operation_state(operation.id, OperationState::quarantined));
        KX_CHECK(quarantine(operation, reason, Hash{}));
        continue;
      }
      KX_CHECK(store_.set_operation_state(operation.id, OperationState::applied));
      merge_one(operation);
    }
  }
  return {};
}

Status MergeBatch::quarantine(const history::Operation& operation, const std::string& reason, const Hash& frame) {
  Quarantine entry;
  entry.writer = operation.id.writer;
  entry.first_sequence = operation.id.sequence;
  entry.last_sequence = operation.id.sequence;
  entry.code = wire::QuarantineCode::meaningless;
  entry.reason = reason;
  entry.frame = frame;
  entry.since_ms = now_ms_;
  return store_.add_quarantine(entry);
}

Status MergeBatch::finish() {
  std::vector<GroupHeads> changed;
  std::vector<TypedRow> rows;
  for (const auto& [record, state] : records_) {
    if (state.changed.empty()) continue;
    for (const records::GroupNumber group : state.changed) {
      GroupHeads heads{record, group, {}};
      for (const history::Operation& head : state.heads.at(group)) heads.heads.push_back(head.id);
      changed.push_back(std::move(heads));
    }
    const TypedTable* table = typed_table_of(state.kind);
    if (table != nullptr) rows.push_back(make_row(identity_.county, record, *table, state.heads));
  }
  KX_CHECK(store_.set_heads(changed));
  return store_.put_rows(rows);
}

}  // namespace kuangxun::server
