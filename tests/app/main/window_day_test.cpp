// The real program in a real window on a screen of its own, the real county beside it; the store is looked at
// afterwards.
#include <doctest/doctest.h>

#include <unistd.h>

#include <csignal>
#include <fstream>

#include "app/shell/picture.h"
#include "db/base/files.h"
#include "db/base/text.h"
#include "db/records/choices/area_method.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/virtual_display.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

const std::string kuangxun_program = binary_folder() + "/bin/kuangxun";
const std::string county_program = binary_folder() + "/bin/kuangxun-county";
const std::string day_script = source_folder() + "/assets/examples/day.ui";

std::string quoted(const std::string& word) {
  return "'" + word + "'";
}

class Day {
 public:
  Day() {
    const Ran made = run({"init"});
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
  }

  Ran run(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {kuangxun_program, "--data", data.string()};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  }
  // Plays a script in the folder of the day; pictures come to lie there.
  Ran play(const std::filesystem::path& script, const std::string& lang = "zh") const {
    return run_program({"/bin/sh", "-c", window_command(script, lang)});
  }
  std::string window_command(const std::filesystem::path& script, const std::string& lang = "zh") const {
    return "cd " + quoted(folder.path()) + " && exec " + kuangxun_program + " --lang " + lang + " --data " +
           quoted(data) + " --script " + quoted(script);
  }
  std::filesystem::path write_script(const std::string& name, const std::string& text) const {
    std::ofstream(folder.path() / name) << text;
    return folder.path() / name;
  }
  std::unique_ptr<sqlite::LocalStore> open_store() {
    auto opened = sqlite::LocalStore::open_read_only(data, {clock, random});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message());
    return std::move(opened).value();
  }
  bool wait_for_file(const std::string& name) const {
    for (int tries = 0; tries < 600; ++tries) {
      std::error_code failure;
      if (std::filesystem::exists(folder.path() / name, failure)) return true;
      ::usleep(100'000);
    }
    return false;
  }

  SystemClock clock;
  SystemRandom random;
  TemporaryFolder folder;
  std::filesystem::path data = folder / "data";
  VirtualDisplay display{1366, 768};
};

// kuangxun-county on the loopback.
class County {
 public:
  explicit County(const std::filesystem::path& folder) : store_("sqlite:" + (folder / "county.gpkg").string()) {
    const Ran made = run_program(words({"init"}));
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
    server_ = std::make_unique<Process>(words({"serve", "--listen", "127.0.0.1:0"}));
    const std::string& line = server_->first_line();
    REQUIRE(line.find("https://") != std::string::npos);
    address = line.substr(line.find("https://"));
  }
  std::string code() const {
    const Ran ran = run_program(words({"enrol", "--name", "示例笔记本"}));
    REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
    return std::string(trim(ran.out));
  }
  // From now on it takes connections and never says a word.
  void fall_silent() const { server_->signal(SIGSTOP); }
  std::string address;

 private:
  std::vector<std::string> words(const std::vector<std::string>& more) const {
    std::vector<std::string> all = {county_program, "--lang", "en", "--store", store_};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  std::string store_;
  std::unique_ptr<Process> server_;
};

std::string last_lines(const std::string& text) {
  return text.size() > 3000 ? text.substr(text.size() - 3000) : text;
}

}  // namespace

