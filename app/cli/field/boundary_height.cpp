#include "app/cli/command.h"
#include "app/inspect/edit/reference.h"
#include "app/json/json_value.h"
#include "app/licence/heights.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Height final : Command {
  std::string point;

  void describe(WordList& words) override {
    words.about(say_text("a point's 1985 height against the elevations; exit code 1 when beyond them"));
    words.argument("POINT", point,
                   say_text("id of a point; by a benchmark of the same visit or the county's height offset"));
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(id, inspect::find_record(*store, point, {records::kinds::gps_point}));
    KX_TRY(view, store->read(id));
    KX_TRY(visit, store->read(view.record.reference(records::common::visit)));
    KX_TRY(verdict, licence::point_elevation(*store, view.record, visit.record.reference(records::visit::place)));
    if (!verdict) {
      return Error(ErrorCode::not_found, phrase("the boundaries of this place have no elevations that agree and are "
                                                "not in dispute"));
    }
    const bool is_outside =
        verdict->standing == geo::ElevationStanding::above || verdict->standing == geo::ElevationStanding::below;
    const std::string name = verdict->standing == geo::ElevationStanding::within  ? "within"
                             : verdict->standing == geo::ElevationStanding::above ? "above"
                             : verdict->standing == geo::ElevationStanding::below ? "below"
                                                                                  : "unknown";
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("standing", JsonValue::string(name));
      json.add("height_1985_m", JsonValue::decimal(verdict->height_1985_mm, 3));
      json.add("uncertainty_95_m", JsonValue::decimal(verdict->uncertainty_mm, 3));
      json.add("reason", JsonValue::string(verdict->reason));
      context.out << json::format_json(json) << '\n';
    } else {
      context.out << verdict->reason << '\n';
    }
    return is_outside ? exit_answer_is_no : exit_done;
  }
};

const Registered<Height> registered("boundary height", 413);

}  // namespace
}  // namespace kuangxun::cli
