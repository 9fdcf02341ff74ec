#pragma once

#include "app/gps/averager.h"
#include "app/screens/receiver.h"

namespace kuangxun::screens {

// What the window knows of a receiver. Window thread.
struct ReceiverModel {
  std::unique_ptr<Receiver> receiver;  // none: not running
  bool is_example = false;             // a recording to practise with
  bool ended = false;
  std::string error;
  gps::ReceiverState state;
  gps::GateLimits limits;  // what the county asked when it was started
  std::optional<JudgedFix> latest;
  std::int64_t fixes = 0;
  std::int64_t accepted = 0;
  bool is_averaging = false;
  gps::Averager averager;

  void take_news() {
    if (!receiver) return;
    ReceiverNews news = receiver->take_news();
    state = news.state;
    ended = news.ended;
    error = std::move(news.error);
    for (JudgedFix& judged : news.fixes) {
      ++fixes;
      if (judged.verdict == gps::GateVerdict::accepted) {
        ++accepted;
        if (is_averaging) averager.add(judged.fix);
      }
      latest = std::move(judged);
    }
  }
};

}  // namespace kuangxun::screens
