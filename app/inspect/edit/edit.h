#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/inspect/edit/document.h"

namespace kuangxun::inspect {

// Edits fields of one record as a form would. The other fields of a touched merge group keep their values; every edit
// names the heads that were seen. bad_input (nothing changed) for unknown fields, wrong values, a field in dispute
// (settle it first), a voided record, and evidence that was signed. Fields that already have the value make no edit.
Status set_fields(Desk& desk, const Uuid& record, std::span<const FieldText> fields);
// The same up to the commit: what would change, of each merge group that does.
Result<std::vector<history::Edit>> prepare_fields(Desk& desk, const Uuid& id, std::span<const FieldText> fields);

// Marks a record as void; it stays visible with the reason. Evidence, places and units can be voided; the reason must
// not be empty.
Status void_record(Desk& desk, const Uuid& record, const std::string& reason);

}  // namespace kuangxun::inspect
