#include <doctest/doctest.h>

#include <cmath>

#include "app/licence/heights.h"
#include "app/licence/site_standing.h"
#include "app/licence/walked_areas.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/walked_area.h"
#include "tests/app/field_day/field_day.h"

using namespace kuangxun;

namespace {

namespace kinds = records::kinds;

constexpr double north_m = 111'098.0 / 1e9;  // of a nanodegree, at 43.2°
constexpr double east_m = 81'267.0 / 1e9;

struct Place {
  double east = 0;
  double north = 0;
  std::string latitude() const { return format_decimal(43'200'000'000 + std::llround(north / north_m), 9); }
  std::string longitude() const { return format_decimal(81'800'000'000 + std::llround(east / east_m), 9); }
};

// A square kilometre of licence, 1500 to 1600 m high, and a visit to it.
class Site {
 public:
  Site() {
    mine = day.entered(kinds::mining_right, {{"name", "示例砂矿"}, {"is_example", "true"}});
    std::string outline = "POLYGON((";
    for (const Place& corner : {Place{0, 0}, Place{1000, 0}, Place{1000, 1000}, Place{0, 1000}, Place{0, 0}}) {
      outline += (outline.back() == '(' ? "" : ", ") + corner.longitude() + " " + corner.latitude();
    }
    line = day.entered(kinds::boundary, {{"place", mine.text()},
                                         {"outline", outline + "))"},
                                         {"corner_accuracy_m", "0.1"},
                                         {"elevation_bottom_m", "1500"},
                                         {"elevation_top_m", "1600"}});
    visit = day.acted("visit.start", mine);
    REQUIRE_FALSE(visit.is_nil());
  }

  Uuid point(const Place& at, const std::string& purpose, const std::string& height = {}, std::int64_t after_min = 0,
             std::initializer_list<std::pair<const char*, std::string>> more = {}) {
    std::vector<inspect::FieldText> fields = {
        {"latitude_deg", at.latitude()},
        {"longitude_deg", at.longitude()},
        {"accuracy_m", "2"},
        {"purpose", purpose},
        {"measured_at", format_instant(day.clock.now_ms() + after_min * 60'000, 480)}};
    if (!height.empty()) fields.push_back({"ellipsoidal_height_m", height});
    if (!height.empty()) fields.push_back({"height_accuracy_m", "1"});
    for (const auto& [name, text] : more) fields.push_back({name, text});
    const auto added = inspect::run_action(day.desk, "point.add", {visit, fields, {}, {}, {}});
    REQUIRE_MESSAGE(added.ok(), added.error().message());
    return *added;
  }

  Uuid area(const std::string& kind, const Place& from, double side) {
    inspect::Request request{visit, {{"area_kind", kind}, {"label", "一号"}}, {}, {}, {}};
    for (const auto& [east, north] : {std::pair(0.0, 0.0), {side, 0.0}, {side, side}, {0.0, side}}) {
      request.corners.push_back(point({from.east + east, from.north + north}, "position").text());
      day.clock.advance_ms(60'000);
    }
    const auto added = inspect::run_action(day.desk, "area.add", request);
    REQUIRE_MESSAGE(added.ok(), added.error().message());
    return *added;
  }

  Uuid benchmark(const Place& at, const std::string& height, const std::string& known, std::int64_t after_min = 0) {
    return point(at, "benchmark", height, after_min,
                 {{"known_height_m", known}, {"known_height_uncertainty_m", "0.1"}, {"label", "三等点7"}});
  }

  geo::ElevationVerdict elevation(const Uuid& id) {
    const auto verdict = licence::point_elevation(day.store, day.read(id), mine);
    REQUIRE_MESSAGE(verdict.ok(), verdict.error().message());
    REQUIRE(*verdict);
    return **verdict;
  }

  licence::AreaStanding standing(const Uuid& id) {
    const auto found = licence::area_standing(day.store, day.read(id), mine);
    REQUIRE_MESSAGE(found.ok(), found.error().message());
    REQUIRE(*found);
    return **found;
  }

  tests::FieldDay day;
  Uuid mine, line, visit;
};

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an area of corners keeps what each corner was, and its figures follow from them") {
  Site site;
  const records::Record area = site.day.read(site.area("extraction-area", {100, 100}, 200));
  CHECK(area.integer(records::walked_area::area_ha) == doctest::Approx(40'000).epsilon(1e-3));
  CHECK(area.integer(records::walked_area::perimeter_m) == doctest::Approx(80'000).epsilon(1e-3));
  CHECK(area.integer(records::walked_area::is_example) == 1);
  const auto corners = licence::corners_of(area);
  REQUIRE(corners.ok());
  REQUIRE(corners->size() == 4);
  CHECK(corners->front().accuracy_m == 2.0);
  CHECK(*corners->back().time_ms - *corners->front().time_ms == 180'000);
  CHECK(area.integer(records::walked_area::area_uncertainty_ha) == std::ceil(*geo::area_uncertainty_m2(*corners)));
}

TEST_CASE("only of an extraction area it is said that extraction reaches beyond the licence") {
  Site site;
  const licence::AreaStanding pit = site.standing(site.area("extraction-area", {900, 100}, 200));
  CHECK(pit.overlap.standing == geo::Standing::outside);
  CHECK(pit.overlap.share_outside == doctest::Approx(0.5).epsilon(0.01));
  CHECK(says(pit.words, "超出登记的开采区域"));
  CHECK(says(pit.words, "±"));
  CHECK(says(pit.words, "井下无法判断"));
  for (const char* kind : {"waste-dump", "tailings", "industrial-site", "road", "restoration-area"}) {
    const licence::AreaStanding other = site.standing(site.area(kind, {900, 100}, 200));
    CAPTURE(kind);
    CHECK(other.overlap.standing == geo::Standing::outside);
    CHECK_FALSE(says(other.words, "越界"));
    CHECK(says(other.words, "用地手续"));
  }
  CHECK(says(site.standing(site.area("extraction-area", {100, 100}, 200)).words, "在矿区范围内"));
  const licence::AreaStanding near = site.standing(site.area("extraction-area", {799.5, 100}, 200));
  CHECK(near.overlap.standing == geo::Standing::cannot_tell);
  CHECK_FALSE(says(near.words, "越界"));
}

TEST_CASE("an area is measured, not entered, and not edited afterwards") {
  Site site;
  CHECK(says(site.day.act("area.add", site.visit, {{"area_kind", "road"}, {"area_ha", "1"}}), "不能填报"));
  CHECK_FALSE(site.day.act("area.add", site.visit, {{"area_kind", "road"}}).empty());
  const Uuid area = site.area("road", {100, 100}, 50);
  CHECK(says(site.day.act("record.set", area, {{"area_ha", "9"}}), "不能修改"));
  CHECK(site.day.act("record.set", area, {{"note", "运矿道路"}}).empty());
}

TEST_CASE("without an offset or a benchmark heights are not compared") {
  Site site;
  const auto verdict = site.elevation(site.point({500, 500}, "extraction-area", "1490"));
  CHECK(verdict.standing == geo::ElevationStanding::cannot_tell);
  CHECK_FALSE(verdict.height_1985_mm);
}

TEST_CASE(
    "a benchmark of the visit gives heights by the difference, with the errors of both and of the geoid between") {
  Site site;
  // The ellipsoid lies 45 m below the 1985 surface here.
  site.benchmark({500, 0}, "1455", "1500.000");
  const auto verdict = site.elevation(site.point({500, 500}, "extraction-area", "1490", 10));
  CHECK(verdict.height_1985_mm == 1'535'000);
  CHECK(verdict.standing == geo::ElevationStanding::within);
  // 1 m here, 1 m there, 0.1 m of the known height, 0.05 m of the geoid.
  CHECK(*verdict.uncertainty_mm == doctest::Approx(1.96 * std::sqrt(1e6 + 1e6 + 1e4 + 2500)).epsilon(1e-3));
  CHECK(says(verdict.reason, "三等点7"));
  CHECK(site.elevation(site.point({500, 500}, "extraction-area", "1452", 10)).standing ==
        geo::ElevationStanding::below);
  CHECK(site.elevation(site.point({500, 500}, "extraction-area", "1456", 10)).standing ==
        geo::ElevationStanding::cannot_tell);
}

TEST_CASE("a benchmark too far, too long ago, incomplete, voided or of another visit does not count") {
  Site site;
  const auto is_unknown = [&] {
    return !site.elevation(site.point({500, 500}, "extraction-area", "1490")).height_1985_mm;
  };
  site.benchmark({500, 2600}, "1455", "1500");
  CHECK(is_unknown());
  site.benchmark({500, 400}, "1455", "1500", 5 * 60);
  CHECK(is_unknown());
  site.point({500, 400}, "benchmark", "1455", 0, {{"known_height_m", "1500"}});
  CHECK(is_unknown());
  const Uuid voided = site.benchmark({500, 400}, "1455", "1500");
  CHECK_FALSE(is_unknown());
  CHECK(site.day.act("record.void", voided, {}, "读错了").empty());
  CHECK(is_unknown());
  const Uuid first = std::exchange(site.visit, site.day.acted("visit.start", site.mine));
  site.benchmark({500, 400}, "1455", "1500");
  CHECK_FALSE(is_unknown());
  site.visit = first;
  CHECK(is_unknown());
}

TEST_CASE("benchmark and county's offset: the surer speaks, and neither where they contradict each other") {
  Site site;
  const auto set = [&](const std::string& offset, const std::string& uncertainty) {
    const std::string message = site.day.enter(kinds::positioning_rules, {{"accuracy_m_max", "10"},
                                                                          {"height_offset_m", offset},
                                                                          {"height_offset_uncertainty_m", uncertainty},
                                                                          {"reason", "测试"}});
    REQUIRE_MESSAGE(message.empty(), message);
    site.day.clock.advance_ms(1000);
  };
  site.benchmark({500, 400}, "1455", "1500");
  set("44", "2");
  const Uuid pit = site.point({500, 500}, "extraction-area", "1490");
  CHECK(says(site.elevation(pit).reason, "三等点7"));
  CHECK(site.elevation(pit).height_1985_mm == 1'535'000);
  set("44", "0.2");
  CHECK(site.elevation(pit).height_1985_mm == 1'534'000);
  CHECK_FALSE(says(site.elevation(pit).reason, "三等点7"));
  set("30", "0.2");
  CHECK(site.elevation(pit).standing == geo::ElevationStanding::cannot_tell);
  CHECK(says(site.elevation(pit).reason, "相差"));
}

TEST_CASE("what the newest visit measured stands for the site, each thing by itself") {
  Site site;
  const auto standing = [&] {
    const auto found = licence::site_standing(site.day.store, site.mine, day_of(site.day.clock.now_ms(), 480));
    REQUIRE_MESSAGE(found.ok(), found.error().message());
    return *found;
  };
  CHECK(standing().has_boundary);
  CHECK(standing().has_elevations);
  CHECK(standing().extraction.empty());
  site.area("extraction-area", {900, 100}, 200);
  site.point({1100, 0}, "waste-dump");
  REQUIRE(standing().extraction.size() == 1);
  CHECK(standing().extraction.front().standing == geo::Standing::outside);
  REQUIRE(standing().other.size() == 1);
  CHECK_FALSE(says(standing().other.front().words, "越界"));
  CHECK(standing().elevations.empty());
  site.day.clock.advance_ms(86'400'000);
  const Uuid later = site.day.acted("visit.start", site.mine);
  site.visit = later;
  site.point({500, 500}, "extraction-area", "1490");
  REQUIRE(standing().extraction.size() == 1);
  CHECK(standing().extraction.front().standing == geo::Standing::inside);
  CHECK(standing().other.size() == 1);
  REQUIRE(standing().elevations.size() == 1);
  CHECK(standing().elevations.front().standing == geo::Standing::cannot_tell);
  CHECK(site.day.act("record.void", later, {}, "走错了地方").empty());
  CHECK(standing().extraction.front().standing == geo::Standing::outside);
}
