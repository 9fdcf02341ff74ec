#include "tests/support/memory/memory_record_store.h"

#include <algorithm>

namespace kuangxun::tests {
using namespace history;

std::vector<Head> MemoryRecordStore::unseen_edits(const Uuid& id, const Entry& entry) const {
  const auto existence = entry.heads.find(records::existence_group);
  if (existence == entry.heads.end()) return {};
  std::vector<OperationId> seen;
  bool is_void = false;
  for (const Operation& operation : operations_) {
    if (operation.record != id || operation.id != shown_head(existence->second).id) continue;
    is_void = operation.is_void();
    seen = operation.bases;
  }
  std::vector<Head> unseen;
  if (!is_void) return unseen;
  for (const auto& [group, heads] : entry.heads) {
    if (group == records::existence_group) continue;
    for (const Head& head : unseen_by_void(seen, heads)) unseen.push_back(head);
  }
  return unseen;
}

RecordView MemoryRecordStore::view_of(const Uuid& id, const Entry& entry) const {
  // What others wrote came by way of the county.
  const bool is_own = std::ranges::any_of(operations_, [&](const Operation& operation) {
    return operation.record == id && operation.id.writer == writer_;
  });
  RecordView view{records::Record(id, records::kind_of(entry.kind)),
                  entry.heads,
                  {},
                  is_own ? SyncState::on_laptop : SyncState::applied};
  for (const auto& [group, heads] : entry.heads) {
    const Head& shown = shown_head(heads);
    if (group == records::existence_group) {
      bool voided = false;
      std::string reason;
      for (const records::FieldValue& value : shown.values) {
        if (value.field == existence_voided_field) voided = value.value == records::Value(std::int64_t{1});
        if (value.field == existence_reason_field) reason = std::get<std::string>(value.value);
      }
      view.record.set_voided(voided, reason);
      if (is_disputed(heads) || !unseen_edits(id, entry).empty()) view.disputed.push_back(group);
      continue;
    }
    for (const records::FieldValue& value : shown.values) {
      view.record.set_value(*view.record.kind().find_field(value.field), value.value);
    }
    if (is_disputed(heads)) view.disputed.push_back(group);
  }
  return view;
}

Result<RecordView> MemoryRecordStore::read(const Uuid& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return Error(ErrorCode::not_found, "no record " + id.text());
  return view_of(id, found->second);
}

Result<std::vector<records::Record>> MemoryRecordStore::list(records::KindNumber kind) {
  std::vector<records::Record> records;
  for (const auto& [id, entry] : entries_) {
    if (entry.kind == kind) records.push_back(view_of(id, entry).record);
  }
  return records;
}

Result<std::vector<records::Record>> MemoryRecordStore::list_where(records::KindNumber kind,
                                                                   std::string_view field_name,
                                                                   const records::Value& value) {
  KX_TRY(records, list(kind));
  std::erase_if(records, [&](const records::Record& record) {
    return record.value(*record.kind().find_field(field_name)) != value;
  });
  return records;
}

Result<std::vector<Dispute>> MemoryRecordStore::disputes() {
  std::vector<Dispute> disputes;
  for (const auto& [id, entry] : entries_) {
    for (const records::GroupNumber group : view_of(id, entry).disputed) {
      Dispute dispute{id, entry.kind, group, entry.heads.at(group), {}};
      if (group == records::existence_group) dispute.unseen_edits = unseen_edits(id, entry);
      disputes.push_back(std::move(dispute));
    }
  }
  return disputes;
}

Result<SyncState> MemoryRecordStore::sync_state(const Uuid& record) {
  KX_TRY(view, read(record));
  return view.sync_state;
}

Result<std::vector<Operation>> MemoryRecordStore::history(const Uuid& record, records::GroupNumber group) {
  std::vector<Operation> found;
  for (const Operation& operation : operations_) {
    if (operation.record == record && operation.group == group) found.push_back(operation);
  }
  std::ranges::sort(
      found, [](const Operation& a, const Operation& b) { return a.time != b.time ? a.time < b.time : a.id < b.id; });
  return found;
}

void MemoryRecordStore::receive(const Operation& operation) {
  hybrid_.observe(operation.time);
  Entry& entry = entries_[operation.record];
  entry.kind = operation.kind;
  std::vector<Head>& heads = entry.heads[operation.group];
  heads = apply(std::move(heads), operation);
  operations_.push_back(operation);
}

Status MemoryRecordStore::commit(std::span<const Edit> edits, const Uuid& person) {
  if (next_failure_) {
    const Error failure = *next_failure_;
    next_failure_.reset();
    return failure;
  }
  for (const Edit& edit : edits) {
    Operation operation{
        {writer_, ++sequence_}, hybrid_.next(), person, edit.record, edit.kind, edit.group, edit.seen, edit.values, {}};
    std::ranges::sort(operation.bases);
    receive(operation);
  }
  return {};
}

Status MemoryRecordStore::keep_pending(const PendingEdit& pending) {
  pending_.insert_or_assign({pending.edit.record, pending.edit.group}, pending);
  return {};
}

Result<std::vector<PendingEdit>> MemoryRecordStore::pending() {
  std::vector<PendingEdit> all;
  for (const auto& [key, edit] : pending_) all.push_back(edit);
  return all;
}

Status MemoryRecordStore::promote_pending() {
  for (const auto& [key, pending] : pending_) KX_CHECK(commit(std::span(&pending.edit, 1), pending.person));
  pending_.clear();
  return {};
}

Status MemoryRecordStore::promote_pending(const Uuid& record, records::GroupNumber group) {
  const auto found = pending_.find({record, group});
  if (found == pending_.end()) return {};
  const PendingEdit pending = found->second;
  pending_.erase(found);
  return commit(std::span(&pending.edit, 1), pending.person);
}

Result<StoreCounts> MemoryRecordStore::counts() {
  StoreCounts counts;
  counts.records = entries_.size();
  counts.operations = operations_.size();
  counts.unsealed_operations = operations_.size();
  counts.unsynced_operations = operations_.size();
  counts.pending = pending_.size();
  KX_TRY(open, disputes());
  counts.disputes = open.size();
  return counts;
}

}  // namespace kuangxun::tests
