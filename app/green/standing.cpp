#include "app/green/standing.h"

#include <algorithm>

#include "db/language/language.h"
#include "db/records/choices/na_rule.h"
#include "db/records/enumerations_green.h"

namespace kuangxun::green {
namespace {

namespace na_rule = records::na_rule;

constexpr std::int64_t whole_percent = 100'00;

std::int64_t ceiling(std::int64_t numerator, std::int64_t denominator) {
  return (numerator + denominator - 1) / denominator;
}

// Raw marks as a reading shows them.
std::int64_t shown(std::int64_t raw, std::int64_t full, std::int64_t not_applicable, std::int64_t rule) {
  if (rule == na_rule::full_marks) return raw + not_applicable;
  if (rule == na_rule::rescale && full > not_applicable) return raw * full / (full - not_applicable);
  return raw;
}

struct Raw {
  std::int64_t full = 0;
  std::int64_t not_applicable = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::size_t items = 0;
  std::size_t entered = 0;
};

void add(Raw& raw, const Item& item, const ItemScore& score) {
  const std::int64_t full = item.full_marks.value_or(0);
  raw.full += full;
  ++raw.items;
  if (score.is_entered()) ++raw.entered;
  if (score.is_entered() && score.is_not_applicable) {
    raw.not_applicable += full;
  } else if (score.is_entered() && score.marks) {
    raw.low += *score.marks;
    raw.high += *score.marks;
  } else {
    raw.high += full;
  }
}

Sum sum_of(const Raw& raw, std::optional<std::int64_t> line, std::int64_t rule) {
  Sum sum;
  sum.low = shown(raw.low, raw.full, raw.not_applicable, rule);
  sum.high = shown(raw.high, raw.full, raw.not_applicable, rule);
  sum.line = line;
  if (!line || raw.full == 0) return sum;
  const std::int64_t needed = marks_needed(*line, raw.full, raw.not_applicable, rule);
  if (raw.low >= needed) sum.against = Against::not_below;
  if (raw.high < needed) sum.against = Against::below;
  return sum;
}

Against both(Against a, Against b) {
  if (a == Against::below || b == Against::below) return Against::below;
  return a == Against::not_below && b == Against::not_below ? Against::not_below : Against::open;
}

const ItemScore& score_of(const ItemScores& scores, std::int64_t number) {
  static const ItemScore none;
  const auto found = scores.find(number);
  return found == scores.end() ? none : found->second;
}

void add_vetoes(Standing& standing, const ItemTable& table, const ItemScores& scores) {
  for (const Item& item : table.items) {
    if (!item.is_veto) continue;
    const ItemScore& score = score_of(scores, item.number);
    if (score.is_entered() && score.is_not_applicable) continue;
    // Where nobody says whether it is met, no marks at all mean that it is not.
    std::optional<bool> met = score.is_met;
    if (!met && score.marks && item.full_marks.value_or(0) > 0) met = *score.marks > 0;
    if (score.is_contradictory || !met) {
      standing.vetoes_open.push_back(item.number);
    } else if (!*met) {
      standing.vetoes_not_met.push_back(item.number);
    }
  }
}

Reading reading_of(const ItemTable& table, const ItemScores& scores, const Line& line, std::int64_t rule) {
  Reading reading;
  reading.na_rule = rule;
  Raw total;
  Against floors = Against::not_below;
  for (const std::string& name : table.first_levels()) {
    Raw raw;
    for (const Item& item : table.items) {
      if (item.first_level != name) continue;
      add(raw, item, score_of(scores, item.number));
      add(total, item, score_of(scores, item.number));
    }
    LevelSum level{name, raw.full, raw.not_applicable, raw.items, raw.entered, {}};
    std::optional<std::int64_t> floor;
    if (line.floor_percent && level.applies()) floor = floor_of(raw.full, *line.floor_percent);
    level.sum = sum_of(raw, floor, rule);
    if (floor) floors = both(floors, level.sum.against);
    reading.levels.push_back(std::move(level));
  }
  reading.total = sum_of(total, line.pass_total, rule);
  // Nothing that applies is no sum to compare.
  if (total.full == total.not_applicable) reading.total.against = Against::open;
  reading.against = line.floor_percent ? both(reading.total.against, floors) : reading.total.against;
  if (!line.pass_total) reading.against = Against::open;
  return reading;
}

}  // namespace

std::string_view name_of(Against against) {
  switch (against) {
    case Against::not_below:
      return "not-below";
    case Against::below:
      return "below";
    case Against::open:
      break;
  }
  return "open";
}

std::string_view label_of(Against against) {
  switch (against) {
    case Against::not_below:
      return say("not below");
    case Against::below:
      return say("below");
    case Against::open:
      break;
  }
  return say(in_context("green", "open"));
}

std::int64_t floor_of(std::int64_t full, std::int64_t floor_percent) {
  return ceiling(full * floor_percent, whole_percent);
}

std::int64_t marks_needed(std::int64_t line, std::int64_t full, std::int64_t not_applicable, std::int64_t rule) {
  if (rule == na_rule::rescale) return full == 0 ? 0 : ceiling(line * (full - not_applicable), full);
  return rule == na_rule::full_marks ? line - not_applicable : line;
}

Standing standing_of(const ItemTable& table, const ItemScores& scores, const Line& line) {
  Standing standing;
  standing.items = table.items.size();
  for (const Item& item : table.items) {
    const ItemScore& score = score_of(scores, item.number);
    if (score.is_entered()) ++standing.entered;
    if (score.is_entered() && score.is_not_applicable) ++standing.not_applicable;
  }
  add_vetoes(standing, table, scores);
  std::vector<std::int64_t> rules = {line.na_rule.value_or(na_rule::rescale)};
  if (!line.na_rule && standing.not_applicable > 0) rules = {na_rule::rescale, na_rule::full_marks, na_rule::zero};
  for (const std::int64_t rule : rules) standing.readings.push_back(reading_of(table, scores, line, rule));
  standing.against = standing.readings.front().against;
  for (const Reading& reading : standing.readings) {
    if (reading.against != standing.against) standing.against = Against::open;
  }
  if (!standing.vetoes_not_met.empty()) {
    standing.against = Against::below;
  } else if (!standing.vetoes_open.empty() && standing.against == Against::not_below) {
    standing.against = Against::open;
  }
  return standing;
}

}  // namespace kuangxun::green
