#include "db/records/handles/visit.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("a laptop that is not enrolled says so and cannot sync; a code enrols it") {
  Office office;
  office.open_page("sync");
  CHECK_FALSE(office.button("sync.start").enabled);
  CHECK_FALSE(office.button("sync.enrol").enabled);
  office.fill("sync.url", "http://127.0.0.1:8080");
  office.fill("sync.code", "ABCD-EFGH");
  office.press("sync.enrol");
  office.wait_until_idle();
  CHECK_FALSE(office.has_button("sync.enrol"));
  CHECK(office.button("sync.start").enabled);
}

namespace {

// A county that hears the question and never answers, until it is stopped or the test lets go.
struct SilentCounty : Office {
  SilentCounty() {
    open_example_place();
    link.join();
    link.report.pushed = 12;
    link.during_sync = [this](const Running& running) {
      running.add_bytes(12'345, 0);
      running.note_records(7);
      is_asked = true;
      while (!is_over && !running.is_stopped()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (running.is_stopped()) link.failure = running.check().error();
    };
  }
  ~SilentCounty() { is_over = true; }
  void begin_sync() {
    open_page("sync");
    press("sync.start");
    REQUIRE(wait_for([&] { return is_asked.load(); }));
    REQUIRE(workbench->is_busy());
  }
  std::string strip() const { return blocks::words_of(view().running); }
  // What a laptop that loses its power now would have: its folder, opened anew.
  std::unique_ptr<sqlite::LocalStore> after_a_kill() {
    const std::filesystem::path copy = folder / "kill";
    std::filesystem::copy(folder / "data", copy, std::filesystem::copy_options::recursive);
    auto opened = sqlite::LocalStore::open(copy, {clock, random});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message());
    return std::move(opened).value();
  }

  std::atomic<bool> is_asked = false;
  std::atomic<bool> is_over = false;
};

}  // namespace

TEST_CASE("while a county is silent people go on: a field is left, a visit is opened, and both are in the log") {
  SilentCounty office;
  const std::uint64_t before = office.operations();
  office.begin_sync();
  CHECK_FALSE(office.has_dialog());
  office.open_page("places");
  CHECK(office.has_entry("places.search"));
  office.start_visit("patrol");
  office.open_visit_tab("people");
  office.enter("visit.summary", "示例：晴");
  CHECK_MESSAGE(office.page_problem().empty(), office.page_problem());
  CHECK(office.workbench->is_busy());
  CHECK(office.operations() > before + 1);
  const auto store = office.after_a_kill();
  const auto visits = store->list(records::kinds::visit);
  REQUIRE(visits->size() == 1);
  CHECK(visits->front().text(records::visit::summary) == "示例：晴");
  office.is_over = true;
  office.wait_until_idle();
  CHECK_MESSAGE(contains(office.message(), "同步完成"), office.message());
  office.open_page("sync");
  CHECK(contains(office.page_words(), "12 个操作"));
}

TEST_CASE("what goes on beside stands at the top with how far it is, and can be stopped there") {
  SilentCounty office;
  CHECK(office.view().running.empty());
  office.begin_sync();
  office.wait(1000);
  CHECK_MESSAGE(contains(office.strip(), "7 个操作"), office.strip());
  CHECK_MESSAGE(contains(office.strip(), "13 KB"), office.strip());
  // The same once more waits.
  office.press("sync.start");
  CHECK_MESSAGE(contains(office.message(), "结束"), office.message());
  office.workbench->handle({blocks::Event{blocks::Event::What::press, "busy.stop"}});
  CHECK_FALSE(blocks::find<blocks::Button>(office.view().running, "busy.stop")->enabled);
  office.wait_until_idle();
  CHECK(office.view().running.empty());
  CHECK_MESSAGE(contains(office.message(), "已停止"), office.message());
}

TEST_CASE("a window that is closed during a sync stops it") {
  SilentCounty office;
  office.begin_sync();
  CHECK(office.workbench->may_close());
  office.workbench.reset();  // hangs when it does not
}

TEST_CASE("a county that cannot be reached is said and nothing is lost") {
  Office office;
  office.open_example_place();
  office.link.join();
  office.link.failure = Error(ErrorCode::unavailable, "连不上县库");
  office.open_page("sync");
  office.press("sync.start");
  office.wait_until_idle();
  CHECK(contains(office.message(), "连不上县库"));
  CHECK(contains(office.page_words(), "最早的在"));
}

TEST_CASE("where each visit is: on this laptop only, stored, in the county's tables") {
  Office office;
  office.open_example_place();
  office.start_visit("patrol");
  office.open_page("sync");
  const blocks::Row& visit = office.row("sync.visit.0");
  CHECK(visit.badge.word == "仅在本机");
  CHECK(contains(visit.detail, "示例"));
}
