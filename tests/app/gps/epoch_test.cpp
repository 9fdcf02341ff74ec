#include "app/gps/epoch.h"

#include <doctest/doctest.h>

#include "db/base/calendar.h"
#include "tests/app/gps/sentences.h"

using namespace kuangxun;
using namespace kuangxun::gps;
using kuangxun::gps::tests::fixes_of;
using kuangxun::gps::tests::printed;

namespace {

std::string gga(std::string_view time, std::string_view place = "4312.0000,N,08148.0000,E",
                std::string_view quality = "1") {
  return "GPGGA," + std::string(time) + "," + std::string(place) + "," + std::string(quality) +
         ",08,1.2,1210.5,M,-40.2,M,,";
}
std::string rmc(std::string_view time, std::string_view date = "010526", std::string_view status = "A",
                std::string_view place = "4312.0000,N,08148.0000,E") {
  return "GPRMC," + std::string(time) + "," + std::string(status) + "," + std::string(place) + ",0.1,," +
         std::string(date) + ",,";
}
std::string instant(const Fix& fix) {
  return fix.utc_ms ? format_instant(*fix.utc_ms, 0) : "-";
}

}  // namespace

TEST_CASE("the sentences of one time make one fix, with the best of each") {
  const auto fixes =
      fixes_of(printed({"GPRMC,023000.00,A,4312.0000,N,08148.0000,E,1.0,,010526,,",
                        "GNGGA,023000.00,4312.000012,N,08148.000012,E,1,11,0.8,1210.5,M,-40.2,M,,",
                        "GNGSA,A,3,01,02,03,04,,,,,,,,,1.5,0.8,1.2,1", "GNGST,023000.00,1,,,,0.6,0.8,1.5",
                        "GPVTG,10.0,T,,M,1.0,N,1.8,K,A", "GPHDT,123.4,T"}));
  REQUIRE(fixes.size() == 1);
  const Fix& fix = fixes[0];
  CHECK(instant(fix).starts_with("2026-05-01T02:30:00"));
  CHECK(fix.latitude_nanodegrees == 43'200'000'200);
  CHECK(fix.mode == FixMode::three_d);
  CHECK(*fix.satellites == 11);
  CHECK(*fix.hdop_e2 == 80);
  CHECK(*fix.pdop_e2 == 150);
  CHECK(*fix.orthometric_height_mm == 1'210'500);
  CHECK(*fix.ellipsoidal_height_mm() == 1'170'300);
  CHECK(*fix.accuracy_mm == 1000);
  CHECK(fix.accuracy_method == AccuracyMethod::receiver_statistics);
  CHECK(*fix.height_accuracy_mm == 1500);
  CHECK(*fix.speed_mm_s == 514);
  CHECK(*fix.course_millidegrees == 10'000);
  CHECK(*fix.heading_millidegrees == 123'400);
  CHECK(fix.sentences_agree);
}

TEST_CASE("without GST the accuracy is HDOP times a range error, and says so") {
  const auto fix = fixes_of(printed({gga("023000"), rmc("023000")})).at(0);
  CHECK(*fix.accuracy_mm == 6000);
  CHECK(*fix.accuracy_cm() == 600);
  CHECK(fix.accuracy_method == AccuracyMethod::dilution_times_range_error);
  CHECK(accuracy_basis_name(fix) == "hdop-times-5m");
  CHECK(accuracy_basis_text(fix).find("HDOP × 5 m") != std::string::npos);
  const auto differential = fixes_of(printed(gga("023000", "4312.0000,N,08148.0000,E", "2"))).at(0);
  CHECK(*differential.accuracy_mm == 2400);
  CHECK(*evidence_type_name(differential) == "differential");
  CHECK(*evidence_type_name(fix) == "3d");
}

TEST_CASE("a fix that measures nothing has no accuracy, whoever says so") {
  for (const std::string_view quality : {"6", "7", "8"}) {
    const auto fix = fixes_of(printed({gga("023000", "4312.0000,N,08148.0000,E", quality), rmc("023000")})).at(0);
    CHECK(!fix.accuracy_mm);
    CHECK(accuracy_basis_name(fix) == "unknown");
    CHECK(!evidence_type_name(fix));
  }
}

TEST_CASE("latitude 99, a bad checksum or no fix by the receiver's own word: no fix") {
  CHECK(fixes_of(printed(gga("023000", "9912.0000,N,08148.0000,E"))).empty());
  std::string flipped = printed(gga("023000"));
  flipped[20] = '9';
  CHECK(fixes_of(flipped).empty());
  CHECK(fixes_of(printed(gga("023000", "4312.0000,N,08148.0000,E", "0"))).empty());
  CHECK(fixes_of(printed(rmc("023000", "010526", "V"))).empty());
  CHECK(fixes_of(printed({gga("023000"), rmc("023000", "010526", "V")})).empty());
  CHECK(fixes_of(printed({gga("023000"), "GPGSA,A,1,,,,,,,,,,,,,,,", rmc("023000")})).empty());
}

TEST_CASE("one system without a fix does not take away the fix of another; all systems together do") {
  const std::string blind_galileo = "GAGGA,023000,,,,,0,00,,,M,,M,,";
  CHECK(fixes_of(printed({gga("023000"), blind_galileo})).size() == 1);
  CHECK(fixes_of(printed({gga("023000"), "GNRMC,023000,V,,,,,,,010526,,"})).empty());
}

TEST_CASE("a position is never given twice: repeated, late or untimed sentences make no second fix") {
  const std::string stuck = printed({gga("023000"), rmc("023000")});
  CHECK(fixes_of(stuck + stuck + stuck).size() == 1);
  CHECK(fixes_of(printed({gga("023002"), gga("023000"), gga("023003")})).size() == 2);
  const std::string untimed = printed("GPGGA,,4312.0000,N,08148.0000,E,1,08,1.2,1,M,1,M,,");
  const auto fixes = fixes_of(untimed + untimed + untimed);
  REQUIRE(fixes.size() == 1);
  CHECK(!fixes[0].utc_ms);
  CHECK(!fixes[0].time_of_day_ms);
  // A clock that was put right by an hour is no repetition.
  CHECK(fixes_of(printed({gga("033000"), gga("023000")})).size() == 2);
}

TEST_CASE("the date of GGA comes from RMC or ZDA, and stays absent until one came") {
  const auto fixes = fixes_of(printed({gga("023000"), gga("023001"), rmc("023001"), gga("023002")}));
  REQUIRE(fixes.size() == 3);
  CHECK(!fixes[0].utc_ms);
  CHECK(fixes[0].time_of_day_ms.has_value());
  CHECK(instant(fixes[1]).starts_with("2026-05-01T02:30:01"));
  CHECK(instant(fixes[2]).starts_with("2026-05-01T02:30:02"));
  const auto by_zda = fixes_of(printed({"GPZDA,235959.00,31,12,2026,00,00", gga("235959"), gga("000000")}));
  CHECK(instant(by_zda.at(0)).starts_with("2026-12-31T23:59:59"));
  CHECK(instant(by_zda.at(1)).starts_with("2027-01-01T00:00:00"));
}

TEST_CASE("midnight: the day changes with the time, also when the receiver changes the date a second late") {
  const auto fixes =
      fixes_of(printed({rmc("235959.00", "010526"), rmc("000000.00", "010526"), rmc("000001.00", "020526")}));
  REQUIRE(fixes.size() == 3);
  CHECK(instant(fixes[0]).starts_with("2026-05-01T23:59:59"));
  CHECK(instant(fixes[1]).starts_with("2026-05-02T00:00:00"));
  CHECK(instant(fixes[2]).starts_with("2026-05-02T00:00:01"));
}

TEST_CASE(
    "a receiver that lives 1,024 weeks in the past is brought forward only when told what day it cannot be before") {
  const std::string old = printed(rmc("023000", "150906"));  // 2006-09-15 is 2026-05-01 less 1,024 weeks
  CHECK(instant(fixes_of(old).at(0)).starts_with("2006-09-15"));
  const auto fix = fixes_of(old, {.dates_not_before = day_from_civil(2026, 1, 1)}).at(0);
  CHECK(instant(fix).starts_with("2026-05-01"));
  CHECK(fix.week_rollover_corrected);
  CHECK(!fixes_of(printed(rmc("023000")), {.dates_not_before = day_from_civil(2026, 1, 1)})
             .at(0)
             .week_rollover_corrected);
}

TEST_CASE("in two dimensions there is no height, whatever GGA still prints") {
  const auto fix = fixes_of(printed({gga("023000"), "GPGSA,A,2,01,02,03,,,,,,,,,,1.5,1.2,0.9", rmc("023000")})).at(0);
  CHECK(fix.mode == FixMode::two_d);
  CHECK(!fix.orthometric_height_mm);
  CHECK(!fix.ellipsoidal_height_mm());
}

TEST_CASE("GSA between two moments: the worse mode counts while nobody can tell whose it is") {
  const std::string flat = "GPGSA,A,2,01,02,03,,,,,,,,,,2.5,1.2,0.9",
                    full = "GPGSA,A,3,01,02,03,04,,,,,,,,,1.5,1.2,0.9";
  // GSA leads each moment. The 2d of the second may not become 3d by the third's GSA.
  const auto fixes = fixes_of(printed({full, gga("023000"), flat, gga("023001"), full, gga("023002")}));
  REQUIRE(fixes.size() == 3);
  CHECK(fixes[1].mode == FixMode::two_d);
  CHECK(*fixes[1].pdop_e2 == 250);
  CHECK(fixes[2].mode == FixMode::three_d);
}

TEST_CASE("sentences of one moment that are far apart are marked") {
  const auto fix = fixes_of(printed({gga("023000"), rmc("023000", "010526", "A", "4312.1000,N,08148.0000,E")})).at(0);
  CHECK(!fix.sentences_agree);
}

TEST_CASE("a time rounded in one sentence and not in another is one moment") {
  const auto fixes =
      fixes_of(printed({"GPGLL,4312.0000,N,08148.0000,E,023000.295,A", gga("023000.30"), rmc("023000.30")}));
  REQUIRE(fixes.size() == 1);
  CHECK(*fixes[0].time_of_day_ms % 1000 == 300);
}

TEST_CASE("ten times a second, across the 180° meridian and on the southern half") {
  const auto fixes =
      fixes_of(printed({gga("023000.90", "4312.0000,S,17959.9999,W"), gga("023001.00", "4312.0000,S,17959.9999,E")}));
  REQUIRE(fixes.size() == 2);
  CHECK(fixes[0].longitude_nanodegrees == -179'999'998'333);
  CHECK(fixes[1].latitude_nanodegrees == -43'200'000'000);
}

TEST_CASE("the sentences are kept as evidence when asked for, and not for ever") {
  std::string text = printed({gga("023000"), rmc("023000")});
  CHECK(fixes_of(text).at(0).sentences.empty());
  CHECK(fixes_of(text, {.keep_sentences = true}).at(0).sentences == gga("023000") + "\n" + rmc("023000"));
  for (int i = 0; i < 1000; ++i) text += printed("GPHDT,1.0,T");
  CHECK(fixes_of(text, {.keep_sentences = true}).at(0).sentences.size() <= limits::short_text_bytes_max);
}

TEST_CASE("the receiver's state shows that it lives without a fix") {
  NmeaParser parser;
  std::vector<Fix> fixes;
  const std::string blind = printed({"GPGSV,1,1,03,01,40,083,46", "GLGSV,1,1,02,65,40,083,46",
                                     rmc("023000", "010526", "V"), rmc("023001", "010526", "V")});
  parser.feed(as_bytes(blind), fixes);
  CHECK(fixes.empty());
  CHECK(parser.state().satellites_in_view == 5);
  CHECK(parser.state().moments_without_fix == 1);
  CHECK(parser.state().mode == FixMode::none);
  CHECK(parser.counts().sentences == 4);
}
