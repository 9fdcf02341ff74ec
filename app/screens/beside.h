#pragma once

#include <array>
#include <functional>
#include <string>
#include <thread>

#include "app/blocks/block.h"
#include "app/screens/ports.h"
#include "db/base/running.h"
#include "db/writer/step_queue.h"

namespace kuangxun::screens {

// Runs one job beside the window at a time. The job ends before the worker goes, so it may borrow what outlives it.
class Worker {
 public:
  ~Worker() { join(); }
  // Waits for the job before, which has posted its result already.
  void start(std::function<void()> job) {
    join();
    thread_ = std::thread(std::move(job));
  }
  void join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::thread thread_;
};

// What goes on beside the person, who goes on too: one exchange with the county and one import at most, each in a
// thread and with an office of its own. Window thread; a job runs on its worker and must touch nothing of the window.
class Beside {
 public:
  using Job = std::function<Status(office::Office&, const Running&)>;
  using Done = std::function<void(const Status&)>;

  // `ended` is called on the window's thread before the `done` of a job.
  Beside(office::Office& office, Post post, std::function<void()> ended)
      : office_(office), post_(std::move(post)), ended_(std::move(ended)) {}
  // Stops what runs, and waits until it is where everything is whole.
  ~Beside();

  // busy while another of the same turn runs. `done` is called on the window's thread with the outcome; when the window
  // goes first, nobody is told.
  Status start(writer::Turn turn, std::string title, Job job, Done done);
  bool is_running() const;
  void stop_all();
  // A line for each: what it is, how far it is, and a button that stops it. Empty while nothing runs.
  blocks::Blocks strip();

 private:
  struct Lane {
    std::string title;  // empty: nothing runs
    Running running;
    Worker worker;
  };
  static blocks::Line line_of(const Lane& lane, std::string_view button_name);

  office::Office& office_;
  Post post_;
  std::function<void()> ended_;
  std::array<Lane, writer::turn_count> lanes_;  // by turn
};

}  // namespace kuangxun::screens
