#include <doctest/doctest.h>

#include "app/licence/corner_markers.h"
#include "db/records/handles/corner_marker.h"
#include "db/records/handles/gps_point.h"
#include "tests/app/field_day/field_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// A licence of four corners, the first at 43.2° 81.8°, and a visit to it.
struct Site {
  Site() {
    mine = day.entered(kinds::mining_right, {{"name", "示例砂矿"}, {"is_example", "true"}});
    line = boundary("POLYGON((81.80 43.20, 81.81 43.20, 81.81 43.21, 81.80 43.21, 81.80 43.20))");
    visit = day.acted("visit.start", mine);
    REQUIRE_FALSE(visit.is_nil());
  }
  Uuid boundary(const std::string& outline) {
    const Uuid id =
        day.entered(kinds::boundary, {{"place", mine.text()}, {"outline", outline}, {"corner_accuracy_m", "0.3"}});
    REQUIRE_FALSE(id.is_nil());
    return id;
  }
  std::string text(const Uuid& marker) {
    const auto corners = licence::corners_of_place(day.store, mine);
    REQUIRE(corners.ok());
    const auto words = licence::marker_text(day.store, *corners, day.read(marker));
    REQUIRE_MESSAGE(words.ok(), words.error().message());
    return *words;
  }
  std::vector<licence::SeenMarker> seen() {
    auto markers = licence::markers_of_place(day.store, mine);
    REQUIRE(markers.ok());
    return std::move(markers).value();
  }

  FieldDay day;
  Uuid mine;
  Uuid line;
  Uuid visit;
};

}  // namespace

TEST_CASE("a marker is recorded with the point that is measured at it, both or neither") {
  Site site;
  // 3 m north of the first corner.
  const Uuid marker = site.day.acted("marker.add", site.visit,
                                     {{"corner", "1"},
                                      {"state", "damaged"},
                                      {"note", "被撞歪"},
                                      {"point.latitude_deg", "43.200027"},
                                      {"point.longitude_deg", "81.8"},
                                      {"point.accuracy_m", "0.4"}});
  REQUIRE_FALSE(marker.is_nil());
  const records::Record record = site.day.read(marker);
  CHECK(record.reference(records::corner_marker::boundary) == site.line);
  CHECK(record.integer(records::corner_marker::is_example) == 1);
  const records::Record point = site.day.read(record.reference(records::corner_marker::point));
  CHECK(point.display(records::gps_point::purpose) == "界桩");
  CHECK(point.reference(records::gps_point::visit) == site.visit);
  CHECK(point.text(records::gps_point::label) == "界桩 1");
  // Errors of both together, upward: sqrt(0.4² + 0.3²) = 0.5.
  CHECK(site.text(marker) == "拐点 1：损坏；实测点离拐点坐标 3.0 m ± 0.5 m；被撞歪");

  const std::size_t points = site.day.store.list(kinds::gps_point)->size();
  const std::string refused = site.day.act(
      "marker.add", site.visit,
      {{"corner", "5"}, {"state", "lost"}, {"point.latitude_deg", "43.2"}, {"point.longitude_deg", "81.8"}});
  CHECK_MESSAGE(contains(refused, "1 至 4"), refused);
  CHECK(site.day.store.list(kinds::gps_point)->size() == points);
  CHECK(site.seen().size() == 1);
}

TEST_CASE("what is not known of the errors is said, and no error is made up") {
  Site site;
  const Uuid unmeasured = site.day.acted("marker.add", site.visit, {{"corner", "2"}, {"state", "lost"}});
  CHECK(site.text(unmeasured) == "拐点 2：丢失");
  const Uuid blind = site.day.acted(
      "marker.add", site.visit,
      {{"corner", "1"}, {"state", "intact"}, {"point.latitude_deg", "43.2"}, {"point.longitude_deg", "81.8"}});
  CHECK(site.text(blind) == "拐点 1：完好；实测点离拐点坐标 0.0 m（定位精度未知）");
  site.day.elsewhere(unmeasured, "state", std::int64_t{1}, {});
  CHECK(contains(site.text(unmeasured), "有争议"));
}

