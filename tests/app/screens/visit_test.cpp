#include <algorithm>
#include <fstream>

#include "db/base/files.h"
#include "db/records/enumerations.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"
#include "tests/app/screens/office.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;
namespace kinds = kuangxun::records::kinds;

namespace {

struct VisitDay : Office {
  explicit VisitDay(std::string_view kind = "concurrent-restoration") {
    open_example_place();
    start_visit(kind);
  }
  void enter_people() {
    for (std::size_t index = 0; index < 2; ++index) {
      enter(visit().officers[index].entries[0], "示例检查员" + std::to_string(index));
      enter(visit().officers[index].entries[1], "示例-00" + std::to_string(index));
      press(visit().officers[index].buttons[0]);
    }
  }
  const screens::Button& closing(std::string_view name) {
    for (const screens::Button& button : visit().buttons) {
      if (button.name == name) return button;
    }
    FAIL("no such button: " << name);
    return visit().buttons.front();
  }
  void start_receiver(const std::string& speed = "10") {
    write(Slot::visit_tab, "positions");
    press(visit().receiver.examples.back());
    write(Slot::replay_speed, speed);
    press(visit().receiver.start);
  }
  bool wait_for_evidence() {
    return wait_for([&] { return visit().receiver.gate.tone == screens::Tone::good; });
  }
  const screens::Button& receiver_button(std::size_t index) { return visit().receiver.buttons[index]; }
};

}  // namespace

TEST_CASE("the checklist of the visit's kind comes first; answers go in any order and gaps are seen") {
  VisitDay day("disclosure-check");
  day.write(Slot::visit_tab, "checklist");
  const screens::ChecklistView& list = day.visit().checklist;
  CHECK(contains(list.which.options[0].label, "公示信息"));
  CHECK(contains(list.progress, "已答 0 / 共 " + std::to_string(list.items.size())));
  const std::size_t count = list.items.size();
  REQUIRE(list.items[0].entries.size() == 4);  // licence says, published, seen on site, remark
  day.choose(day.visit().checklist.items[5].answer, "no");
  day.choose(day.visit().checklist.items[0].answer, "yes");
  day.enter(day.visit().checklist.items[0].entries[0], "示例许可证号");
  CHECK(contains(day.visit().checklist.progress, "已答 2"));
  CHECK(day.visit().checklist.items[0].is_answered);
  CHECK(day.visit().checklist.items[0].entries[0].text == "示例许可证号");
  SUBCASE("an answer is changed, not doubled") {
    day.choose(day.visit().checklist.items[0].answer, "cannot-tell");
    CHECK(day.store->list(kinds::checklist_answer)->size() == 2);
  }
  SUBCASE("only the gaps are shown") {
    day.write(Slot::only_gaps, "yes");
    std::size_t lacking = 0;
    for (const auto& item : day.visit().checklist.items) lacking += item.lacks_photo ? 1U : 0U;
    CHECK(day.visit().checklist.items.size() == count - 2 + lacking);
    CHECK(lacking >= 1);  // the first item asks for a picture
  }
  SUBCASE("a text typed before the choice is kept with it") {
    day.enter(day.visit().checklist.items[1].entries[2], "现场标识牌");
    CHECK_FALSE(day.visit().checklist.items[1].is_answered);
    day.choose(day.visit().checklist.items[1].answer, "yes");
    CHECK(day.visit().checklist.items[1].entries[2].text == "现场标识牌");
    CHECK(day.store->list(kinds::checklist_answer)->size() == 3);
  }
  SUBCASE("the other list is there too") {
    day.write(Slot::checklist, "concurrent-restoration");
    CHECK(contains(day.visit().checklist.items[0].code, "C01"));
  }
}

TEST_CASE("a picture of the visit is named as the evidence of an answer; until then it is a gap") {
  VisitDay day("satellite-spot");
  day.write(Slot::visit_tab, "checklist");
  const auto item = [&]() -> const screens::ItemView& { return day.visit().checklist.items[1]; };
  CHECK_FALSE(item().lacks_photo);  // not answered yet: that is the gap
  day.choose(item().answer, "yes");
  CHECK(item().lacks_photo);
  CHECK(item().photo.options.empty());
  CHECK(contains(day.visit().checklist.progress, "1 项缺证据照片"));
  day.press({screens::Command::use_example_photo, {}, {}});
  day.press({screens::Command::add_photo, day.store->list(kinds::visit)->front().id(), {}});
  REQUIRE_MESSAGE(item().photo.options.size() == 1, day.message());
  day.choose(item().photo, "1");
  CHECK_FALSE(item().lacks_photo);
  CHECK(day.store->list(kinds::checklist_answer)->front().reference(records::checklist_answer::photo) ==
        day.store->list(kinds::photo)->front().id());
  CHECK_FALSE(contains(day.visit().checklist.progress, "缺证据照片"));
}

