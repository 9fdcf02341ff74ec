#include <algorithm>

#include "db/base/files.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"
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
  day.open_visit_tab("positions");
  day.write(Slot::replay_path, "没有这个文件.log");
  day.press(day.visit().receiver.start);
  CHECK(contains(day.message(), "没有这个文件.log"));
  CHECK_FALSE(day.visit().receiver.is_running);
}

TEST_CASE("the area of a unit is measured by this visit's corners, beside what was entered before") {
  VisitDay day;
  day.open_visit_tab("restoration");
  CHECK_FALSE(day.entry("unit.0.area_ha").enabled);
  day.choose("unit.0.state", "completed");
  day.enter("unit.0.area_ha", "1.1");
  CHECK_FALSE(day.button("unit.0.measure").enabled);
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
  day.open_visit_tab("restoration");
  day.press("unit.0.measure");
  CHECK(contains(day.message(), "实测面积 1."));
  CHECK(contains(day.page_words(), "实测 1."));
  CHECK(contains(day.page_words(), "±"));
  CHECK(contains(day.page_words(), "本次较早的记录：完工 · 填报 1.1"));
  CHECK_FALSE(day.entry("unit.0.area_ha").enabled);  // a measured area is not typed over
  day.press(day.visit().back);
  day.open_place_tab("restoration");
  CHECK(contains(day.page_words(), "完工\n"));
}

TEST_CASE("on a mine of the register nothing offers an invented position") {
  Office office;
  office.press({screens::Command::open_place, office.mine("3-02"), {}});
  office.start_visit("patrol");
  office.open_visit_tab("findings");
  CHECK_FALSE(office.has_button("visit.photo_example"));
  office.open_visit_tab("positions");
  CHECK(office.visit().receiver.examples.size() == 2);  // where real receivers are, and no example
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
