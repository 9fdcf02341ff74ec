#pragma once

#include <string_view>
#include <vector>

#include "db/history/record_store.h"

namespace kuangxun::inspect {

// The record that a person means: its id, or the exact name of exactly one record that stands (not voided) among the
// kinds. not_found when there is none, bad_input when several have the name (the message lists their ids) or the id is
// of another kind. `kinds` empty: an id of any kind, a name of any place.
Result<Uuid> find_record(history::RecordReader& store, std::string_view id_or_name,
                         const std::vector<records::KindNumber>& kinds);

// Every kind that can be visited.
const std::vector<records::KindNumber>& place_kinds();

// "采矿权、修复项目" / "mining right, restoration project".
std::string kind_labels(const std::vector<records::KindNumber>& kinds);

}  // namespace kuangxun::inspect
