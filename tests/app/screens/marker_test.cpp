#include "app/screens/stake_out.h"

#include <fstream>

#include "db/records/handles/common.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;
namespace kinds = kuangxun::records::kinds;

namespace {

struct MarkerDay : Office {
  MarkerDay() {
    open_example_place();
    start_visit("patrol");
    write(Slot::visit_tab, "positions");
  }
  // The example recording stands at 43.15° 81.9°, about.
  void enter_line() {
    records::Record line(fixed_uuid("line"), records::kind_of(kinds::boundary));
    const auto set = [&](std::string_view field, std::string_view text) {
      const records::FieldDescription& described = *line.kind().find_field(field);
      line.set_value(described, records::parse_value(described, text).value());
    };
    set("place", store->list(kinds::visit)->front().reference(records::visit::place).text());
    set("outline", "POLYGON((81.8900 43.1400, 81.9000 43.1400, 81.9000 43.1500, 81.8900 43.1500, 81.8900 43.1400))");
    set("corner_accuracy_m", "0.5");
    REQUIRE(store->commit(history::edits_for_new(line), Uuid{}).ok());
    press(screens::Press{screens::Command::open_visit, store->list(kinds::visit)->front().id(), {}});
  }
  const screens::MarkersView& markers() {
    REQUIRE(visit().markers);
    return *visit().markers;
  }
  const screens::Button& state_button(std::string_view name) {
    for (const screens::Button& button : markers().buttons) {
      if (button.name == name) return button;
    }
    FAIL("no such button: " << name);
    return markers().buttons.front();
  }
};

gps::Fix fix_at(double north_m, double east_m) {
  gps::Fix fix;
  fix.latitude_nanodegrees = 43'200'000'000 + std::llround(north_m * 9'001);
  fix.longitude_nanodegrees = 81'800'000'000 + std::llround(east_m * 12'305);
  fix.accuracy_mm = 1'200;
  return fix;
}

licence::Corner corner_there() {
  return {fixed_uuid("line"), 3, "拐点 3", {43'200'000'000, 81'800'000'000}, 500};
}

}  // namespace

TEST_CASE("the way to a corner: distance with its error, bearing, and which way to turn while one walks") {
  const gps::Fix standing = fix_at(-30, -30);
  const std::string still = all_text(screens::stake_out_facts(standing, corner_there()));
  CHECK_MESSAGE(contains(still, "到拐点 3 | 42.4 m ± 1.3 m"), still);
  CHECK(contains(still, "45° 东北"));
  CHECK(contains(still, "走起来才知道"));
  gps::Fix walking = standing;
  walking.speed_mm_s = 1'400;
  for (const auto& [course, words] :
       {std::pair(10'000, "向右转 35°"), {80'000, "向左转 35°"}, {47'000, "一直走"}, {225'000, "掉头"}}) {
    walking.course_millidegrees = course;
    const std::string text = all_text(screens::stake_out_facts(walking, corner_there()));
    CHECK_MESSAGE(contains(text, words), text);
  }
  // At rest the course is noise, whatever the receiver writes.
  walking.speed_mm_s = 100;
  CHECK(contains(all_text(screens::stake_out_facts(walking, corner_there())), "走起来才知道"));
}

TEST_CASE("under a metre the two components guide, and nobody is told more than the error allows") {
  const std::string near = all_text(screens::stake_out_facts(fix_at(-0.4, 0.5), corner_there()));
  CHECK_MESSAGE(contains(near, "向北 0.40 m，向西 0.50 m"), near);
  CHECK(contains(near, "再近分辨不出"));
  CHECK_FALSE(contains(near, "方位"));
  gps::Fix blind = fix_at(-30, 0);
  blind.accuracy_mm.reset();
  const std::string unknown = all_text(screens::stake_out_facts(blind, corner_there()));
  CHECK(contains(unknown, "精度未知"));
  CHECK_FALSE(contains(unknown, "±"));
}

TEST_CASE("a place without a line has no markers; with one, a state is recorded without or with the position of now") {
  MarkerDay day;
  CHECK_FALSE(day.visit().markers);
  day.enter_line();
  CHECK(day.markers().corner.options.size() == 5);
  // Neither chosen nor near: there is nothing to record.
  CHECK_FALSE(day.state_button("marker.lost").enabled);
  day.write(Slot::marker_corner, option_of(day.markers().corner.options, "2").text);
  CHECK(contains(day.markers().hint, "不附位置"));
  day.write(Slot::marker_note, "只剩坑");
  day.press(day.state_button("marker.lost"));
  CHECK_MESSAGE(contains(day.message(), "没有附位置"), day.message());
  REQUIRE(day.markers().recorded.size() == 1);
  CHECK(contains(day.markers().recorded.front().text, "拐点 2：丢失；只剩坑"));
  CHECK(day.visit().points.empty());
  CHECK(day.markers().note.text.empty());

  day.let_time_run();
  day.press(day.visit().receiver.examples.back());
  day.write(Slot::replay_speed, "10");
  day.press(day.visit().receiver.start);
  REQUIRE(day.wait_for([&] { return day.visit().receiver.gate.tone == screens::Tone::good; }));
  day.write(Slot::marker_corner, "");
  CHECK(contains(day.markers().corner.options.front().label, "拐点 3"));
  CHECK(contains(all_text(day.markers().facts), "到拐点 3"));
  day.press(day.state_button("marker.intact"));
  REQUIRE_MESSAGE(day.markers().recorded.size() == 2, day.message());
  CHECK(contains(day.message(), "拐点 3：完好；实测点离拐点坐标"));
  CHECK(contains(day.message(), "±"));
  REQUIRE(day.visit().points.size() == 1);
  CHECK(contains(day.visit().points.front().title, "界桩"));
  const records::Record record = day.store->list(kinds::corner_marker)->back();
  CHECK(record.integer(records::common::is_example) == 1);
  CHECK(contains(all_text(day.markers().facts), "完好"));  // what was seen before

  // The receiver stops between the look and the press: nothing is recorded that the button did not promise.
  const screens::Press promised = day.state_button("marker.damaged").press;
  day.press(day.visit().receiver.stop);
  day.press(promised);
  CHECK_MESSAGE(contains(day.message(), "什么都没有记录"), day.message());
  CHECK(day.markers().recorded.size() == 2);

  // It stands in the place's history.
  day.press(day.visit().back);
  day.open_place_tab("visits");
  CHECK(contains(day.page_words(), "界桩\n"));
  CHECK(contains(day.page_words(), "拐点 3：完好"));
}
