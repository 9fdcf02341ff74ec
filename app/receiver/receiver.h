#pragma once

#include <filesystem>

#include "app/gps/open_source.h"
#include "app/inspect/edit/document.h"
#include "app/receiver/averaging.h"
#include "app/receiver/listener.h"
#include "app/receiver/route.h"

namespace kuangxun::receiver {

struct Source {
  std::string text;  // what gps::open_source takes
  double speed = 1;  // of a recording
  // A recording to practise with: its positions are invented, and what is made of them says so.
  bool is_example = false;
};

// How a receiver, or a recording of one, is reached by the text that a person gave; as gps::open_source does it.
using Open =
    std::function<Result<std::unique_ptr<gps::ByteSource>>(const std::string& text, double speed, Clock& clock)>;

// The receiver of the program, as long as the program runs. Owner's thread; see README.md.
class Receiver {
 public:
  // `clock` outlives it. `post` does a job on the owner's thread; once this is gone its notices do nothing.
  Receiver(Clock& clock, Post post, Open open = gps::open_source);
  ~Receiver();
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  // Ends what runs, then listens by the rules that the county set. not_found and the like when there is nothing of that
  // name; nothing runs then.
  Status start(inspect::Desk& desk, const Source& source);
  // With its track. It is over even when the track's last block could not be written.
  Status stop(inspect::Desk& desk);
  bool is_running() const { return listener_ != nullptr; }

  // The newest fix and how it was judged when it came; nullptr before the first.
  const JudgedFix* latest() const { return latest_ ? &*latest_ : nullptr; }
  // How it stands now: one that was good grows old. warming_up before the first.
  gps::GateVerdict verdict() const;
  // The newest fix, unless it is too old to walk by; and the same when it may be evidence.
  const gps::Fix* walking_fix() const;
  const gps::Fix* evidence_fix() const;
  // bad_input at a real place while invented positions are played.
  Status check_place(bool is_example_place) const;

  // What was heard so far.
  const News& heard() const { return heard_; }
  std::int64_t fixes() const { return fixes_; }
  std::int64_t accepted() const { return accepted_; }
  bool is_example() const { return source_.is_example; }
  // Speaks now; else a recording is played.
  bool is_live() const { return is_live_; }

  // The fields of a gps-point of now; why not, when the newest fix is no evidence.
  Result<std::vector<inspect::FieldText>> point() const;
  // Of the mean, which ends with it.
  Result<std::vector<inspect::FieldText>> take_mean();

  // What nobody may overlook, wherever they are: a receiver that failed, or one that fell silent. Empty: nothing.
  std::string trouble() const;
  // Something came, or it ended, since this was asked last.
  bool take_moved();

  Averaging& averaging() { return averaging_; }
  Route& route() { return route_; }
  const Route& route() const { return route_; }

 private:
  void take_news();

  Clock& clock_;
  Post post_;
  Open open_;
  // Notices that are still on their way know by it whether there is somebody to tell.
  std::shared_ptr<Receiver*> self_;
  Source source_;
  bool is_live_ = false;
  gps::GateLimits limits_;  // what the county asked when it was started
  News heard_;              // without its fixes
  std::optional<JudgedFix> latest_;
  std::int64_t fixes_ = 0;
  std::int64_t accepted_ = 0;
  bool has_moved_ = false;
  Averaging averaging_;
  Route route_;
  std::unique_ptr<Listener> listener_;  // none: not running
};

}  // namespace kuangxun::receiver
