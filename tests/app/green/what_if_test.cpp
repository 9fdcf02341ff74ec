#include "app/green/what_if.h"

#include <doctest/doctest.h>

#include <optional>

#include "db/records/choices/na_rule.h"
#include "db/records/enumerations_green.h"
#include "tests/app/green/invented.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using green::Against;
namespace na_rule = records::na_rule;

namespace {

struct Case {
  green::ItemTable table;
  green::ItemScores scores;
  green::Line line;
};

// The slow and obvious way: every set of items is brought to its full marks and looked at.
struct Slow {
  std::optional<std::pair<std::int64_t, int>> best;  // effort, items

  explicit Slow(const Case& one) {
    std::vector<const green::Item*> candidates;
    bool any_estimate = false;
    for (const green::Item& item : one.table.items) any_estimate = any_estimate || item.effort.has_value();
    for (const green::Item& item : one.table.items) {
      const auto& score = one.scores.at(item.number);
      if (!score.is_not_applicable && (item.effort || !any_estimate)) candidates.push_back(&item);
    }
    for (std::uint32_t set = 0; set < (1U << candidates.size()); ++set) {
      green::ItemScores scores = one.scores;
      std::int64_t effort = 0;
      int items = 0;
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        if ((set >> i & 1U) == 0) continue;
        scores[candidates[i]->number].marks = candidates[i]->full_marks;
        scores[candidates[i]->number].is_met = true;
        effort += any_estimate ? *candidates[i]->effort : 100;
        ++items;
      }
      if (green::standing_of(one.table, scores, one.line).against != Against::not_below) continue;
      const std::pair cost(effort, items);
      if (!best || cost < *best) best = cost;
    }
  }
};

Case random_case(SeededRandom& random) {
  Case one;
  const std::size_t count = 3 + random.below(9);
  std::int64_t total = 0;
  const bool has_estimates = random.below(6) != 0;
  const std::int64_t step = random.below(3) == 0 ? 50 : 100;
  for (std::size_t i = 0; i < count; ++i) {
    green::Item item;
    item.number = static_cast<std::int64_t>(i) + 1;
    item.first_level = "虚构" + std::to_string(random.below(3));
    item.second_level = "虚构二级";
    item.name = "虚构" + std::to_string(i);
    item.is_veto = random.below(6) == 0;
    item.full_marks = static_cast<std::int64_t>((item.is_veto ? 0 : 1) + random.below(10)) * step;
    if (has_estimates && random.below(8) != 0) item.effort = static_cast<std::int64_t>(random.below(9)) * 100;
    green::ItemScore score;
    score.marks = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(*item.full_marks / 50) + 1)) * 50;
    if (random.below(8) == 0) score = {std::nullopt, true, std::nullopt, false};
    if (item.is_veto && !score.is_not_applicable && (item.full_marks == 0 || random.below(2) == 0)) {
      score.is_met = random.below(2) == 0;
    }
    total += *item.full_marks;
    one.scores[item.number] = score;
    one.table.items.push_back(item);
  }
  one.line.pass_total = total * static_cast<std::int64_t>(50 + random.below(50)) / 100;
  if (random.below(4) != 0) one.line.floor_percent = static_cast<std::int64_t>(40 + random.below(55)) * 100;
  one.line.na_rule = 1 + static_cast<std::int64_t>(random.below(3));
  return one;
}

}  // namespace

