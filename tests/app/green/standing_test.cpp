#include "app/green/standing.h"

#include <doctest/doctest.h>

#include "db/records/choices/na_rule.h"
#include "db/records/enumerations_green.h"
#include "tests/app/green/invented.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using green::Against;
namespace na_rule = records::na_rule;

namespace {

const green::ItemTable& table() {
  static const green::ItemTable whole = read_rows(invented_rows()).table;
  return whole;
}

// Every item at a share of its full marks.
green::ItemScores scores_at(std::int64_t percent) {
  green::ItemScores scores;
  for (const green::Item& item : table().items) scores[item.number].marks = *item.full_marks * percent / 100;
  return scores;
}

const green::Line line_2020{800'00, 75'00, {}};

}  // namespace

TEST_CASE("exactly on the line is not below it, one hundredth less is") {
  auto scores = scores_at(80);
  auto standing = green::standing_of(table(), scores, line_2020);
  CHECK(standing.entered == 100);
  REQUIRE(standing.readings.size() == 1);
  CHECK(standing.readings[0].total.low == 800'00);
  CHECK(standing.against == Against::not_below);
  scores[1].marks = *scores[1].marks - 1;
  standing = green::standing_of(table(), scores, line_2020);
  CHECK(standing.readings[0].total.low == 799'99);
  CHECK(standing.against == Against::below);
}

TEST_CASE("one first level under its floor is under the line, however much the others have") {
  auto scores = scores_at(100);
  for (std::int64_t number = 1; number <= 17; ++number) scores[number].marks = *scores[number].marks * 3 / 4;
  CHECK(green::standing_of(table(), scores, line_2020).against == Against::not_below);
  scores[1].marks = *scores[1].marks - 1;
  const auto standing = green::standing_of(table(), scores, line_2020);
  CHECK(standing.readings[0].total.against == Against::not_below);
  CHECK(standing.readings[0].levels[0].sum.against == Against::below);
  CHECK(standing.readings[0].levels[0].sum.line == 165'00);
  CHECK(standing.against == Against::below);
}

TEST_CASE("marks that are missing leave it open, unless the rest decides already") {
  auto scores = scores_at(100);
  scores.erase(1);
  const auto& marks = *table().find(1)->full_marks;
  auto standing = green::standing_of(table(), scores, line_2020);
  CHECK(standing.entered == 99);
  CHECK(standing.readings[0].total.low == 1000'00 - marks);
  CHECK(standing.readings[0].total.high == 1000'00);
  CHECK(standing.against == Against::not_below);
  scores = scores_at(80);
  scores.erase(1);
  CHECK(green::standing_of(table(), scores, line_2020).against == Against::open);
  scores = scores_at(70);
  scores.erase(1);
  CHECK(green::standing_of(table(), scores, line_2020).against == Against::below);
  CHECK(green::standing_of(table(), {}, line_2020).against == Against::open);
}

TEST_CASE("entering one more mark never turns below into not below or back") {
  SeededRandom random(3);
  for (int round = 0; round < 200; ++round) {
    auto scores = scores_at(100);
    green::ItemScores so_far;
    Against last = Against::open;
    for (const green::Item& item : table().items) {
      const std::int64_t full = *item.full_marks;
      so_far[item.number].marks = full * static_cast<std::int64_t>(65 + random.below(36)) / 100;
      if (random.below(20) == 0) so_far[item.number] = {std::nullopt, true, std::nullopt, false};
      const Against now = green::standing_of(table(), so_far, {800'00, 75'00, na_rule::rescale}).against;
      // What does not apply changes the line itself, so only plain marks are held to it.
      if (!so_far[item.number].is_not_applicable && last != Against::open) CHECK(now == last);
      last = now;
    }
  }
}

TEST_CASE("what does not apply is treated in three ways while nobody has said which is right") {
  auto scores = scores_at(80);
  scores[1] = {std::nullopt, true, std::nullopt, false};  // 12 marks, of which 9.6 were had
  auto standing = green::standing_of(table(), scores, line_2020);
  REQUIRE(standing.readings.size() == 3);
  CHECK(standing.not_applicable == 1);
  CHECK(standing.readings[0].na_rule == na_rule::rescale);
  CHECK(standing.readings[0].total.low == 800'00);
  CHECK(standing.readings[0].against == Against::not_below);
  CHECK(standing.readings[1].total.low == 802'40);
  CHECK(standing.readings[2].total.low == 790'40);
  CHECK(standing.readings[2].against == Against::below);
  CHECK(standing.against == Against::open);
  for (const auto& [rule, expected] :
       {std::pair(na_rule::rescale, Against::not_below), std::pair(na_rule::full_marks, Against::not_below),
        std::pair(na_rule::zero, Against::below)}) {
    green::Line line = line_2020;
    line.na_rule = rule;
    standing = green::standing_of(table(), scores, line);
    CHECK(standing.readings.size() == 1);
    CHECK(standing.against == expected);
  }
  // All three agree: then it does not matter which is right.
  scores = scores_at(95);
  scores[1] = {std::nullopt, true, std::nullopt, false};
  CHECK(green::standing_of(table(), scores, line_2020).against == Against::not_below);
}

TEST_CASE("a rescaled sum is rounded down and never reaches a line by rounding") {
  // 17 items of 12 and one of 28 with 28 not applying: 192 marks apply; 75 % of them are 144.
  auto scores = scores_at(100);
  scores[17] = {std::nullopt, true, std::nullopt, false};
  for (std::int64_t number = 1; number <= 16; ++number) scores[number].marks = 9'00;
  green::Line line = line_2020;
  line.na_rule = na_rule::rescale;
  auto standing = green::standing_of(table(), scores, line);
  CHECK(standing.readings[0].levels[0].sum.low == 165'00);
  CHECK(standing.readings[0].levels[0].sum.against == Against::not_below);
  scores[1].marks = 8'99;
  standing = green::standing_of(table(), scores, line);
  CHECK(standing.readings[0].levels[0].sum.low < 165'00);
  CHECK(standing.readings[0].levels[0].sum.against == Against::below);
}

TEST_CASE("a first level of which nothing applies has no floor to miss") {
  auto scores = scores_at(100);
  for (std::int64_t number = 1; number <= 17; ++number) scores[number] = {std::nullopt, true, std::nullopt, false};
  green::Line line = line_2020;
  line.na_rule = na_rule::rescale;
  CHECK(green::standing_of(table(), scores, line).against == Against::not_below);
  for (auto& [number, score] : scores) score = {std::nullopt, true, std::nullopt, false};
  CHECK(green::standing_of(table(), scores, line).against == Against::open);
}

TEST_CASE("a veto that is not met is under the line whatever the sums; an open one leaves it open") {
  auto rows = invented_rows();
  rows[49].veto = "是";
  const auto with_veto = read_rows(rows).table;
  auto scores = scores_at(100);
  CHECK(green::standing_of(with_veto, scores, line_2020).against == Against::not_below);
  scores[50].marks = 0;
  auto standing = green::standing_of(with_veto, scores, line_2020);
  CHECK(standing.vetoes_not_met == std::vector<std::int64_t>{50});
  CHECK(standing.against == Against::below);
  scores.erase(50);
  standing = green::standing_of(with_veto, scores, line_2020);
  CHECK(standing.vetoes_open == std::vector<std::int64_t>{50});
  CHECK(standing.against == Against::open);
  scores[50] = {std::nullopt, false, true, false};
  CHECK(green::standing_of(with_veto, scores, line_2020).vetoes_open.empty());
}

TEST_CASE("without a line nothing is called reached") {
  const auto standing = green::standing_of(table(), scores_at(100), {});
  CHECK(standing.readings[0].total.low == 1000'00);
  CHECK_FALSE(standing.readings[0].total.line);
  CHECK(standing.against == Against::open);
}
