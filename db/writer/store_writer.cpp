#include "db/writer/store_writer.h"

#include <algorithm>
#include <cassert>

#include "db/language/language.h"
#include "db/writer/works.h"

// A lock around the store would make a person wait for the longest transaction of anybody else. Here they wait for the
// step that runs: the queue decides again after every commit.
namespace kuangxun::writer {
namespace {

// A step that somebody waits for.
class SingleStep final : public Work {
 public:
  explicit SingleStep(StoreWriter::Step step) : step_(std::move(step)) {}
  Result<bool> step(sqlite::LocalStore& store, Progress&) override {
    KX_CHECK(step_(store));
    return false;
  }

 private:
  StoreWriter::Step step_;
};

Error stopped() {
  return Error(ErrorCode::refused, phrase("stopped; what was done until then is saved"));
}

Error ending() {
  return Error(ErrorCode::unavailable, phrase("the program is closing, this step was not done"));
}

}  // namespace

bool Task::is_over() const {
  const std::lock_guard lock(mutex_);
  return is_over_;
}

Status Task::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return is_over_; });
  return status_;
}

Progress Task::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

bool Task::run_step(sqlite::LocalStore& store) {
  if (is_stopped_) {
    finish(stopped());
    return false;
  }
  Progress progress = this->progress();
  const auto has_more = work_->step(store, progress);
  {
    const std::lock_guard lock(mutex_);
    progress_ = progress;
  }
  if (has_more.ok() && *has_more) return true;
  finish(has_more.ok() ? Status() : Status(has_more.error()));
  return false;
}

void Task::finish(Status status) {
  work_.reset();
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    status_ = std::move(status);
  }
  changed_.notify_all();
}

StoreWriter::StoreWriter(std::unique_ptr<sqlite::LocalStore> store, Clock& clock, Wake wake)
    : store_(std::move(store)), clock_(clock), wake_(std::move(wake)), folder_(store_->folder()), thread_([this] {
        serve();
      }) {
  // What a kill left unshown. Nothing was posted yet, so nobody else touches the store.
  if (store_->is_shown_behind()) post(Turn::bulk, std::make_unique<ShowWork>());
}

StoreWriter::~StoreWriter() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Status StoreWriter::run(Turn turn, Step step) {
  assert(std::this_thread::get_id() != thread_.get_id() && "a step must not wait for another");
  return post(turn, std::make_unique<SingleStep>(std::move(step)))->wait();
}

std::shared_ptr<Task> StoreWriter::post(Turn turn, std::unique_ptr<Work> work) {
  auto task = std::make_shared<Task>(std::move(work));
  {
    const std::lock_guard lock(mutex_);
    if (is_ending_) {
      task->finish(ending());
      return task;
    }
    const StepQueue::Id id = next_id_++;
    posted_[id] = {turn, task};
    queue_.push(turn, id, clock_.steady_ms());
  }
  changed_.notify_all();
  return task;
}

Status StoreWriter::keep_pending(const history::PendingEdit& pending) {
  return store_->keep_pending(pending);
}

void StoreWriter::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return is_ending_ || !queue_.is_empty(); });
    if (is_ending_) break;
    const StepQueue::Id id = *queue_.pop(clock_.steady_ms());
    const Posted posted = posted_.at(id);
    lock.unlock();
    const std::int64_t begun_ms = clock_.steady_ms();
    const bool has_more = posted.task->run_step(*store_);
    longest_step_ms_ = std::max<std::int64_t>(longest_step_ms_, clock_.steady_ms() - begun_ms);
    if (wake_) wake_();
    lock.lock();
    if (has_more) {
      queue_.push(posted.turn, id, clock_.steady_ms());
    } else {
      posted_.erase(id);
    }
  }
  end_all();
}

// With the mutex held. Nothing is posted any more.
void StoreWriter::end_all() {
  for (auto& [id, posted] : posted_) posted.task->finish(ending());
  posted_.clear();
}

}  // namespace kuangxun::writer
