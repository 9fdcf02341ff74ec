#include "app/criteria/check.h"
#include "app/pages/page.h"
#include "app/pages/verdict_list.h"
#include "db/language/language.h"

// The clauses of the industry's standard on a mine as a green one. The preconditions of an assessment are rules of the
// same catalogue, and are left out: they stand on a part of their own, judged on the day of the assessment.
namespace kuangxun::pages {
namespace {

constexpr std::string_view rules_id = "green-mines";
constexpr std::string_view precondition_prefix = "GM-P";

std::string title(Context&, const Uuid&) {
  return say_text("Clauses");
}

class GreenClausesPage final : public Page {
 public:
  explicit GreenClausesPage(Context& context) : context_(context), list_(context, "green.every_clause") {}

  Result<blocks::Blocks> build(const Uuid& mine) override {
    const Day today = day_of(context_.desk().clock.now_ms(), context_.desk().offset_min);
    KX_TRY(rules, context_.rules().one_on(std::string(rules_id), today));
    KX_TRY(verdicts, criteria::check(context_.desk().store, *rules, {mine, today}));
    std::erase_if(verdicts,
                  [](const criteria::Verdict& verdict) { return verdict.rule.starts_with(precondition_prefix); });
    return list_.build(verdicts);
  }

 private:
  Context& context_;
  VerdictList list_;
};

const Registered green_clauses_page{{"clauses", Where::green, 60, title, make<GreenClausesPage>}};

}  // namespace
}  // namespace kuangxun::pages
