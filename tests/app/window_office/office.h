#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "app/blocks/event.h"
#include "app/criteria/shelf.h"
#include "app/screens/workbench.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun::tests {

// A county that is asked and answers what the test says.
class StandInCounty final : public office::CountyLink {
 public:
  Result<office::County> known(sqlite::LaptopStore&) override { return county; }
  Status enrol(sqlite::LaptopStore&, const std::string& url, const std::string&, const Running& running) override {
    if (during_sync) during_sync(running);
    county.url = url;
    return {};
  }
  // The code is the name of who registers.
  Result<people::Person> enrol_person(sqlite::LaptopStore&, const std::string& code, const SigningKey&,
                                      const Running&) override {
    return people::Person{fixed_uuid(code), code, "示例-01", "officer", false, true};
  }
  Result<office::Report> sync(sqlite::LaptopStore&, const std::filesystem::path&, const std::string&,
                              const Running& running) override {
    return answer(running);
  }
  Result<office::WrittenBundle> write_bundle(sqlite::LaptopStore&, const std::filesystem::path&,
                                             const std::filesystem::path&, const Running&) override {
    if (failure) return *failure;
    return written;
  }
  Result<office::Report> read_answers(sqlite::LaptopStore&, const std::filesystem::path&, const std::filesystem::path&,
                                      const Running& running) override {
    return answer(running);
  }
  void join() { county.url = "https://127.0.0.1:8765"; }

  office::County county;
  office::Report report;
  office::WrittenBundle written;
  std::optional<Error> failure;
  // What a long sync, enrolment or reading does, on its worker; may be empty.
  std::function<void(const Running&)> during_sync;

 private:
  Result<office::Report> answer(const Running& running) {
    if (during_sync) during_sync(running);
    if (failure) return *failure;
    return report;
  }
};

// For several threads, such as the window and what goes on beside it.
class SharedRandom final : public Random {
 public:
  explicit SharedRandom(std::uint64_t seed) : random_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    random_.fill(bytes);
  }

 private:
  std::mutex mutex_;
  SeededRandom random_;
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
  // Closes the window and opens it again.
  void reopen();

  const screens::View& view() const { return workbench->view(); }
  // Of the head.
  void press(const blocks::Button& button);

  // What is open, with all that it shows within it; and the innermost page of it: of the window, of a place, of a mine
  // as a green one, or of a visit.
  const blocks::Blocks& tree() const;
  const blocks::Blocks& page() const;
  // What lies over it.
  void open_dialog(std::string_view name) {
    workbench->open_dialog(name, {});
    workbench->handle({});
  }
  bool has_dialog() const { return view().dialog.has_value(); }
  const blocks::Blocks& dialog() const;
  std::string dialog_words() const { return blocks::words_of(dialog()); }
  std::string page_words() const { return blocks::words_of(page()); }
  // What went wrong there, as the page says it.
  std::string page_problem() const;
  void open_place(const Uuid& place) {
    open_page("places");
    workbench->open_place(place);
    workbench->note_changes();
    workbench->handle({});
  }
  void open_visit(const Uuid& visit) {
    open_page("places");
    workbench->open_visit(visit);
    workbench->note_changes();
    workbench->handle({});
  }
  void open_place_tab(std::string_view name) { choose("place.tab", name); }
  void open_visit_tab(std::string_view name) { choose("visit.tab", name); }
  void open_page(std::string_view name) {
    workbench->handle({{blocks::Event::What::choose, "page", std::string(name)}});
  }
  // What a person does on it, by the name of the control, which must be there and enabled.
  void press(std::string_view name) { act({blocks::Event::What::press, std::string(name)}); }
  void fill(std::string_view name, const std::string& text);
  void leave(std::string_view name) { act({blocks::Event::What::leave, std::string(name)}); }
  // Typed and left.
  void enter(std::string_view name, const std::string& text);
  void choose(std::string_view name, std::string_view key);
  void turn(std::string_view name, bool is_on);
  template <class Control>
  const Control& control(std::string_view name) const {
    const Control* found = find<Control>(name);
    REQUIRE_MESSAGE(found != nullptr, name);
    return *found;
  }
  // Of the dialog that is open, else of what is open below; nullptr where there is none.
  template <class Control>
  const Control* find(std::string_view name) const {
    const Control* found = has_dialog() ? blocks::find<Control>(dialog(), name) : nullptr;
    return found != nullptr ? found : blocks::find<Control>(tree(), name);
  }
  const blocks::Button& button(std::string_view name) const { return control<blocks::Button>(name); }
  const blocks::Entry& entry(std::string_view name) const { return control<blocks::Entry>(name); }
  const blocks::Choice& choice(std::string_view name) const { return control<blocks::Choice>(name); }
  bool has_button(std::string_view name) const { return find<blocks::Button>(name) != nullptr; }
  const blocks::Row& row(std::string_view name) const { return control<blocks::Row>(name); }
  // The facts of the page, in their order.
  std::vector<blocks::Fact> facts() const;
  bool has_entry(std::string_view name) const { return find<blocks::Entry>(name) != nullptr; }
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
  // The answer to the question that is open.
  void confirm_void(const std::string& reason);
  // Until it is over.
  void sync();
  void wait_until_idle();
  std::vector<std::string> place_tabs() const;
  std::uint64_t operations() { return store->counts()->operations; }

  ManualClock clock;
  SharedRandom random{11};
  TemporaryFolder folder;
  StandInCounty link;
  std::int64_t built_ms = 0;  // of the program that is opened next
  std::unique_ptr<office::Office> office;
  sqlite::LaptopStore* store = nullptr;  // the office's
  std::optional<criteria::CatalogueShelf> rules;
  std::unique_ptr<inspect::Desk> desk;
  std::unique_ptr<screens::Workbench> workbench;

 private:
  void open_desk(const std::filesystem::path& data);
  void act(const blocks::Event& event);
  std::unique_ptr<RunningTime> time_;  // goes after the workbench, whose receiver waits by it
  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> jobs_;
};

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace kuangxun::tests
