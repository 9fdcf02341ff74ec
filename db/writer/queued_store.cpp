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

Result<sqlite::LocalStore*> QueuedStore::now() {
  if (is_reading_together_) return reader_.get();
  KX_TRY(has_followed, reader_->follow());
  static_cast<void>(has_followed);
  return reader_.get();
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

const std::filesystem::path& QueuedStore::folder() const {
  return reader_->folder();
}
bool QueuedStore::has_key() const {
  return reader_->has_key();
}
const std::string& QueuedStore::key_problem() const {
  return reader_->key_problem();
}
Result<SigningKey> QueuedStore::prepared_key() {
  KX_TRY(reader, now());
  return reader->prepared_key();
}
Result<std::uint64_t> QueuedStore::first_unsealed() {
  KX_TRY(reader, now());
  return reader->first_unsealed();
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
Result<std::optional<std::string>> QueuedStore::setting(std::string_view name) {
  KX_TRY(reader, now());
  return reader->setting(name);
}
Status QueuedStore::set_setting(std::string_view name, std::string_view value) {
  return run([&](sqlite::LocalStore& store) { return store.set_setting(name, value); });
}

Result<history::RecordView> QueuedStore::read(const Uuid& id) {
  KX_TRY(reader, now());
  return reader->read(id);
}
Result<std::vector<records::Record>> QueuedStore::list(records::KindNumber kind) {
  KX_TRY(reader, now());
  return reader->list(kind);
}
Result<std::vector<records::Record>> QueuedStore::list_where(records::KindNumber kind, std::string_view field_name,
                                                             const records::Value& value) {
  KX_TRY(reader, now());
  return reader->list_where(kind, field_name, value);
}
Result<std::uint64_t> QueuedStore::count_standing(records::KindNumber kind, std::string_view field_name,
                                                  const records::Value& value) {
  KX_TRY(reader, now());
  return reader->count_standing(kind, field_name, value);
}
Status QueuedStore::read_together(const std::function<Status()>& reading) {
  if (is_reading_together_) return reading();
  return reader_->read_together([&]() -> Status {
    // Inside the look, so that what memory remembers and what is read are of the same moment.
    KX_TRY(has_followed, reader_->follow());
    static_cast<void>(has_followed);
    is_reading_together_ = true;
    Status done = reading();
    is_reading_together_ = false;
    return done;
  });
}
Result<std::vector<history::Dispute>> QueuedStore::disputes() {
  KX_TRY(reader, now());
  return reader->disputes();
}
Result<history::SyncState> QueuedStore::sync_state(const Uuid& record) {
  KX_TRY(reader, now());
  return reader->sync_state(record);
}
Result<std::vector<history::Operation>> QueuedStore::hidden_operations(std::size_t most) {
  KX_TRY(reader, now());
  return reader->hidden_operations(most);
}
Result<std::vector<history::Operation>> QueuedStore::history(const Uuid& record, records::GroupNumber group) {
  KX_TRY(reader, now());
  return reader->history(record, group);
}
Status QueuedStore::commit(std::span<const history::Edit> edits, const Uuid& person) {
  return run_acting([&](sqlite::LocalStore& store) { return store.commit(edits, person); });
}
Status QueuedStore::keep_pending(const history::PendingEdit& pending) {
  return writer_.keep_pending(pending);
}
Result<std::vector<history::PendingEdit>> QueuedStore::pending() {
  KX_TRY(reader, now());
  return reader->pending();
}
Status QueuedStore::promote_pending() {
  return run_acting([&](sqlite::LocalStore& store) { return store.promote_pending(); });
}
Status QueuedStore::promote_pending(const Uuid& record, records::GroupNumber group) {
  return run_acting([&](sqlite::LocalStore& store) { return store.promote_pending(record, group); });
}
Result<history::StoreCounts> QueuedStore::counts() {
  KX_TRY(reader, now());
  return reader->counts();
}

history::WriterId QueuedStore::own_writer() {
  // What cannot be read now is said by the call that needs it.
  static_cast<void>(now().ok());
  return reader_->own_writer();
}
std::optional<PublicKey> QueuedStore::own_key(std::uint32_t epoch) {
  static_cast<void>(now().ok());
  return reader_->own_key(epoch);
}
Status QueuedStore::seal() {
  return run_work(std::make_unique<SealWork>());
}
Result<std::vector<Bytes>> QueuedStore::frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                                     std::size_t bytes_max) {
  KX_TRY(reader, now());
  return reader->frames_after(writer, after_sequence, bytes_max);
}
Result<std::vector<frames::ChainHead>> QueuedStore::chains() {
  KX_TRY(reader, now());
  return reader->chains();
}
Result<std::vector<frames::ChainHead>> QueuedStore::unsent_chains() {
  KX_TRY(reader, now());
  return reader->unsent_chains();
}
Status QueuedStore::note_progress(const frames::ChainProgress& progress) {
  return run([&](sqlite::LocalStore& store) { return store.note_progress(progress); });
}
Result<frames::ChainProgress> QueuedStore::own_progress() {
  KX_TRY(reader, now());
  return reader->own_progress();
}
Result<frames::KnownCounty> QueuedStore::known_county() {
  KX_TRY(reader, now());
  return reader->known_county();
}
Status QueuedStore::note_county(const frames::KnownCounty& county) {
  return run([&](sqlite::LocalStore& store) { return store.note_county(county); });
}
Result<frames::CountyMark> QueuedStore::county_mark() {
  KX_TRY(reader, now());
  return reader->county_mark();
}
Result<Bytes> QueuedStore::newest_checkpoint() {
  KX_TRY(reader, now());
  return reader->newest_checkpoint();
}
Status QueuedStore::note_checkpoint(const Bytes& sealed) {
  return run([&](sqlite::LocalStore& store) { return store.note_checkpoint(sealed); });
}
Result<Bytes> QueuedStore::promised_checkpoint() {
  KX_TRY(reader, now());
  return reader->promised_checkpoint();
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
  return run([](sqlite::LocalStore& store) { return store.show_pulled(); });
}
Result<std::uint64_t> QueuedStore::hidden_own() {
  KX_TRY(reader, now());
  return reader->hidden_own();
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
