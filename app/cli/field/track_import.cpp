#include <fstream>

#include "app/cli/command.h"
#include "app/cli/receiver.h"
#include "app/cli/shared_words.h"
#include "app/gps/decode.h"
#include "app/gpx/gpx.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/track/track.h"
#include "app/inspect/track/track_recorder.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

// GPX says no accuracy; its points have none.
inspect::RecordedFix fix_of(const gpx::TrackPoint& point) {
  inspect::RecordedFix recorded;
  gps::Fix& fix = recorded.fix;
  fix.utc_ms = point.utc_ms;
  fix.latitude_nanodegrees = point.latitude_nanodegrees;
  fix.longitude_nanodegrees = point.longitude_nanodegrees;
  fix.mode = point.height_mm ? gps::FixMode::three_d : gps::FixMode::two_d;
  fix.satellites = point.satellites;
  fix.hdop_e2 = point.hdop_e2;
  recorded.is_after_gap = point.begins_segment;
  return recorded;
}

Result<std::vector<inspect::RecordedFix>> read_recording(const std::filesystem::path& path) {
  constexpr std::size_t looked_at = 4096;
  std::string beginning(looked_at, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  if (!gpx::is_gpx(beginning)) {
    KX_TRY(fixes, gps::decode_file(path));
    return inspect::recorded_fixes(fixes);
  }
  KX_TRY(text, read_text_file(path, limits::gpx_bytes_max));
  const auto points = gpx::read_tracks(text);
  if (!points.ok()) return points.error().within(path.string());
  std::vector<inspect::RecordedFix> recorded;
  for (const gpx::TrackPoint& point : *points) recorded.push_back(fix_of(point));
  return recorded;
}

struct Import final : Command {
  std::filesystem::path path;
  std::string visit_id;

  void describe(WordList& words) override {
    words.about(say_text("make a track of a receiver's recording (NMEA or GPX)"));
    words.argument("FILE", path, say_text("a recording of a receiver"));
    take_visit(words, visit_id);
  }
  Result<int> run(Context& context) override {
    KX_TRY(fixes, read_recording(path));
    KX_TRY(store, context.office.writer());
    inspect::Desk desk = context.desk(*store);
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    inspect::TrackFilter::Counts counts;
    const auto blocks = inspect::import_track(desk, visit, fixes, counts);
    if (!blocks.ok()) return blocks.error().within(path.string());
    return print_counts(context, counts);
  }
};

const Registered<Import> registered("track import", 422);

}  // namespace
}  // namespace kuangxun::cli
