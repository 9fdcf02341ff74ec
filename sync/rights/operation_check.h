#pragma once

#include <optional>
#include <string>

#include "db/history/operation.h"
#include "sync/rights/registry.h"

namespace kuangxun::rights {

// Why the county hides an operation: a code of records::decision_code, and words for the people who run the county.
struct Objection {
  std::int64_t code = 0;
  std::string reason;
  bool operator==(const Objection&) const = default;
};

// Why an operation that was read well contradicts the description of its record, or the empty text. Ranges are no
// reason: what was recorded is kept and shown as it is. Kinds, groups, fields and forms of values that this program
// does not know are no reason either: a newer program wrote them; they are kept, passed on and not shown.
std::string why_meaningless(const history::Operation& operation);

// Everything that is wrong with an operation of a laptop: meaning, the person's signature, and the right to write this
// kind. The role of a change is the lesser of the device's and the person's; a person counts for more than an officer
// only with a valid signature by an enrolled key of theirs. Unknown persons may write what officers may: a claim.
std::optional<Objection> find_objection(const Registry& registry, const history::Operation& operation);

}  // namespace kuangxun::rights
