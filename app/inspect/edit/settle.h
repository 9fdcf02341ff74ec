#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/inspect/edit/document.h"

namespace kuangxun::inspect {

// How people and scripts name a dispute: "<record id>/<first field of the group>", or "<record id>/existence" when one
// voided what another edited.
std::string dispute_id(const history::Dispute& dispute);
// The same for a group of a record.
std::string group_name(const records::KindDescription& kind, records::GroupNumber group);

// The group as people call it: its fields' labels, or whether the record stands.
std::string group_label(const records::KindDescription& kind, records::GroupNumber group);
// What a head says, "label value; label value"; of a void operation its reason.
std::string values_text(const records::KindDescription& kind, const history::Head& head);
std::string void_text(const history::Head& head);

// The open dispute of that name; not_found when it is settled or never was.
Result<history::Dispute> find_dispute(history::RecordReader& store, std::string_view id);

// Settles a dispute by taking one of its values as it stands: `operation` is the head that carries it. For existence:
// the void's operation keeps the record void, an edit's brings it back.
Status take_operation(Desk& desk, const history::Dispute& dispute, std::string_view operation);

// Settles a dispute by entering the fields of the group anew; fields of the group that are not named stay empty.
Status settle_with(Desk& desk, const history::Dispute& dispute, std::span<const FieldText> fields);

}  // namespace kuangxun::inspect