TEST_CASE("it finds what trying every set finds, and what it names does reach the lines") {
  SeededRandom random(17);
  int possible = 0, impossible = 0, reached = 0, refused = 0;
  for (int round = 0; round < 3000; ++round) {
    const Case one = random_case(random);
    const Slow slow(one);
    const auto found = green::what_if(one.table, one.scores, one.line);
    CAPTURE(round);
    if (!found.ok()) {
      CHECK(contains(found.error().message(), "没有一项"));
      CHECK_FALSE(slow.best);
      ++refused;
      continue;
    }
    REQUIRE(found->is_possible == slow.best.has_value());
    if (!found->is_possible) {
      ++impossible;
      continue;
    }
    CHECK(found->is_reached_already == (slow.best->second == 0));
    found->is_reached_already ? ++reached : ++possible;
    CHECK(found->effort == slow.best->first);
    CHECK(static_cast<int>(found->items.size()) == slow.best->second);
    green::ItemScores lifted = one.scores;
    std::int64_t effort = 0;
    for (const green::LiftedItem& item : found->items) {
      CHECK(item.gain == *one.table.find(item.number)->full_marks - lifted[item.number].marks.value_or(0));
      lifted[item.number].marks = one.table.find(item.number)->full_marks;
      lifted[item.number].is_met = true;
      effort += item.effort;
    }
    CHECK(effort == found->effort);
    CHECK(green::standing_of(one.table, lifted, one.line).against == Against::not_below);
  }
  // The cases are worth something only when all three happen.
  CHECK(possible > 300);
  CHECK(impossible > 300);
  CHECK(reached > 100);
  CHECK(refused < 30);
}

TEST_CASE("on a whole table: the cheapest items of the first level that is short, and no others") {
  const auto table = read_rows(invented_rows()).table;
  green::ItemScores scores;
  for (const green::Item& item : table.items) scores[item.number].marks = item.full_marks;
  for (std::int64_t number = 1; number <= 16; ++number) scores[number].marks = 6'00;
  // 96 + 28 = 124 of 165: 41 marks are needed, 7 items of 6 marks.
  const auto found = green::what_if(table, scores, {800'00, 75'00, {}});
  REQUIRE(found.ok());
  CHECK(found->is_possible);
  CHECK(found->items.size() == 7);
  // Efforts are 1 3 5 2 4 and again: four of 1, three of 2.
  CHECK(found->effort == 10'00);
  for (const green::LiftedItem& item : found->items) CHECK(item.number <= 16);
}

TEST_CASE("it is honest: not possible, without estimates, or not to be told") {
  auto rows = invented_rows();
  for (auto& row : rows) {
    if (row.first == "矿区环境") row.effort.clear();
  }
  const auto table = read_rows(rows).table;
  green::ItemScores scores;
  for (const green::Item& item : table.items) scores[item.number].marks = 0;
  const green::Line line{800'00, 75'00, {}};
  auto found = green::what_if(table, scores, line);
  REQUIRE(found.ok());
  CHECK_FALSE(found->is_possible);
  CHECK(found->without_estimate.size() == 17);
  REQUIRE_FALSE(found->why_not.empty());
  CHECK(contains(found->why_not.front(), "“矿区环境”还差 165 分"));
  for (auto& row : rows) row.effort.clear();
  found = green::what_if(read_rows(rows).table, scores, line);
  REQUIRE(found.ok());
  CHECK(found->is_possible);
  CHECK(found->is_by_count);

  scores.erase(7);
  CHECK(contains(green::what_if(table, scores, line).error().message(), "已填 99 / 100 项"));
  scores[7] = {std::nullopt, true, std::nullopt, false};
  CHECK(contains(green::what_if(table, scores, line).error().message(), "na_rule"));
  scores[7] = {0, false, std::nullopt, false};
  CHECK(contains(green::what_if(table, scores, {std::nullopt, 75'00, {}}).error().message(), "没有总分线"));
  scores[7].is_contradictory = true;
  CHECK(contains(green::what_if(table, scores, line).error().message(), "已填 99 / 100 项"));
}

TEST_CASE("marks of two decimals over a thousand are refused rather than guessed") {
  auto table = read_rows(invented_rows()).table;
  green::ItemScores scores;
  for (const green::Item& item : table.items) scores[item.number].marks = 0;
  scores[1].marks = 1;
  CHECK(contains(green::what_if(table, scores, {800'00, 75'00, {}}).error().message(), "小数位太多"));
}
