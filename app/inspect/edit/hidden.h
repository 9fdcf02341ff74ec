#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/history/record_store.h"

namespace kuangxun::inspect {

// What somebody recorded and the county does not let count, with the reason its people gave. It stays in the log, is
// shown as what it is, and comes back when the county releases it.
struct HiddenChange {
  history::Operation operation;
  std::string code;    // "no-right", "fork", ...; "revoked" when the device was revoked
  std::string label;   // the same for people
  std::string reason;  // as the county wrote it; may be empty
  std::int64_t decided_ms = 0;
};

// By record, each in display order. More than a few thousand are cut: status counts them all.
using HiddenChanges = std::map<Uuid, std::vector<HiddenChange>>;
Result<HiddenChanges> hidden_changes(history::RecordReader& store);

// "no-right: …" for people, in one sentence with the day.
std::string hidden_text(const HiddenChange& change);

}  // namespace kuangxun::inspect
