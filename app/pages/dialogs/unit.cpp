#include "app/inspect/visit/actions.h"
#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

// A new restoration unit of a place.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Add a restoration unit");
}

class UnitDialog final : public Page {
 public:
  explicit UnitDialog(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    if (!std::exchange(is_begun_, true)) is_example_ = is_example_record(context_, place);
    blocks::Blocks dialog;
    dialog += own_entry(name_, "dialog.unit_name", say_text(in_context("pages", "Unit")));
    dialog += own_entry(area_, "dialog.unit_area", say_text("Planned area (ha, may stay empty)"));
    dialog += example_check(is_example_);
    dialog += answers(context_, confirm_button(
                                    say_text("Add"), [this, place] { return add(place); },
                                    name_.empty() ? say_text("give its name first") : std::string()));
    return dialog;
  }

  void forget() override {
    name_.clear();
    area_.clear();
    is_begun_ = false;
  }

 private:
  Status add(const Uuid& place) {
    inspect::Request request{place, {{"name", name_}}, {}, {}, {}};
    if (!area_.empty()) request.fields.push_back({"planned_area_ha", area_});
    if (is_example_) request.fields.push_back({"is_example", "true"});
    KX_TRY(unit, inspect::run_action(context_.desk(), "unit.add", request));
    (void)unit;
    context_.close_dialog();
    return {};
  }

  Context& context_;
  std::string name_;
  std::string area_;
  bool is_example_ = false;
  bool is_begun_ = false;
};

const Registered unit_dialog{{"unit", Where::dialog, 30, title, make<UnitDialog>}};

}  // namespace
}  // namespace kuangxun::pages
