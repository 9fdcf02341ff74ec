#include "app/pages/page.h"
#include "app/pages/verdict_list.h"
#include "db/language/language.h"

// What the rules say of one place, today.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Verdicts");
}

class VerdictsPage final : public Page {
 public:
  explicit VerdictsPage(Context& context) : context_(context), list_(context, "place.every_verdict") {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    KX_TRY(verdicts, context_.verdicts_on(place));
    return list_.build(verdicts);
  }

 private:
  Context& context_;
  VerdictList list_;
};

const Registered verdicts_page{{"verdicts", Where::place, 20, title, make<VerdictsPage>}};

}  // namespace
}  // namespace kuangxun::pages