TEST_CASE("a marker of another place's line, or a point of another visit, is refused") {
  Site site;
  const Uuid other = site.day.entered(kinds::legacy_site, {{"name", "示例采坑"}, {"is_example", "true"}});
  const Uuid other_visit = site.day.acted("visit.start", other);
  CHECK(contains(site.day.act("marker.add", other_visit, {{"corner", "1"}, {"state", "intact"}}), "还没有界线"));
  CHECK(contains(
      site.day.act("marker.add", other_visit, {{"boundary", site.line.text()}, {"corner", "1"}, {"state", "intact"}}),
      "不是检查对象的界线"));
  const Uuid point = site.day.acted("point.add", other_visit, {{"latitude_deg", "43.2"}, {"longitude_deg", "81.8"}});
  CHECK(
      contains(site.day.act("marker.add", site.visit, {{"corner", "1"}, {"state", "intact"}, {"point", point.text()}}),
               "另一次检查"));
  CHECK(contains(site.day.act("marker.add", site.visit,
                              {{"corner", "1"},
                               {"state", "intact"},
                               {"point", point.text()},
                               {"point.latitude_deg", "43.2"},
                               {"point.longitude_deg", "81.8"}}),
                 "不能两样都给"));
  const Uuid marker = site.day.acted("marker.add", site.visit, {{"corner", "1"}, {"state", "intact"}});
  CHECK(contains(site.day.act("record.set", marker, {{"corner", "9"}}), "1 至 4"));
  CHECK(site.day.act("record.set", marker, {{"corner", "4"}}).empty());
}

TEST_CASE("where a place has several lines one must be named, and its corners are told apart") {
  Site site;
  const Uuid second = site.boundary("POLYGON((81.85 43.20, 81.86 43.20, 81.86 43.21, 81.85 43.20))");
  CHECK(contains(site.day.act("marker.add", site.visit, {{"corner", "1"}, {"state", "intact"}}), second.text()));
  const Uuid marker =
      site.day.acted("marker.add", site.visit, {{"boundary", second.text()}, {"corner", "3"}, {"state", "intact"}});
  CHECK(site.text(marker) == "界线 2 拐点 3：完好");
  CHECK(contains(
      site.day.act("marker.add", site.visit, {{"boundary", second.text()}, {"corner", "4"}, {"state", "intact"}}),
      "1 至 3"));
  // The line goes, the marker that was seen on it stays readable.
  REQUIRE(site.day.act("record.void", second, {}, "录错").empty());
  CHECK(contains(site.text(marker), "界线已作废"));
}

TEST_CASE("the newest visit that stands says what a marker is") {
  Site site;
  const Uuid first = site.day.acted("marker.add", site.visit, {{"corner", "1"}, {"state", "intact"}});
  site.day.clock.advance_ms(86'400'000);
  const Uuid later = site.day.acted("visit.start", site.mine);
  const Uuid second = site.day.acted("marker.add", later, {{"corner", "1"}, {"state", "damaged"}});
  site.day.clock.advance_ms(1000);
  const Uuid third = site.day.acted("marker.add", later, {{"corner", "1"}, {"state", "lost"}});
  const auto corners = licence::corners_of_place(site.day.store, site.mine);
  const auto newest = [&] { return licence::newest_of(site.seen(), corners->front())->marker.id(); };
  CHECK(site.seen().size() == 3);
  const auto seen = site.seen();
  CHECK(licence::newest_of(seen, corners->front())->marker.id() == third);
  CHECK(licence::newest_of(seen, corners->back()) == nullptr);
  REQUIRE(site.day.act("record.void", third, {}, "看错").empty());
  CHECK(newest() == second);
  REQUIRE(site.day.act("record.void", later, {}, "没有去").empty());
  CHECK(newest() == first);
}
