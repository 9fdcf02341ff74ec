#include "app/facts/statistics_facts.h"

#include <algorithm>
#include <string_view>

#include "app/facts/yearly_index.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"

namespace kuangxun::facts {
namespace {

using records::Record;

constexpr int plan_ends = 2025;

// One figure by year; a year that two records give unequally, or that is in dispute, is unknown.
struct YearFigure {
  int year = 0;
  FactValue value;
  std::string shown;
};

std::vector<YearFigure> figures_of(std::string_view field, const Registers& registers) {
  std::vector<YearFigure> figures;
  for (const Record& record : registers.county_years) {
    if (!is_filed(record, registers.on) || is_marked_example(record)) continue;
    FactValue value = fact_of(record, field, registers.disputes);
    if (!value.is_known && !value.is_disputed) continue;
    const int year = static_cast<int>(record.integer(records::common::year));
    const auto same = std::ranges::find(figures, year, &YearFigure::year);
    if (same == figures.end()) {
      figures.push_back({year, std::move(value), record.display(*record.kind().find_field(field))});
    } else if (!value.is_known || !same->value.is_known || same->value.number != value.number) {
      FactValue open = FactValue::unknown(say_with("two figures are recorded for {0}", {std::to_string(year)}));
      open.is_disputed = value.is_disputed || same->value.is_disputed;
      same->value = std::move(open);
      same->shown = say_text("two figures");
    }
  }
  std::ranges::sort(figures, {}, &YearFigure::year);
  return figures;
}

// The figure of the plan's last year once that is over; before, the newest.
const YearFigure* deciding(const std::vector<YearFigure>& figures, Day on) {
  if (figures.empty()) return nullptr;
  const bool is_over = civil_from_day(on).year > plan_ends;
  if (!is_over) return &figures.back();
  const auto at_end = std::ranges::find(figures, plan_ends, &YearFigure::year);
  return at_end == figures.end() ? nullptr : &*at_end;
}

std::string told(const YearFigure& figure) {
  return say_with("{0}: {1}", {std::to_string(figure.year), figure.shown});
}

void add_figure(FactWriter& facts, std::string_view fact, std::string_view field, const Registers& registers) {
  const std::vector<YearFigure> figures = figures_of(field, registers);
  if (figures.empty()) return;
  const YearFigure* decides = deciding(figures, registers.on);
  const YearFigure& newest = figures.back();
  FactValue value = decides == nullptr
                        ? FactValue::unknown(say_with("there is no figure for {0}", {std::to_string(plan_ends)}))
                        : decides->value;
  value.shown = decides == nullptr ? say_with("{0}: unknown", {std::to_string(plan_ends)}) : told(*decides);
  if (decides != &newest) value.shown += say_text("; latest ") + told(newest);
  facts.set(fact, std::move(value));
}

// In points, between the year before the plan and the year that decides.
void add_rise(FactWriter& facts, const Registers& registers) {
  constexpr int base_year = 2020;
  const std::vector<YearFigure> figures = figures_of("associated_use_percent", registers);
  const YearFigure* decides = deciding(figures, registers.on);
  const auto base = std::ranges::find(figures, base_year, &YearFigure::year);
  if (decides == nullptr || base == figures.end() || !decides->value.is_known || !base->value.is_known) {
    if (figures.empty()) return;
    return facts.set("associated_use_rise",
                     FactValue::unknown(say_with("the figures of {0} and {1} are needed",
                                                 {std::to_string(base_year), std::to_string(plan_ends)})));
  }
  facts.set("associated_use_rise", FactValue::of(decides->value.number - base->value.number));
}

}  // namespace

void add_statistics(FactWriter& facts, const Registers& registers) {
  add_figure(facts, "output_value", "output_value_10k_yuan", registers);
  for (const std::string_view same : {"new_deposits", "surveyed_geochemistry_km2", "surveyed_geoheritage_km2",
                                      "spots_are_rechecked", "implementation_is_reported"}) {
    add_figure(facts, same, same, registers);
  }
  add_rise(facts, registers);
}

}  // namespace kuangxun::facts
