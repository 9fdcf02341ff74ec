#include "app/inspect/track_recorder.h"
#include "app/screens/visit_making.h"
#include "app/screens/workbench.h"
#include "db/language/language.h"

namespace kuangxun::screens {

Status Workbench::start_track(const Uuid& visit) {
  KX_CHECK(stop_track());
  const Making making = this->making();
  KX_TRY(facts, read_visit(making.store(), visit));
  if (receiver_.is_example && !is_example(facts.place)) {
    return Error(ErrorCode::bad_input,
                 phrase("the example recording's positions are invented; they are for example places only"));
  }
  KX_TRY(recorder, inspect::TrackRecorder::begin(world_.desk, visit, receiver_.is_example));
  receiver_.track = ReceiverModel::Track{0, 0, recorder.is_resumed()};
  track_ = std::move(recorder);
  return {};
}

Status Workbench::tick_track() {
  if (!track_) return {};
  // On an error the recorder keeps the points for the next try.
  Status status;
  bool has_walked = false;
  for (const JudgedFix& judged : std::exchange(receiver_.for_track, {})) {
    const bool is_settled = judged.verdict != gps::GateVerdict::warming_up;
    if (receiver_.walk) {
      if (const auto point = receiver_.walk->filter.take(judged.fix, is_settled)) {
        receiver_.walk->points.push_back(*point);
        has_walked = true;
      }
    }
    if (const Status taken = track_->take(world_.desk, judged.fix, is_settled); !taken.ok()) status = taken;
  }
  if (has_walked) receiver_.walk->live = inspect::measure_walk(receiver_.walk->points);
  receiver_.track->points = track_->counts().kept;
  receiver_.track->length_m = track_->length_m();
  KX_CHECK(status);
  return track_->tick(world_.desk);
}

Status Workbench::keep_track() {
  KX_CHECK(tick_track());
  return track_ ? track_->finish_block(world_.desk) : Status();
}

Status Workbench::stop_track() {
  if (!track_) return {};
  KX_CHECK(tick_track());
  const Status ended = track_->end(world_.desk);
  // What could not be written stands in the pending row, and becomes an operation at the next start.
  track_.reset();
  receiver_.track.reset();
  receiver_.walk.reset();
  receiver_.for_track.clear();
  return ended;
}

}  // namespace kuangxun::screens
