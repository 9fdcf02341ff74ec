#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/track/track.h"
#include "app/json/json_value.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

std::string metres_text(double metres) {
  return format_decimal(static_cast<std::int64_t>(metres * 10 + 0.5), 1);
}

struct List final : Command {
  std::string visit_id;

  void describe(WordList& words) override {
    words.about(say_text("the tracks of a visit"));
    take_visit(words, visit_id);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    KX_TRY(tracks, inspect::tracks_of(*store, visit));
    JsonValue all = JsonValue::array();
    for (const inspect::Track& track : tracks) {
      const std::string started = format_instant(track.points.front().time_ms, beijing_offset_min);
      const std::string ended = format_instant(track.points.back().time_ms, beijing_offset_min);
      if (!context.is_json) {
        context.out << track.first_block.text() << "  " << started << " – " << ended << "  "
                    << say_with("{0} points, {1} m, {2} gaps",
                                {std::to_string(track.points.size()), metres_text(track.length_m()),
                                 std::to_string(track.gaps())})
                    << '\n';
        continue;
      }
      JsonValue json = JsonValue::object();
      json.add("id", JsonValue::string(track.first_block.text()));
      json.add("person", JsonValue::string(track.person.text()));
      json.add("started_at", JsonValue::string(started));
      json.add("ended_at", JsonValue::string(ended));
      json.add("blocks", JsonValue::integer(track.blocks));
      json.add("points", JsonValue::integer(track.points.size()));
      json.add("length_m", JsonValue::number(metres_text(track.length_m())));
      json.add("gaps", JsonValue::integer(track.gaps()));
      all.push(std::move(json));
    }
    if (context.is_json) context.out << json::format_json(all) << '\n';
    return exit_done;
  }
};

const Registered<List> registered("track list", 423);

}  // namespace
}  // namespace kuangxun::cli
