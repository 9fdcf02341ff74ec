#include "db/writer/queued_store.h"

#include "db/language/language.h"

namespace kuangxun::writer {
namespace {

// For answers that come out of a step.
template <typename T>
Result<T> taken(const Status& done, std::optional<T>& answer) {
  if (!done.ok()) return done.error();
  return std::move(*answer);
}

}  // namespace

Result<std::unique_ptr<QueuedStore>> QueuedStore::open(StoreWriter& writer, sqlite::LocalStore::World world,
                                                       Turn turn) {
  KX_TRY(reader, sqlite::LocalStore::open_read_only(writer.folder(), world));
  std::unique_ptr<QueuedStore> store(new QueuedStore(writer, std::move(reader), turn));
  KX_CHECK(store->take_key());
  return store;
}

QueuedStore::~QueuedStore() {
  if (is_stopped_) writer_.post(turn_, std::make_unique<ShowWork>());
}

Status QueuedStore::take_key() {
  key_.reset();
  return writer_.run(turn_, [&](sqlite::LocalStore& store) -> Status {
    if (!store.has_key()) return {};
    KX_TRY(key, SigningKey::from_seed(store.signing_key().seed()));
    key_.emplace(std::move(key));
    return {};
  });
}

void QueuedStore::stop() {
  const std::lock_guard lock(mutex_);
  is_stopped_ = true;
  if (task_ != nullptr) task_->stop();
}

Progress QueuedStore::progress() const {
  const std::lock_guard lock(mutex_);
  Progress now = progress_;
  if (task_ == nullptr) return now;
  const Progress running = task_->progress();
  now.records += running.records;
  now.bytes += running.bytes;
  return now;
}

Status QueuedStore::run_work(std::unique_ptr<Work> work) {
  std::shared_ptr<Task> task;
  {
    const std::lock_guard lock(mutex_);
    if (is_stopped_) {
      return Error(ErrorCode::refused, phrase("stopped; what was done until then is saved"));
    }
    task = writer_.post(turn_, std::move(work));
    task_ = task;
  }
  const Status done = task->wait();
  const std::lock_guard lock(mutex_);
  progress_.records += task->progress().records;
  progress_.bytes += task->progress().bytes;
  task_.reset();
  return done;
}

Status QueuedStore::run(StoreWriter::Step step) {
  {
    const std::lock_guard lock(mutex_);
    if (is_stopped_) {
      return Error(ErrorCode::refused, phrase("stopped; what was done until then is saved"));
    }
  }
  return writer_.run(turn_, std::move(step));
}

Status QueuedStore::run_acting(StoreWriter::Step step) {
  return run([this, &step](sqlite::LocalStore& store) -> Status {
    const Acting acting(store, actor_);
    return step(store);
  });
}
void QueuedStore::unlock(const Uuid& person, SigningKey key) {
  actor_ = {person, std::make_shared<const SigningKey>(std::move(key))};
}
void QueuedStore::lock() {
  actor_ = {};
}
Uuid QueuedStore::unlocked_person() const {
  return actor_.key == nullptr ? Uuid{} : actor_.person;
}
Status QueuedStore::set_setting(std::string_view name, std::string_view value) {
  return run([&](sqlite::LocalStore& store) { return store.set_setting(name, value); });
}
Status QueuedStore::commit(std::span<const history::Edit> edits, const Uuid& person) {
  return run_acting([&](sqlite::LocalStore& store) { return store.commit(edits, person); });
}
Status QueuedStore::keep_pending(const history::PendingEdit& pending) {
  return writer_.keep_pending(pending);
}
Status QueuedStore::promote_pending() {
  return run_acting([&](sqlite::LocalStore& store) { return store.promote_pending(); });
}
Status QueuedStore::promote_pending(const Uuid& record, records::GroupNumber group) {
  return run_acting([&](sqlite::LocalStore& store) { return store.promote_pending(record, group); });
}
Status QueuedStore::seal() {
  return run_work(std::make_unique<SealWork>());
}
Status QueuedStore::note_progress(const frames::ChainProgress& progress) {
  return run([&](sqlite::LocalStore& store) { return store.note_progress(progress); });
}
Status QueuedStore::note_county(const frames::KnownCounty& county) {
  return run([&](sqlite::LocalStore& store) { return store.note_county(county); });
}
Status QueuedStore::note_checkpoint(const Bytes& sealed) {
  return run([&](sqlite::LocalStore& store) { return store.note_checkpoint(sealed); });
}
Status QueuedStore::note_promise(const Bytes& sealed) {
  return run([&](sqlite::LocalStore& store) { return store.note_promise(sealed); });
}
Status QueuedStore::start_over(std::uint32_t incarnation) {
  return run([&](sqlite::LocalStore& store) { return store.start_over(incarnation); });
}
Status QueuedStore::note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) {
  return run([&](sqlite::LocalStore& store) { return store.note_contradiction(sealed_checkpoint, own_root); });
}

Result<frames::ApplyCounts> QueuedStore::apply(const std::vector<frames::SequencedFrame>& frames,
                                               std::optional<frames::CountyMark> after) {
  frames::ApplyCounts counts;
  KX_CHECK(run_work(std::make_unique<ApplyWork>(frames, std::move(after), counts)));
  return counts;
}
Result<frames::ApplyCounts> QueuedStore::apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                                      const frames::CountyMark& after) {
  return apply(frames, after);
}
Result<frames::ApplyCounts> QueuedStore::apply_chain(const std::vector<frames::SequencedFrame>& frames) {
  return apply(frames, std::nullopt);
}
Status QueuedStore::show_pulled() {
  return run_work(std::make_unique<ShowWork>());
}
Result<frames::NextEpoch> QueuedStore::prepare_epoch(std::uint32_t not_before) {
  std::optional<frames::NextEpoch> next;
  const Status done = run([&](sqlite::LocalStore& store) -> Status {
    KX_TRY(prepared, store.prepare_epoch(not_before));
    next = std::move(prepared);
    return {};
  });
  return taken(done, next);
}
Status QueuedStore::enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) {
  KX_CHECK(run_acting([&](sqlite::LocalStore& store) { return store.enter_epoch(next, first_lost); }));
  return take_key();
}

}  // namespace kuangxun::writer
