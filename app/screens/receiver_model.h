#pragma once

#include "app/gps/averager.h"
#include "app/inspect/track_filter.h"
#include "app/inspect/walk.h"
#include "app/screens/receiver.h"

namespace kuangxun::screens {

// What the window knows of a receiver. Window thread.
struct ReceiverModel {
  std::unique_ptr<Receiver> receiver;  // none: not running
  bool is_example = false;             // a recording to practise with
  bool ended = false;
  std::string error;
  gps::ReceiverState state;
  gps::NmeaScanner::Counts heard;
  gps::GateLimits limits;  // what the county asked when it was started
  std::optional<JudgedFix> latest;
  std::int64_t fixes = 0;
  std::int64_t accepted = 0;
  bool is_live = false;  // it speaks now; else a recording is played
  bool is_averaging = false;
  bool is_enough = false;  // the averaging ended by its rule: what comes after is left out
  gps::StopRule stop;
  gps::Averager averager;
  // The track that is being recorded; nothing while none is.
  struct Track {
    std::int64_t points = 0;
    double length_m = 0;
    bool is_resumed = false;
  };
  std::optional<Track> track;
  // The outline that is being walked, along the track; nothing while none is. Lost with the window, the track is not.
  struct Walk {
    inspect::TrackFilter filter{inspect::TrackRules{}};
    std::vector<records::TrackPoint> points;
    std::vector<std::string> points_taken;  // gps-points, in their order
    inspect::LiveWalk live;
  };
  std::optional<Walk> walk;
  std::vector<JudgedFix> for_track;  // what its recorder has not taken yet

  void take_news() {
    if (!receiver) return;
    ReceiverNews news = receiver->take_news();
    state = news.state;
    heard = news.heard;
    ended = news.ended;
    error = std::move(news.error);
    for (JudgedFix& judged : news.fixes) {
      ++fixes;
      if (judged.verdict == gps::GateVerdict::accepted) {
        ++accepted;
        if (is_averaging && !is_enough && averager.add(judged.fix)) is_enough = averager.is_enough(stop);
      }
      if (track) for_track.push_back(judged);
      latest = std::move(judged);
    }
  }
};

}  // namespace kuangxun::screens
