#include "app/inspect/visit/actions.h"
#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"

// A visit of a place begins: of which kind, and whether it is for practice.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Start a visit");
}

class VisitDialog final : public Page {
 public:
  explicit VisitDialog(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    if (!std::exchange(is_begun_, true)) is_example_ = is_example_record(context_, place);
    blocks::Blocks dialog;
    dialog +=
        own_choice(kind_, "dialog.visit_kind", say_text("Kind of visit"), options_of(records::visit_kind_enumeration));
    dialog += example_check(is_example_);
    dialog += answers(context_, confirm_button(say_text("Start"), [this, place] { return start(place); }));
    return dialog;
  }

  // The kind stays: the next visit of the day is likely of the same.
  void forget() override { is_begun_ = false; }

 private:
  Status start(const Uuid& place) {
    inspect::Request request{place, {{"visit_kind", kind_}}, {}, {}, {}};
    if (is_example_) request.fields.push_back({"is_example", "true"});
    KX_TRY(visit, inspect::run_action(context_.desk(), "visit.start", request));
    context_.close_dialog();
    context_.open_visit(visit);
    return {};
  }

  Context& context_;
  std::string kind_ = "patrol";
  bool is_example_ = false;
  bool is_begun_ = false;
};

const Registered visit_dialog{{"visit", Where::dialog, 10, title, make<VisitDialog>}};

}  // namespace
}  // namespace kuangxun::pages
