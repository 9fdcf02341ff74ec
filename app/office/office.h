#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/inspect/desk.h"
#include "app/inspect/photo_standing.h"
#include "app/office/program_log.h"
#include "app/office/standing.h"
#include "app/people/laptop_people.h"

namespace kuangxun::criteria {
class CatalogueShelf;
}
namespace kuangxun::sqlite {
class LocalStore;
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

// All that can be done with one data folder. Nothing is opened before it is asked for; what was opened stays open until
// the office goes: to read first, to write (and then for both) as soon as something needs that. One thread at a time
// but for log() and write_visit_paper(); while an act rests the store may be used from elsewhere. What touches the
// county, or takes long, is written into the log here, for whichever surface asked.
class Office {
 public:
  Office(std::filesystem::path folder, const World& world);
  ~Office();
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

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
  // To write: busy when another process holds the folder.
  Result<history::RecordStore*> writer();
  // What actions work with (app/inspect), on a store of this office.
  inspect::Desk desk(history::RecordStore& store, const Uuid& person, inspect::Signer* signer);
  // The rules of this folder: the program's, its own, and those that the county published.
  Result<criteria::CatalogueShelf> rules(history::RecordStore& store) const;

  // Proves everything, the county's receipts and checkpoints too.
  Result<Proof> verify();
  Status rebuild();

  // Makes this laptop known to the county with the code that its people gave. This and what exchanges below rest while
  // they wait for the network or a slow medium; an empty Rest just waits.
  Result<Enrolled> enrol(const std::string& url, const std::string& code, const Rest& rest);
  Result<Standing> standing();
  // Of every photo that a record names, by the hash of its file.
  Result<inspect::PhotoStandings> photos();
  // With the county it is enrolled at, or at another address of it.
  Result<Report> sync(const std::string& url, const Rest& rest);
  // The same by stick: what the county is not known to have goes into `file`, sealed to it; its answers are read from
  // the file that comes home.
  Result<WrittenBundle> write_bundle(const std::filesystem::path& file, const Rest& rest);
  Result<Report> read_bundle(const std::filesystem::path& file, const Rest& rest);

  // Enters somebody's own key at the county with the code that its office gave to them. The key lies under `pin`.
  Result<people::Person> enrol_person(const std::string& code, const std::string& pin, const Rest& rest);
  // From now on what deserves it is signed by this person. refused or busy when the PIN is wrong.
  Status unlock(const Uuid& person, const std::string& pin);
  // Forgets the key that was unlocked.
  void lock();

  // The record of a visit as PDF. From any thread, beside anything: reads what was committed through a connection of
  // its own.
  Result<Paper> write_visit_paper(const Uuid& visit, const std::filesystem::path& file) const;

  // One line for whoever looks later. Nothing personal, nothing that was entered.
  void log(const std::string& line) { log_.line(line); }

 private:
  Result<sqlite::LocalStore*> readable_store();
  Result<sqlite::LocalStore*> writable_store();
  void note(const std::string& act, const Status& status, const std::string& counts);

  std::filesystem::path folder_;
  World world_;
  AttachmentFolder attachments_;
  people::LaptopPeople people_;
  ProgramLog log_;
  std::unique_ptr<sqlite::LocalStore> store_;
  bool is_writable_ = false;
};

}  // namespace kuangxun::office
