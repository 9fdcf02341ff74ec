#include "app/inspect/edit/hidden.h"

#include <algorithm>

#include "db/base/calendar.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/decision.h"
#include "db/records/handles/device.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

constexpr std::size_t changes_max = 5000;

// A run of operations of one writer with what the county says of it.
struct Verdict {
  history::WriterId writer;
  std::int64_t first = 0;
  std::int64_t last = 0;
  HiddenChange words;  // without the operation
};

std::optional<Verdict> verdict_of_decision(const records::Record& decision) {
  if (decision.is_voided() || decision.integer(records::decision::is_hidden) == 0) return std::nullopt;
  Verdict verdict;
  verdict.writer = {decision.reference(records::decision::device),
                    static_cast<std::uint32_t>(decision.integer(records::decision::epoch))};
  verdict.first = decision.integer(records::decision::first_sequence);
  verdict.last = decision.integer(records::decision::last_sequence);
  if (const auto* code = records::decision_code_enumeration.find(decision.integer(records::decision::code))) {
    verdict.words.code = code->code;
    verdict.words.label = either(code->chinese, code->english);
  }
  verdict.words.reason = decision.text(records::decision::reason);
  verdict.words.decided_ms = decision.integer(records::decision::decided_at);
  return verdict;
}

std::optional<Verdict> verdict_of_device(const records::Record& device) {
  if (device.is_voided() || !device.has(records::device::revoked_from_sequence)) return std::nullopt;
  Verdict verdict;
  verdict.writer = {device.reference(records::device::device),
                    static_cast<std::uint32_t>(device.integer(records::device::epoch))};
  verdict.first = device.integer(records::device::revoked_from_sequence);
  verdict.last = INT64_MAX;
  verdict.words.code = "revoked";
  verdict.words.label = say("the device was revoked");
  verdict.words.reason = device.text(records::device::revocation_reason);
  verdict.words.decided_ms = device.integer(records::device::revoked_at);
  return verdict;
}

Result<std::vector<Verdict>> read_verdicts(history::RecordReader& store) {
  std::vector<Verdict> verdicts;
  KX_TRY(decisions, store.list(records::kinds::decision));
  for (const records::Record& decision : decisions) {
    if (auto verdict = verdict_of_decision(decision)) verdicts.push_back(std::move(*verdict));
  }
  KX_TRY(devices, store.list(records::kinds::device));
  for (const records::Record& device : devices) {
    if (auto verdict = verdict_of_device(device)) verdicts.push_back(std::move(*verdict));
  }
  return verdicts;
}

}  // namespace

Result<HiddenChanges> hidden_changes(history::RecordReader& store) {
  HiddenChanges changes;
  KX_TRY(operations, store.hidden_operations(changes_max));
  if (operations.empty()) return changes;
  KX_TRY(verdicts, read_verdicts(store));
  for (history::Operation& operation : operations) {
    const auto sequence = static_cast<std::int64_t>(operation.id.sequence);
    const auto covers = [&](const Verdict& verdict) {
      return verdict.writer == operation.id.writer && verdict.first <= sequence && sequence <= verdict.last;
    };
    const auto found = std::ranges::find_if(verdicts, covers);
    HiddenChange change = found != verdicts.end() ? found->words : HiddenChange{};
    change.operation = std::move(operation);
    changes[change.operation.record].push_back(std::move(change));
  }
  for (auto& [record, list] : changes) {
    std::ranges::sort(list, {},
                      [](const HiddenChange& change) { return std::tie(change.operation.time, change.operation.id); });
  }
  return changes;
}

std::string hidden_text(const HiddenChange& change) {
  std::string text = change.label.empty() ? say_text("hidden by the county") : change.label;
  if (!change.reason.empty()) text += say_text(": ") + change.reason;
  if (change.decided_ms == 0) return text;
  return text + say_with(" ({0})", {format_minute(change.decided_ms, beijing_offset_min)});
}

}  // namespace kuangxun::inspect
