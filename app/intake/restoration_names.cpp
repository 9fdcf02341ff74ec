#include "app/intake/restoration_names.h"

#include "app/inspect/place/plan_tasks.h"
#include "app/intake/plain_text.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/kinds.h"

namespace kuangxun::intake {
namespace {

namespace kinds = records::kinds;
using records::Record;

std::string called(const Record& plan) {
  std::string name = inspect::plan_name(plan);
  if (plan.has(records::approved_plan::document_number))
    name += say_with(" ({0})", {plan.text(records::approved_plan::document_number)});
  return name;
}

std::string listed(const std::vector<const Record*>& plans) {
  std::vector<std::string> names;
  for (const Record* plan : plans) names.push_back(called(*plan));
  return join(names, say(", "));
}

}  // namespace

Result<RestorationNames> RestorationNames::build(history::RecordReader& store) {
  RestorationNames names;
  KX_TRY(plans, store.list(kinds::approved_plan));
  KX_TRY(units, store.list(kinds::restoration_unit));
  std::erase_if(plans, [](const Record& plan) { return plan.is_voided(); });
  std::erase_if(units, [](const Record& unit) { return unit.is_voided(); });
  names.plans_ = std::move(plans);
  names.units_ = std::move(units);
  return names;
}

RestorationNames::Plan RestorationNames::find_plan(const Record& mine, std::string_view written) const {
  const std::string wanted = folded(written);
  std::vector<const Record*> all;
  std::vector<const Record*> named;
  for (const Record& plan : plans_) {
    if (plan.reference(records::approved_plan::mine) != mine.id()) continue;
    all.push_back(&plan);
    const bool is_named = folded(plan.text(records::approved_plan::title)) == wanted ||
                          folded(plan.text(records::approved_plan::document_number)) == wanted;
    if (!wanted.empty() && is_named) named.push_back(&plan);
  }
  if (all.empty()) {
    return {nullptr, say_with("{0} has no approved plan yet; enter that first, then its tasks", {mine.name()})};
  }
  if (wanted.empty() && all.size() == 1) return {all.front(), {}};
  if (named.size() == 1) return {named.front(), {}};
  if (wanted.empty() || named.size() > 1) {
    return {nullptr, say_with("{0} has {1} plans; say which by its title or the number of its approval in a column "
                              "\"plan\": {2}",
                              {mine.name(), std::to_string(all.size()), listed(all)})};
  }
  return {nullptr, say_with("{0} has no plan with the title or number \"{1}\"; there is: {2}",
                            {mine.name(), excerpt(trim(written), 60), listed(all)})};
}

const Record* RestorationNames::find_unit(const Record& mine, std::string_view written) const {
  const std::string wanted = folded(written);
  const Record* found = nullptr;
  for (const Record& unit : units_) {
    if (unit.reference(records::restoration_unit::parent) != mine.id() || folded(unit.name()) != wanted) continue;
    if (found != nullptr) return nullptr;
    found = &unit;
  }
  return found;
}

}  // namespace kuangxun::intake
