#include "app/office/office.h"

#include "app/criteria/shelf.h"
#include "app/office/office_shared.h"
#include "app/office/photo_standings.h"
#include "app/office/seal_reader.h"
#include "app/office/visit_paper.h"
#include "db/registers/genesis.h"
#include "db/writer/queued_store.h"
#include "sync/local/door.h"
#include "sync/local/remote_store.h"

// The folder itself: opened, proved, and what is read from it.
namespace kuangxun::office {

Office::Office(std::filesystem::path folder, const World& world)
    : Office(folder, world, std::make_shared<Shared>(folder), writer::Turn::entry) {}

Office::Office(std::filesystem::path folder, const World& world, std::shared_ptr<Shared> shared, writer::Turn turn)
    : folder_(std::move(folder)),
      world_(world),
      attachments_(folder_ / "attachments"),
      people_(folder_ / "people", world.clock, world.random),
      shared_(std::move(shared)),
      turn_(turn) {}

Office::~Office() = default;

Result<std::unique_ptr<Office>> Office::beside(writer::Turn turn) {
  KX_CHECK(writable_store());
  std::unique_ptr<Office> other(new Office(folder_, world_, shared_, turn));
  KX_CHECK(other->writable_store());
  if (key_ != nullptr) {
    KX_TRY(copy, SigningKey::from_seed(key_->seed()));
    KX_CHECK(other->unlock(signer_, std::move(copy)));
  }
  return other;
}

void Office::log(const std::string& line) const {
  shared_->log.line(line);
}

Status Office::create(bool empty) {
  // The registers are read first: a broken installation leaves no half-made data folder behind.
  std::optional<frames::Frame> registers;
  if (!empty) {
    KX_TRY(frame, registers::build_genesis_frame(world_.assets / "registers"));
    registers = std::move(frame);
  }
  KX_TRY(store, sqlite::LocalStore::create(folder_, {world_.clock, world_.random}));
  if (registers) KX_CHECK(store->adopt_registers(*registers));
  const std::lock_guard lock(shared_->opening);
  shared_->owner = std::make_unique<writer::StoreWriter>(std::move(store), world_.clock);
  return {};
}

Result<sqlite::LaptopStore*> Office::readable_store() {
  if (hand_ != nullptr) return hand_.get();
  if (reader_ == nullptr) {
    KX_TRY(store, sqlite::LocalStore::open_read_only(folder_, {world_.clock, world_.random}));
    reader_ = std::move(store);
  }
  return static_cast<sqlite::LaptopStore*>(reader_.get());
}

Status Office::Shared::open_owner(const std::filesystem::path& folder, const World& world) {
  const std::lock_guard lock(opening);
  if (owner != nullptr) return {};
  KX_TRY(store, sqlite::LocalStore::open(folder, {world.clock, world.random}));
  owner = std::make_unique<writer::StoreWriter>(std::move(store), world.clock);
  return {};
}

Result<sqlite::LaptopStore*> Office::writable_store() {
  if (hand_ != nullptr) return hand_.get();
  const sqlite::LocalStore::World world{world_.clock, world_.random};
  const Status held = shared_->open_owner(folder_, world_);
  if (held.ok()) {
    KX_TRY(hand, writer::QueuedStore::open(*shared_->owner, world, turn_));
    hand_ = std::move(hand);
    return hand_.get();
  }
  if (held.error().code() != ErrorCode::busy) return held.error();
  KX_TRY(remote, local::RemoteStore::open(folder_, world));
  if (remote == nullptr) return held.error();
  remote_ = remote.get();
  hand_ = std::move(remote);
  return hand_.get();
}

Status Office::hold() {
  return shared_->open_owner(folder_, world_);
}

Result<std::unique_ptr<local::Door>> Office::serve(std::function<void()> changed) {
  KX_CHECK(hold());
  auto door = local::Door::open(*shared_->owner, {world_.clock, world_.random}, std::move(changed));
  if (door.ok()) return door;
  // On a medium that has no sockets the command line waits until the window is closed.
  log("window socket error: " + door.error().message());
  return std::unique_ptr<local::Door>();
}

Result<history::RecordStore*> Office::reader() {
  KX_TRY(store, readable_store());
  return static_cast<history::RecordStore*>(store);
}

Result<history::RecordStore*> Office::writer() {
  KX_TRY(store, writable_store());
  return static_cast<history::RecordStore*>(store);
}

inspect::Desk Office::desk(history::RecordStore& store, const Uuid& person, inspect::Signer* signer) {
  inspect::Desk made{store, attachments_, world_.clock, world_.random, person};
  made.signer = signer;
  return made;
}

Result<criteria::CatalogueShelf> Office::rules(history::RecordReader& store) const {
  criteria::CatalogueShelf shelf(world_.assets, folder_ / "criteria");
  KX_CHECK(shelf.read(store));
  return shelf;
}

Result<Proof> Office::verify() {
  // A connection of its own: what it remembers must be of the moment at which it begins.
  KX_TRY(store, sqlite::LocalStore::open_read_only(folder_, {world_.clock, world_.random}));
  CountySealReader seals;
  return store->verify(&seals);
}

Status Office::rebuild() {
  KX_CHECK(writable_store());
  if (remote_ != nullptr) return remote_->rebuild();
  return shared_->owner->run(writer::Turn::bulk, [](sqlite::LocalStore& store) { return store.rebuild(); });
}

Result<inspect::PhotoStandings> Office::photos() {
  KX_TRY(store, readable_store());
  return photo_standings(*store, folder_ / "attachments");
}

Result<Paper> Office::write_visit_paper(const Uuid& visit, const std::filesystem::path& file) const {
  KX_TRY(store, sqlite::LocalStore::open_read_only(folder_, {world_.clock, world_.random}));
  const AttachmentFolder attachments(folder_ / "attachments");
  KX_TRY(shelf, rules(*store));
  KX_TRY(pdf, make_visit_paper(*store, attachments, shelf, visit));
  KX_CHECK(write_file_durably(file, pdf.bytes));
  return Paper{file, pdf.pages, sha256(pdf.bytes)};
}

}  // namespace kuangxun::office
