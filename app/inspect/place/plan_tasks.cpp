#include "app/inspect/place/plan_tasks.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/restoration_task.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;
using records::Record;

bool is_about(const Record& task, const Record& unit) {
  const Uuid named = task.reference(records::restoration_task::unit);
  if (!named.is_nil()) return named == unit.id();
  return trim(task.text(records::restoration_task::unit_written)) == trim(unit.name()) &&
         task.has(records::restoration_task::unit_written);
}

std::string plan_text(const Record& plan, Day on) {
  std::string text = plan_name(plan);
  if (plan.has(records::approved_plan::document_number))
    text += say_with(in_context("inspect", ", {0}"), {plan.text(records::approved_plan::document_number)});
  if (plan.has(records::approved_plan::valid_to) && plan.integer(records::approved_plan::valid_to) < on) {
    text += say_with(", valid until {0}, which is past", {plan.display(records::approved_plan::valid_to)});
  }
  return text;
}

std::string threshold_text(const Record& task) {
  std::string text = task.text(records::restoration_task::indicator);
  if (task.has(records::restoration_task::value)) {
    text += " " +
            (task.has(records::restoration_task::comparison) ? task.display(records::restoration_task::comparison) + " "
                                                             : std::string()) +
            task.display(records::restoration_task::value);
    if (task.has(records::restoration_task::value_unit)) text += " " + task.text(records::restoration_task::value_unit);
  }
  if (task.has(records::restoration_task::threshold_written))
    text += say_with(" (as written: {0})", {task.text(records::restoration_task::threshold_written)});
  return text;
}

std::string ask_text(const Record& task) {
  std::vector<std::string> parts;
  if (task.has(records::restoration_task::indicator) || task.has(records::restoration_task::threshold_written))
    parts.push_back(std::string(trim(threshold_text(task))));
  if (task.has(records::restoration_task::task)) {
    std::string text = task.text(records::restoration_task::task);
    if (task.has(records::restoration_task::area_ha)) text += " " + task.display(records::restoration_task::area_ha);
    parts.push_back(std::move(text));
  }
  std::string text = join(parts, say("; "));
  return task.has(records::restoration_task::year)
             ? say_with(in_context("inspect", "{0}: {1}"),
                        {std::to_string(task.integer(records::restoration_task::year)), text})
             : text;
}

}  // namespace

std::string plan_name(const Record& plan) {
  return plan.has(records::approved_plan::title) ? plan.text(records::approved_plan::title)
                                                 : plan.display(records::approved_plan::plan_kind);
}

Result<std::vector<std::string>> asked_of_unit(history::RecordReader& store, const Record& unit, Day on) {
  struct Ask {
    std::int64_t year;  // 0: a threshold
    std::string text;
  };
  std::vector<Ask> asks;
  KX_TRY(plans, store.list_where(kinds::approved_plan, records::approved_plan::mine,
                                 unit.reference(records::restoration_unit::parent)));
  for (const Record& plan : plans) {
    if (plan.is_voided()) continue;
    KX_TRY(tasks, store.list_where(kinds::restoration_task, records::restoration_task::plan, plan.id()));
    for (const Record& task : tasks) {
      if (task.is_voided() || !is_about(task, unit)) continue;
      const std::string asked = ask_text(task);
      if (asked.empty()) continue;
      asks.push_back(
          {task.integer(records::restoration_task::year), asked + say_with(" ({0})", {plan_text(plan, on)})});
    }
  }
  std::ranges::stable_sort(asks, {}, &Ask::year);
  std::vector<std::string> texts;
  for (Ask& ask : asks) texts.push_back(std::move(ask.text));
  return texts;
}

Result<std::vector<std::string>> asked_of_unit(history::RecordReader& store, const Record& unit, const Record& visit) {
  return asked_of_unit(store, unit, day_of(visit.integer(records::visit::started_at), beijing_offset_min));
}

}  // namespace kuangxun::inspect
