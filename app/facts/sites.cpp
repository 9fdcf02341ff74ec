#include "app/facts/sites.h"

#include <algorithm>

#include "app/facts/green_facts.h"
#include "db/language/language.h"
#include "db/records/choices/restoration_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/kinds.h"

namespace kuangxun::facts {
namespace {

using records::Record;
namespace kinds = records::kinds;

// The facts of one place, by its kind.
void add_register_facts(FactWriter& facts, const Record& record, const Registers& registers,
                        const StatusIndex& statuses, const YearlyIndex& years) {
  const auto& disputes = registers.disputes;
  switch (record.kind().number) {
    case kinds::county:
      return add_county_facts(facts, record, years, registers);
    case kinds::mining_right:
      add_mine_facts(facts, record, registers);
      add_yearly_facts(facts, record, years, registers);
      return add_key_project_of(facts, record.id(), registers);
    case kinds::exploration_right:
      facts.copy("mineral", record, "mineral", disputes);
      facts.copy("area_km2", record, "area_km2", disputes);
      if (record.has(records::common::register_number)) facts.set("is_existing_right", FactValue::of(1));
      return;
    case kinds::restoration_project:
      facts.copy("area_ha", record, "area_ha", disputes);
      return add_schedule_facts(facts, record, registers);
    case kinds::restoration_unit:
      return add_unit_facts(facts, record, statuses, registers);
    case kinds::key_project:
      return add_schedule_facts(facts, record, registers);
    case kinds::closed_mine:
      return facts.set("stage", FactValue::of(records::mine_stage_enumeration.find("closing")->number));
    default:
      return;
  }
}

Site begin_site(const Record& record, const AskedFacts& asked) {
  return {record.id(), record.kind().number, record.name(), is_marked_example(record),
          FactSet(asked.dictionary.definitions().size())};
}

// What visits to the place told. `visited`: the places that have any, where that is known.
Status add_field_facts(Site& site, history::RecordReader& store, const AskedFacts& asked, const Registers& registers,
                       const std::optional<std::set<Uuid>>& visited = std::nullopt) {
  std::vector<Record> visits;
  if (!visited || visited->contains(site.id)) {
    KX_TRY(found, visits_of(store, site.id, registers));
    visits = std::move(found);
  }
  FactWriter writer(asked.dictionary, site.facts);
  KX_CHECK(add_visit_facts(writer, store, visits));
  return add_answer_facts(site.facts, store, asked, visits, registers);
}

// A place of a kind that the registers do not hold, such as a legacy site: all that is known of it are answers.
Result<Site> build_other_place(history::RecordReader& store, const AskedFacts& asked, const Registers& registers,
                               const Uuid& id) {
  KX_TRY(view, store.read(id));
  const Record& record = view.record;
  if (!record.kind().is_place) {
    return Error(ErrorCode::bad_input, phrase("{0} ({1}) is no place that rules apply to; find ids with list "
                                              "mining-right",
                                              {id.text(), record.kind().label_words()}));
  }
  if (record.is_voided()) {
    return Error(ErrorCode::bad_input, phrase("\"{0}\" is void and no longer checked", {record.name()}));
  }
  Site site = begin_site(record, asked);
  KX_CHECK(add_field_facts(site, store, asked, registers));
  return site;
}

}  // namespace

void add_unit_facts(FactWriter& facts, const Record& unit, const StatusIndex& statuses, const Registers& registers) {
  facts.copy("area_ha", unit, "planned_area_ha", registers.disputes);
  const auto found = statuses.find(unit.id());
  if (found == statuses.end()) return;
  const Record& status = *found->second;
  const FactValue state = fact_of(status, records::restoration_status::state, registers.disputes);
  FactValue finished = state;  // unknown or disputed as the state is
  if (state.is_known) {
    finished = FactValue::of(state.number == records::restoration_state::completed ? 1 : 0);
    finished.note = say_with("from the restoration status of {0}",
                             {format_day(static_cast<Day>(status.integer(records::restoration_status::observed_on)))});
  }
  finished.is_example = is_marked_example(status);
  facts.set("restoration_is_finished", finished);
}

Status for_each_site(history::RecordReader& store, const AskedFacts& asked, Day on, const std::optional<Uuid>& only,
                     const std::function<Status(Site&)>& take) {
  KX_TRY(registers, read_registers(store, on, only));
  KX_TRY(green, read_green_records(store, registers));
  const StatusIndex statuses = newest_statuses(registers, true);
  const YearlyIndex years(registers);
  std::optional<std::set<Uuid>> visited;
  if (!only) {
    KX_TRY(places, visited_places(store));
    visited = std::move(places);
  }
  bool is_any = false;
  for (const auto* records : {&registers.counties, &registers.mines, &registers.explorations, &registers.projects,
                              &registers.units, &registers.closed_mines, &registers.key_projects}) {
    for (const auto& record : *records) {
      if (only && record.id() != *only) continue;
      Site site = begin_site(record, asked);
      FactWriter writer(asked.dictionary, site.facts);
      add_register_facts(writer, record, registers, statuses, years);
      if (record.kind().number == kinds::mining_right) {
        add_green_facts(writer, record, green, registers);
        KX_CHECK(add_position_facts(writer, store, record, registers));
      }
      if (record.kind().is_place) KX_CHECK(add_field_facts(site, store, asked, registers, visited));
      is_any = true;
      KX_CHECK(take(site));
    }
  }
  if (!only || is_any) return {};
  KX_TRY(place, build_other_place(store, asked, registers, *only));
  return take(place);
}

Result<std::vector<Site>> build_sites(history::RecordReader& store, const AskedFacts& asked, Day on,
                                      const std::optional<Uuid>& only) {
  std::vector<Site> sites;
  KX_CHECK(for_each_site(store, asked, on, only, [&](Site& site) -> Status {
    sites.push_back(std::move(site));
    return {};
  }));
  return sites;
}

}  // namespace kuangxun::facts
