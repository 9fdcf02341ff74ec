#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/inspect/track/track_recorder.h"
#include "app/inspect/track/walk.h"
#include "app/receiver/listener.h"

namespace kuangxun::receiver {

// The way that is walked on a visit: a track that is written as it comes, and along it, while somebody wants one, the
// outline of an area. At most one of each; they belong to the visit that they were begun for, wherever one looks
// meanwhile. Owner's thread.
class Route {
 public:
  struct Track {
    Uuid visit;
    std::int64_t points = 0;
    double length_m = 0;
    bool is_resumed = false;
  };
  // Lost with the program; the track, from which the same outline can be made, is not.
  struct Walk {
    std::vector<records::TrackPoint> points;
    std::vector<std::string> points_taken;  // gps-points, in their order
    inspect::LiveWalk live;
  };

  // Ends the track before, and the walk with it.
  Status begin(inspect::Desk& desk, const Uuid& visit, bool is_example);
  Status end(inspect::Desk& desk);
  // Begins a track too where none of this visit is being recorded.
  Status begin_walk(inspect::Desk& desk, const Uuid& visit, bool is_example);
  void drop_walk();
  // The gps-point was taken on the walk.
  void note_point(const Uuid& visit, const Uuid& point);

  // Every fix, in order; nothing is written before tick().
  void take(const JudgedFix& judged);
  // What came since goes into the recorder, and what is due into the store. On an error nothing is lost.
  Status tick(inspect::Desk& desk);
  // The same, and what was walked until now becomes an operation: the store is about to be sealed or closed.
  Status keep(inspect::Desk& desk);
  // The steady time at which tick() has something to do although nothing comes.
  std::optional<std::int64_t> due_ms() const { return recorder_ ? recorder_->due_ms() : std::nullopt; }

  const std::optional<Track>& track() const { return track_; }
  // nullptr when none of this visit is under way.
  const Walk* walk_of(const Uuid& visit) const;

 private:
  std::optional<inspect::TrackRecorder> recorder_;
  std::optional<Track> track_;
  std::optional<Walk> walk_;
  inspect::TrackFilter walk_filter_;
  std::vector<JudgedFix> waiting_;  // what the recorder has not taken yet
};

}  // namespace kuangxun::receiver
