#include "app/geo/county_lines.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "app/geo/geodesy.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

const CsvTable& table() {
  static const CsvTable read = [] {
    auto result = CsvTable::read(source_folder() + "/assets/orientation/county-line.csv");
    REQUIRE(result.ok());
    return *std::move(result);
  }();
  return read;
}

const CountyLines& lines() {
  static const CountyLines read = *CountyLines::from(table());
  return read;
}

Position at(double latitude_deg, double longitude_deg) {
  return {std::llround(latitude_deg * 1e9), std::llround(longitude_deg * 1e9)};
}

Orientation where(double latitude_deg, double longitude_deg, std::optional<std::int64_t> accuracy_mm = std::nullopt) {
  const auto orientation = lines().at(at(latitude_deg, longitude_deg), accuracy_mm);
  REQUIRE(orientation.ok());
  return *orientation;
}

// The county's corners read in the slow, plain way.
std::vector<std::pair<double, double>> own_corners() {
  std::vector<std::pair<double, double>> corners;
  for (std::size_t row = 0; row < table().row_count(); ++row) {
    if (table().cell(row, "code") != "654027") continue;
    for (const std::string_view pair : split(table().cell(row, "points"), ';')) {
      const auto parts = split(pair, ' ');
      corners.emplace_back(std::stod(std::string(parts[0])) / 1024, std::stod(std::string(parts[1])) / 1024);
    }
  }
  return corners;
}

}  // namespace

TEST_CASE("towns of the county are inside it, its neighbours' are outside and named") {
  CHECK(where(43.217, 81.836).county == Orientation::County::inside);  // the county's seat
  CHECK(where(43.217, 81.836).name == "特克斯县");
  CHECK(where(43.157, 81.131).county == Orientation::County::outside);
  CHECK(where(43.157, 81.131).name == "昭苏县");
  CHECK(where(43.482, 82.232).name == "巩留县");
  CHECK(where(43.838, 81.151).name == "察布查尔锡伯自治县");
  const Orientation far = where(39.9, 116.4);
  CHECK(far.county == Orientation::County::outside);
  CHECK(far.name.empty());
  CHECK_FALSE(lines().at(at(91, 81)).ok());
}

TEST_CASE("near the line it cannot be told, and a poor position is near from farther away") {
  const auto corners = own_corners();
  for (std::size_t i = 0; i < corners.size(); i += 97) {
    const auto [longitude, latitude] = corners[i];
    CHECK(where(latitude, longitude).county == Orientation::County::cannot_tell);
    CHECK(where(latitude + 0.0012, longitude).county == Orientation::County::cannot_tell);
    CHECK(where(latitude, longitude).name.empty());
  }
  const Orientation good = where(43.217, 81.836, 5'000);
  CHECK(good.county == Orientation::County::inside);
  CHECK(where(43.217, 81.836, std::llround(good.distance_m * 600)).county == Orientation::County::cannot_tell);
}

// Winding angle and geodesics instead of a ray and a plane.
TEST_CASE("random positions are where a slow way finds them") {
  const auto corners = own_corners();
  std::mt19937_64 random(654027);
  std::uniform_real_distribution<double> latitudes(42.2, 43.6), longitudes(81.1, 82.9);
  int told = 0, inside = 0;
  for (int i = 0; i < 300; ++i) {
    const double latitude = latitudes(random), longitude = longitudes(random);
    CAPTURE(latitude);
    CAPTURE(longitude);
    double angle = 0, nearest = 1e9;
    for (std::size_t k = 0; k < corners.size(); ++k) {
      const auto& [ax, ay] = corners[k];
      const auto& [bx, by] = corners[(k + 1) % corners.size()];
      const double px = ax - longitude, py = ay - latitude, qx = bx - longitude, qy = by - latitude;
      angle += std::atan2(px * qy - py * qx, px * qx + py * qy);
      if (i < 20) nearest = std::min(nearest, *distance_m(at(latitude, longitude), at(ay, ax)));
    }
    const Orientation found = where(latitude, longitude);
    if (i < 20) CHECK(found.distance_m <= nearest * 1.01);
    if (found.county == Orientation::County::cannot_tell) continue;
    ++told;
    inside += found.county == Orientation::County::inside ? 1 : 0;
    CHECK((found.county == Orientation::County::inside) == (std::abs(angle) > 3));
  }
  CHECK(told > 250);
  CHECK(inside > 50);
  CHECK(inside < told - 50);
}

TEST_CASE("the words say that it is coarse and judges nothing, in both languages") {
  const auto said = [](double latitude, double longitude) { return orientation_text(where(latitude, longitude)); };
  const auto [longitude, latitude] = own_corners()[0];
  for (const std::string& text : {said(43.217, 81.836), said(43.157, 81.131), said(latitude, longitude)}) {
    CHECK(text.find("仅供参考") != std::string::npos);
    CHECK(text.find("误差约 100 米") != std::string::npos);
    CHECK(text.find("不作认定") != std::string::npos);
  }
  CHECK(said(43.157, 81.131).find("昭苏县") != std::string::npos);
  CHECK(said(latitude, longitude).find("无法判断") != std::string::npos);
}

TEST_CASE("a damaged file of lines is refused with its row") {
  const auto refused = [](std::string_view points, std::string_view code = "654027") {
    const auto parsed =
        CsvTable::parse("code,name,points\n" + std::string(code) + ",x," + std::string(points) + "\n", "l");
    REQUIRE(parsed.ok());
    return !CountyLines::from(*parsed).ok();
  };
  CHECK_FALSE(refused("83969 43445;84000 43445;84000 43500"));
  CHECK(refused("83969 43445;84000 43445"));
  CHECK(refused("83969 43445;84000;84000 43500"));
  CHECK(refused("83969 43445;84000 43445x;84000 43500"));
  CHECK(refused("83969 93445;84000 43445;84000 43500"));
  CHECK(refused("83969 43445;84000 43445;84000 43500", "654026"));
}
