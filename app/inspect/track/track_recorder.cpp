#include "app/inspect/track/track_recorder.h"

#include <algorithm>

#include "app/inspect/track/track.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/choices/datum.h"
#include "db/records/enumerations.h"
#include "db/records/handles/track_block.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;
using records::TrackPoint;

// By the points' own times: a recording that is read in has no other clock.
bool opens_another(const std::vector<TrackPoint>& points, const TrackPoint& point) {
  if (points.empty()) return false;
  const std::int64_t since_start_ms = point.time_ms - points.front().time_ms;
  return since_start_ms >= TrackRecorder::block_ms_max || since_start_ms < 0 ||
         points.size() >= limits::track_block_points_max || !records::fits_track_block(point, points.front().time_ms);
}

records::Record make_block(const Uuid& id, const Uuid& visit, const Uuid& first_block,
                           const std::vector<TrackPoint>& points, int offset_min, bool is_example) {
  records::Record record(id, records::kind_of(kinds::track_block));
  const std::int64_t started_at_ms = points.front().time_ms;
  record.set_value(records::track_block::visit, visit);
  if (!first_block.is_nil()) record.set_value(records::track_block::first_block, first_block);
  record.set_value(records::track_block::started_at, started_at_ms);
  record.set_value(records::track_block::started_offset_min, std::int64_t{offset_min});
  // Receivers speak of WGS 84; nothing is transformed.
  record.set_value(records::track_block::datum, records::datum::wgs84);
  record.set_value(records::track_block::points, records::encode_track_block(points, started_at_ms));
  if (is_example) record.set_value(records::track_block::is_example, std::int64_t{1});
  return record;
}

Status check_visit_of_track(Desk& desk, const Uuid& visit) {
  KX_TRY(view, desk.store.read(visit));
  if (view.record.kind().number != kinds::visit) {
    return Error(ErrorCode::bad_input, phrase("{0} is no visit", {visit.text()}));
  }
  if (!view.record.is_voided()) return {};
  return Error(ErrorCode::bad_input,
               phrase("visit {0} is voided ({1}): it takes no track", {visit.text(), view.record.void_reason()}));
}

}  // namespace

Result<TrackRecorder> TrackRecorder::begin(Desk& desk, const Uuid& visit, bool is_example, const TrackRules& rules) {
  KX_CHECK(check_visit_of_track(desk, visit));
  TrackRecorder recorder(visit, is_example, rules);
  KX_TRY(tracks, tracks_of(desk.store, visit));
  const std::int64_t oldest_ms = desk.clock.now_ms() - resume_ms_max;
  for (const Track& track : tracks) {
    if (track.person != desk.person || track.is_example != is_example || track.points.empty()) continue;
    if (track.points.back().time_ms < oldest_ms) continue;
    recorder.first_block_ = track.first_block;
    recorder.is_resumed_ = true;
    recorder.filter_.interrupt();
  }
  return recorder;
}

void TrackRecorder::begin_block(Desk& desk) {
  block_ = make_uuid(desk.clock, desk.random);
  points_kept_ = 0;
  since_wall_ms_ = desk.clock.now_ms();
  begun_steady_ms_ = desk.clock.steady_ms();
}

void TrackRecorder::close_block() {
  if (first_block_.is_nil()) first_block_ = block_;
  block_ = Uuid{};
  points_kept_ = 0;
}

records::Record TrackRecorder::block(Desk& desk) const {
  return make_block(block_, visit_, first_block_, points_, desk.offset_min, is_example_);
}

// Whoever seals (a sync, a bundle) makes operations of all that is pending: the block is then over.
Status TrackRecorder::notice_promotion(Desk& desk) {
  if (block_.is_nil() || points_kept_ == 0) return {};
  const auto seen = desk.store.read(block_);
  if (!seen.ok()) return seen.error().code() == ErrorCode::not_found ? Status() : Status(seen.error());
  points_.erase(points_.begin(), points_.begin() + static_cast<std::ptrdiff_t>(points_kept_));
  close_block();
  if (!points_.empty()) begin_block(desk);
  return {};
}

Status TrackRecorder::keep(Desk& desk) {
  KX_CHECK(notice_promotion(desk));
  unkept_since_ms_.reset();
  if (points_.empty()) return {};
  for (history::Edit& edit : history::edits_for_new(block(desk))) {
    const Status kept = desk.store.keep_pending({std::move(edit), desk.person, since_wall_ms_});
    if (!kept.ok()) {
      unkept_since_ms_ = desk.clock.steady_ms();  // tried again
      return kept;
    }
  }
  points_kept_ = points_.size();
  return {};
}

