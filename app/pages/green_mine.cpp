#include "app/pages/green_mine.h"

#include "app/criteria/check.h"
#include "app/pages/fields.h"
#include "db/language/language.h"
#include "db/records/handles/green_assessment.h"

namespace kuangxun::pages {
namespace {

constexpr std::string_view rules_id = "green-mines";

}  // namespace

std::string assessment_title(const green::Assessment& assessment) {
  std::string title = assessment.record.display(records::green_assessment::assessed_on) + "　" +
                      assessment.record.display(records::green_assessment::level) + "　" + assessment.index->title();
  if (is_example(assessment.record)) title += say_text(" (example)");
  return title;
}

Result<std::vector<criteria::Verdict>> green_verdicts_on(Context& context, const Uuid& mine, Day day) {
  KX_TRY(rules, context.rules().one_on(std::string(rules_id), day));
  return criteria::check(context.desk().store, *rules, {mine, day});
}

}  // namespace kuangxun::pages
