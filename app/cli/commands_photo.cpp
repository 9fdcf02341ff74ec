#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/inspect/photo_import.h"
#include "app/inspect/reference.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

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
  json.add("accuracy_m", photo.accuracy_mm ? JsonValue::number(format_decimal(*photo.accuracy_mm, 3)) : JsonValue());
  json.add("reason", JsonValue::string_or_null(photo.reason));
  return json;
}

}  // namespace

Result<int> run_photo_import(Context& context) {
  const Invocation& invocation = context.invocation;
  inspect::PhotoImport import;
  import.folder = invocation.file;
  KX_TRY(ahead_ms, milliseconds(invocation.clock, 0, "--clock"));
  KX_TRY(uncertainty_ms,
         milliseconds(invocation.clock_uncertainty, import.clock_uncertainty_ms, "--clock-uncertainty"));
  import.clock_ahead_ms = ahead_ms;
  import.clock_uncertainty_ms = std::abs(uncertainty_ms);
  import.thumbnails = context.office.folder() / "thumbnails";
  KX_TRY(store, context.office.writer());
  inspect::Desk desk = context.desk(*store);
  if (!invocation.visit.empty()) {
    KX_TRY(visit, inspect::find_record(*store, invocation.visit, {records::kinds::visit}));
    import.visit = visit;
  }
  KX_TRY(photos, inspect::import_photos(desk, import));
  JsonValue all = JsonValue::array();
  bool is_all = true;
  for (const inspect::ImportedPhoto& photo : photos) {
    is_all = is_all && photo.outcome != Outcome::refused;
    if (invocation.json) {
      all.push(photo_json(photo));
      continue;
    }
    context.out << photo.file << "  " << inspect::outcome_text(photo.outcome);
    if (photo.accuracy_mm) context.out << "  ± " << format_decimal((*photo.accuracy_mm + 99) / 100, 1) << " m";
    if (!photo.reason.empty()) context.out << "  " << photo.reason;
    context.out << '\n';
  }
  if (invocation.json) context.out << format_json(all) << '\n';
  if (photos.empty()) {
    context.err << say_with("{0} holds no JPEG photo", {invocation.file}) << '\n';
  }
  return is_all ? exit_done : exit_answer_is_no;
}

}  // namespace kuangxun::cli