TEST_CASE("an item that asks for a figure takes it with its unit, one with choices takes one of its own") {
  VisitDay day("satellite-spot");
  day.write(Slot::visit_tab, "checklist");
  const auto item = [&](std::string_view code) -> const screens::ItemView& {
    const auto& items = day.visit().checklist.items;
    return *std::ranges::find(items, code, &screens::ItemView::code);
  };
  REQUIRE(item("S03").entries.size() == 2);
  CHECK(contains(item("S03").entries[0].label, "公顷"));
  REQUIRE(item("S03").answer.options.size() == 2);  // why there is no figure
  CHECK_FALSE(item("S03").is_answered);
  day.enter(item("S03").entries[0], "0.75");
  CHECK(item("S03").is_answered);
  const records::Record answer = day.store->list(kinds::checklist_answer)->front();
  CHECK(answer.integer(records::checklist_answer::measured) == 7500);
  CHECK(answer.text(records::checklist_answer::measured_unit) == "公顷");
  CHECK(answer.text(records::checklist_answer::item) == "S03");

  CHECK(item("S05").answer.options.size() == 8);
  day.choose(item("S05").answer, "no-real-change");
  CHECK(item("S05").is_answered);
  CHECK(item("S05").answer.options[*item("S05").answer.chosen].label == "伪变化");
  CHECK(contains(day.visit().checklist.progress, "已答 2"));
}

TEST_CASE("a fix that is no evidence yet says why; later it becomes a point marked as example") {
  VisitDay day;
  day.let_time_run();
  day.start_receiver();
  CHECK(day.visit().receiver.is_running);
  CHECK_FALSE(day.receiver_button(0).enabled);
  CHECK_FALSE(day.receiver_button(0).hint.empty());
  day.press({screens::Command::take_point, {}, {}});
  CHECK_FALSE(day.message().empty());
  REQUIRE(day.wait_for_evidence());
  CHECK(contains(all_text(day.visit().receiver.facts), "43.1500"));
  day.write(Slot::point_label, "示例坡脚");
  day.press(day.receiver_button(0));
  REQUIRE_MESSAGE(day.visit().points.size() == 1, day.message());
  const records::Record point = day.store->list(kinds::gps_point)->front();
  CHECK(point.text(records::gps_point::label) == "示例坡脚");
  CHECK(point.display(records::gps_point::source) == "接收机记录回放");
  CHECK(point.integer(records::gps_point::is_example) == 1);
  CHECK(point.integer(records::gps_point::accuracy_m) == 177);
  CHECK(point.has(records::gps_point::measured_at));
  day.press(day.visit().receiver.stop);
  CHECK_FALSE(day.visit().receiver.is_running);
}

TEST_CASE("a track is recorded while the receiver runs, goes on after a stop, and an example stays one") {
  VisitDay day;
  day.let_time_run();
  day.start_receiver("40");
  const auto track = [&]() -> const screens::Button& { return day.visit().receiver.buttons.back(); };
  CHECK(track().name == "gps.track");
  day.press(track());
  CHECK(track().name == "gps.track_stop");
  REQUIRE(day.wait_for([&] { return contains(all_text(day.visit().receiver.facts), "轨迹"); }));
  REQUIRE(day.wait_for([&] { return !contains(all_text(day.visit().receiver.facts), "轨迹 0 个点"); }));
  REQUIRE(day.wait_for_evidence());
  day.press(track());
  const auto blocks = day.store->list(kinds::track_block);
  REQUIRE(blocks.ok());
  REQUIRE(blocks->size() >= 1);
  CHECK(blocks->front().integer(records::common::is_example) == 1);
  CHECK(day.store->pending()->empty());
  day.press(track());
  day.press(day.visit().receiver.stop);
  CHECK_FALSE(day.visit().receiver.is_running);
  CHECK(day.store->pending()->empty());
}