TEST_CASE("the day of assets/examples/day.ui goes through in the window and is in the store") {
  Day day;
  const County county(day.folder.path());
  REQUIRE(day.run({"enrol", county.address, county.code()}).exit_code == 0);
  const Ran ran = day.play(day_script);
  REQUIRE_MESSAGE(ran.exit_code == 0, last_lines(ran.err));

  const auto store = day.open_store();
  const auto visits = store->list(kinds::visit);
  REQUIRE(visits->size() == 1);
  const records::Record& visit = visits->front();
  CHECK(visit.integer(records::visit::state) == records::visit_state::is_signed);
  CHECK(visit.integer(records::visit::is_example) == 1);
  CHECK(visit.text(records::visit::purpose) == "示例：恢复治理现场检查");
  CHECK(store->list(kinds::visit_party)->size() == 3);
  CHECK(store->list(kinds::gps_point)->size() == 4);
  CHECK(store->list(kinds::checklist_answer)->size() == 3);
  CHECK(store->list(kinds::finding)->size() == 1);
  CHECK(store->list(kinds::photo)->size() == 1);
  bool is_measured = false;
  const auto statuses = store->list(kinds::restoration_status);
  for (const records::Record& status : *statuses) {
    if (status.integer(records::restoration_status::area_method) != records::area_method::measured) continue;
    is_measured = true;
    CHECK(status.integer(records::restoration_status::area_ha) > 11'600);
    CHECK(status.integer(records::restoration_status::area_ha) < 12'200);
  }
  CHECK(is_measured);
  CHECK(*store->sync_state(visit.id()) == history::SyncState::applied);
  CHECK(store->disputes()->empty());
  CHECK(store->verify()->ok());
  std::size_t papers = 0;
  for (const auto& file : std::filesystem::directory_iterator(day.data / "reports")) {
    papers += file.path().extension() == ".pdf" ? 1 : 0;
  }
  CHECK(papers == 1);
  const auto picture = shell::read_png(day.folder / "04-verdicts.png");
  REQUIRE(picture.ok());
  CHECK(picture->width_px > 1000);
  // To be looked at.
  std::filesystem::copy(day.folder.path(), std::filesystem::path(binary_folder()) / "window_day",
                        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
}

TEST_CASE("a window killed while somebody types loses nothing") {
  Day day;
  const auto typing = day.write_script("typing.ui",
                                       "timeout 60\n"
                                       "press places.add\ntype dialog.place_name 示例采坑（虚构）\n"
                                       "press dialog.is_example\npress dialog.confirm\ngone 这是示例\n"
                                       "press place.start_visit\npress dialog.confirm\n"
                                       "type visit.officer.0.name 示例检查员甲\n"
                                       "type visit.purpose 示例：写到一半\n"
                                       "idle 1000\nscreenshot typed.png\nidle 100000\n");
  {
    Process window({"/bin/sh", "-c", "echo started; " + day.window_command(typing)});
    REQUIRE(day.wait_for_file("typed.png"));
    CHECK(window.end(SIGKILL) == 128 + SIGKILL);
  }
  const auto again = day.write_script("again.ui",
                                      "timeout 60\nsee places.under_way.0\npress places.under_way.0\n"
                                      "wait 示例检查员甲\nwait 示例：写到一半\nscreenshot after.png\nquit\n");
  const Ran ran = day.play(again);
  REQUIRE_MESSAGE(ran.exit_code == 0, last_lines(ran.err));
  const auto store = day.open_store();
  REQUIRE(store->list(kinds::visit)->size() == 1);
  CHECK(store->list(kinds::visit)->front().text(records::visit::purpose) == "示例：写到一半");
  CHECK(store->list(kinds::visit_party)->front().text(records::visit_party::name) == "示例检查员甲");
  CHECK(store->counts()->pending == 0);
}

TEST_CASE("the window speaks English too, and a folder that another window holds is said") {
  Day day;
  const auto english = day.write_script("english.ui",
                                        "timeout 60\nwait places\npress places.row.1\npress place.tab.verdicts\n"
                                        "wait Check results\nscreenshot english.png\nidle 100000\n");
  Process window({"/bin/sh", "-c", "echo started; " + day.window_command(english, "en")});
  REQUIRE(day.wait_for_file("english.png"));
  const Ran second = day.play(english, "en");
  CHECK(second.exit_code == 4);
  CHECK(second.err.find("kuangxun:") != std::string::npos);
  CHECK(window.end(SIGKILL) == 128 + SIGKILL);
}

TEST_CASE("while the county is silent people go on in the window, and a kill during the sync loses nothing") {
  for (const useconds_t after_us : {0U, 150'000U, 700'000U}) {
    CAPTURE(after_us);
    Day day;
    const County county(day.folder.path());
    REQUIRE(day.run({"enrol", county.address, county.code()}).exit_code == 0);
    county.fall_silent();
    const auto script = day.write_script("silent.ui",
                                         "timeout 60\npress page.sync\npress sync.start\nsee busy.stop\n"
                                         "press page.places\npress places.add\n"
                                         "type dialog.place_name 示例采坑（虚构）\npress dialog.is_example\n"
                                         "press dialog.confirm\ngone 这是示例\n"
                                         "press place.start_visit\npress dialog.confirm\n"
                                         "type visit.purpose 示例：同步时写\ntype visit.summary 示例：写到一半\n"
                                         "idle 1000\nsee busy.stop\nscreenshot typed.png\nidle 100000\n");
    {
      Process window({"/bin/sh", "-c", "echo started; " + day.window_command(script)});
      REQUIRE(day.wait_for_file("typed.png"));
      ::usleep(after_us);
      CHECK(window.end(SIGKILL) == 128 + SIGKILL);
    }
    const auto store = sqlite::LocalStore::open(day.data, {day.clock, day.random});
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    REQUIRE((*store)->list(kinds::visit)->size() == 1);
    CHECK((*store)->list(kinds::visit)->front().text(records::visit::purpose) == "示例：同步时写");
    CHECK((*store)->list(kinds::visit)->front().text(records::visit::summary) == "示例：写到一半");
    CHECK((*store)->verify()->ok());
  }
}

TEST_CASE("a sync that is stopped in the window ends, and says so") {
  Day day;
  const County county(day.folder.path());
  REQUIRE(day.run({"enrol", county.address, county.code()}).exit_code == 0);
  county.fall_silent();
  const auto script = day.write_script("stop.ui",
                                       "timeout 30\npress page.sync\npress sync.start\npress busy.stop\n"
                                       "wait 已停止\nscreenshot stopped.png\nquit\n");
  const Ran ran = day.play(script);
  CHECK_MESSAGE(ran.exit_code == 0, last_lines(ran.err));
}

TEST_CASE("a command beside an open window writes, the window shows it, and a kill leaves the folder to the next") {
  Day day;
  const auto script = day.write_script("beside.ui",
                                       "timeout 60\nsee places.row.1\nscreenshot open.png\n"
                                       "wait 示例改名（虚构）\nscreenshot seen.png\nidle 100000\n");
  const std::string id = [&] {
    const auto store = day.open_store();
    return store->list(kinds::mining_right)->front().id().text();
  }();
  Process window({"/bin/sh", "-c", "echo started; " + day.window_command(script)});
  REQUIRE(day.wait_for_file("open.png"));
  const Ran written = day.run({"set", id, "name=示例改名（虚构）"});
  CHECK_MESSAGE(written.exit_code == 0, written.err);
  REQUIRE(day.wait_for_file("seen.png"));
  CHECK(window.end(SIGKILL) == 128 + SIGKILL);
  CHECK(std::filesystem::exists(day.data / "window.socket"));
  const Ran after = day.run({"set", id, "name=示例又改名（虚构）"});
  CHECK_MESSAGE(after.exit_code == 0, after.err);
  const auto store = day.open_store();
  CHECK(store->list(kinds::mining_right)->front().text(records::common::name) == "示例又改名（虚构）");
  CHECK(store->disputes()->empty());
}
