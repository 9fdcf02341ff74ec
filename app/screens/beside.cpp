#include "app/screens/beside.h"

#include <algorithm>
#include <memory>

#include "app/office/progress_text.h"
#include "app/pages/page_host.h"
#include "db/language/language.h"

// Each turn has one lane. Two syncs at once would ask the county the same; two imports would read the same places while
// both enter them. A sync beside an import is what a person wants who has come home with a camera.
namespace kuangxun::screens {
Beside::~Beside() {
  stop_all();
  for (Lane& lane : lanes_) lane.worker.join();
}

Status Beside::start(writer::Turn turn, std::string title, Job job, Done done) {
  Lane& lane = lanes_[static_cast<std::size_t>(turn)];
  if (!lane.title.empty()) {
    return Error(ErrorCode::busy, phrase("this waits until that is over: {0}", {lane.title}));
  }
  KX_TRY(made, office_.beside(turn));
  // A job is copied about with its office, and the last copy goes with the worker.
  const std::shared_ptr<office::Office> office = std::move(made);
  lane.title = std::move(title);
  lane.running = Running();
  lane.worker.start([this, &lane, office, running = lane.running, job = std::move(job), done = std::move(done)] {
    const Status outcome = pages::PageHost::run([&] { return job(*office, running); });
    post_([this, &lane, outcome, done] {
      lane.title.clear();
      ended_();
      done(outcome);
    });
  });
  return {};
}

bool Beside::is_running() const {
  return std::ranges::any_of(lanes_, [](const Lane& lane) { return !lane.title.empty(); });
}

void Beside::stop_all() {
  for (const Lane& lane : lanes_) lane.running.stop();
}

blocks::Line Beside::line_of(const Lane& lane, std::string_view button_name) {
  const std::string progress = office::progress_text(lane.running);
  blocks::Line line;
  line.blocks += blocks::Button{std::string(button_name), say_text("Stop"),
                                [running = lane.running]() -> Status {
                                  running.stop();
                                  return {};
                                },
                                blocks::Tone::plain, !lane.running.is_stopped()};
  line.blocks += blocks::Text{lane.title + (progress.empty() ? "" : "  " + progress)};
  return line;
}

blocks::Blocks Beside::strip() {
  constexpr std::array<std::string_view, writer::turn_count> button_names = {"busy.stop_entry", "busy.stop",
                                                                             "busy.stop_import"};
  blocks::Blocks strip;
  for (std::size_t turn = 0; turn < lanes_.size(); ++turn) {
    if (!lanes_[turn].title.empty()) strip += line_of(lanes_[turn], button_names[turn]);
  }
  return strip;
}

}  // namespace kuangxun::screens
