#include <algorithm>

#include "db/frames/payload.h"
#include "db/records/validate.h"
#include "tests/support/memory/memory_laptop_store.h"
#include "tests/support/memory/memory_laptop_transaction.h"

// The half of the memory laptop that people use.
namespace kuangxun::tests {
using namespace history;

const RecordCells* MemoryLaptopStore::find(const Uuid& id, records::KindNumber& kind) const {
  for (const records::KindDescription& one : records::all_kinds()) {
    const auto found = state_.records.find({one.number, id});
    if (found == state_.records.end()) continue;
    kind = one.number;
    return &found->second;
  }
  return nullptr;
}

std::vector<Head> MemoryLaptopStore::unseen_edits(const RecordCells& cells) {
  const auto existence = cells.find(records::existence_group);
  if (existence == cells.end()) return {};
  // An edit that one standing void saw has been decided on, whatever another void saw.
  std::vector<OperationId> seen;
  bool is_voided = false;
  for (const Head& head : visible_.heads(existence->second)) {
    const Operation& operation = *state_.operations.at(head.id);
    if (!operation.is_void()) continue;
    is_voided = true;
    seen.insert(seen.end(), operation.bases.begin(), operation.bases.end());
  }
  std::ranges::sort(seen);
  std::vector<Head> unseen;
  if (!is_voided) return unseen;
  for (const auto& [group, cell] : cells) {
    if (group == records::existence_group) continue;
    for (Head& head : unseen_by_void(seen, visible_.heads(cell))) unseen.push_back(std::move(head));
  }
  return unseen;
}

RecordView MemoryLaptopStore::view_of(const RecordName& name, const RecordCells& cells) {
  RecordView view{records::Record(name.second, records::kind_of(name.first)), {}, {}, SyncState::on_laptop};
  for (const auto& [group, cell] : cells) {
    std::vector<Head> heads = visible_.heads(cell);
    if (heads.empty()) continue;
    const Head& shown = shown_head(heads);
    if (group == records::existence_group) {
      bool voided = false;
      std::string reason;
      for (const records::FieldValue& value : shown.values) {
        if (value.field == existence_voided_field) voided = value.value == records::Value(std::int64_t{1});
        const auto* text = std::get_if<std::string>(&value.value);
        if (value.field == existence_reason_field && text != nullptr) reason = *text;
      }
      view.record.set_voided(voided, reason);
      if (is_disputed(heads) || !unseen_edits(cells).empty()) view.disputed.push_back(group);
    } else {
      for (const records::FieldValue& value : shown.values) {
        const records::FieldDescription* field = view.record.kind().find_field(value.field);
        if (field != nullptr && records::fits_type(*field, value.value)) view.record.set_value(*field, value.value);
      }
      if (is_disputed(heads)) view.disputed.push_back(group);
    }
    view.heads.emplace(group, std::move(heads));
  }
  return view;
}

std::vector<std::pair<RecordName, RecordView>> MemoryLaptopStore::views() {
  std::vector<std::pair<RecordName, RecordView>> views;
  for (const auto& [name, cells] : state_.records) {
    if (records::find_kind(name.first) == nullptr) continue;
    RecordView view = view_of(name, cells);
    if (!view.heads.empty()) views.emplace_back(name, std::move(view));
  }
  return views;
}

Result<RecordView> MemoryLaptopStore::read(const Uuid& id) {
  records::KindNumber kind = 0;
  const RecordCells* cells = find(id, kind);
  RecordView view{records::Record(id, records::all_kinds().front()), {}, {}, SyncState::on_laptop};
  if (cells != nullptr) view = view_of({kind, id}, *cells);
  if (view.heads.empty()) return Error(ErrorCode::not_found, "no record " + id.text());
  KX_TRY(state, sync_state(id));
  view.sync_state = state;
  return view;
}

Result<std::vector<records::Record>> MemoryLaptopStore::list(records::KindNumber kind) {
  std::vector<records::Record> records;
  for (auto record = state_.records.lower_bound({kind, Uuid{}});
       record != state_.records.end() && record->first.first == kind; ++record) {
    const RecordView view = view_of(record->first, record->second);
    if (!view.heads.empty()) records.push_back(view.record);
  }
  return records;
}

Result<std::vector<records::Record>> MemoryLaptopStore::list_where(records::KindNumber kind,
                                                                   std::string_view field_name,
                                                                   const records::Value& value) {
  KX_TRY(records, list(kind));
  std::erase_if(records, [&](const records::Record& record) {
    return record.value(*record.kind().find_field(field_name)) != value;
  });
  return records;
}

Result<std::vector<Dispute>> MemoryLaptopStore::disputes() {
  std::vector<Dispute> disputes;
  for (const auto& [name, cells] : state_.records) {
    if (records::find_kind(name.first) == nullptr) continue;
    const RecordView view = view_of(name, cells);
    for (const records::GroupNumber group : view.disputed) {
      Dispute dispute{name.second, name.first, group, view.heads.at(group), {}};
      if (group == records::existence_group) dispute.unseen_edits = unseen_edits(cells);
      disputes.push_back(std::move(dispute));
    }
  }
  return disputes;
}

Result<SyncState> MemoryLaptopStore::sync_state(const Uuid& record) {
  records::KindNumber kind = 0;
  const RecordCells* cells = find(record, kind);
  if (cells == nullptr) return SyncState::on_laptop;
  SyncState state = SyncState::applied;
  for (const auto& [group, cell] : *cells) {
    for (const Head& head : visible_.heads(cell)) {
      if (head.id.writer.device != state_.device) continue;
      const auto progress = state_.progress.find(head.id.writer);
      const frames::ChainProgress known =
          progress == state_.progress.end() ? frames::ChainProgress{} : progress->second;
      if (head.id.sequence > known.stored_through) return SyncState::on_laptop;
      if (head.id.sequence > known.applied_through) state = SyncState::stored;
    }
  }
  return state;
}

Result<std::vector<Operation>> MemoryLaptopStore::history(const Uuid& record, records::GroupNumber group) {
  std::vector<Operation> found;
  records::KindNumber kind = 0;
  const RecordCells* cells = find(record, kind);
  if (cells == nullptr || !cells->contains(group)) return found;
  for (const OperationPointer& operation : cells->at(group)) found.push_back(*operation);
  std::ranges::sort(
      found, [](const Operation& a, const Operation& b) { return a.time != b.time ? a.time < b.time : a.id < b.id; });
  return found;
}

Status MemoryLaptopStore::commit(std::span<const Edit> edits, const Uuid& person) {
  std::vector<OperationPointer> operations;
  for (const Edit& edit : edits) {
    Operation operation;
    operation.id = {own_writer(), state_.last_own() + operations.size() + 1};
    operation.time = hybrid_.next();
    operation.person = person;
    operation.record = edit.record;
    operation.kind = edit.kind;
    operation.group = edit.group;
    operation.bases = edit.seen;
    operation.values = edit.values;
    std::ranges::sort(operation.bases);
    KX_CHECK(frames::check_encodable(operation));
    operations.push_back(std::make_shared<const Operation>(std::move(operation)));
  }
  Transaction transaction(*this);
  for (const OperationPointer& operation : operations) {
    KX_CHECK(add(operation));
    state_.pending.erase({operation->record, operation->group});
  }
  transaction.commit();
  return {};
}

Status MemoryLaptopStore::keep_pending(const PendingEdit& pending) {
  Transaction transaction(*this);
  KX_CHECK(write());
  state_.pending.insert_or_assign({pending.edit.record, pending.edit.group}, pending);
  transaction.commit();
  return {};
}

Result<std::vector<PendingEdit>> MemoryLaptopStore::pending() {
  std::vector<PendingEdit> all;
  for (const auto& [key, edit] : state_.pending) all.push_back(edit);
  return all;
}

Status MemoryLaptopStore::promote_pending() {
  while (!state_.pending.empty()) {
    const PendingEdit pending = state_.pending.begin()->second;
    KX_CHECK(commit(std::span(&pending.edit, 1), pending.person));
  }
  return {};
}

Status MemoryLaptopStore::promote_pending(const Uuid& record, records::GroupNumber group) {
  const auto found = state_.pending.find({record, group});
  if (found == state_.pending.end()) return {};
  const PendingEdit pending = found->second;
  return commit(std::span(&pending.edit, 1), pending.person);
}

Result<StoreCounts> MemoryLaptopStore::counts() {
  StoreCounts counts;
  for (const auto& [writer, chain] : state_.chains) counts.frames += chain.size();
  counts.records = state_.records.size();
  counts.operations = state_.operations.size();
  counts.unsealed_operations = state_.last_own() - state_.through(own_writer());
  counts.pending = state_.pending.size();
  counts.quarantined = state_.not_believed.size() + state_.waiting.size() + state_.forked.size();
  for (const auto& [id, operation] : state_.operations) {
    counts.parked += visible_.is_parked(*operation) ? 1 : 0;
    if (id.writer.device != state_.device) continue;
    const auto progress = state_.progress.find(id.writer);
    if (progress != state_.progress.end() && id.sequence <= progress->second.stored_through) continue;
    ++counts.unsynced_operations;
    if (counts.oldest_unsynced_ms == 0 || operation->time.wall_ms < counts.oldest_unsynced_ms) {
      counts.oldest_unsynced_ms = operation->time.wall_ms;
    }
  }
  KX_TRY(open, disputes());
  counts.disputes = open.size();
  return counts;
}

}  // namespace kuangxun::tests
