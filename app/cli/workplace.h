#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/inspect/photo_standing.h"
#include "app/people/laptop_people.h"
#include "db/base/attachment_folder.h"
#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/base/rest.h"
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
};
// What `bundle write` put on the stick.
struct WrittenBundle {
  std::uint64_t file_bytes = 0;
  Hash file_hash;  // for the slip of paper that goes with the stick
  std::uint64_t frames = 0;
  std::uint64_t photos = 0;
  // The first photo that could not be read; the others are in it.
  std::optional<Error> problem;
};
// What came home with the county's answers.
struct ReadBundle {
  Exchange exchange;
  std::uint64_t photos_confirmed = 0;
  bool is_overtaken = false;  // nothing new: the laptop and the county have spoken since
  bool has_more = false;      // another bundle brings the rest
};

// What people must be told of it, in finished sentences; empty after an ordinary sync.
std::vector<std::string> news_of(const Exchange& exchange);
std::vector<std::string> news_of(const ReadBundle& read);
std::string bundle_text(const WrittenBundle& written, const std::filesystem::path& file);
// The counts, for the log.
std::string log_note_of(const Exchange& exchange);

// What `status` says of the laptop and its county beside the store's counts. Times are 0 when they are not known.
struct Standing {
  std::string county_url;   // empty when the laptop is not enrolled
  std::string device_name;  // as the county knows it
  std::string key_problem;  // why nothing can be signed; empty when all is well
  std::int64_t certificate_until_ms = 0;
  std::int64_t county_time_ms = 0;  // the newest that the county told
  // Our clock less the county's when it last told its time.
  std::optional<std::int64_t> clock_ahead_ms;
  std::int64_t built_ms = 0;  // when this program was made
  std::filesystem::path log_folder;
};

// One data folder as the commands use it. app/main makes the real one. Nothing is opened before it is asked for; what
// was opened stays open until the workplace goes. One thread at a time: while something rests the store may be used
// from elsewhere; an empty Rest just waits.
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

  virtual people::LaptopPeople& people() = 0;
  // Enters somebody's own key at the county with the code that its office gave to them. The key lies under `pin`.
  virtual Result<people::Person> enrol_person(const std::string& code, const std::string& pin, const Rest& rest) = 0;
  // From now on the writer signs with this key what deserves it.
  virtual Status sign_as(const Uuid& person, SigningKey key) = 0;

  // Makes this laptop known to the county with the code that its people gave. This and what exchanges below rest while
  // they wait for the network or a slow medium.
  virtual Status enrol(const std::string& url, const std::string& code, const Rest& rest) = 0;
  virtual Result<Standing> standing() = 0;
  // Of every photo that a record names, by the hash of its file.
  virtual Result<inspect::PhotoStandings> photos() = 0;
  // With the county it is enrolled at, or at another address of it.
  virtual Result<Exchange> sync(const std::string& url, const Rest& rest) = 0;
  // The same by stick: what the county is not known to have goes into `file`, sealed to it; its answers are read from
  // the file that comes home.
  virtual Result<WrittenBundle> write_bundle(const std::filesystem::path& file, const Rest& rest) = 0;
  virtual Result<ReadBundle> read_bundle(const std::filesystem::path& file, const Rest& rest) = 0;
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
  // One line into the data folder's rotating log; may be absent.
  std::function<void(const std::filesystem::path& folder, const std::string& line)> log;
};

}  // namespace kuangxun::cli
