#include <cmath>
#include <fstream>

#include "db/records/handles/visit.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;
namespace kinds = kuangxun::records::kinds;

namespace {

constexpr double pi = 3.14159265358979323846;

std::string with_checksum(const std::string& words) {
  int sum = 0;
  for (const char c : words) sum ^= static_cast<unsigned char>(c);
  char end[8];
  std::snprintf(end, sizeof end, "*%02X\r\n", static_cast<unsigned>(sum));
  return "$" + words + end;
}

// A receiver that first stands, then is carried round a circle of 80 m at 5 m/s, a fix a second.
void write_walk(const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  for (int second = 0; second < 135; ++second) {
    const double angle = std::clamp(second - 20, 0, 101) * 5.0 / 80;
    const double north_m = 80 * std::sin(angle), east_m = 80 * std::cos(angle);
    char time[16], words[160];
    std::snprintf(time, sizeof time, "03%02d%02d.00", second / 60, second % 60);
    std::snprintf(words, sizeof words, "GPGGA,%s,43%09.6f,N,081%09.6f,E,1,12,0.8,1312.1,M,-53.1,M,,", time,
                  9 + north_m / 1851.6, 54 + east_m / 1354.4);
    out << with_checksum(words);
    std::snprintf(words, sizeof words, "GPGST,%s,1.6,1.4,1.1,32.0,1.30,1.20,2.60", time);
    out << with_checksum(words);
    std::snprintf(words, sizeof words, "GPRMC,%s,A,43%09.6f,N,081%09.6f,E,9.7,0.0,010526,,,A", time,
                  9 + north_m / 1851.6, 54 + east_m / 1354.4);
    out << with_checksum(words);
  }
}

struct AreaDay : Office {
  AreaDay() {
    open_example_place();
    start_visit("patrol");
    write(Slot::visit_tab, "positions");
  }
  // West of the middle of the circle is the licence.
  void enter_line() {
    records::Record line(fixed_uuid("line"), records::kind_of(kinds::boundary));
    const auto set = [&](std::string_view field, std::string_view text) {
      const records::FieldDescription& described = *line.kind().find_field(field);
      line.set_value(described, records::parse_value(described, text).value());
    };
    set("place", store->list(kinds::visit)->front().reference(records::visit::place).text());
    set("outline", "POLYGON((81.8900 43.1400, 81.9000 43.1400, 81.9000 43.1600, 81.8900 43.1600, 81.8900 43.1400))");
    set("corner_accuracy_m", "0.5");
    REQUIRE(store->commit(history::edits_for_new(line), Uuid{}).ok());
  }
  const screens::Button& area_button(std::string_view name) {
    for (const screens::Button& button : visit().area_recorder.buttons) {
      if (button.name == name) return button;
    }
    FAIL("no such button: " << name);
    return visit().area_recorder.buttons.front();
  }
};

}  // namespace

TEST_CASE("an area is walked round: perimeter and area are told on the way, then it stands with its verdict") {
  AreaDay day;
  day.enter_line();
  CHECK_FALSE(day.area_button("area.start").enabled);
  const auto file = day.folder / "walk.nmea";
  write_walk(file);
  day.let_time_run();
  day.write(Slot::replay_path, file.string());
  day.write(Slot::replay_speed, "60");
  day.press(day.visit().receiver.start);
  REQUIRE(day.area_button("area.start").enabled);
  day.press(day.area_button("area.start"));
  CHECK_FALSE(day.area_button("area.finish").enabled);
  CHECK_FALSE(day.area_button("area.points").enabled);
  REQUIRE(day.wait_for([&] { return day.area_button("area.finish").enabled; }));
  CHECK(contains(all_text(day.visit().area_recorder.facts), "公顷"));
  // Too early: what is missing is said, and the walk goes on.
  day.press(day.area_button("area.finish"));
  CHECK_MESSAGE(contains(day.message(), "没有闭合"), day.message());
  CHECK(day.visit().areas.empty());
  day.write(Slot::area_label, "东坑");
  // As soon as the outline comes back to its beginning it is taken.
  const bool is_taken = day.wait_for([&] {
    if (day.visit().areas.empty()) day.press(day.area_button("area.finish"));
    return !day.visit().areas.empty();
  });
  REQUIRE_MESSAGE(is_taken, day.message());
  REQUIRE(day.visit().areas.size() == 1);
  const screens::AreaView& area = day.visit().areas.front();
  CHECK(contains(area.title, "采场/采坑 · 东坑"));
  CHECK(contains(area.figures, "2.0"));  // hectares
  CHECK(contains(area.figures, "±"));
  CHECK(contains(area.words, "疑似越界"));
  CHECK(area.verdict.tone == screens::Tone::bad);
  const records::Record record = day.store->list(kinds::walked_area)->front();
  CHECK(record.integer(records::walked_area::area_ha) == doctest::Approx(pi * 80 * 80).epsilon(0.02));
  CHECK(record.has(records::walked_area::track));
  CHECK(record.integer(records::walked_area::is_example) == 1);
  CHECK(day.area_button("area.start").name == "area.start");
}

TEST_CASE("the points taken meanwhile make an area too, and it can be left") {
  AreaDay day;
  day.let_time_run();
  day.press(day.visit().receiver.examples.back());
  day.write(Slot::replay_speed, "10");
  day.press(day.visit().receiver.start);
  day.press(day.area_button("area.start"));
  REQUIRE(day.wait_for([&] { return day.visit().receiver.gate.tone == screens::Tone::good; }));
  day.press(day.visit().receiver.buttons.front());
  REQUIRE(day.visit().points.size() == 1);
  CHECK(contains(day.area_button("area.points").label, "1"));
  CHECK_FALSE(day.area_button("area.points").enabled);
  day.press(day.area_button("area.drop"));
  CHECK(day.area_button("area.start").enabled);
  CHECK(day.store->list(kinds::walked_area)->empty());
}
