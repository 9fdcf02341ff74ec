#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/base/attachment_folder.h"
#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/history/record_store.h"

namespace kuangxun::cli {

// What `verify` proves.
struct Proof {
  std::uint64_t frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t unsealed_operations = 0;
  std::vector<std::string> problems;
};

// What `sync` did.
struct Exchange {
  std::uint64_t pushed = 0;  // operations that the county stored now
  std::uint64_t pulled = 0;  // operations that came from the county
  // Operations of others that the county had lost, or of earlier epochs of this laptop.
  std::uint64_t relayed = 0;
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  std::uint64_t disputes = 0;  // open here now
  std::uint64_t quarantined = 0;
  std::uint64_t photos_sent = 0;
  std::uint64_t photos_fetched = 0;
  // The county was restored from a backup since the last sync; everything was offered again.
  bool is_county_restored = false;
  // This laptop's data were copied or restored; it goes on in this epoch.
  std::optional<std::uint32_t> new_epoch;
  // What went wrong while the rest was done all the same.
  std::optional<Error> problem;
};

// One data folder as the commands use it. app/main makes the real one. Nothing is opened before it is asked for; what
// was opened stays open until the workplace goes. One thread.
class Workplace {
 public:
  virtual ~Workplace() = default;

  virtual const std::filesystem::path& folder() const = 0;
  virtual AttachmentFolder& attachments() = 0;

  // Makes the data folder, with the county's registers unless `empty`.
  virtual Status create(bool empty) = 0;
  // To read: changes nothing on the disk and needs no lock.
  virtual Result<history::RecordStore*> reader() = 0;
  // To write: busy when another process holds the folder.
  virtual Result<history::RecordStore*> writer() = 0;

  virtual Result<Proof> verify() = 0;
  virtual Status rebuild() = 0;

  // Makes this laptop known to the county with the code that its people gave.
  virtual Status enrol(const std::string& url, const std::string& code) = 0;
  // The address of the county it is enrolled at, if it is.
  virtual Result<std::optional<std::string>> county() = 0;
  // With the county it is enrolled at, or at another address of it.
  virtual Result<Exchange> sync(const std::string& url) = 0;
};

// What the command line needs of the world.
struct Ports {
  Clock& clock;
  Random& random;
  std::filesystem::path assets;
  std::function<std::unique_ptr<Workplace>(const std::filesystem::path& folder)> open_workplace;
  // Shows the window on a data folder; absent in a program without one. `script` is a file of presses to play, or
  // empty.
  std::function<Result<int>(const std::filesystem::path& folder, const Uuid& person,
                            const std::filesystem::path& script)>
      show_window;
};

}  // namespace kuangxun::cli
