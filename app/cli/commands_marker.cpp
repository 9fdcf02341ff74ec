#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/typed_position.h"
#include "app/geo/position_text.h"
#include "app/inspect/actions.h"
#include "app/inspect/corner_markers.h"
#include "app/inspect/reference.h"
#include "app/licence/corner_markers.h"
#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/corner_marker.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

// Corner markers (界桩): recorded on a visit, and shown by corner.
namespace kuangxun::cli {
namespace {

namespace kinds = records::kinds;

constexpr int degrees_scale = 9;
constexpr int shown_decimals = 9;

// A point of the store, or one that is typed with it.
Status add_position(const Invocation& invocation, std::vector<inspect::FieldText>& fields) {
  if (invocation.position.empty()) return {};
  if (const auto id = parse_uuid(invocation.position); id.ok()) {
    fields.push_back({"point", invocation.position});
    return {};
  }
  KX_TRY(meridian_deg, read_meridian(invocation.meridian));
  KX_TRY(position, read_any_position(invocation.position, meridian_deg));
  KX_TRY(accuracy_mm, read_accuracy_mm(invocation.accuracy));
  const auto add = [&](std::string_view name, std::string text) {
    fields.push_back({std::string(inspect::marker_point_prefix) + std::string(name), std::move(text)});
  };
  add("latitude_deg", format_decimal(position.latitude_nanodegrees, degrees_scale));
  add("longitude_deg", format_decimal(position.longitude_nanodegrees, degrees_scale));
  add("datum", "cgcs2000");
  add("source", "typed");
  // Rounded up, so that it never promises more.
  if (accuracy_mm) add("accuracy_m", format_decimal((*accuracy_mm + 9) / 10, 2));
  return {};
}

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

Result<JsonValue> corner_json(history::RecordStore& store, const std::vector<licence::Corner>& corners,
                              const licence::Corner& corner, const licence::SeenMarker* seen) {
  JsonValue json = JsonValue::object();
  json.add("boundary", JsonValue::string(corner.boundary.text()));
  json.add("corner", JsonValue::integer(corner.number));
  json.add("latitude_deg", JsonValue::number(format_decimal(corner.position.latitude_nanodegrees, degrees_scale)));
  json.add("longitude_deg", JsonValue::number(format_decimal(corner.position.longitude_nanodegrees, degrees_scale)));
  if (seen == nullptr) {
    json.add("marker", JsonValue());
    return json;
  }
  KX_TRY(marker, marker_json(store, corners, seen->marker, seen->visited_ms));
  json.add("marker", std::move(marker));
  return json;
}

}  // namespace

Result<int> run_boundary_marker(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(store, context.office.writer());
  KX_TRY(visit, inspect::find_record(*store, invocation.visit, {kinds::visit}));
  inspect::Request request{visit, {{"corner", invocation.corner}, {"state", invocation.state}}, {}, {}, {}};
  for (const auto& [name, text] : {std::pair("boundary", invocation.boundary), std::pair("photo", invocation.photo),
                                   std::pair("note", invocation.note)}) {
    if (!text.empty()) request.fields.push_back({name, text});
  }
  KX_CHECK(add_position(invocation, request.fields));
  inspect::Desk desk = context.desk(*store);
  KX_TRY(id, inspect::run_action(desk, "marker.add", request));
  KX_TRY(view, store->read(id));
  KX_TRY(of, store->read(visit));
  KX_TRY(corners, licence::corners_of_place(*store, of.record.reference(records::visit::place)));
  if (context.invocation.json) {
    KX_TRY(json, marker_json(*store, corners, view.record, of.record.integer(records::visit::started_at)));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  KX_TRY(text, licence::marker_text(*store, corners, view.record));
  context.out << say_with("the marker {0} is recorded  {1}", {id.text(), text}) << '\n';
  return exit_done;
}

Result<int> run_boundary_show(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(place, inspect::find_record(*store, context.invocation.id, {}));
  KX_TRY(corners, licence::corners_of_place(*store, place));
  if (corners.empty()) {
    return Error(ErrorCode::not_found, phrase("this place has no boundary yet; enter its corner table with boundary "
                                              "add"));
  }
  KX_TRY(markers, licence::markers_of_place(*store, place));
  JsonValue all = JsonValue::array();
  bool is_wrong = false;
  for (const licence::Corner& corner : corners) {
    const licence::SeenMarker* seen = licence::newest_of(markers, corner);
    if (seen != nullptr && state_code(seen->marker) != "intact") is_wrong = true;
    if (context.invocation.json) {
      KX_TRY(json, corner_json(*store, corners, corner, seen));
      all.push(std::move(json));
      continue;
    }
    context.out << corner.name << "  " << geo::format_position_degrees(corner.position, shown_decimals) << "  ";
    if (seen == nullptr) {
      context.out << say_text("no marker recorded") << '\n';
      continue;
    }
    KX_TRY(text, licence::marker_text(*store, corners, seen->marker));
    context.out << format_minute(seen->visited_ms, beijing_offset_min) << "  " << text << '\n';
  }
  if (context.invocation.json) context.out << format_json(all) << '\n';
  return is_wrong ? exit_answer_is_no : exit_done;
}

}  // namespace kuangxun::cli
