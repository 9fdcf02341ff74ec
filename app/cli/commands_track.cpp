#include <filesystem>
#include <fstream>

#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/gps/county_gate.h"
#include "app/gps/decode.h"
#include "app/gps/fix_stream.h"
#include "app/gps/open_source.h"
#include "app/gpx/gpx.h"
#include "app/inspect/reference.h"
#include "app/inspect/track.h"
#include "app/inspect/track_recorder.h"
#include "db/base/decimal.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

// Tracks: recorded as a receiver speaks, read in from a recording, listed.
namespace kuangxun::cli {
namespace {

constexpr std::int64_t ms_per_s = 1000;

std::string metres_text(double metres) {
  return format_decimal(static_cast<std::int64_t>(metres * 10 + 0.5), 1);
}

Result<Uuid> find_visit(Context& context, history::RecordStore& store) {
  return inspect::find_record(store, context.invocation.visit, {records::kinds::visit});
}

int print_counts(Context& context, const inspect::TrackFilter::Counts& counts) {
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("points", JsonValue::integer(counts.kept));
    json.add("near", JsonValue::integer(counts.near));
    json.add("outliers", JsonValue::integer(counts.outliers));
    json.add("unusable", JsonValue::integer(counts.unusable));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  context.out << say_with("{0} points; passed over: {1} too near, {2} jumps, {3} unusable",
                          {std::to_string(counts.kept), std::to_string(counts.near), std::to_string(counts.outliers),
                           std::to_string(counts.unusable)})
              << '\n';
  return exit_done;
}

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

}  // namespace

Result<int> run_track_record(Context& context) {
  Clock& clock = context.clock();
  KX_TRY(store, context.office.writer());
  inspect::Desk desk = context.desk(*store);
  KX_TRY(visit, find_visit(context, *store));
  KX_TRY(rules, store->list(records::kinds::positioning_rules));
  KX_TRY(source, gps::open_source(context.invocation.file, 1, clock));
  KX_TRY(recorder, inspect::TrackRecorder::begin(desk, visit));
  gps::EvidenceGate gate(gps::gate_limits(records::read_positioning_rules(rules)));
  gps::FixStream stream(std::move(source), clock);
  const std::int64_t begun_ms = clock.steady_ms();
  const std::int64_t most_ms = context.invocation.seconds * ms_per_s;
  while (!stream.ended() && (most_ms == 0 || clock.steady_ms() - begun_ms < most_ms)) {
    if (const auto fix = stream.next()) {
      const gps::GateVerdict verdict = gate.judge(*fix, clock.steady_ms());
      KX_CHECK(recorder.take(desk, *fix, verdict != gps::GateVerdict::warming_up));
    }
    KX_CHECK(recorder.tick(desk));
  }
  KX_CHECK(recorder.end(desk));
  if (stream.error()) return *stream.error();
  return print_counts(context, recorder.counts());
}

Result<int> run_track_import(Context& context) {
  const std::filesystem::path path = context.invocation.file;
  KX_TRY(fixes, read_recording(path));
  KX_TRY(store, context.office.writer());
  inspect::Desk desk = context.desk(*store);
  KX_TRY(visit, find_visit(context, *store));
  inspect::TrackFilter::Counts counts;
  const auto blocks = inspect::import_track(desk, visit, fixes, counts);
  if (!blocks.ok()) return blocks.error().within(path.string());
  return print_counts(context, counts);
}

Result<int> run_track_list(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(visit, find_visit(context, *store));
  KX_TRY(tracks, inspect::tracks_of(*store, visit));
  JsonValue all = JsonValue::array();
  for (const inspect::Track& track : tracks) {
    const std::string started = format_instant(track.points.front().time_ms, beijing_offset_min);
    const std::string ended = format_instant(track.points.back().time_ms, beijing_offset_min);
    if (!context.invocation.json) {
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
    json.add("blocks", JsonValue::integer(static_cast<std::int64_t>(track.blocks)));
    json.add("points", JsonValue::integer(static_cast<std::int64_t>(track.points.size())));
    json.add("length_m", JsonValue::number(metres_text(track.length_m())));
    json.add("gaps", JsonValue::integer(static_cast<std::int64_t>(track.gaps())));
    all.push(std::move(json));
  }
  if (context.invocation.json) context.out << format_json(all) << '\n';
  return exit_done;
}

}  // namespace kuangxun::cli
