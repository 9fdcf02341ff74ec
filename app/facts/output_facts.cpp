#include <algorithm>
#include <set>

#include "app/facts/output_facts.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/choices/quantity_unit.h"
#include "db/records/enumerations.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/mining_right.h"

namespace kuangxun::facts {
namespace {

using records::Record;
namespace quantity_unit = records::quantity_unit;

// A return has 4 decimals in tonnes or 万吨: 8 in 万吨 keep all of them. A sum has the 6 of its fact, rounded away from
// what is claimed.
constexpr std::int64_t finer = 10'000;
constexpr std::int64_t per_digit_of_sum = 100;
constexpr int sum_scale = 6;
constexpr std::int64_t sum_max = 1'000'000'000'000'000;  // as facts.csv says

// What one mine put out in one year, as far as it is known. Nothing above: it may be anything.
struct MineOutput {
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
  std::string problem;  // why it is not known
};

std::optional<std::int64_t> in_ten_thousands(std::int64_t output, std::int64_t unit, bool by_volume) {
  const std::int64_t small = by_volume ? quantity_unit::m3 : quantity_unit::t;
  const std::int64_t large = by_volume ? quantity_unit::of_10k_m3 : quantity_unit::of_10kt;
  if (unit == small) return output;
  std::int64_t fine = 0;
  if (unit != large || __builtin_mul_overflow(output, finer, &fine)) return std::nullopt;
  return fine;
}

MineOutput output_of(const Record& mine, int year, const Mineral& mineral, const YearlyIndex& index,
                     const DisputeIndex& disputes) {
  MineOutput output;
  std::set<std::int64_t> said;
  for (const Record* paper : index.of(mine.id()).returns) {
    if (paper->integer(records::annual_return::year) != year || is_marked_example(*paper)) continue;
    const FactValue value = fact_of(*paper, records::annual_return::output, disputes);
    if (value.is_disputed) {
      output.problem = say_with("the return of {0} is in dispute", {mine.name()});
      return output;
    }
    if (!value.is_known) continue;
    const auto fine =
        in_ten_thousands(value.number, paper->integer(records::annual_return::output_unit), mineral.is_by_volume);
    if (!fine) {
      output.problem = say_with("the unit \"{1}\" of {0} cannot be added to {2}",
                                {mine.name(), paper->display(records::annual_return::output_unit),
                                 mineral.is_by_volume ? say("10,000 m³") : say("10,000 t")});
      return output;
    }
    said.insert(*fine);
  }
  if (said.empty()) {
    output.problem = mine.name();
    return output;
  }
  output.low = std::min(*said.begin() / per_digit_of_sum, sum_max);
  const std::int64_t high = (*said.rbegin() + per_digit_of_sum - 1) / per_digit_of_sum;
  if (high <= sum_max) output.high = high;
  if (said.size() > 1) output.problem = say_with("two returns of {0} differ", {mine.name()});
  return output;
}

struct YearTotal {
  int year = 0;
  std::int64_t low = 0;
  std::optional<std::int64_t> high = 0;
  std::size_t mines = 0;
  std::size_t filed = 0;
  std::vector<std::string> silent;    // mines without a return
  std::vector<std::string> problems;  // others that cannot be summed
};

YearTotal total_of(int year, const Mineral& mineral, const std::vector<const Record*>& mines, const YearlyIndex& index,
                   const DisputeIndex& disputes) {
  YearTotal total;
  total.year = year;
  total.mines = mines.size();
  for (const Record* mine : mines) {
    const MineOutput output = output_of(*mine, year, mineral, index, disputes);
    const bool is_silent = output.problem == mine->name();
    total.filed += is_silent ? 0U : 1U;
    if (is_silent) total.silent.push_back(output.problem);
    if (!is_silent && !output.problem.empty()) total.problems.push_back(output.problem);
    total.low = std::min(total.low + output.low, sum_max);
    const bool is_bounded = total.high && output.high && *total.high + *output.high <= sum_max;
    total.high = is_bounded ? std::optional(*total.high + *output.high) : std::nullopt;
  }
  return total;
}

std::string amount(std::int64_t sum) {
  return format_decimal(sum, sum_scale);
}

std::string amount_of(const YearTotal& total) {
  if (total.high && *total.high == total.low) return amount(total.low);
  if (total.high) return amount(total.low) + "–" + amount(*total.high);
  return total.low > 0 ? "≥" + amount(total.low) : std::string();
}

std::string unit_text(const Mineral& mineral) {
  return mineral.is_by_volume ? say_text("(10,000 m³)") : say_text("(10,000 t)");
}

std::string told(const YearTotal& total, const Mineral& mineral) {
  // What is not known has no unit either.
  const std::string known = amount_of(total);
  return say_with("{0}: {1} (mines filed: {3} of {2})",
                  {std::to_string(total.year), known.empty() ? say_text("unknown") : known + " " + unit_text(mineral),
                   std::to_string(total.mines), std::to_string(total.filed)});
}

// Beside the output, never instead of it.
std::string capacity_beside(const Mineral& mineral, const std::vector<const Record*>& mines,
                            const DisputeIndex& disputes) {
  std::int64_t sum = 0;
  for (const Record* mine : mines) {
    const FactValue capacity =
        fact_of(*mine, mineral.is_by_volume ? "capacity_10k_m3_per_year" : "capacity_10kt_per_year", disputes);
    sum += capacity.is_known ? capacity.number : 0;
  }
  return say_with("licensed capacity {0}, which is no output", {format_decimal(sum, 4)});
}

std::string why_unknown(const YearTotal& total) {
  constexpr std::size_t names_max = 4;
  std::vector<std::string> names(total.silent.begin(), total.silent.begin() + std::min(names_max, total.silent.size()));
  std::string text;
  if (!total.silent.empty()) {
    text = say_with(
        "mines without a return for {1}: {0} ({2}{3}); no return is not zero, and a licensed capacity is "
        "no output",
        {std::to_string(total.silent.size()), std::to_string(total.year), join(names, say(", ")),
         total.silent.size() > names_max ? say(", …") : ""});
  }
  for (const std::string& problem : total.problems) text += (text.empty() ? "" : say_text("; ")) + problem;
  return text;
}

std::vector<const Record*> mines_of(const Mineral& mineral, const std::vector<const Record*>& counted,
                                    const DisputeIndex& disputes) {
  std::vector<const Record*> mines;
  for (const Record* mine : counted) {
    const FactValue kind = fact_of(*mine, records::mining_right::mineral, disputes);
    // One whose mineral is in dispute may belong to it.
    if (kind.is_disputed || (kind.is_known && kind.number == mineral.number)) mines.push_back(mine);
  }
  return mines;
}

std::optional<int> newest_year(const std::vector<const Record*>& mines, const YearlyIndex& index) {
  std::optional<int> newest;
  for (const Record* mine : mines) {
    for (const Record* paper : index.of(mine->id()).returns) {
      const int year = static_cast<int>(paper->integer(records::annual_return::year));
      const bool says_output = paper->has(records::annual_return::output) && !is_marked_example(*paper);
      if (says_output && (!newest || *newest < year)) newest = year;
    }
  }
  return newest;
}

}  // namespace

// "By 2025" is about 2025, whatever came later; what came later stands beside it.
FactValue county_output(const Mineral& mineral, int target_year, const std::vector<const Record*>& counted_mines,
                        const YearlyIndex& index, const Registers& registers) {
  const std::vector<const Record*> mines = mines_of(mineral, counted_mines, registers.disputes);
  const int last_full_year = civil_from_day(registers.on).year - 1;
  const std::optional<int> newest = newest_year(mines, index);
  const int year = last_full_year >= target_year ? target_year : newest.value_or(last_full_year);
  const YearTotal total = total_of(year, mineral, mines, index, registers.disputes);
  FactValue output = FactValue::between(total.low, total.high);
  output.note = why_unknown(total);
  output.shown = told(total, mineral);
  if (newest && *newest > year) {
    const YearTotal now = total_of(*newest, mineral, mines, index, registers.disputes);
    output.shown += say_text("; latest ") + told(now, mineral);
  }
  output.shown += say_text("; ") + capacity_beside(mineral, mines, registers.disputes);
  return output;
}

}  // namespace kuangxun::facts
