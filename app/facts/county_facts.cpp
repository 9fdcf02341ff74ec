#include <algorithm>

#include "app/facts/output_facts.h"
#include "app/facts/scale_class.h"
#include "app/facts/sites.h"
#include "app/facts/statistics_facts.h"
#include "app/facts/target_readings.h"
#include "db/language/language.h"
#include "db/records/choices/restoration_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/plan_target.h"
#include "db/records/handles/restoration_project.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/kinds.h"

namespace kuangxun::facts {
namespace {

using records::Record;

// How many there are at least and at most.
struct Count {
  std::int64_t low = 0;
  std::int64_t high = 0;
  void add(bool is_certain, bool is_possible) {
    low += is_certain ? 1 : 0;
    high += is_possible ? 1 : 0;
  }
  FactValue fact() const { return FactValue::between(low, high); }
};

struct MineCounts {
  Count total, large, medium, small, large_or_medium, new_rights;
};

bool is_counted(const Record& mine, const YearlyIndex& index, const Registers& registers) {
  if (mine.integer(records::mining_right::is_example) != 0) return false;
  const FactValue stage = recorded_stage(mine, index, registers);
  return !stage.is_known || stage.number != records::mine_stage_enumeration.find("abandoned")->number;
}

MineCounts count_mines(const YearlyIndex& index, const Registers& registers) {
  MineCounts counts;
  const auto new_stage = records::mine_stage_enumeration.find("new")->number;
  for (const auto& mine : registers.mines) {
    if (!is_counted(mine, index, registers)) continue;
    const bool stands = !registers.disputes.has(mine.id(), records::existence_group);
    counts.total.add(stands, true);
    const FactValue size = classify(mine, registers).size;
    std::vector<std::int64_t> may_be = size.candidates;
    if (size.is_known) may_be = {size.number};
    if (may_be.empty()) may_be = {size_class::large, size_class::medium, size_class::small};
    const auto add = [&](Count& count, std::initializer_list<std::int64_t> classes) {
      std::size_t hits = 0;
      for (const auto one : may_be) hits += std::ranges::find(classes, one) != classes.end() ? 1U : 0U;
      count.add(stands && hits == may_be.size(), hits > 0);
    };
    add(counts.large, {size_class::large});
    add(counts.medium, {size_class::medium});
    add(counts.small, {size_class::small});
    add(counts.large_or_medium, {size_class::large, size_class::medium});
    const FactValue stage = recorded_stage(mine, index, registers);
    counts.new_rights.add(stands && stage.is_known && stage.number == new_stage,
                          stage.is_disputed || (stage.is_known && stage.number == new_stage));
  }
  return counts;
}

// In percent at scale 4, cut (45.0000 is never reached by rounding up).
FactValue share_of(const Count& part, const Count& whole) {
  if (whole.low <= 0) return FactValue::unknown(say_text("there are no mines, so there is no share"));
  constexpr std::int64_t hundred_percent = 1'000'000;
  return FactValue::between(part.low * hundred_percent / whole.high,
                            std::min(part.high * hundred_percent / whole.low, hundred_percent));
}

// Hectares that officers found completed, newest status of each unit; what nobody looked at is not counted as undone,
// so only a lower bound is known.
FactValue restored_area(const Registers& registers) {
  const StatusIndex newest = newest_statuses(registers, false);
  std::int64_t sum = 0;
  for (const auto& unit : registers.units) {
    const auto found = newest.find(unit.id());
    if (found == newest.end() || unit.integer(records::restoration_unit::is_example) != 0) continue;
    const bool is_legacy = std::ranges::none_of(registers.mines, [&](const Record& mine) {
      return mine.id() == unit.reference(records::restoration_unit::parent);
    });
    const FactValue state = fact_of(*found->second, records::common::state, registers.disputes);
    const FactValue area = fact_of(*found->second, records::common::area_ha, registers.disputes);
    if (is_legacy && state.is_known && state.number == records::restoration_state::completed && area.is_known) {
      sum += area.number;
    }
  }
  FactValue restored = FactValue::between(sum, std::nullopt);
  restored.note = say_text("only units recorded as completed are counted");
  return restored;
}

FactValue projects_area(const Registers& registers) {
  std::int64_t sum = 0;
  bool is_complete = true;
  for (const auto& project : registers.projects) {
    if (project.integer(records::restoration_project::is_example) != 0) continue;
    const FactValue area = fact_of(project, records::restoration_project::area_ha, registers.disputes);
    is_complete = is_complete && area.is_known;
    sum += area.is_known ? area.number : 0;
  }
  return FactValue::between(sum, is_complete ? std::optional(sum) : std::nullopt);
}

constexpr int plan_ends = 2025;

// The year that the plan's targets on a mineral (or of a rule) speak of.
int target_year_of(std::string_view rule, const Registers& registers) {
  for (const auto& target : registers.plan_targets) {
    if (target.text(records::plan_target::rule) == rule && target.has(records::plan_target::target_year))
      return static_cast<int>(target.integer(records::plan_target::target_year));
  }
  return plan_ends;
}

void add_outputs(FactWriter& facts, const YearlyIndex& index, const Registers& registers) {
  std::vector<const Record*> counted;
  for (const auto& mine : registers.mines) {
    if (is_counted(mine, index, registers)) counted.push_back(&mine);
  }
  struct Output {
    std::string_view fact;
    std::string_view mineral;
    bool is_by_volume;
    std::string_view rule;
  };
  for (const auto& [fact, code, is_by_volume, rule] :
       {Output{"annual_output_sand", "construction-sand", true, "R01"},
        Output{"annual_output_clay", "brick-clay", true, "R02"}, Output{"annual_output_gold", "gold", false, "R03"},
        Output{"annual_output_iron", "iron", false, "R03"},
        Output{"annual_output_limestone", "limestone", false, "R03"}}) {
    const Mineral mineral{records::mineral_enumeration.find(code)->number, is_by_volume};
    FactValue output = county_output(mineral, target_year_of(rule, registers), counted, index, registers);
    output.shown += say_output_readings(output, mineral, registers);
    facts.set(fact, std::move(output));
  }
}

}  // namespace

void add_county_facts(FactWriter& facts, const Record& county, const YearlyIndex& index, const Registers& registers) {
  const MineCounts counts = count_mines(index, registers);
  facts.set("mines_total", counts.total.fact());
  facts.set("mines_large", counts.large.fact());
  facts.set("mines_medium", counts.medium.fact());
  facts.set("mines_small", counts.small.fact());
  facts.set("mines_large_or_medium", counts.large_or_medium.fact());
  facts.set("new_mining_rights", counts.new_rights.fact());
  FactValue share = share_of(counts.large_or_medium, counts.total);
  share.shown = say_share_readings(share, registers);
  facts.set("large_medium_share", std::move(share));
  add_outputs(facts, index, registers);
  add_statistics(facts, registers);
  facts.set("restored_legacy_ha", restored_area(registers));
  facts.set("restoration_projects_ha", projects_area(registers));
  facts.copy("legacy_untreated_ha", county, "legacy_untreated_ha", registers.disputes);
  facts.copy("base_year_output_value", county, "mining_output_value_10k_yuan", registers.disputes);
}

}  // namespace kuangxun::facts
