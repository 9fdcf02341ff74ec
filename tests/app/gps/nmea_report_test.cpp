#include "app/gps/nmea_report.h"

#include <doctest/doctest.h>

#include <string>

using namespace kuangxun;
using namespace kuangxun::gps;

namespace {

template <class T>
T read_as(std::string_view sentence) {
  const auto report = read_report(sentence);
  CAPTURE(sentence);
  REQUIRE(report.has_value());
  REQUIRE(std::holds_alternative<T>(*report));
  return std::get<T>(*report);
}

PositionReport position(std::string_view sentence) {
  return read_as<PositionReport>(sentence);
}

}  // namespace

TEST_CASE("GGA gives time, position, quality, satellites, HDOP and both heights") {
  const auto report = position("GPGGA,123519.25,4807.0380,N,01131.0000,W,2,08,0.94,545.4,M,-46.9,M,2.5,0133");
  CHECK(report.kind == PositionKind::gga);
  CHECK(report.validity == Validity::valid);
  CHECK(*report.time_of_day_ms == ((12 * 60 + 35) * 60 + 19) * 1000 + 250);
  CHECK(report.latitude_nanodegrees == 48'117'300'000);
  CHECK(report.longitude_nanodegrees == -11'516'666'667);
  CHECK(*report.type == FixType::differential);
  CHECK(*report.satellites == 8);
  CHECK(*report.hdop_e2 == 94);
  CHECK(*report.orthometric_height_mm == 545'400);
  CHECK(*report.geoid_separation_mm == -46'900);
  CHECK(*report.differential_age_ms == 2500);
}

TEST_CASE("what is left out is absent, not 0") {
  const auto report = position("GPGGA,123519,4807.038,N,01131.000,E,1,,,,M,,M,,");
  CHECK(report.has_position);
  CHECK(!report.satellites);
  CHECK(!report.hdop_e2);
  CHECK(!report.orthometric_height_mm);
  CHECK(!report.geoid_separation_mm);
  CHECK(!report.differential_age_ms);
  CHECK(!position("GPGGA,123519,4807.038,N,01131.000,E,1,08,99.99,1,M,1,M,,").hdop_e2);
  CHECK(!position("GPGGA,123519,4807.038,N,01131.000,E,1,08,1,500,F,1,M,,").orthometric_height_mm);
}

TEST_CASE("every quality and mode indicator has its type") {
  const auto type = [](int quality) {
    return *position("GPGGA,123519,4807.038,N,01131.000,E," + std::to_string(quality) + ",08,1,1,M,1,M,,").type;
  };
  CHECK(type(1) == FixType::autonomous);
  CHECK(type(2) == FixType::differential);
  CHECK(type(3) == FixType::precise);
  CHECK(type(4) == FixType::rtk_fixed);
  CHECK(type(5) == FixType::rtk_float);
  CHECK(type(6) == FixType::estimated);
  CHECK(type(7) == FixType::manual);
  CHECK(type(8) == FixType::simulated);
  CHECK(position("GPGGA,123519,4807.038,N,01131.000,E,0,08,1,1,M,1,M,,").validity == Validity::invalid);
  CHECK(position("GPGGA,123519,4807.038,N,01131.000,E,,08,1,1,M,1,M,,").validity == Validity::unsaid);
  CHECK(*position("GNGNS,123519,4807.038,N,01131.000,E,ANRN,12,1,1,1,,,V").type == FixType::rtk_fixed);
  CHECK(*position("GNGNS,123519,4807.038,N,01131.000,E,AE,12,1,1,1,,,V").type == FixType::estimated);
  CHECK(position("GNGNS,123519,4807.038,N,01131.000,E,NNN,12,1,1,1,,,V").validity == Validity::invalid);
  CHECK(position("GPRMC,123519,A,4807.038,N,01131.000,E,1,1,230394,,,N").validity == Validity::invalid);
}

TEST_CASE("RMC gives the date, speed and course; two-digit years reach from 1980 to 2079") {
  const auto report = position("GNRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W,D");
  CHECK(*report.date == day_from_civil(2026, 3, 23));
  CHECK(*report.speed_mm_s == 11'524);
  CHECK(*report.course_millidegrees == 84'400);
  CHECK(*report.type == FixType::differential);
  CHECK(*position("GPRMC,123519,A,4807.038,N,01131.000,E,,,060180,,").date == day_from_civil(1980, 1, 6));
  CHECK(*position("GPRMC,123519,A,4807.038,N,01131.000,E,,,010179,,").date == day_from_civil(2079, 1, 1));
  CHECK(!position("GPRMC,123519,A,4807.038,N,01131.000,E,,,310226,,").date);
  CHECK(!position("GPRMC,123519,A,4807.038,N,01131.000,E,,,2303,,").date);
}

TEST_CASE("GLL has its time after the position; without a status it says nothing about validity") {
  const auto report = position("GAGLL,4807.038,S,01131.000,E,225444.10,A,A");
  CHECK(report.latitude_nanodegrees == -48'117'300'000);
  CHECK(report.time_of_day_ms.has_value());
  CHECK(report.validity == Validity::valid);
  CHECK(position("GPGLL,4807.038,N,01131.000,E").validity == Validity::unsaid);
}

TEST_CASE("a position off the globe or badly written is none") {
  for (const std::string_view place :
       {"9900.000,N,01131.000,E", "9000.001,N,01131.000,E", "4860.000,N,01131.000,E", "4807.038,N,18100.000,E",
        "4807.038,N,18000.001,E", "4807.038,X,01131.000,E", "4807.038,,01131.000,E", "4807.038,N,01131.000,N",
        "4807.0-8,N,01131.000,E", "-807.038,N,01131.000,E", "07.038,N,01131.000,E", "4807.038,N,001131.000,E", ",,,",
        "nan,N,nan,E", "48 7.038,N,01131.000,E", "4807.0.3,N,01131.000,E", "0000.0000,N,00000.0000,E",
        "48071038,N,01131.000,E"}) {
    CAPTURE(place);
    CHECK(!position("GPGGA,123519," + std::string(place) + ",1,08,1,1,M,1,M,,").has_position);
  }
  CHECK(position("GPGGA,123519,9000.000,N,18000.000,W,1,08,1,1,M,1,M,,").has_position);
}

TEST_CASE("what some receivers spell in their own way is read as they mean it") {
  const auto bare = position("GPGGA,123519,4306.5,N,8148.25,E,1,08,1.1,1500.5,,-42.3,,,");
  CHECK(bare.latitude_nanodegrees == 43'108'333'333);
  CHECK(bare.longitude_nanodegrees == 81'804'166'667);
  CHECK(bare.decimals == 1);
  CHECK(*bare.orthometric_height_mm == 1'500'500);
  CHECK(*bare.geoid_separation_mm == -42'300);
  const auto padded = position("GPGGA,123519.00, 4306.5000,N, 8148.2500,E,1, 8, 1.1, 1500.5,M, -42.3,M,,");
  CHECK(padded.latitude_nanodegrees == 43'108'333'333);
  CHECK(*padded.satellites == 8);
  CHECK(*padded.hdop_e2 == 110);
  CHECK(*padded.orthometric_height_mm == 1'500'500);
  const auto differential = position("GPRMC,081836,D,4306.500,N,08148.250,E,000.0,360.0,130998,011.3,E");
  CHECK(differential.validity == Validity::valid);
  CHECK(*differential.type == FixType::differential);
}

TEST_CASE("statistics whose ellipse contradicts their latitude and longitude are not believed") {
  CHECK_FALSE(read_report("GPGST,232713.000,1.3,105.1,9.1,-40.9,0.3,0.3,0.6").has_value());
  // The same errors along the axes of a turned ellipse.
  const auto turned = read_as<StatisticsReport>("GPGST,150119.000,004.0,008.7,004.7,132.3,006.8,007.2,00014");
  CHECK(*turned.horizontal_mm == 9904);
}

TEST_CASE("an impossible time is none") {
  for (const std::string_view time :
       {"240000", "126000", "123561", "12351", "12351a", "123519.", "123519.x", "-23519"}) {
    CAPTURE(time);
    const bool bare_point = time == "123519.";
    CHECK(position("GPGGA," + std::string(time) + ",4807.038,N,01131.000,E,1,08,1,1,M,1,M,,")
              .time_of_day_ms.has_value() == bare_point);
  }
}

TEST_CASE("the other sentences are read too") {
  const auto dilution = read_as<DilutionReport>("GNGSA,A,3,80,71,73,79,69,,,,,,,,1.83,1.09,1.47,2");
  CHECK(dilution.mode == FixMode::three_d);
  CHECK(dilution.satellites == 5);
  CHECK(*dilution.pdop_e2 == 183);
  CHECK(*dilution.hdop_e2 == 109);
  const auto statistics = read_as<StatisticsReport>("GPGST,082356.00,1.8,,,,3.0,4.0,2.2");
  CHECK(*statistics.horizontal_mm == 5000);
  CHECK(*statistics.height_mm == 2200);
  CHECK(!read_as<StatisticsReport>("GPGST,082356.00,,,,,,,").horizontal_mm);
  CHECK(!read_as<StatisticsReport>("GPGST,082356.00,,,,,0.0,0.0,0.0").horizontal_mm);
  CHECK(read_as<ViewReport>("GBGSV,3,1,12,01,40,083,46").satellites_in_view == 12);
  CHECK(*read_as<VelocityReport>("GPVTG,054.7,T,034.4,M,010.0,N,018.5,K,A").speed_mm_s == 5144);
  CHECK(read_as<DateReport>("GPZDA,201530.00,04,07,2002,00,00").date == day_from_civil(2002, 7, 4));
  CHECK(read_as<HeadingReport>("HEHDT,274.07,T").heading_millidegrees == 274'070);
}

TEST_CASE("every satellite system's name is heard, and nobody else's") {
  for (const std::string_view talker : {"GP", "GL", "GA", "GB", "BD", "GQ", "QZ", "PQ", "GI", "GN", "IN", "II", "EC"}) {
    CHECK(read_report(std::string(talker) + "GLL,4807.038,N,01131.000,E,225444,A,A").has_value());
  }
  for (const std::string_view sentence :
       {"LCGLL,4807.038,N,01131.000,E,225444,A,A", "DEGLL,4807.038,N,01131.000,E,225444,A,A",
        "PMGNST,02.12,3,T,534,05.0", "GPXXX,1", "GP", "", ",,,,", "GPZDA,201530.00,31,02,2002,00,00", "GPGSA,A,7"}) {
    CAPTURE(sentence);
    CHECK(!read_report(sentence).has_value());
  }
  CHECK(!read_report("GPGGA" + std::string(limits::nmea_fields_max, ',')).has_value());
}
