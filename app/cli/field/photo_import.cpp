#include "app/inspect/photo/photo_import.h"
#include "app/cli/command.h"
#include "app/geo/measure_text.h"
#include "app/inspect/edit/reference.h"
#include "app/json/json_value.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;
using Outcome = inspect::ImportedPhoto::Outcome;

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::placed_on_track:
      return "placed-on-track";
    case Outcome::placed_by_camera:
      return "placed-by-camera";
    case Outcome::without_position:
      return "without-position";
    case Outcome::known_already:
      return "known-already";
    case Outcome::refused:
      break;
  }
  return "refused";
}

Result<std::int64_t> milliseconds(const std::string& text, std::int64_t otherwise, std::string_view word) {
  if (text.empty()) return otherwise;
  const auto value = parse_decimal(text, 3);
  if (value.ok()) return *value;
  return Error(ErrorCode::usage, phrase("{0} is in seconds", {word}));
}

JsonValue photo_json(const inspect::ImportedPhoto& photo) {
  JsonValue json = JsonValue::object();
  json.add("file", JsonValue::string(photo.file));
  json.add("outcome", JsonValue::string(outcome_name(photo.outcome)));
  json.add("id", JsonValue::string_or_null(photo.photo.is_nil() ? "" : photo.photo.text()));
  json.add("accuracy_m", JsonValue::decimal(photo.accuracy_mm, 3));
  json.add("reason", JsonValue::string_or_null(photo.reason));
  return json;
}

struct Import final : Command {
  std::string folder;
  std::string visit_id;
  std::string clock;
  std::string clock_uncertainty;

  void describe(WordList& words) override {
    words.about(
        say_text("take in a folder's photos, placed on the track by their time; exit code 1 when one did not go"));
    words.argument("FOLDER", folder, say_text("a folder with JPEG photos"));
    words.option("--visit", "ID", visit_id, say_text("the visit (else that of the time they were taken at)"));
    words.option("--clock", "S", clock, say_text("seconds that the camera's clock is behind (ahead: negative)"));
    words.option("--clock-uncertainty", "S", clock_uncertainty,
                 say_text("how many seconds that may be wrong (else 2)"));
  }
  Result<int> run(Context& context) override {
    inspect::PhotoImport import;
    import.folder = folder;
    KX_TRY(ahead_ms, milliseconds(clock, 0, "--clock"));
    KX_TRY(uncertainty_ms, milliseconds(clock_uncertainty, import.clock_uncertainty_ms, "--clock-uncertainty"));
    import.clock_ahead_ms = ahead_ms;
    import.clock_uncertainty_ms = std::abs(uncertainty_ms);
    import.thumbnails = context.office.folder() / "thumbnails";
    KX_TRY(store, context.office.writer());
    inspect::Desk desk = context.desk(*store);
    if (!visit_id.empty()) {
      KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
      import.visit = visit;
    }
    KX_TRY(photos, inspect::import_photos(desk, import));
    JsonValue all = JsonValue::array();
    bool is_all = true;
    for (const inspect::ImportedPhoto& photo : photos) {
      is_all = is_all && photo.outcome != Outcome::refused;
      if (context.is_json) {
        all.push(photo_json(photo));
        continue;
      }
      context.out << photo.file << "  " << inspect::outcome_text(photo.outcome);
      if (photo.accuracy_mm) context.out << "  " << geo::accuracy_text(*photo.accuracy_mm);
      if (!photo.reason.empty()) context.out << "  " << photo.reason;
      context.out << '\n';
    }
    if (context.is_json) context.out << json::format_json(all) << '\n';
    if (photos.empty()) {
      context.err << say_with("{0} holds no JPEG photo", {folder}) << '\n';
    }
    return is_all ? exit_done : exit_answer_is_no;
  }
};

const Registered<Import> registered("photo import", 441);

}  // namespace
}  // namespace kuangxun::cli
