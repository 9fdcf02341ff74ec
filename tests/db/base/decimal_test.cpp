#include "db/base/decimal.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/support/seeded_random.h"

namespace kuangxun {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

bool is_refused(std::string_view text, int scale) {
  const auto number = parse_decimal(text, scale);
  return !number.ok() && number.error().code() == ErrorCode::bad_input;
}

}  // namespace

TEST_CASE("a decimal is an integer scaled by its digits") {
  CHECK(*parse_decimal("13.246", 4) == 132'460);
  CHECK(*parse_decimal("13", 4) == 130'000);
  CHECK(*parse_decimal("-0.0001", 4) == -1);
  CHECK(*parse_decimal("0", 0) == 0);
  CHECK(*parse_decimal("-0", 4) == 0);
  CHECK(*parse_decimal("007.5", 1) == 75);
  CHECK(format_decimal(132'460, 4) == "13.246");
  CHECK(format_decimal_padded(132'460, 4) == "13.2460");
  CHECK(format_decimal(-1, 4) == "-0.0001");
  CHECK(format_decimal(100, 0) == "100");
  CHECK(format_decimal(1'000'000, 4) == "100");
  CHECK(format_decimal_padded(0, 3) == "0.000");
}

TEST_CASE("more digits than the scale holds are refused, unless they are zeros") {
  CHECK(is_refused("0.00001", 4));
  CHECK(is_refused("1.5", 0));
  CHECK(*parse_decimal("1.50000000", 1) == 15);
  CHECK(*parse_decimal("2.000", 0) == 2);
  CHECK(is_refused("1.50000001", 1));
}

TEST_CASE("what is no plain number is refused") {
  for (const char* text : {"",   "-",  "+1",  "--1", "1-",  ".5",  "5.",   "-.5",  "1.2.3", "1,5", "1 000",
                           " 1", "1 ", "1e5", "NaN", "nan", "inf", "-inf", "0x10", "１２",  "一",  "."}) {
    CAPTURE(text);
    CHECK(is_refused(text, 4));
  }
  CHECK(is_refused(std::string_view("1\0", 2), 4));
}

TEST_CASE("the largest and smallest numbers are exact and one more is refused") {
  CHECK(*parse_decimal("9223372036854775807", 0) == most);
  CHECK(*parse_decimal("-9223372036854775808", 0) == least);
  CHECK(is_refused("9223372036854775808", 0));
  CHECK(is_refused("-9223372036854775809", 0));
  CHECK(*parse_decimal("9223372036.854775807", 9) == most);
  CHECK(is_refused("9223372036.854775808", 9));
  CHECK(is_refused("9223372037", 9));
  CHECK(is_refused(std::string(5000, '9'), 0));
  CHECK(*parse_decimal(std::string(5000, '0') + "1", 0) == 1);
  CHECK(format_decimal(least, 0) == "-9223372036854775808");
  CHECK(format_decimal(least, 18) == "-9.223372036854775808");
  CHECK(power_of_ten(18) == 1'000'000'000'000'000'000);
}

TEST_CASE("what is written is read back as the same number at every scale") {
  constexpr std::uint64_t seed = 20'260'501;
  CAPTURE(seed);
  tests::SeededRandom random(seed);
  for (int round = 0; round < 20'000; ++round) {
    const int scale = static_cast<int>(random.below(19));
    const auto wide = static_cast<std::int64_t>(random.below(most) * 2 + random.below(2));
    const std::int64_t number = wide >> random.below(63);
    for (const std::string& text : {format_decimal(number, scale), format_decimal_padded(number, scale)}) {
      const auto parsed = parse_decimal(text, scale);
      if (!parsed.ok() || *parsed != number) FAIL(text << " at scale " << scale);
    }
  }
}

}  // namespace kuangxun
