#include <doctest/doctest.h>

#include "db/base/text.h"
#include "db/records/choices/green_level.h"
#include "db/records/enumerations_green.h"
#include "tests/app/green/invented.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace green_level = records::green_level;

namespace {

std::string in_force(std::int64_t level, std::string_view on) {
  const auto index = library().in_force(level, *parse_day(on));
  return index.ok() ? (*index)->id : index.error().message();
}

}  // namespace

TEST_CASE("each level has the index that was in force on the day, and where that is not certain a person says it") {
  CHECK(in_force(green_level::national, "2021-05-01") == "national-2020");
  CHECK(in_force(green_level::national, "2023-12-31") == "national-2020");
  CHECK(contains(in_force(green_level::national, "2024-06-01"), "不能确定"));
  CHECK(contains(in_force(green_level::national, "2024-12-31"), "national-2020、national-2024"));
  CHECK(in_force(green_level::national, "2025-01-01") == "national-2024");
  CHECK(in_force(green_level::regional, "2026-11-28") == "xinjiang");
  CHECK(contains(in_force(green_level::national, "2020-05-31"), "没有已知"));
  const green::Index& first = index_2020();
  CHECK_FALSE(first.is_surely_in_force(*parse_day("2020-06-15")));
  CHECK(first.is_surely_in_force(*parse_day("2020-07-01")));
  CHECK_FALSE(first.is_surely_in_force(*parse_day("2024-01-01")));
}

TEST_CASE("what was not found is absent: no line of 2024, no counts of the region, no split of the four first levels") {
  const green::Index& first = index_2020();
  CHECK(first.item_count == 100);
  CHECK(first.marks_total == 1000'00);
  CHECK(first.pass_total == 800'00);
  CHECK(first.floor_percent == 75'00);
  REQUIRE(first.first_levels.size() == 6);
  CHECK(first.first_levels[0].full_marks == 220'00);
  CHECK(first.first_levels[1].full_marks == 220'00);
  for (int i = 2; i < 6; ++i) CHECK_FALSE(first.first_levels[static_cast<std::size_t>(i)].full_marks);
  const green::Index& second = *library().find("national-2024");
  CHECK(second.item_count == 49);
  CHECK(second.marks_total == 100'00);
  CHECK_FALSE(second.pass_total);
  CHECK_FALSE(second.floor_percent);
  CHECK_FALSE(second.has_own_preconditions);
  const green::Index& region = *library().find("xinjiang");
  CHECK_FALSE(region.item_count);
  CHECK_FALSE(region.marks_total);
  CHECK_FALSE(region.pass_total);
}

TEST_CASE("the five preconditions are asked part by part, each with where to get it, in both languages") {
  const green::Index& index = index_2020();
  int last = 0;
  for (const green::Precondition& one : index.preconditions) {
    CAPTURE(one.code());
    CHECK_FALSE(one.question_chinese.empty());
    CHECK_FALSE(one.question_english.empty());
    CHECK_FALSE(one.where_chinese.empty());
    CHECK_FALSE(one.where_english.empty());
    CHECK((one.number == last || one.number == last + 1));
    if (one.number != last) CHECK_FALSE(one.text_chinese.empty());
    last = one.number;
    CHECK(index.find_precondition(one.fact) == &one);
    CHECK(index.find_precondition(lower_ascii(one.code())) == &one);
  }
  CHECK(last == 5);
}
