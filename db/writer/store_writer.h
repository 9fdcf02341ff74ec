#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "db/base/clock.h"
#include "db/writer/step_queue.h"
#include "db/writer/work.h"

namespace kuangxun::writer {

// Work that was posted, for whoever waits for it, watches it or stops it. Any thread.
class Task {
 public:
  explicit Task(std::unique_ptr<Work> work) : work_(std::move(work)) {}

  // No further step. What the steps before it did stays, whole. Nothing happens when it is over already.
  void stop() { is_stopped_ = true; }
  bool is_over() const;
  // Until it is over; refused when it was stopped, unavailable when the writer ended first.
  Status wait();
  Progress progress() const;

 private:
  friend class StoreWriter;
  // On the writer's thread: one step; whether there is more.
  bool run_step(sqlite::LocalStore& store);
  void finish(Status status);

  std::unique_ptr<Work> work_;  // used by the writer's thread alone
  std::atomic<bool> is_stopped_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Protected by mutex_.
  bool is_over_ = false;
  Status status_;
  Progress progress_;
};

// The one thread that owns the store. Others post it steps and wait for them, or watch; nobody else touches the store,
// so it needs no lock and no transaction ever waits for another. README.md beside this file says who posts what.
class StoreWriter {
 public:
  using Step = std::function<Status(sqlite::LocalStore&)>;
  // Called on the writer's thread after each step, when something may be there to see. Must be short.
  using Wake = std::function<void()>;

  // Takes the store over, and shows in steps what is kept and not shown yet. The clock must be safe to ask from this
  // thread.
  StoreWriter(std::unique_ptr<sqlite::LocalStore> store, Clock& clock, Wake wake = {});
  // Lets the step that runs come to its end and begins no other: whoever waits is told unavailable.
  ~StoreWriter();
  StoreWriter(const StoreWriter&) = delete;
  StoreWriter& operator=(const StoreWriter&) = delete;

  // One step; returns when it ran. From any thread but the writer's own.
  Status run(Turn turn, Step step);
  std::shared_ptr<Task> post(Turn turn, std::unique_ptr<Work> work);
  // What is being typed: durable when it returns. Waits for nothing that the store is doing. From any thread.
  Status keep_pending(const history::PendingEdit& pending);

  const std::filesystem::path& folder() const { return folder_; }
  // The longest step so far, for the log and for measuring.
  std::int64_t longest_step_ms() const { return longest_step_ms_; }

 private:
  struct Posted {
    Turn turn = Turn::entry;
    std::shared_ptr<Task> task;
  };
  void serve();
  void end_all();

  std::unique_ptr<sqlite::LocalStore> store_;  // used by thread_ alone, but for keep_pending()
  Clock& clock_;
  Wake wake_;
  std::filesystem::path folder_;
  std::atomic<std::int64_t> longest_step_ms_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Protected by mutex_.
  StepQueue queue_;
  std::map<StepQueue::Id, Posted> posted_;
  StepQueue::Id next_id_ = 1;
  bool is_ending_ = false;
  std::thread thread_;  // the last: it begins when all else is there
};

}  // namespace kuangxun::writer
