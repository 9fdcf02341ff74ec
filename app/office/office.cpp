#include "app/office/office.h"

#include "app/criteria/shelf.h"
#include "app/office/photo_standings.h"
#include "app/office/seal_reader.h"
#include "app/office/visit_paper.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"

// The folder itself: opened, proved, and what is read from it.
namespace kuangxun::office {

Office::Office(std::filesystem::path folder, const World& world)
    : folder_(std::move(folder)),
      world_(world),
      attachments_(folder_ / "attachments"),
      people_(folder_ / "people", world.clock, world.random),
      log_(folder_) {}

Office::~Office() = default;

Status Office::create(bool empty) {
  // The registers are read first: a broken installation leaves no half-made data folder behind.
  std::optional<frames::Frame> registers;
  if (!empty) {
    KX_TRY(frame, registers::build_genesis_frame(world_.assets / "registers"));
    registers = std::move(frame);
  }
  KX_TRY(store, sqlite::LocalStore::create(folder_, {world_.clock, world_.random}));
  if (registers) KX_CHECK(store->adopt_registers(*registers));
  store_ = std::move(store);
  is_writable_ = true;
  return {};
}

Result<sqlite::LocalStore*> Office::readable_store() {
  if (store_ == nullptr) {
    KX_TRY(store, sqlite::LocalStore::open_read_only(folder_, {world_.clock, world_.random}));
    store_ = std::move(store);
  }
  return store_.get();
}

Result<sqlite::LocalStore*> Office::writable_store() {
  if (!is_writable_) {
    store_.reset();
    KX_TRY(store, sqlite::LocalStore::open(folder_, {world_.clock, world_.random}));
    store_ = std::move(store);
    is_writable_ = true;
  }
  return store_.get();
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

Result<criteria::CatalogueShelf> Office::rules(history::RecordStore& store) const {
  criteria::CatalogueShelf shelf(world_.assets, folder_ / "criteria");
  KX_CHECK(shelf.read(store));
  return shelf;
}

Result<Proof> Office::verify() {
  KX_TRY(store, readable_store());
  CountySealReader seals;
  return store->verify(&seals);
}

Status Office::rebuild() {
  KX_TRY(store, writable_store());
  return store->rebuild();
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
