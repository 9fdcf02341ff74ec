#include "app/cli/command.h"
#include "app/cli/marker_text.h"
#include "app/cli/shared_words.h"
#include "app/geo/position_text.h"
#include "app/inspect/edit/reference.h"
#include "app/json/json_value.h"
#include "db/base/calendar.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr int shown_decimals = 9;

Result<JsonValue> corner_json(history::RecordStore& store, const std::vector<licence::Corner>& corners,
                              const licence::Corner& corner, const licence::SeenMarker* seen) {
  JsonValue json = JsonValue::object();
  json.add("boundary", JsonValue::string(corner.boundary.text()));
  json.add("corner", JsonValue::integer(corner.number));
  json.add("latitude_deg", JsonValue::decimal(corner.position.latitude_nanodegrees, shown_decimals));
  json.add("longitude_deg", JsonValue::decimal(corner.position.longitude_nanodegrees, shown_decimals));
  if (seen == nullptr) {
    json.add("marker", JsonValue());
    return json;
  }
  KX_TRY(marker, marker_json(store, corners, seen->marker, seen->visited_ms));
  json.add("marker", std::move(marker));
  return json;
}

struct Show final : Command {
  std::string place_name;

  void describe(WordList& words) override {
    words.about(
        say_text("a place's corners and what their markers were last; exit code 1 when one is damaged or lost"));
    take_place(words, place_name);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(place, inspect::find_record(*store, place_name, {}));
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
      if (context.is_json) {
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
    if (context.is_json) context.out << json::format_json(all) << '\n';
    return is_wrong ? exit_answer_is_no : exit_done;
  }
};

const Registered<Show> registered("boundary show", 414);

}  // namespace
}  // namespace kuangxun::cli
