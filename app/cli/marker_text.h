#pragma once

#include "app/json/json_value.h"
#include "app/licence/corner_markers.h"

// A corner marker as scripts get it.
namespace kuangxun::cli {

// "intact", "damaged", "lost".
std::string state_code(const records::Record& marker);
// `visited_ms` is when the visit began.
Result<json::JsonValue> marker_json(history::RecordStore& store, const std::vector<licence::Corner>& corners,
                                    const records::Record& marker, std::int64_t visited_ms);

}  // namespace kuangxun::cli
