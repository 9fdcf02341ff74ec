#include "app/pages/fields.h"
#include "app/pages/green_mine.h"
#include "app/pages/page.h"
#include "app/pages/verdict_list.h"
#include "db/language/language.h"

// The clauses of the industry's standard on a mine as a green one. The preconditions of an assessment are rules of the
// same catalogue, and are left out: they stand on a part of their own, judged on the day of the assessment.
namespace kuangxun::pages {
namespace {

constexpr std::string_view precondition_prefix = "GM-P";

std::string title(Context&, const Uuid&) {
  return say_text("Clauses");
}

class GreenClausesPage final : public Page {
 public:
  explicit GreenClausesPage(Context& context) : context_(context), list_(context, "green.every_clause") {}

  Result<blocks::Blocks> build(const Uuid& mine) override {
    KX_TRY(verdicts, green_verdicts_on(context_, mine, today_of(context_)));
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
