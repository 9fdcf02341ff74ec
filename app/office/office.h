#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app/inspect/edit/desk.h"
#include "app/inspect/photo/photo_standing.h"
#include "app/office/standing.h"
#include "app/office/store_hand.h"
#include "app/people/laptop_people.h"

namespace kuangxun::criteria {
class CatalogueShelf;
}
namespace kuangxun::office {

// What an office needs of the world; all borrowed for as long as it lives.
struct World {
  Clock& clock;
  Random& random;
  CountyLink& county;
  std::filesystem::path assets;  // of the program
  std::int64_t built_ms = 0;     // when the program was made
};

// All that can be done with one data folder, for one thread; beside() gives another thread its own on the same store.
// Nothing is opened before it is asked for; what was opened stays open until the office goes. What touches the county,
// or takes long, is written into the log here, for whichever surface asked.
class Office {
 public:
  Office(const std::filesystem::path& folder, const World& world)
      : Office(folder, world, StoreHand(folder, world.clock, world.random)) {}
  // Another for a thread that works beside this one: what it writes has its turn as `turn` says. It signs for whoever
  // signs here now. To be called on this office's thread; either may go first.
  Result<std::unique_ptr<Office>> beside(writer::Turn turn);

  const std::filesystem::path& folder() const { return folder_; }
  const World& world() const { return world_; }
  // The originals: photos and papers.
  AttachmentFolder& attachments() { return attachments_; }
  // The people of this laptop and their keys.
  people::LaptopPeople& people() { return people_; }

  // Makes the data folder, with the county's registers unless `empty`. bad_input when there is one.
  Status create(bool empty);
  // To read: changes nothing on the disk and needs no lock.
  Result<history::RecordStore*> reader();
  // To write, and to read what is written: busy when another program holds the folder and takes no guests.
  Result<history::RecordStore*> writer();
  // The folder's lock, and the door for other programs.
  StoreHand& hand() { return hand_; }
  // What actions work with (app/inspect), on a store of this office.
  inspect::Desk desk(history::RecordStore& store, const Uuid& person, inspect::Signer* signer);
  // The rules of this folder: the program's, its own, and those that the county published.
  Result<criteria::CatalogueShelf> rules(history::RecordReader& store) const;

  // Proves everything, the county's receipts and checkpoints too.
  Result<Proof> verify();
  Status rebuild();

  // Makes this laptop known to the county with the code that its people gave. This and what exchanges below may take
  // minutes: `running` tells how far it is, and stops it where everything is whole.
  Result<Enrolled> enrol(const std::string& url, const std::string& code, const Running& running = {});
  Result<Standing> standing();
  // Of every photo that a record names, by the hash of its file.
  Result<inspect::PhotoStandings> photos();
  // With the county it is enrolled at, or at another address of it.
  Result<Report> sync(const std::string& url, const Running& running = {});
  // The same by stick: what the county is not known to have goes into `file`, sealed to it; its answers are read from
  // the file that comes home.
  Result<WrittenBundle> write_bundle(const std::filesystem::path& file, const Running& running = {});
  Result<Report> read_bundle(const std::filesystem::path& file, const Running& running = {});

  // Enters somebody's own key at the county with the code that its office gave to them. The key lies under `pin`.
  Result<people::Person> enrol_person(const std::string& code, const std::string& pin, const Running& running = {});
  // From now on what deserves it is signed by this person. refused or busy when the PIN is wrong.
  Status unlock(const Uuid& person, const std::string& pin);
  // Forgets the key that was unlocked.
  void lock() { hand_.lock(); }

  // The record of a visit as PDF. From any thread, beside anything: reads what was committed through a connection of
  // its own.
  Result<Paper> write_visit_paper(const Uuid& visit, const std::filesystem::path& file) const;

  // One line for whoever looks later. Nothing personal, nothing that was entered.
  void log(const std::string& line) const { hand_.log(line); }

 private:
  Office(const std::filesystem::path& folder, const World& world, StoreHand hand);
  void note(const std::string& act, const Status& status, const std::string& counts);

  std::filesystem::path folder_;
  World world_;
  AttachmentFolder attachments_;
  people::LaptopPeople people_;
  StoreHand hand_;
};

}  // namespace kuangxun::office
