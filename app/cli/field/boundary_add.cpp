#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/geo/measure_text.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/visit/actions.h"
#include "app/json/json_value.h"
#include "app/licence/boundaries.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr double square_metres_per_hectare = 10'000;

struct Add final : Command {
  std::string place_name;
  std::filesystem::path file;
  std::string accuracy;
  std::string source;
  std::string bottom;
  std::string top;
  std::string meridian;

  void describe(WordList& words) override {
    words.about(say_text("enter the corner table of a place"));
    take_place(words, place_name);
    words.argument("FILE", file, say_text("CSV or text, a corner a line"));
    words.option("--accuracy", "M", accuracy, say_text("accuracy of the corners, m (1 sigma); without it no verdicts"));
    words.option("--source", "TEXT", source, say_text("source, as the licence's number"));
    words.option("--bottom", "M", bottom, say_text("lowest elevation, m"));
    words.option("--top", "M", top, say_text("highest elevation, m"));
    take_meridian(words, meridian);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.writer());
    KX_TRY(place, inspect::find_record(*store, place_name, {}));
    inspect::Request request{place, {}, {}, file, {}};
    for (const auto& [name, text] : {std::pair("corner_accuracy_m", accuracy), std::pair("source", source),
                                     std::pair("elevation_bottom_m", bottom), std::pair("elevation_top_m", top),
                                     std::pair("central_meridian_deg", meridian)}) {
      if (!text.empty()) request.fields.push_back({name, text});
    }
    inspect::Desk desk = context.desk(*store);
    KX_TRY(id, inspect::run_action(desk, "boundary.add", request));
    KX_TRY(boundary, licence::boundary_of(*store, place));
    KX_TRY(area_m2, boundary->area_m2());
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("id", JsonValue::string(id.text()));
      json.add("rings", JsonValue::integer(boundary->rings().size()));
      json.add("area_ha", JsonValue::fixed(area_m2 / square_metres_per_hectare, 4));
      context.out << json::format_json(json) << '\n';
      return exit_done;
    }
    context.out << say_with("boundary {0} is recorded: {1} rings now, {2} ha together",
                            {id.text(), std::to_string(boundary->rings().size()), geo::hectares_text(area_m2)})
                << '\n';
    return exit_done;
  }
};

const Registered<Add> registered("boundary add", 411);

}  // namespace
}  // namespace kuangxun::cli
