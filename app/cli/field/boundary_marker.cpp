#include "app/cli/command.h"
#include "app/cli/marker_text.h"
#include "app/cli/shared_words.h"
#include "app/cli/typed_position.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/visit/actions.h"
#include "app/inspect/visit/corner_markers.h"
#include "app/json/json_value.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr int degrees_scale = 9;

struct Marker final : Command {
  std::string corner;
  std::string state;
  std::string visit_id;
  std::string position_text;
  std::string accuracy;
  std::string boundary;
  std::string photo;
  std::string note;
  std::string meridian;

  void describe(WordList& words) override {
    words.about(say_text("record the boundary marker that was seen on a visit"));
    words.argument("CORNER", corner, say_text("number of the corner, see boundary show"));
    words.argument("STATE", state, say_text("intact, damaged or lost"));
    words.option("--visit", "ID", visit_id, say_text("the visit it was seen on")).required();
    words.option("--at", "POSITION", position_text, say_text("where it was seen: the id of a point, or coordinates"));
    words.option("--accuracy", "M", accuracy, say_text("accuracy of those coordinates, m (1 sigma)"));
    words.option("--boundary", "ID", boundary, say_text("which boundary, where the place has several"));
    words.option("--photo", "ID", photo, say_text("id of a photo"));
    words.option("--note", "TEXT", note, say_text("a remark"));
    take_meridian(words, meridian);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.writer());
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    inspect::Request request{visit, {{"corner", corner}, {"state", state}}, {}, {}, {}};
    for (const auto& [name, text] :
         {std::pair("boundary", boundary), std::pair("photo", photo), std::pair("note", note)}) {
      if (!text.empty()) request.fields.push_back({name, text});
    }
    KX_CHECK(add_position(request.fields));
    inspect::Desk desk = context.desk(*store);
    KX_TRY(id, inspect::run_action(desk, "marker.add", request));
    KX_TRY(view, store->read(id));
    KX_TRY(of, store->read(visit));
    KX_TRY(corners, licence::corners_of_place(*store, of.record.reference(records::visit::place)));
    if (context.is_json) {
      KX_TRY(json, marker_json(*store, corners, view.record, of.record.integer(records::visit::started_at)));
      context.out << json::format_json(json) << '\n';
      return exit_done;
    }
    KX_TRY(text, licence::marker_text(*store, corners, view.record));
    context.out << say_with("the marker {0} is recorded  {1}", {id.text(), text}) << '\n';
    return exit_done;
  }

 private:
  // A point of the store, or one that is typed with it.
  Status add_position(std::vector<inspect::FieldText>& fields) const {
    if (position_text.empty()) return {};
    if (const auto id = parse_uuid(position_text); id.ok()) {
      fields.push_back({"point", position_text});
      return {};
    }
    KX_TRY(meridian_deg, read_meridian(meridian));
    KX_TRY(position, read_any_position(position_text, meridian_deg));
    KX_TRY(accuracy_mm, read_accuracy_mm(accuracy));
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
};

const Registered<Marker> registered("boundary marker", 415);

}  // namespace
}  // namespace kuangxun::cli
