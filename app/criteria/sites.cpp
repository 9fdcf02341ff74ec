#include "app/criteria/sites.h"

#include <algorithm>

#include "db/base/language.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"

namespace kuangxun::criteria {
namespace {

using records::Record;
namespace kinds = records::kinds;

bool is_marked_example(const Record& record) {
  const auto* field = record.kind().find_field("is_example");
  if (field == nullptr) return false;
  const auto* number = std::get_if<std::int64_t>(&record.value(*field));
  return number != nullptr && *number != 0;
}

// The facts of one place, by its kind.
void add_register_facts(FactWriter& facts, const Record& record, const Registers& registers) {
  const auto& disputes = registers.disputes;
  switch (record.kind().number) {
    case kinds::county:
      return add_county_facts(facts, record, registers);
    case kinds::mining_right:
      add_mine_facts(facts, record, registers);
      return add_key_project_of(facts, record.id(), registers);
    case kinds::exploration_right:
      facts.copy("mineral", record, "mineral", disputes);
      facts.copy("area_km2", record, "area_km2", disputes);
      if (record.has("register_number")) facts.set("is_existing_right", FactValue::of(1));
      return;
    case kinds::restoration_project:
      facts.copy("area_ha", record, "area_ha", disputes);
      return add_schedule_facts(facts, record, registers);
    case kinds::restoration_unit:
      return facts.copy("area_ha", record, "planned_area_ha", disputes);
    case kinds::key_project:
      return add_schedule_facts(facts, record, registers);
    case kinds::closed_mine:
      return facts.set("stage", FactValue::of(records::mine_stage_enumeration.find("closing")->number));
    default:
      return;
  }
}

}  // namespace

Result<std::vector<Site>> build_sites(history::RecordStore& store, const Catalogue& catalogue, Day on,
                                      const std::optional<Uuid>& only) {
  KX_TRY(registers, read_registers(store, on));
  std::vector<Site> sites;
  for (const auto* records : {&registers.counties, &registers.mines, &registers.explorations, &registers.projects,
                              &registers.units, &registers.closed_mines, &registers.key_projects}) {
    for (const auto& record : *records) {
      if (only && record.id() != *only) continue;
      Site site{record.id(), record.kind().number, record.name(), is_marked_example(record),
                FactSet(catalogue.facts().definitions().size())};
      FactWriter writer(catalogue.facts(), site.facts);
      add_register_facts(writer, record, registers);
      if (record.kind().is_place) KX_CHECK(add_answer_facts(site.facts, store, catalogue, record.id(), registers));
      sites.push_back(std::move(site));
    }
  }
  if (only && sites.empty()) {
    return Error(ErrorCode::not_found,
                 say_with("没有可对照规则的对象 {0}；用 list mining-right 等命令查编号",
                          "{0} is no place that rules apply to; find ids with list mining-right", {only->text()}));
  }
  return sites;
}

}  // namespace kuangxun::criteria
