#include "app/facts/scale_class.h"

#include <algorithm>

#include "db/language/language.h"
#include "db/records/choices/mining_method.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/minimum_scale.h"
#include "db/records/handles/mining_right.h"

namespace kuangxun::facts {
namespace {

using records::Record;

// 专栏14 has one row for lead and zinc together.
std::int64_t row_mineral(std::int64_t mineral) {
  const auto* option = records::mineral_enumeration.find(mineral);
  if (option != nullptr && option->code == "lead") return records::mineral_enumeration.find("lead-zinc")->number;
  return mineral;
}

const Record* find_row(const FactValue& mineral, const Registers& registers) {
  if (!mineral.is_known) return nullptr;
  for (const auto& row : registers.minimum_scales) {
    const FactValue listed = fact_of(row, records::common::mineral, registers.disputes);
    if (listed.is_known && listed.number == row_mineral(mineral.number)) return &row;
  }
  return nullptr;
}

ClassLimits limits_of(const Record& row, const std::string& method, const DisputeIndex& disputes) {
  ClassLimits limits;
  limits.large = fact_of(row, "large_" + method, disputes);
  limits.medium = fact_of(row, "medium_" + method, disputes);
  const FactValue small = fact_of(row, "small_" + method, disputes);
  const FactValue* lowest = &small;
  if (!lowest->is_known && !lowest->is_disputed) lowest = &limits.medium;
  if (!lowest->is_known && !lowest->is_disputed) lowest = &limits.large;
  limits.minimum = *lowest;
  return limits;
}

FactValue capacity_of(const Record& mine, const Record& row, const DisputeIndex& disputes) {
  const auto* by_weight = records::scale_unit_enumeration.find("10kt-per-year");
  const FactValue unit = fact_of(row, records::minimum_scale::scale_unit, disputes);
  if (!unit.is_known) return FactValue::unknown(unit.note);
  const bool is_by_weight = unit.number == by_weight->number;
  FactValue capacity = fact_of(mine, is_by_weight ? "capacity_10kt_per_year" : "capacity_10k_m3_per_year", disputes);
  const FactValue other = fact_of(mine, is_by_weight ? "capacity_10k_m3_per_year" : "capacity_10kt_per_year", disputes);
  if (!capacity.is_known && other.is_known) {
    capacity.note = say_with("the recorded capacity has another unit than table 14 ({0}); nothing is converted",
                             {row.display(records::minimum_scale::scale_unit)});
  }
  capacity.unit_shown = is_by_weight ? say_text("×10,000 t/year") : say_text("×10,000 m³/year");
  return capacity;
}

std::vector<std::int64_t> possible_classes(const FactValue& capacity, const ClassLimits& limits) {
  if (!capacity.is_known || !limits.large.is_known) return {size_class::large, size_class::medium, size_class::small};
  if (capacity.number >= limits.large.number) return {size_class::large};
  if (limits.medium.is_disputed) return {size_class::medium, size_class::small};
  const bool is_medium = limits.medium.is_known && capacity.number >= limits.medium.number;
  return {is_medium ? size_class::medium : size_class::small};
}

FactValue size_of(const FactValue& method, const ScaleClass& scale) {
  std::vector<std::int64_t> classes;
  const auto add = [&](const ClassLimits& limits) {
    for (const auto one : possible_classes(scale.capacity, limits)) classes.push_back(one);
  };
  if (!method.is_known || method.number == records::mining_method::underground) add(scale.underground);
  if (!method.is_known || method.number == records::mining_method::open_pit) add(scale.open_pit);
  std::ranges::sort(classes);
  const auto [first, last] = std::ranges::unique(classes);
  classes.erase(first, last);
  FactValue size = FactValue::one_of(std::move(classes));
  if (!size.is_known) {
    size.note = !scale.capacity.is_known
                    ? say_text("no capacity can be used")
                    : say_text("the mining method is not recorded and the classes differ by method");
  }
  return size;
}

}  // namespace

ScaleClass classify(const Record& mine, const Registers& registers) {
  ScaleClass scale;
  const FactValue mineral = fact_of(mine, records::mining_right::mineral, registers.disputes);
  scale.row = find_row(mineral, registers);
  if (scale.row == nullptr) {
    const std::string note =
        mineral.is_known ? say_text("table 14 does not list this mineral") : say_text("the mineral is not recorded");
    for (auto* fact : {&scale.capacity, &scale.underground.minimum, &scale.open_pit.minimum, &scale.size}) {
      *fact = FactValue::unknown(note);
      fact->is_disputed = mineral.is_disputed;
    }
    return scale;
  }
  scale.capacity = capacity_of(mine, *scale.row, registers.disputes);
  scale.underground = limits_of(*scale.row, "underground", registers.disputes);
  scale.open_pit = limits_of(*scale.row, "open_pit", registers.disputes);
  for (auto* fact : {&scale.underground.minimum, &scale.open_pit.minimum}) fact->unit_shown = scale.capacity.unit_shown;
  scale.size = size_of(fact_of(mine, records::mining_right::mining_method, registers.disputes), scale);
  return scale;
}

}  // namespace kuangxun::facts
