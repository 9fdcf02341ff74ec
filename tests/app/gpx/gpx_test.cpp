#include "app/gpx/gpx.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "db/base/calendar.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::tests {
namespace {

const std::string day = R"(<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="示例" xmlns="http://www.topografix.com/GPX/1/1">
 <wpt lat="1" lon="2"><time>2026-09-24T02:00:00Z</time></wpt>
 <trk><name>示例</name><trkseg>
  <trkpt lat="43.2170000001" lon="81.826"><ele>1200.5</ele>
   <time>2026-09-24T02:11:12Z</time><sat>9</sat><hdop>0.9</hdop></trkpt>
  <trkpt lon="81.8261" lat="43.2171"><time>2026-09-24T10:11:13.500+08:00</time></trkpt>
 </trkseg><trkseg>
  <trkpt lat="43.2172" lon="81.8262"/>
 </trkseg></trk></gpx>)";

std::string problem(const std::string& text) {
  const auto read = gpx::read_tracks(text);
  return read.ok() ? std::string() : read.error().message();
}

}  // namespace

TEST_CASE("tracks are read, with their segments; waypoints are none") {
  const auto points = gpx::read_tracks(day);
  REQUIRE(points.ok());
  REQUIRE(points->size() == 3);
  CHECK((*points)[0].latitude_nanodegrees == 43'217'000'000);
  CHECK((*points)[0].height_mm == 1'200'500);
  CHECK((*points)[0].satellites == 9);
  CHECK((*points)[0].hdop_e2 == 90);
  CHECK((*points)[0].begins_segment);
  CHECK(*(*points)[1].utc_ms - *(*points)[0].utc_ms == 1'500);
  CHECK_FALSE((*points)[1].begins_segment);
  CHECK((*points)[2].begins_segment);
  CHECK_FALSE((*points)[2].utc_ms.has_value());
  CHECK(gpx::is_gpx(std::string_view(day).substr(0, 100)));
  CHECK_FALSE(gpx::is_gpx("$GPGGA,"));
}

TEST_CASE("what is no track is refused with its line") {
  CHECK(problem("").find("XML") != std::string::npos);
  CHECK(problem("<kml></kml>").find("GPX") != std::string::npos);
  CHECK(problem("<gpx>\n<trkpt lat=\"99\" lon=\"81\"/></gpx>").find("2") != std::string::npos);
  for (const auto* wrong : {"<gpx><trkpt lat=\"43\"/></gpx>", "<gpx><trkpt lat=\"nan\" lon=\"81\"/></gpx>",
                            "<gpx><trkpt lat=\"43,2\" lon=\"81\"/></gpx>", "<gpx><trk>", "<gpx></gpy>"}) {
    CAPTURE(wrong);
    CHECK_FALSE(problem(wrong).empty());
  }
  // Entities that grow without end are Expat's to stop.
  std::string bomb = "<!DOCTYPE gpx [<!ENTITY a0 \"aaaaaaaaaa\">";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "&a" + std::to_string(i - 1) + ";";
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) bomb += before;
    bomb += "\">";
  }
  CHECK_FALSE(problem(bomb + "]><gpx><trkpt lat=\"43\" lon=\"81\"><name>&a11;</name></trkpt></gpx>").empty());
}

TEST_CASE("damaged files are refused or read, and nothing lies off the globe") {
  SeededRandom random(9);
  int read_whole = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = day;
    std::array<std::uint8_t, 4> chance{};
    random.fill(chance);
    damaged[(chance[0] + 256U * chance[1]) % damaged.size()] = static_cast<char>(chance[2]);
    const auto points = gpx::read_tracks(damaged);
    if (!points.ok()) continue;
    ++read_whole;
    for (const gpx::TrackPoint& point : *points) {
      REQUIRE(std::abs(point.latitude_nanodegrees) <= 90'000'000'000);
      REQUIRE(std::abs(point.longitude_nanodegrees) <= 180'000'000'000);
    }
  }
  CHECK(read_whole > 100);
}

}  // namespace kuangxun::tests
