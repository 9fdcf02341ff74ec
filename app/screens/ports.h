#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/criteria/shelf.h"
#include "app/geo/county_lines.h"
#include "app/green/index.h"
#include "app/inspect/desk.h"
#include "app/inspect/photo_standing.h"
#include "app/people/person_list.h"
#include "db/base/rest.h"
#include "db/base/result.h"

// What the screens need of the world beside a store; app/main plugs in the real things.
namespace kuangxun::screens {

struct SyncReport {
  std::uint64_t pushed = 0;
  std::uint64_t pulled = 0;
  // Operations of others that the county had lost, or of earlier epochs of this laptop.
  std::uint64_t relayed = 0;
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  std::uint64_t disputes = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t photos_sent = 0;
  std::uint64_t photos_fetched = 0;
  // The county was restored from a backup since the last sync; everything was offered again.
  bool is_county_restored = false;
  // This laptop's data were copied or restored; it goes on in this epoch.
  std::optional<std::uint32_t> new_epoch;
  // What people must be told of it, in finished sentences.
  std::vector<std::string> news;
};

struct CountyState {
  bool is_enrolled = false;
  std::string url;
  std::string device_name;  // as the county knows this laptop
  // Operations of this laptop: how far the county has their signed bytes, and how far its tables show them.
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  // Times are 0 when they are not known.
  std::int64_t certificate_until_ms = 0;
  std::int64_t county_time_ms = 0;             // the newest that the county told
  std::optional<std::int64_t> clock_ahead_ms;  // our clock less the county's, when it was told
  std::int64_t built_ms = 0;                   // when this program was made
  std::string key_problem;                     // why nothing can be signed; empty when all is well
  std::string log_folder;
};

// The link to the county. enrol() and sync() are called on a worker that has the store for itself meanwhile (the
// window is busy and touches nothing); county() on the window's thread.
class SyncLink {
 public:
  virtual ~SyncLink() = default;
  virtual Result<CountyState> county() = 0;
  // All rest while they wait for the network or a slow medium: a track is written in between.
  virtual Status enrol(const std::string& url, const std::string& code, const Rest& rest) = 0;
  virtual Result<SyncReport> sync(const Rest& rest) = 0;
  // By stick; on a worker like sync(). Writing gives finished sentences about what was written, reading what came home.
  virtual Result<std::string> write_bundle(const std::filesystem::path& file, const Rest& rest) = 0;
  virtual Result<SyncReport> read_bundle(const std::filesystem::path& file, const Rest& rest) = 0;
  // Of every photo that a record names; on the window's thread.
  virtual Result<inspect::PhotoStandings> photos() = 0;
};

// The people of this laptop and their keys. list(), has_key(), current(), set_current() and lock() are called on the
// window's thread; the others, which take a while, on a worker that has the store for itself meanwhile.
class PeopleLink {
 public:
  virtual ~PeopleLink() = default;
  virtual Result<std::vector<people::Person>> list() = 0;
  virtual bool has_key(const Uuid& person) = 0;
  virtual Status set_current(const Uuid& person) = 0;
  // Forgets the key that was unlocked.
  virtual void lock() = 0;
  // From now on what deserves it is signed by this person. refused or busy when the PIN is wrong.
  virtual Status unlock(const Uuid& person, const std::string& pin) = 0;
  virtual Status change_pin(const Uuid& person, const std::string& old_pin, const std::string& new_pin) = 0;
  // With the code that the county's office gave to that person.
  // Rests while it waits for the network.
  virtual Result<people::Person> enrol(const std::string& code, const std::string& pin, const Rest& rest) = 0;
};

// Papers, made on a worker: it must read the store through a connection of its own.
class PaperMaker {
 public:
  virtual ~PaperMaker() = default;
  // Writes the record of a visit as PDF; gives the number of pages.
  virtual Result<int> write_visit(const Uuid& visit, const std::filesystem::path& file) = 0;
};

// Does a job on the window's thread, soon; may be called from any thread.
using Post = std::function<void(std::function<void()>)>;

// All borrowed for as long as the workbench lives.
struct World {
  inspect::Desk& desk;
  criteria::CatalogueShelf& rules;  // read already; read anew after each sync
  SyncLink& link;
  PeopleLink& people;
  PaperMaker& papers;
  Post post;
  std::filesystem::path papers_folder;    // where reports go unless the person says otherwise
  std::filesystem::path examples_folder;  // recordings and pictures to practise with
  const geo::CountyLines& county_lines;   // for orientation only
  const green::Library* green = nullptr;  // absent: mines have no page of green mines
  // Where small pictures go; empty: none are kept.
  std::filesystem::path thumbnails_folder = {};
};

}  // namespace kuangxun::screens
