#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/green/item_table.h"

// Sums from a whole item table and the marks entered so far. Marks that are not entered are not known: sums are then
// ranges, and a line is only called reached or missed when that is so whatever the missing marks are.
namespace kuangxun::green {

struct ItemScore {
  std::optional<std::int64_t> marks;
  bool is_not_applicable = false;
  std::optional<bool> is_met;     // of a veto item
  bool is_contradictory = false;  // two records that say different things: counts as not entered
  bool is_entered() const { return !is_contradictory && (marks || is_not_applicable || is_met); }
};
using ItemScores = std::map<std::int64_t, ItemScore>;  // by item number

// The lines that an assessment is compared with; what is absent is not compared.
struct Line {
  std::optional<std::int64_t> pass_total;
  std::optional<std::int64_t> floor_percent;  // of each first level, hundredths
  std::optional<std::int64_t> na_rule;        // records::na_rule; absent: each of the three is shown
};

// How sums stand to a line. Never the office's conclusion.
enum class Against : std::uint8_t { not_below, below, open };
std::string_view name_of(Against against);   // "not-below"
std::string_view label_of(Against against);  // 不低于 / 低于 / 未定

// `low` with nothing for what is not entered, `high` with its full marks; both rounded down.
struct Sum {
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::optional<std::int64_t> line;  // that it is compared with
  Against against = Against::open;
};

struct LevelSum {
  std::string name;
  std::int64_t full = 0;
  std::int64_t not_applicable = 0;  // marks of items that do not apply
  std::size_t items = 0;
  std::size_t entered = 0;
  Sum sum;
  bool applies() const { return full > not_applicable; }
};

// One way to treat the items that do not apply.
struct Reading {
  std::int64_t na_rule = 0;
  Sum total;
  std::vector<LevelSum> levels;
  Against against = Against::open;  // total and all floors together, without vetoes
};

struct Standing {
  std::size_t items = 0;
  std::size_t entered = 0;
  std::size_t not_applicable = 0;
  std::vector<std::int64_t> vetoes_not_met;
  std::vector<std::int64_t> vetoes_open;
  std::vector<Reading> readings;  // one; three when items do not apply and nobody has said how they are treated
  // Total, floors and vetoes in all readings; open too where there is no line.
  Against against = Against::open;
};

// The table must be whole (gaps_of is empty).
Standing standing_of(const ItemTable& table, const ItemScores& scores, const Line& line);

// The raw marks that a sum of `full` marks, of which `not_applicable` do not apply, needs to reach `line`.
std::int64_t marks_needed(std::int64_t line, std::int64_t full, std::int64_t not_applicable, std::int64_t na_rule);
// floor_percent of the full marks, not rounded down.
std::int64_t floor_of(std::int64_t full, std::int64_t floor_percent);

}  // namespace kuangxun::green
