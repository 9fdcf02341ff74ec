#include "app/office/store_hand.h"

#include <mutex>

#include "app/office/program_log.h"
#include "db/writer/queued_store.h"
#include "sync/local/door.h"
#include "sync/local/remote_store.h"

// Who has the store: this program's own thread, or a window of another program.
namespace kuangxun::office {

// Any thread. The writer is made by whoever writes first, and ends with the last hand.
struct SharedStore {
  explicit SharedStore(const std::filesystem::path& folder) : log(folder) {}

  ProgramLog log;
  std::mutex opening;
  std::unique_ptr<writer::StoreWriter> owner;  // protected by opening until it is there; stays then
};

StoreHand::StoreHand(std::filesystem::path folder, Clock& clock, Random& random)
    : folder_(std::move(folder)),
      clock_(clock),
      random_(random),
      shared_(std::make_shared<SharedStore>(folder_)),
      turn_(writer::Turn::entry) {}

StoreHand::~StoreHand() = default;
StoreHand::StoreHand(StoreHand&&) noexcept = default;

Result<StoreHand> StoreHand::beside(writer::Turn turn) {
  KX_CHECK(to_write());
  StoreHand other(folder_, clock_, random_);
  other.shared_ = shared_;
  other.turn_ = turn;
  KX_CHECK(other.to_write());
  if (key_ == nullptr) return other;
  KX_TRY(copy, SigningKey::from_seed(key_->seed()));
  KX_CHECK(other.unlock(signer_, std::move(copy)));
  return other;
}

void StoreHand::take_over(std::unique_ptr<sqlite::LocalStore> created) {
  const std::lock_guard lock(shared_->opening);
  shared_->owner = std::make_unique<writer::StoreWriter>(std::move(created), clock_);
}

Result<sqlite::LaptopStore*> StoreHand::to_read() {
  if (writer_ != nullptr) return writer_.get();
  if (reader_ == nullptr) {
    KX_TRY(store, sqlite::LocalStore::open_read_only(folder_, {clock_, random_}));
    reader_ = std::move(store);
  }
  return static_cast<sqlite::LaptopStore*>(reader_.get());
}

Result<sqlite::LaptopStore*> StoreHand::to_write() {
  if (writer_ != nullptr) return writer_.get();
  const sqlite::LocalStore::World world{clock_, random_};
  const Status held = hold();
  if (held.ok()) {
    KX_TRY(mine, writer::QueuedStore::open(*shared_->owner, world, turn_));
    writer_ = std::move(mine);
    return writer_.get();
  }
  if (held.error().code() != ErrorCode::busy) return held.error();
  KX_TRY(remote, local::RemoteStore::open(folder_, world));
  if (remote == nullptr) return held.error();
  remote_ = remote.get();
  writer_ = std::move(remote);
  return writer_.get();
}

Status StoreHand::rebuild() {
  KX_CHECK(to_write());
  if (remote_ != nullptr) return remote_->rebuild();
  return shared_->owner->post(writer::Turn::bulk, std::make_unique<writer::RebuildWork>())->wait();
}

Status StoreHand::unlock(const Uuid& person, SigningKey key) {
  KX_TRY(store, to_write());
  KX_TRY(copy, SigningKey::from_seed(key.seed()));
  store->unlock(person, std::move(copy));
  signer_ = person;
  key_ = std::make_shared<const SigningKey>(std::move(key));
  return {};
}

void StoreHand::lock() {
  key_.reset();
  signer_ = {};
  if (writer_ != nullptr) writer_->lock();
}

Status StoreHand::hold() {
  const std::lock_guard lock(shared_->opening);
  if (shared_->owner != nullptr) return {};
  KX_TRY(store, sqlite::LocalStore::open(folder_, {clock_, random_}));
  shared_->owner = std::make_unique<writer::StoreWriter>(std::move(store), clock_);
  return {};
}

Result<std::unique_ptr<local::Door>> StoreHand::serve(std::function<void()> changed) {
  KX_CHECK(hold());
  auto door = local::Door::open(*shared_->owner, clock_, random_, std::move(changed));
  if (door.ok()) return door;
  // On a medium that has no sockets the command line waits until the window is closed.
  log("window socket error: " + door.error().message());
  return std::unique_ptr<local::Door>();
}

void StoreHand::log(const std::string& line) const {
  shared_->log.line(line);
}

}  // namespace kuangxun::office
