#include "tests/simulation/merge_model.h"

#include <algorithm>

namespace kuangxun::simulation {
using history::Operation;
using history::OperationId;

namespace {

// The county's kinds, by their numbers on the wire; everything from the first of them on is the county's.
constexpr records::KindNumber device_kind = 64;
constexpr records::KindNumber decision_kind = 67;
constexpr std::uint64_t no_end = (std::uint64_t{1} << 40) - 1;
constexpr records::GroupNumber existence = 0;

const records::Value* value_of(const Operation* operation, records::FieldNumber field) {
  if (operation == nullptr) return nullptr;
  for (const records::FieldValue& value : operation->values) {
    if (value.field == field) return &value.value;
  }
  return nullptr;
}

std::int64_t integer_of(const Operation* operation, records::FieldNumber field) {
  const records::Value* value = value_of(operation, field);
  const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
  return number == nullptr ? 0 : *number;
}

Uuid id_of(const Operation* operation, records::FieldNumber field) {
  const records::Value* value = value_of(operation, field);
  const auto* id = value == nullptr ? nullptr : std::get_if<Uuid>(value);
  return id == nullptr ? Uuid{} : *id;
}

bool voids(const Operation* operation) {
  return operation->group == existence && integer_of(operation, 1) == 1;
}

bool names(const Operation* operation, const OperationId& base) {
  return std::ranges::find(operation->bases, base) != operation->bases.end();
}

std::string text_of(const ShownCell& cell) {
  std::string text = cell.is_disputed ? "disputed" : "one value";
  for (const auto& [id, values] : cell.heads) {
    text += ", " + id.text() + "=";
    for (const records::FieldValue& value : values) {
      text += std::to_string(value.field) + ":";
      if (const auto* number = std::get_if<std::int64_t>(&value.value)) text += std::to_string(*number);
      if (const auto* words = std::get_if<std::string>(&value.value)) text += *words;
      text += " ";
    }
  }
  return text;
}

}  // namespace

std::string CellName::text() const {
  return "kind " + std::to_string(kind) + " record " + record.text() + " group " + std::to_string(group);
}

std::string first_difference(const Projection& one, const Projection& other) {
  for (const auto& [name, cell] : one) {
    const auto its = other.find(name);
    if (its == other.end()) return name.text() + ": (" + text_of(cell) + ") against nothing";
    if (its->second != cell) return name.text() + ": (" + text_of(cell) + ") against (" + text_of(its->second) + ")";
  }
  for (const auto& [name, cell] : other) {
    if (!one.contains(name)) return name.text() + ": nothing against (" + text_of(cell) + ")";
  }
  return {};
}

MergeModel::MergeModel(const Operations& operations, const Uuid& county) : operations_(operations), county_(county) {
  for (const auto& [id, operation] : operations_) {
    cells_[{operation->kind, operation->record, operation->group}].push_back(operation.get());
  }
  // Twice: a decision whose own bases are missing decides nothing.
  for (int i = 0; i < 2; ++i) {
    read_decisions();
    find_parked();
  }
  show();
  show_void_disputes();
}

bool MergeModel::covers(const OperationId& id) const {
  const auto ranges = covered_.find(id.writer);
  if (ranges == covered_.end()) return false;
  for (const Range& range : ranges->second) {
    if (range.first <= id.sequence && id.sequence <= range.last) return true;
  }
  return false;
}

bool MergeModel::is_hidden(const Operation& operation) const {
  if (operation.id.writer.device == county_) return false;
  return operation.kind >= device_kind || covers(operation.id);
}

std::vector<const Operation*> MergeModel::heads_of(const Cell& cell) const {
  std::vector<const Operation*> shown;
  for (const Operation* operation : cell) {
    if (!is_hidden(*operation) && !parked_.contains(operation->id)) shown.push_back(operation);
  }
  std::vector<const Operation*> heads;
  for (const Operation* one : shown) {
    const bool is_past = std::ranges::any_of(shown, [&](const Operation* other) { return names(other, one->id); });
    if (!is_past) heads.push_back(one);
  }
  return heads;
}

// What a county's record says when two of its chains disagree: the later one, as everywhere.
const Operation* MergeModel::newest_head(const CellName& name) const {
  const auto cell = cells_.find(name);
  if (cell == cells_.end()) return nullptr;
  const Operation* newest = nullptr;
  for (const Operation* head : heads_of(cell->second)) {
    if (newest == nullptr || std::pair(newest->time, newest->id) < std::pair(head->time, head->id)) newest = head;
  }
  return newest;
}

void MergeModel::read_decisions() {
  std::map<history::WriterId, std::vector<Range>> covered;
  for (const auto& [name, cell] : cells_) {
    if ((name.kind != device_kind && name.kind != decision_kind) || name.group != 1) continue;
    const Operation* subject = newest_head(name);
    const Operation* voided = newest_head({name.kind, name.record, existence});
    if (subject == nullptr || (voided != nullptr && voids(voided))) continue;
    const history::WriterId writer{id_of(subject, 1), static_cast<std::uint32_t>(integer_of(subject, 2))};
    Range range;
    if (name.kind == device_kind) {
      range = {static_cast<std::uint64_t>(integer_of(newest_head({name.kind, name.record, 7}), 7)), no_end};
    } else if (integer_of(newest_head({name.kind, name.record, 5}), 5) == 1) {
      range = {static_cast<std::uint64_t>(integer_of(subject, 3)), static_cast<std::uint64_t>(integer_of(subject, 4))};
    }
    if (range.first >= 1 && range.first <= range.last && writer.device != county_) covered[writer].push_back(range);
  }
  covered_ = std::move(covered);
}

// Takes operations up as long as there is one whose bases are all there.
void MergeModel::find_parked() {
  std::set<OperationId> known;
  std::map<OperationId, std::vector<OperationId>> waiting;
  std::vector<OperationId> fresh;
  const auto is_ready = [&](const Operation& operation) {
    return is_hidden(operation) || std::ranges::all_of(operation.bases, [&](const OperationId& base) {
             return known.contains(base) || covers(base);
           });
  };
  for (const auto& [id, operation] : operations_) {
    if (is_ready(*operation)) {
      known.insert(id);
      fresh.push_back(id);
    } else {
      for (const OperationId& base : operation->bases) waiting[base].push_back(id);
    }
  }
  while (!fresh.empty()) {
    const OperationId id = fresh.back();
    fresh.pop_back();
    for (const OperationId& next : waiting[id]) {
      if (known.contains(next) || !is_ready(*operations_.at(next))) continue;
      known.insert(next);
      fresh.push_back(next);
    }
  }
  parked_.clear();
  for (const auto& [id, operation] : operations_) {
    if (!known.contains(id)) parked_.insert(id);
  }
}

std::string MergeModel::first_waiting() const {
  for (const OperationId& id : parked_) {
    for (const OperationId& base : operations_.at(id)->bases) {
      if (operations_.contains(base) || covers(base)) continue;
      return id.text() + " for " + base.text() + " (" + std::to_string(parked_.size()) + " wait)";
    }
  }
  return parked_.empty() ? std::string() : parked_.begin()->text() + " for one that waits for it";
}

void MergeModel::show() {
  for (const auto& [name, cell] : cells_) {
    ShownCell shown;
    for (const Operation* head : heads_of(cell)) {
      shown.heads.emplace(head->id, head->values);
      shown.is_disputed = shown.is_disputed || head->values != shown.heads.begin()->second;
    }
    if (!shown.heads.empty()) projection_.emplace(name, std::move(shown));
  }
}

// A voided record is disputed when somebody edited it and nobody who voided it had seen that.
void MergeModel::show_void_disputes() {
  for (auto& [name, cell] : projection_) {
    if (name.group != existence) continue;
    std::vector<const Operation*> voiding;
    for (const auto& [id, values] : cell.heads) {
      const Operation* operation = operations_.at(id).get();
      if (voids(operation)) voiding.push_back(operation);
    }
    if (voiding.empty()) continue;
    for (auto other = projection_.upper_bound(name);
         other != projection_.end() && other->first.kind == name.kind && other->first.record == name.record; ++other) {
      for (const auto& [id, values] : other->second.heads) {
        const bool was_seen =
            std::ranges::any_of(voiding, [&](const Operation* operation) { return names(operation, id); });
        cell.is_disputed = cell.is_disputed || !was_seen;
      }
    }
  }
}

std::uint64_t MergeModel::disputes() const {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(projection_, [](const auto& entry) { return entry.second.is_disputed; }));
}

}  // namespace kuangxun::simulation