Status TrackRecorder::finish_block(Desk& desk) {
  if (block_.is_nil()) return {};
  KX_CHECK(keep(desk));
  if (block_.is_nil()) return {};
  for (const history::Edit& edit : history::edits_for_new(block(desk))) {
    KX_CHECK(desk.store.promote_pending(block_, edit.group));
  }
  points_.clear();
  close_block();
  return {};
}

Status TrackRecorder::append(Desk& desk, const TrackPoint& point) {
  Status status;
  if (opens_another(points_, point)) status = finish_block(desk);
  if (!status.ok() && points_.size() >= limits::track_block_points_max) return status;
  if (block_.is_nil()) begin_block(desk);
  if (last_ && (point.flags & records::track_flags::gap_before) == 0) length_m_ += distance_between_m(*last_, point);
  last_ = point;
  points_.push_back(point);
  if (!unkept_since_ms_) unkept_since_ms_ = desk.clock.steady_ms();
  return status;
}

Status TrackRecorder::take(Desk& desk, const gps::Fix& fix, bool is_settled) {
  const auto point = filter_.take(fix, is_settled);
  return point ? append(desk, *point) : Status();
}

std::optional<std::int64_t> TrackRecorder::due_ms() const {
  if (block_.is_nil()) return std::nullopt;
  const std::int64_t over_ms = begun_steady_ms_ + block_ms_max;
  return unkept_since_ms_ ? std::min(*unkept_since_ms_ + keep_ms, over_ms) : over_ms;
}

Status TrackRecorder::tick(Desk& desk) {
  const std::int64_t now_ms = desk.clock.steady_ms();
  if (!block_.is_nil() && now_ms - begun_steady_ms_ >= block_ms_max) return finish_block(desk);
  if (unkept_since_ms_ && now_ms - *unkept_since_ms_ >= keep_ms) return keep(desk);
  return {};
}

Status TrackRecorder::end(Desk& desk) {
  if (const auto point = filter_.take_last()) KX_CHECK(append(desk, *point));
  return finish_block(desk);
}

std::vector<RecordedFix> recorded_fixes(const std::vector<gps::Fix>& fixes) {
  constexpr std::size_t warm_up_fixes = 5;  // as the gate of a live receiver has it (app/gps/evidence_gate.h)
  std::vector<RecordedFix> recorded;
  for (const gps::Fix& fix : fixes) recorded.push_back({fix, recorded.size() >= warm_up_fixes, false});
  return recorded;
}

Result<std::vector<Uuid>> import_track(Desk& desk, const Uuid& visit, const std::vector<RecordedFix>& fixes,
                                       TrackFilter::Counts& counts) {
  KX_CHECK(check_visit_of_track(desk, visit));
  TrackFilter filter;
  std::vector<std::vector<TrackPoint>> blocks;
  const auto append = [&](const TrackPoint& point) {
    if (blocks.empty() || opens_another(blocks.back(), point)) blocks.emplace_back();
    blocks.back().push_back(point);
  };
  for (const RecordedFix& recorded : fixes) {
    if (recorded.is_after_gap) filter.interrupt();
    if (const auto point = filter.take(recorded.fix, recorded.is_settled)) append(*point);
  }
  if (const auto point = filter.take_last()) append(*point);
  counts = filter.counts();
  if (blocks.empty()) {
    return Error(ErrorCode::bad_input, phrase("no measured fix with its date and time: it makes no track"));
  }
  KX_TRY(known, tracks_of(desk.store, visit));
  for (const Track& track : known) {
    // Its first block is enough: two walks never share a minute of points.
    if (std::ranges::search(track.points, blocks.front()).empty()) continue;
    return Error(ErrorCode::bad_input, phrase("the visit has this recording already; it was not taken twice"));
  }
  std::vector<Uuid> ids;
  std::vector<history::Edit> edits;
  for (std::size_t i = 0; i < blocks.size(); ++i) ids.push_back(make_uuid(desk.clock, desk.random));
  std::ranges::sort(ids);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Uuid first = i == 0 ? Uuid{} : ids.front();
    for (history::Edit& edit :
         history::edits_for_new(make_block(ids[i], visit, first, blocks[i], desk.offset_min, false))) {
      edits.push_back(std::move(edit));
    }
  }
  KX_CHECK(commit(desk, edits));
  return ids;
}

}  // namespace kuangxun::inspect
