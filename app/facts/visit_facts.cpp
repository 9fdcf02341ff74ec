#include <algorithm>

#include "app/facts/sites.h"
#include "db/language/language.h"
#include "db/records/handles/finding.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::facts {

using records::Record;
namespace kinds = records::kinds;

Result<std::vector<Record>> visits_of(history::RecordReader& store, const Uuid& place, const Registers& registers) {
  KX_TRY(visits, store.list_where(kinds::visit, records::visit::place, place));
  std::erase_if(visits, [&](const Record& visit) {
    const FactValue started = fact_of(visit, records::visit::started_at, registers.disputes);
    return visit.is_voided() || !started.is_known || day_of(started.number, beijing_offset_min) > registers.on;
  });
  std::ranges::stable_sort(visits, [](const Record& a, const Record& b) {
    return a.integer(records::visit::started_at) > b.integer(records::visit::started_at);
  });
  return visits;
}

Status add_visit_facts(FactWriter& facts, history::RecordReader& store, const std::vector<Record>& visits) {
  std::int64_t count = 0;
  std::int64_t findings = 0;
  FactValue last = FactValue::unknown(say_text("no visit is on record here"));
  last.shown = say_text("none on record");
  for (const auto& visit : visits) {
    if (is_marked_example(visit)) continue;
    if (count == 0) last = FactValue::of(day_of(visit.integer(records::visit::started_at), beijing_offset_min));
    ++count;
    KX_TRY(found, store.list_where(kinds::finding, records::finding::visit, visit.id()));
    findings += std::ranges::count_if(
        found, [](const Record& finding) { return !finding.is_voided() && !is_marked_example(finding); });
  }
  facts.set("last_visited_on", std::move(last));
  facts.set("visits", FactValue::of(count));
  facts.set("findings", FactValue::of(findings));
  return {};
}

}  // namespace kuangxun::facts
