#include "app/office/office.h"

#include "app/criteria/shelf.h"
#include "app/office/photo_standings.h"
#include "app/office/seal_reader.h"
#include "app/office/visit_paper.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"

// The folder itself: opened, proved, and what is read from it.
namespace kuangxun::office {

Office::Office(const std::filesystem::path& folder, const World& world, StoreHand hand)
    : folder_(folder),
      world_(world),
      attachments_(folder_ / "attachments"),
      people_(folder_ / "people", world.clock, world.random),
      hand_(std::move(hand)) {}

Result<std::unique_ptr<Office>> Office::beside(writer::Turn turn) {
  KX_TRY(hand, hand_.beside(turn));
  return std::unique_ptr<Office>(new Office(folder_, world_, std::move(hand)));
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
  hand_.take_over(std::move(store));
  return {};
}

Result<history::RecordStore*> Office::reader() {
  KX_TRY(store, hand_.to_read());
  return static_cast<history::RecordStore*>(store);
}

Result<history::RecordStore*> Office::writer() {
  KX_TRY(store, hand_.to_write());
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
  return hand_.rebuild();
}

Result<inspect::PhotoStandings> Office::photos() {
  KX_TRY(store, hand_.to_read());
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
