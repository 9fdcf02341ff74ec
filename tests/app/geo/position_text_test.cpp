#include <doctest/doctest.h>

#include <cstdlib>

#include "app/geo/position_text.h"
#include "db/language/language.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

struct InEnglish {
  InEnglish() { set_language(Language::english); }
  ~InEnglish() { set_language(Language::chinese); }
};

std::int64_t latitude(std::string_view text) {
  const auto parsed = parse_coordinate(Axis::latitude, text);
  CAPTURE(text);
  REQUIRE(parsed.ok());
  return *parsed;
}

}  // namespace

TEST_CASE("a position is shown in degrees with 7 to 9 decimals, in both languages") {
  const Position position{43'123'456'789, -81'000'000'004};
  CHECK(format_position_degrees(position, 9) == "北纬43.123456789°，西经81.000000004°");
  CHECK(format_position_degrees(position, 7) == "北纬43.1234568°，西经81.0000000°");
  const InEnglish english;
  CHECK(format_position_degrees(position, 8) == "43.12345679°N, 81.00000000°W");
}

TEST_CASE("degrees, minutes and seconds carry when the seconds round up, and never show 60") {
  const InEnglish english;
  CHECK(format_dms(Axis::latitude, 43'123'456'789) == "43°07′24.444″N");
  CHECK(format_dms(Axis::longitude, 81'999'999'999) == "82°00′00.000″E");
  CHECK(format_dms(Axis::longitude, -1) == "0°00′00.000″E");
  CHECK(format_dms(Axis::latitude, -500'000'000) == "0°30′00.000″S");
}

TEST_CASE("people write coordinates in many ways and mean the same") {
  const std::int64_t expected = 43'123'456'667;  // 43°07′24.444″
  for (const std::string_view text :
       {"43°07′24.444″N", "北纬43°07′24.444″", "43°7'24.444\"", "N 43 7 24.444", "43度7分24.444秒", "43°7′24.444′′ n",
        "  43º07’24.444”  ", "43°7.4074'", "+43°07'24.444''"}) {
    CHECK(latitude(text) == expected);
  }
  CHECK(latitude("43.123456789") == 43'123'456'789);
  CHECK(latitude("43.1234568°") == 43'123'456'800);
  CHECK(latitude("南纬0.5°") == -500'000'000);
  CHECK(latitude("-0°30′") == -500'000'000);
  CHECK(latitude("43") == 43 * nanodegrees_per_degree);
}

TEST_CASE("what is no latitude is refused") {
  for (const std::string_view text : {"",
                                      " ",
                                      "N",
                                      "abc",
                                      "43.1234567891",
                                      "91",
                                      "-90.000000001",
                                      "43°60′",
                                      "43°59′60″",
                                      "43°-7′",
                                      "43.5°7′",
                                      "43′",
                                      "43°7″",
                                      "43°7′24″9",
                                      "81.5E",
                                      "东经81.5",
                                      "-43N",
                                      "N43S",
                                      "43,1",
                                      "1 2 3 4",
                                      "\x01",
                                      "\xff",
                                      "nan",
                                      "1e1",
                                      "43°99999999999′1″",
                                      "99999999999999999999",
                                      "--43",
                                      "4 3.5.1"}) {
    CAPTURE(text);
    const auto refused = parse_coordinate(Axis::latitude, text);
    REQUIRE(!refused.ok());
    CHECK(refused.error().code() == ErrorCode::bad_input);
  }
}

TEST_CASE("a pair is read with a comma, with hemispheres, or with one blank; never guessed") {
  const Position expected{43'500'000'000, 81'250'000'000};
  for (const std::string_view text :
       {"43.5, 81.25", "43.5，81.25", "43.5 81.25", "北纬43°30′ 东经81°15′", "43 30 N 81 15 E", "N43.5; E81.25"}) {
    CAPTURE(text);
    const auto parsed = parse_position(text);
    REQUIRE(parsed.ok());
    CHECK(*parsed == expected);
  }
  CHECK(!parse_position("43 30 40 15").ok());
  CHECK(!parse_position("43.5").ok());
  CHECK(!parse_position("43.5, 81.2, 7").ok());
  CHECK(!parse_position("E81.25, N43.5").ok());
}

TEST_CASE("what is written is read back: to the last digit in degrees, to 2 cm in seconds") {
  tests::SeededRandom random(7);
  for (int round = 0; round < 2000; ++round) {
    set_language(round % 2 == 0 ? Language::chinese : Language::english);
    const Position position{static_cast<std::int64_t>(random.below(180'000'000'001)) - latitude_nanodegrees_max,
                            static_cast<std::int64_t>(random.below(360'000'000'001)) - longitude_nanodegrees_max};
    CHECK(*parse_position(format_position_degrees(position, 9)) == position);
    const auto from_dms = parse_position(format_position_dms(position));
    REQUIRE(from_dms.ok());
    CHECK(std::abs(from_dms->latitude_nanodegrees - position.latitude_nanodegrees) <= 139);
    CHECK(std::abs(from_dms->longitude_nanodegrees - position.longitude_nanodegrees) <= 139);
  }
  set_language(Language::chinese);
}
