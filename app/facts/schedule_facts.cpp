#include "app/facts/sites.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/key_project.h"
#include "db/records/kinds.h"

namespace kuangxun::facts {
namespace {

using records::Record;

FactValue schedule_of(const FactValue& start, const FactValue& end, const FactValue& completed, Day on) {
  if (!end.is_known) {
    FactValue open = FactValue::unknown(end.is_disputed ? end.note : say_text("the plan gives no schedule"));
    open.shown = open.note;
    return open;
  }
  const Day last = day_from_civil(static_cast<int>(end.number), 12, 31);
  if (completed.is_known && completed.number <= on) {
    return FactValue::of(completed.number <= last ? schedule::completed : schedule::completed_late);
  }
  if (start.is_known && on < day_from_civil(static_cast<int>(start.number), 1, 1)) {
    return FactValue::of(schedule::not_begun);
  }
  if (on <= last) return FactValue::of(schedule::under_way);
  FactValue overdue = FactValue::unknown(completed.is_disputed ? completed.note : "");
  overdue.is_disputed = completed.is_disputed;
  overdue.candidates = {schedule::completed, schedule::completed_late};
  overdue.shown =
      say_with("past the end of {0} with no completion on record (overdue flag)", {std::to_string(end.number)});
  return overdue;
}

}  // namespace

void add_schedule_facts(FactWriter& facts, const Record& project, const Registers& registers) {
  const auto& disputes = registers.disputes;
  for (const std::string_view year : {records::common::start_year.name, records::common::end_year.name}) {
    FactValue value = fact_of(project, year, disputes);
    if (!value.is_known && !value.is_disputed) value.shown = say_text("not given");
    facts.set(year, std::move(value));
  }
  FactValue completed;
  if (project.kind().find_field(records::key_project::completed_on) != nullptr)
    completed = fact_of(project, records::key_project::completed_on, disputes);
  facts.set("completed_on", completed);
  facts.set("schedule", schedule_of(fact_of(project, records::common::start_year, disputes),
                                    fact_of(project, records::common::end_year, disputes), completed, registers.on));
  facts.set("is_key_project", FactValue::of(1));
}

void add_key_project_of(FactWriter& facts, const Uuid& place, const Registers& registers) {
  const Record* first = nullptr;
  for (const auto& project : registers.key_projects) {
    if (project.reference(records::key_project::place) != place || !project.has(records::key_project::end_year))
      continue;
    if (first == nullptr ||
        project.integer(records::key_project::end_year) < first->integer(records::key_project::end_year))
      first = &project;
  }
  facts.set("is_key_project", FactValue::of(0));
  if (first != nullptr) add_schedule_facts(facts, *first, registers);
}

}  // namespace kuangxun::facts
