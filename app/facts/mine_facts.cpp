#include <optional>

#include "app/facts/scale_class.h"
#include "app/facts/service_life.h"
#include "app/facts/sites.h"
#include "db/language/language.h"
#include "db/records/choices/mining_method.h"
#include "db/records/choices/operating_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/minimum_scale.h"
#include "db/records/handles/mining_right.h"

namespace kuangxun::facts {
namespace {

using records::Record;

std::int64_t stage_number(std::string_view code) {
  return records::mine_stage_enumeration.find(code)->number;
}

// A row of the plan's register of rights that existed at the end of 2020.
bool is_listed(const Record& mine) {
  return mine.has(records::mining_right::register_number);
}

// What a person recorded; else what the register's operating state (生产状态) leaves open.
FactValue stage_of(const Record& mine, const DisputeIndex& disputes) {
  FactValue stage = fact_of(mine, records::mining_right::stage, disputes);
  if (stage.is_known || stage.is_disputed || !is_listed(mine)) return stage;
  const FactValue state = fact_of(mine, records::mining_right::operating_state, disputes);
  FactValue narrowed;
  if (state.is_known && state.number == records::operating_state::producing) {
    narrowed = FactValue::of(stage_number("producing"));
  } else if (state.is_known && state.number == records::operating_state::planned) {
    narrowed = FactValue::one_of({stage_number("new"), stage_number("extended"), stage_number("producing")});
  } else {
    narrowed = FactValue::one_of(
        {stage_number("extended"), stage_number("producing"), stage_number("closing"), stage_number("abandoned")});
  }
  narrowed.note = say_text("the stage is not recorded; taken from the operating state in table 3");
  return narrowed;
}

FactValue existing_of(const Record& mine, const DisputeIndex& disputes) {
  const FactValue stage = fact_of(mine, records::mining_right::stage, disputes);
  if (stage.is_known) return FactValue::of(stage.number == stage_number("new") ? 0 : 1);
  if (stage.is_disputed) return stage;
  return is_listed(mine) ? FactValue::of(1) : FactValue();
}

// An amount in the unit of 专栏14's row, so that it divides by the capacity.
FactValue amount_of(const Record& mine, const std::string& field, const ScaleClass& scale,
                    const DisputeIndex& disputes) {
  if (scale.row == nullptr) return FactValue::unknown(scale.capacity.note);
  const auto* by_weight = records::scale_unit_enumeration.find("10kt-per-year");
  const FactValue unit = fact_of(*scale.row, records::minimum_scale::scale_unit, disputes);
  if (!unit.is_known) return {};
  const bool is_by_weight = unit.number == by_weight->number;
  FactValue amount = fact_of(mine, field + (is_by_weight ? "_10kt" : "_10k_m3"), disputes);
  const FactValue other = fact_of(mine, field + (is_by_weight ? "_10k_m3" : "_10kt"), disputes);
  if (!amount.is_known && !amount.is_disputed && other.is_known) {
    amount.note = say_text("recorded in another unit than table 14; nothing is converted");
  }
  amount.unit_shown = is_by_weight ? say_text("×10,000 t") : say_text("×10,000 m³");
  return amount;
}

void add_service_life(FactWriter& facts, const Record& mine, const ScaleClass& scale, const DisputeIndex& disputes) {
  ServiceLifeInputs inputs;
  inputs.recoverable = amount_of(mine, "recoverable_reserves", scale, disputes);
  inputs.retained = amount_of(mine, "retained_resources", scale, disputes);
  inputs.recovery = fact_of(mine, records::mining_right::design_recovery_percent, disputes);
  inputs.dilution = fact_of(mine, records::mining_right::design_dilution_percent, disputes);
  inputs.capacity = scale.capacity;
  facts.set("recoverable_reserves", inputs.recoverable);
  facts.set("retained_resources", inputs.retained);
  facts.set("design_recovery", inputs.recovery);
  facts.set("design_dilution", inputs.dilution);
  facts.set("service_life", service_life_of(inputs));
}

// Whether the licensed capacity reaches 专栏14, by the method or whichever method.
FactValue reaches_minimum(const ScaleClass& scale, const FactValue& method) {
  std::optional<bool> agreed;
  for (const auto& [number, limits] : {std::pair{records::mining_method::underground, &scale.underground},
                                       std::pair{records::mining_method::open_pit, &scale.open_pit}}) {
    if (method.is_known && method.number != number) continue;
    if (!scale.capacity.is_known) return FactValue::unknown(scale.capacity.note);
    if (!limits->minimum.is_known) return FactValue::unknown(limits->minimum.note);
    const bool reaches = scale.capacity.number >= limits->minimum.number;
    if (agreed && *agreed != reaches) {
      return FactValue::unknown(say_text("the mining method is not recorded and the minimum differs by method"));
    }
    agreed = reaches;
  }
  return agreed ? FactValue::of(*agreed ? 1 : 0) : FactValue();
}

// What the standards ask of this mine, as the office typed it from the standard that applies.
void add_required_rates(FactWriter& facts, const Record& mine, const DisputeIndex& disputes) {
  for (const auto& [fact, field] : {std::pair{"required_mining_recovery", "required_recovery_percent"},
                                    std::pair{"required_processing_recovery", "required_processing_percent"},
                                    std::pair{"required_comprehensive_use", "required_use_percent"}}) {
    facts.copy(fact, mine, field, disputes);
  }
}

}  // namespace

void add_mine_facts(FactWriter& facts, const Record& mine, const Registers& registers) {
  const auto& disputes = registers.disputes;
  for (const auto* same : {"mineral", "mining_method", "operating_state", "area_km2", "capacity_10kt_per_year",
                           "capacity_10k_m3_per_year", "rock_stability", "ore_dip", "iron_ore"}) {
    facts.copy(same, mine, same, disputes);
  }
  facts.set("stage", stage_of(mine, disputes));
  facts.set("is_existing_right", existing_of(mine, disputes));
  const ScaleClass scale = classify(mine, registers);
  facts.set("capacity", scale.capacity);
  facts.set("minimum_underground", scale.underground.minimum);
  facts.set("minimum_open_pit", scale.open_pit.minimum);
  facts.set("size_class", scale.size);
  FactValue reaches = reaches_minimum(scale, fact_of(mine, records::mining_right::mining_method, disputes));
  reaches.is_disputed = !reaches.is_known && scale.capacity.is_disputed;
  facts.set("reaches_minimum_scale", std::move(reaches));
  add_service_life(facts, mine, scale, disputes);
  add_required_rates(facts, mine, disputes);
  if (scale.row != nullptr) facts.copy("minimum_service_life", *scale.row, "service_life_years", disputes);
  facts.set("is_in_table_14", scale.row != nullptr                                               ? FactValue::of(1)
                              : fact_of(mine, records::mining_right::mineral, disputes).is_known ? FactValue::of(0)
                                                                                                 : FactValue());
}

}  // namespace kuangxun::facts
