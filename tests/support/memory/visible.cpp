#include "tests/support/memory/visible.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/records/kinds.h"

namespace kuangxun::tests {
using history::Operation;

namespace {

// Numbers of the fields of the county's kinds, as kinds_county.cpp has them.
enum DeviceField : records::FieldNumber { device_id = 1, device_epoch = 2, device_key = 3, revoked_from = 7 };
enum DecisionField : records::FieldNumber { decided_device = 1, decided_epoch = 2, first = 3, last = 4, hidden = 5 };

const records::Value* find(const history::Head& head, records::FieldNumber field) {
  for (const records::FieldValue& value : head.values) {
    if (value.field == field) return &value.value;
  }
  return nullptr;
}

std::uint64_t number(const history::Head& head, records::FieldNumber field) {
  const records::Value* value = find(head, field);
  const auto* found = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
  return found == nullptr ? 0 : static_cast<std::uint64_t>(*found);
}

history::WriterId writer_in(const history::Head& head, records::FieldNumber device, records::FieldNumber epoch) {
  const records::Value* value = find(head, device);
  const auto* id = value == nullptr ? nullptr : std::get_if<Uuid>(value);
  return {id == nullptr ? Uuid{} : *id, static_cast<std::uint32_t>(number(head, epoch))};
}

}  // namespace

void Visible::forget() {
  has_read_ = false;
  known_.clear();
}

std::vector<history::Head> Visible::county_heads(const RecordCells& record, records::GroupNumber group) {
  const auto cell = record.find(group);
  return cell == record.end() ? std::vector<history::Head>() : heads(cell->second);
}

bool Visible::is_voided(const RecordCells& record) {
  const auto existence = county_heads(record, records::existence_group);
  return !existence.empty() && number(history::shown_head(existence), history::existence_voided_field) == 1;
}

void Visible::cover(const history::WriterId& writer, std::uint64_t first_sequence, std::uint64_t last_sequence) {
  const bool is_range = first_sequence >= 1 && first_sequence <= last_sequence && last_sequence <= limits::sequence_max;
  if (is_range && writer.device != state_.county.county) covered_[writer].push_back({first_sequence, last_sequence});
}

void Visible::read_device(const RecordCells& record) {
  const auto names = county_heads(record, device_id);
  for (const history::Head& head : names) {
    PublicKey key;
    const records::Value* value = find(head, device_key);
    const auto* bytes = value == nullptr ? nullptr : std::get_if<Bytes>(value);
    if (bytes == nullptr || bytes->size() != key.bytes.size()) continue;
    std::ranges::copy(*bytes, key.bytes.begin());
    keys_[writer_in(head, device_id, device_epoch)].push_back(key);
  }
  const auto revocations = county_heads(record, revoked_from);
  if (names.empty() || revocations.empty()) return;
  const history::WriterId writer = writer_in(history::shown_head(names), device_id, device_epoch);
  cover(writer, number(history::shown_head(revocations), revoked_from), limits::sequence_max);
}

void Visible::read_decision(const RecordCells& record) {
  const auto ranges = county_heads(record, decided_device);
  const auto verdicts = county_heads(record, hidden);
  if (ranges.empty() || verdicts.empty() || number(history::shown_head(verdicts), hidden) != 1) return;
  const history::Head& range = history::shown_head(ranges);
  cover(writer_in(range, decided_device, decided_epoch), number(range, first), number(range, last));
}

void Visible::read_decisions() {
  if (has_read_) return;
  has_read_ = true;
  covered_.clear();
  keys_.clear();
  const auto each_of = [&](records::KindNumber kind, const auto& visit) {
    for (auto record = state_.records.lower_bound({kind, Uuid{}});
         record != state_.records.end() && record->first.first == kind; ++record) {
      if (!is_voided(record->second)) visit(record->second);
    }
  };
  each_of(records::kinds::device, [&](const RecordCells& record) { read_device(record); });
  each_of(records::kinds::decision, [&](const RecordCells& record) { read_decision(record); });
}

std::vector<PublicKey> Visible::keys_of(const history::WriterId& writer) {
  read_decisions();
  const auto found = keys_.find(writer);
  return found == keys_.end() ? std::vector<PublicKey>() : found->second;
}

bool Visible::is_covered(const history::OperationId& id) {
  if (id.writer.device == state_.county.county) return false;
  read_decisions();
  const auto ranges = covered_.find(id.writer);
  return ranges != covered_.end() && std::ranges::any_of(ranges->second, [&](const Range& range) {
           return range.first <= id.sequence && id.sequence <= range.last;
         });
}

bool Visible::is_hidden(const Operation& operation) {
  if (operation.id.writer.device == state_.county.county) return false;
  const records::KindDescription* kind = records::find_kind(operation.kind);
  constexpr records::KindNumber first_county_kind = 64;
  const bool is_countys = kind != nullptr ? kind->is_county_only : operation.kind >= first_county_kind;
  return is_countys || is_covered(operation.id);
}

bool Visible::is_known(const history::OperationId& id) {
  if (known_.contains(id) || is_covered(id)) return true;
  const auto found = state_.operations.find(id);
  return found != state_.operations.end() && !is_parked(*found->second);
}

bool Visible::is_parked(const Operation& operation) {
  if (known_.contains(operation.id) || is_hidden(operation)) return false;
  if (!asking_.insert(operation.id).second) return true;
  const bool has_all = std::ranges::all_of(operation.bases, [&](const auto& base) { return is_known(base); });
  asking_.erase(operation.id);
  if (has_all) known_.insert(operation.id);
  return !has_all;
}

std::vector<history::Head> Visible::heads(const CellOperations& cell) {
  std::vector<const Operation*> shown;
  for (const OperationPointer& operation : cell) {
    if (is_shown(*operation)) shown.push_back(operation.get());
  }
  std::vector<history::Head> heads;
  for (const Operation* operation : shown) {
    const bool is_superseded = std::ranges::any_of(
        shown, [&](const Operation* other) { return std::ranges::binary_search(other->bases, operation->id); });
    if (!is_superseded) heads.push_back({operation->id, operation->time, operation->person, operation->values});
  }
  std::ranges::sort(heads, {}, &history::Head::id);
  return heads;
}

}  // namespace kuangxun::tests