TEST_CASE("a fix grows old and stops being evidence") {
  VisitDay day;
  day.let_time_run();
  day.start_receiver();
  REQUIRE(day.wait_for_evidence());
  day.clock.advance_ms(3'000);
  day.press(day.receiver_button(0));
  CHECK(day.visit().points.empty());
  CHECK(contains(day.message(), "过时"));
}

TEST_CASE("standing still gives a mean of many fixes") {
  VisitDay day;
  day.let_time_run();
  day.start_receiver();
  REQUIRE(day.wait_for_evidence());
  day.press(day.receiver_button(1));
  REQUIRE(day.wait_for([&] { return day.visit().receiver.buttons[1].enabled; }));
  day.press(day.receiver_button(1));
  REQUIRE_MESSAGE(day.visit().points.size() == 1, day.message());
  CHECK(day.store->list(kinds::gps_point)->front().integer(records::gps_point::averaged_fixes) >= 2);
}

TEST_CASE("a recording that is not there is said, and nothing runs") {
  VisitDay day;
  day.write(Slot::replay_path, "没有这个文件.log");
  day.press(day.visit().receiver.start);
  CHECK(contains(day.message(), "没有这个文件.log"));
  CHECK_FALSE(day.visit().receiver.is_running);
}

TEST_CASE("the area of a unit is measured by this visit's corners, beside what was entered before") {
  VisitDay day;
  day.write(Slot::visit_tab, "restoration");
  CHECK_FALSE(day.visit().units[0].entries[0].enabled);
  day.choose(day.visit().units[0].state, "completed");
  day.enter(day.visit().units[0].entries[0], "1.1");
  CHECK_FALSE(day.visit().units[0].measure.enabled);
  day.write(Slot::point_purpose, "unit-corner");
  day.let_time_run();
  day.start_receiver("40");
  std::size_t taken = 0;
  for (const std::string_view latitude : {"43.15000", "43.15008", "43.15099", "43.15107"}) {
    REQUIRE(day.wait_for(
        [&] { return contains(all_text(day.visit().receiver.facts), latitude) && day.receiver_button(0).enabled; }));
    day.press(day.receiver_button(0));
    REQUIRE_MESSAGE(day.visit().points.size() == ++taken, day.message());
  }
  day.write(Slot::visit_tab, "restoration");
  day.press(day.visit().units[0].measure);
  CHECK(contains(day.message(), "实测面积 1."));
  CHECK(contains(day.visit().units[0].area_note, "实测 1."));
  CHECK(contains(day.visit().units[0].area_note, "±"));
  REQUIRE(day.visit().units[0].earlier.size() == 1);
  CHECK(contains(day.visit().units[0].earlier[0], "填报 1.1"));
  CHECK_FALSE(day.visit().units[0].entries[0].enabled);  // a measured area is not typed over
  day.press(day.visit().back);
  day.write(Slot::place_tab, "restoration");
  CHECK(day.view().place->units[0].state.word == "完工");
}

TEST_CASE("a visit is closed as signed by two officers and the person present, and then only added to") {
  VisitDay day;
  CHECK_FALSE(day.visit().missing_for_signing.empty());
  day.enter_people();
  day.enter(day.visit().present[0].entries[0], "示例矿方人员");
  day.press(day.visit().present[0].buttons[0]);
  CHECK_FALSE(day.closing("visit.sign").enabled);
  CHECK_FALSE(day.closing("visit.sign").hint.empty());
  day.press(day.closing("visit.end"));
  day.press(day.closing("visit.sign"));
  CHECK(day.message().empty());
  CHECK(day.visit().badges[1].word == "已签字");
  CHECK_FALSE(day.visit().entries[0].enabled);
  CHECK_FALSE(day.visit().officers[0].entries[0].enabled);
  day.enter(day.visit().findings[0].entries[0], "示例：签字后想起的问题");
  CHECK(contains(day.visit().findings[0].standing, "签字后补充"));
}

TEST_CASE("a refusal needs its reason and a witness who signs") {
  VisitDay day;
  day.enter_people();
  day.press(day.closing("visit.end"));
  day.choose(day.visit().refused, "yes");
  CHECK(contains(day.visit().missing_for_signing, "原因"));
  day.enter(day.visit().refusal_reason, "示例：对结果有异议");
  CHECK(contains(day.visit().missing_for_signing, "见证人"));
  day.enter(day.visit().witnesses[0].entries[0], "示例见证人");
  day.press(day.visit().witnesses[0].buttons[0]);
  CHECK(day.visit().missing_for_signing.empty());
  day.press(day.closing("visit.sign"));
  CHECK(day.visit().badges[1].word == "已签字");
}

TEST_CASE("a mistake is voided with a reason and stays visible") {
  VisitDay day;
  day.enter(day.visit().findings[0].entries[0], "示例：写错的问题");
  day.press(day.visit().findings[0].buttons[0]);
  REQUIRE(day.view().dialog);
  CHECK_FALSE(day.view().dialog->confirm->enabled);
  day.write(Slot::void_reason, "示例：写错了");
  day.press(*day.view().dialog->confirm);
  CHECK_FALSE(day.view().dialog);
  CHECK(contains(day.visit().findings[0].standing, "已作废：示例：写错了"));
  CHECK_FALSE(day.visit().findings[0].entries[0].enabled);
}

TEST_CASE("a photo is kept by its path and a missing one is said") {
  VisitDay day;
  day.press(day.visit().photo_buttons[0]);
  day.press(day.visit().photo_buttons[1]);
  REQUIRE_MESSAGE(day.visit().photos.size() == 1, day.message());
  CHECK(contains(day.visit().photos[0].title, "photo-example.png"));
  day.enter(day.visit().photos[0].entries[0], "示例：坡脚");
  CHECK(day.visit().photos[0].entries[0].text == "示例：坡脚");
  day.write(Slot::photo_path, "不存在.jpg");
  day.press(day.visit().photo_buttons[1]);
  CHECK(contains(day.message(), "不存在.jpg"));
  CHECK(day.visit().photos.size() == 1);
}

TEST_CASE("the report is made beside the window and its place is said") {
  VisitDay day;
  day.press(day.visit().save_report);
  REQUIRE(day.wait_for([&] { return contains(day.message(), "已保存"); }));
  const std::filesystem::directory_iterator written(day.folder / "reports");
  REQUIRE(written != std::filesystem::directory_iterator());
  CHECK(contains(day.message(), written->path().string()));
  std::string beginning(5, ' ');
  std::ifstream(written->path(), std::ios::binary).read(beginning.data(), 5);
  CHECK(beginning == "%PDF-");
}

TEST_CASE("on a mine of the register nothing offers an invented position") {
  Office office;
  office.press({screens::Command::open_place, office.mine("3-02"), {}});
  office.start_visit("patrol");
  CHECK(office.visit().receiver.examples.size() == 2);  // where real receivers are, and no example
  CHECK(office.visit().photo_buttons.size() == 1);
  // Not even by its path.
  office.let_time_run();
  office.write(Slot::replay_path, source_folder() + "/assets/examples/receiver-example.nmea");
  office.write(Slot::replay_speed, "40");
  office.press(office.visit().receiver.start);
  REQUIRE(office.wait_for([&] { return office.visit().receiver.gate.tone == screens::Tone::good; }));
  office.press(office.visit().receiver.buttons[0]);
  CHECK(office.visit().points.empty());
  CHECK(contains(office.message(), "虚构"));
}

TEST_CASE("what the approved plan asks of a unit stands on the tab of restoration") {
  VisitDay day;
  const Uuid mine = day.mine("3-02");
  const auto add = [&](records::KindNumber kind, const std::vector<inspect::FieldText>& fields) {
    const auto made = inspect::record_document(*day.desk, {{{kind, {}, fields, {}, {}, {}}}, day.folder.path()});
    REQUIRE_MESSAGE(made.ok(), made.error().message());
    return made->ids.front();
  };
  const Uuid unit = add(records::kinds::restoration_unit, {{"parent", mine.text()}, {"name", "1号采坑"}});
  const Uuid plan =
      add(records::kinds::approved_plan, {{"mine", mine.text()}, {"plan_kind", "merged"}, {"title", "示例方案"}});
  add(records::kinds::restoration_task, {{"plan", plan.text()}, {"unit", unit.text()}, {"task", "削坡"}});
  day.press({screens::Command::open_place, mine, {}});
  day.start_visit("concurrent-restoration");
  REQUIRE(day.visit().units.size() == 1);
  day.write(Slot::visit_tab, "restoration");
  CHECK(day.visit().units[0].asked == std::vector<std::string>{"削坡（示例方案）"});
}

TEST_CASE("a receiver whose sentences carry no checksums is not silent: the page says what to switch on") {
  VisitDay day;
  day.let_time_run();
  day.write(Slot::visit_tab, "positions");
  const auto path = day.folder / "无校验和.nmea";
  const std::string sentence = "$GPGGA,023000.00,4307.40740,N,08159.25924,E,1,14,0.7,1283.4,M,-42.1,M,,\r\n";
  REQUIRE(write_file_durably(path, as_bytes(sentence + sentence)).ok());
  day.write(Slot::replay_path, path.string());
  day.press(day.visit().receiver.start);
  REQUIRE(day.wait_for([&] { return contains(day.visit().receiver.gate_reason, "记录里没有位置"); }));
  CHECK(contains(day.visit().receiver.gate_reason, "没有校验和"));
  CHECK(contains(day.visit().receiver.gate_reason, "打开校验和"));
}
