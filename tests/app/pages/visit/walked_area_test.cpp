#include <cmath>

#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"
#include "tests/app/pages/visit/positions_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

constexpr double pi = 3.14159265358979323846;

// A receiver that first stands, then is carried round a circle of 80 m at 2 m/s, a fix a second.
void write_walk(const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  for (int second = 0; second < 290; ++second) {
    const double angle = std::clamp(second - 20, 0, 252) * 2.0 / 80;
    const double north_m = 80 * std::sin(angle), east_m = 80 * std::cos(angle);
    char time[32], words[160];
    std::snprintf(time, sizeof time, "03%02d%02d.00", second / 60, second % 60);
    std::snprintf(words, sizeof words, "GPGGA,%s,43%09.6f,N,081%09.6f,E,1,12,0.8,1312.1,M,-53.1,M,,", time,
                  9 + north_m / 1851.6, 54 + east_m / 1354.4);
    out << with_checksum(words);
    std::snprintf(words, sizeof words, "GPGST,%s,1.6,1.4,1.1,32.0,1.30,1.20,2.60", time);
    out << with_checksum(words);
    std::snprintf(words, sizeof words, "GPRMC,%s,A,43%09.6f,N,081%09.6f,E,3.9,0.0,010526,,,A", time,
                  9 + north_m / 1851.6, 54 + east_m / 1354.4);
    out << with_checksum(words);
  }
}

}  // namespace

TEST_CASE("an area is walked round: perimeter and area are told on the way, then it stands with its verdict") {
  PositionsDay day("patrol");
  day.enter_line(43.16);  // west of the middle of the circle is the licence
  CHECK_FALSE(day.button("area.start").enabled);
  const auto file = day.folder / "walk.nmea";
  write_walk(file);
  day.let_time_run();
  day.fill("gps.path", file.string());
  day.start("100");
  day.press("area.start");
  CHECK_FALSE(day.button("area.finish").enabled);
  CHECK_FALSE(day.button("area.points").enabled);
  REQUIRE(day.wait_for([&] { return day.button("area.finish").enabled; }));
  CHECK(contains(day.page_words(), "公顷"));
  // Too early: what is missing is said, and the walk goes on.
  day.press("area.finish");
  CHECK_MESSAGE(contains(day.page_problem(), "没有闭合"), day.page_problem());
  CHECK(day.shown("area") == 0);
  day.fill("area.label", "东坑");
  // As soon as the outline comes back to its beginning it is taken.
  const bool is_taken = day.wait_for([&] {
    if (day.shown("area") == 0) day.press("area.finish");
    return day.shown("area") > 0;
  });
  REQUIRE_MESSAGE(is_taken, day.page_problem());
  CHECK(day.shown("area") == 1);
  const std::string words = day.page_words();
  CHECK(contains(words, "采场/采坑 · 东坑"));
  CHECK(contains(words, "2.0"));  // hectares
  CHECK(contains(words, "±"));
  CHECK(contains(words, "超出登记的开采区域"));
  const records::Record record = day.store->list(kinds::walked_area)->front();
  CHECK(record.integer(records::walked_area::area_ha) == doctest::Approx(pi * 80 * 80).epsilon(0.02));
  CHECK(record.has(records::walked_area::track));
  CHECK(record.integer(records::walked_area::is_example) == 1);
  CHECK(day.has_button("area.start"));
  CHECK(day.entry("area.label").text.empty());
}

TEST_CASE("the points taken meanwhile make an area too, and it can be left") {
  PositionsDay day("patrol");
  day.start_example();
  day.press("area.start");
  REQUIRE(day.wait_for_evidence());
  day.press("gps.take");
  REQUIRE(day.shown("point") == 1);
  CHECK(contains(day.button("area.points").label, "1"));
  CHECK_FALSE(day.button("area.points").enabled);
  day.press("area.drop");
  CHECK(day.button("area.start").enabled);
  CHECK(day.has_button("gps.track_stop"));  // what was walked is kept
  CHECK(day.store->list(kinds::walked_area)->empty());
}
