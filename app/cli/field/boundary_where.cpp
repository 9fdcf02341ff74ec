#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/cli/typed_position.h"
#include "app/geo/boundary.h"
#include "app/inspect/edit/reference.h"
#include "app/json/json_value.h"
#include "app/licence/boundaries.h"
#include "db/language/language.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

namespace kinds = records::kinds;

std::string standing_text(geo::Standing standing) {
  switch (standing) {
    case geo::Standing::inside:
      return say_text("inside");
    case geo::Standing::outside:
      return say_text("outside");
    case geo::Standing::cannot_tell:
      break;
  }
  return say_text("cannot be determined");
}

struct Asked {
  geo::Position position;
  std::optional<std::int64_t> accuracy_mm;
};

JsonValue placement_json(const geo::Placement& placement) {
  JsonValue json = JsonValue::object();
  json.add("standing", JsonValue::string(geo::name_of(placement.standing)));
  json.add("distance_m", JsonValue::fixed(placement.distance_m, 3));
  json.add("is_at_least", JsonValue::boolean(placement.is_at_least));
  json.add("probability_inside",
           placement.probability_inside ? JsonValue::fixed(*placement.probability_inside, 4) : JsonValue());
  json.add("reason", JsonValue::string(reason_of(placement)));
  return json;
}

struct Where final : Command {
  std::string place_name;
  std::string position_text;
  std::string accuracy;
  std::string meridian;

  void describe(WordList& words) override {
    words.about(say_text("a point inside, outside, or not to be told; exit code 1 when outside"));
    take_place(words, place_name);
    take_position(words, position_text);
    words.option("--accuracy", "M", accuracy, say_text("accuracy, m (1 sigma); a recorded point has its own"));
    take_meridian(words, meridian);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(place, inspect::find_record(*store, place_name, {}));
    KX_TRY(boundary, licence::boundary_of(*store, place));
    if (!boundary) {
      return Error(ErrorCode::not_found, phrase("this place has no boundary yet; enter its corner table with boundary "
                                                "add"));
    }
    KX_TRY(asked, read_asked(*store));
    KX_TRY(placement, geo::place(asked.position, asked.accuracy_mm, *boundary));
    if (context.is_json) {
      context.out << json::format_json(placement_json(placement)) << '\n';
    } else {
      context.out << standing_text(placement.standing) << say_text(": ") << reason_of(placement) << '\n';
    }
    return placement.standing == geo::Standing::outside ? exit_answer_is_no : exit_done;
  }

 private:
  // A point of the store with the accuracy it was measured with, or coordinates with what --accuracy says.
  Result<Asked> read_asked(history::RecordReader& store) {
    Asked asked;
    if (const auto id = parse_uuid(position_text); id.ok()) {
      KX_TRY(found, inspect::find_record(store, position_text, {kinds::gps_point}));
      KX_TRY(view, store.read(found));
      if (!view.record.has(records::gps_point::latitude_deg)) {
        return Error(ErrorCode::bad_input, phrase("this point has no coordinates"));
      }
      asked.position = {view.record.integer(records::gps_point::latitude_deg),
                        view.record.integer(records::gps_point::longitude_deg)};
      if (view.record.has(records::gps_point::accuracy_m))
        asked.accuracy_mm = view.record.integer(records::gps_point::accuracy_m) * 10;
      return asked;
    }
    KX_TRY(meridian_deg, read_meridian(meridian));
    KX_TRY(position, read_any_position(position_text, meridian_deg));
    asked.position = position;
    KX_TRY(accuracy_mm, read_accuracy_mm(accuracy));
    asked.accuracy_mm = accuracy_mm;
    return asked;
  }
};

const Registered<Where> registered("boundary where", 412);

}  // namespace
}  // namespace kuangxun::cli
