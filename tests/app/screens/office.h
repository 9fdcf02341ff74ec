#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "app/people/laptop_people.h"
#include "app/screens/workbench.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun::tests {

// A county that is asked and answers what the test says.
class StandInLink final : public screens::SyncLink {
 public:
  Result<screens::CountyState> county() override { return state; }
  Status enrol(const std::string& url, const std::string&, const Rest& rest) override {
    if (during_sync) during_sync(rest);
    state.is_enrolled = true;
    state.url = url;
    return {};
  }
  Result<screens::SyncReport> sync(const Rest& rest) override {
    if (during_sync) during_sync(rest);
    if (failure) return *failure;
    return report;
  }
  Result<std::string> write_bundle(const std::filesystem::path& file, const Rest&) override {
    if (failure) return *failure;
    return "written " + file.string();
  }
  Result<screens::SyncReport> read_bundle(const std::filesystem::path&, const Rest& rest) override {
    if (during_sync) during_sync(rest);
    if (failure) return *failure;
    return report;
  }
  Result<inspect::PhotoStandings> photos() override { return standings; }
  screens::CountyState state;
  screens::SyncReport report;
  inspect::PhotoStandings standings;
  std::optional<Error> failure;
  // What a long sync, enrolment or reading does, on the worker; may be empty.
  std::function<void(const Rest&)> during_sync;
};

// The real keys of a real folder; registering needs no county.
class FolderPeople final : public screens::PeopleLink {
 public:
  FolderPeople(const std::filesystem::path& folder, Clock& clock, Random& random) : people(folder, clock, random) {}
  Result<std::vector<people::Person>> list() override { return people.list(*store); }
  bool has_key(const Uuid& person) override { return people.has_key(person); }
  Status set_current(const Uuid& person) override { return people.set_current(person); }
  void lock() override { store->lock(); }
  Status unlock(const Uuid& person, const std::string& pin) override {
    KX_TRY(key, people.unlock(person, pin));
    store->unlock(person, std::move(key));
    return {};
  }
  Status change_pin(const Uuid& person, const std::string& old_pin, const std::string& new_pin) override {
    return people.change_pin(person, old_pin, new_pin);
  }
  // The code is the name of who registers.
  Result<people::Person> enrol(const std::string& code, const std::string& pin, const Rest&) override {
    KX_TRY(key, people.begin_registration(pin));
    (void)key;
    const people::Person person{fixed_uuid(code), code, "示例-01", "officer", false, true};
    KX_CHECK(people.finish_registration(person));
    return person;
  }
  people::LaptopPeople people;
  sqlite::LocalStore* store = nullptr;
};

class StandInPapers final : public screens::PaperMaker {
 public:
  Result<int> write_visit(const Uuid& visit, const std::filesystem::path& file) override {
    written = {visit, file};
    return 2;
  }
  std::pair<Uuid, std::filesystem::path> written;
};

// Lets a manual clock run with the real one: a replayed recording waits by it.
class RunningTime {
 public:
  explicit RunningTime(ManualClock& clock);
  ~RunningTime();
  RunningTime(const RunningTime&) = delete;
  RunningTime& operator=(const RunningTime&) = delete;

 private:
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

// The window's desk without a window: a real store with the county's registers, and a mailbox that the test empties.
class Office {
 public:
  Office();
  ~Office();

  // Forgets everything in memory as a kill would, and opens the same folder again.
  void kill_and_reopen();

  const screens::View& view() const { return workbench->view(); }
  const screens::VisitView& visit() const { return *view().visit; }
  void press(const screens::Button& button);
  void press(const screens::Press& press) { workbench->handle({press}); }
  void write(screens::Slot slot, const std::string& text) { workbench->handle({screens::Write{slot, text}}); }
  void type(const screens::TextEntry& entry, const std::string& text);
  void leave(const screens::TextEntry& entry) { workbench->handle({screens::Leave{entry.at}}); }
  void enter(const screens::TextEntry& entry, const std::string& text);
  void choose(const screens::ChoiceEntry& entry, std::string_view key);
  // As the window does: sleeps until something is due.
  void wait(std::int64_t ms);
  // Until the end of the test: a replayed recording waits by the clock.
  void let_time_run() { time_ = std::make_unique<RunningTime>(clock); }
  // Runs what workers posted, until `is_there` holds; false when it did not within ten seconds.
  bool wait_for(const std::function<bool()>& is_there);
  std::string message() const { return view().message ? view().message->text : std::string(); }

  Uuid mine(std::string_view key) const;
  // A made-up place with one unit, opened.
  void open_example_place();
  void start_visit(std::string_view kind);
  std::uint64_t operations() { return store->counts()->operations; }

  ManualClock clock;
  SeededRandom random{11};
  TemporaryFolder folder;
  std::unique_ptr<sqlite::LocalStore> store;
  AttachmentFolder attachments{folder / "data/attachments"};
  criteria::CatalogueShelf rules{std::filesystem::path(source_folder()) / "assets", folder / "data/criteria"};
  StandInLink link;
  StandInPapers papers;
  FolderPeople people{folder / "people", clock, random};
  std::unique_ptr<inspect::Desk> desk;
  std::unique_ptr<screens::Workbench> workbench;

 private:
  void open_desk();
  std::unique_ptr<RunningTime> time_;  // goes after the workbench, whose receiver waits by it
  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> jobs_;
};

const screens::Option& option_of(const std::vector<screens::Option>& options, std::string_view key);
std::string all_text(const std::vector<screens::Fact>& facts);
inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace kuangxun::tests
