#pragma once

#include "db/history/operation.h"

// Which changes a person signs with their own key. A device's word is enough for what officers enter all day.
namespace kuangxun::history {

// Nobody accepts it without: it needs more than an officer may do.
bool needs_person_signature(records::KindNumber kind);
// It is worth one when the person's key is at hand: besides those above the seal of a visit, the settling of a dispute,
// a record voided or restored.
bool deserves_person_signature(const Operation& operation);

}  // namespace kuangxun::history
