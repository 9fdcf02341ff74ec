#include "app/cli/marker_text.h"

#include "db/base/calendar.h"
#include "db/records/enumerations.h"
#include "db/records/handles/corner_marker.h"

namespace kuangxun::cli {

using json::JsonValue;

std::string state_code(const records::Record& marker) {
  const auto* option = records::marker_state_enumeration.find(marker.integer(records::corner_marker::state));
  return option == nullptr ? std::string() : std::string(option->code);
}

Result<JsonValue> marker_json(history::RecordStore& store, const std::vector<licence::Corner>& corners,
                              const records::Record& marker, std::int64_t visited_ms) {
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(marker.id().text()));
  json.add("state", JsonValue::string(state_code(marker)));
  json.add("visit", JsonValue::string(marker.reference(records::corner_marker::visit).text()));
  json.add("visited_at", JsonValue::string(format_instant(visited_ms, beijing_offset_min)));
  json.add("point", marker.has(records::corner_marker::point)
                        ? JsonValue::string(marker.reference(records::corner_marker::point).text())
                        : JsonValue());
  json.add("photo", marker.has(records::corner_marker::photo)
                        ? JsonValue::string(marker.reference(records::corner_marker::photo).text())
                        : JsonValue());
  json.add("note", JsonValue::string_or_null(marker.text(records::corner_marker::note)));
  KX_TRY(text, licence::marker_text(store, corners, marker));
  json.add("text", JsonValue::string(text));
  return json;
}

}  // namespace kuangxun::cli
