#include "app/inspect/visit/actions.h"
#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

// A place that no register has: found on the ground, or known from before.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Add a place");
}

class PlaceDialog final : public Page {
 public:
  explicit PlaceDialog(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    blocks::Blocks dialog;
    dialog +=
        blocks::Text{say_text("Mining rights, exploration rights and restoration projects come with the county's "
                              "registers and are not added here.")};
    blocks::Choice kind =
        own_choice(kind_, "dialog.place_kind", say_text("Kind"),
                   {{"unlicensed-place", "unlicensed-place", say_text("Suspected of mining without licence")},
                    {"legacy-site", "legacy-site", say_text("Legacy mine site")},
                    {"closed-mine", "closed-mine", say_text("Closed mine")}});
    kind_ = chosen_text(kind);
    dialog += std::move(kind);
    dialog += own_entry(name_, "dialog.place_name", say_text(in_context("pages", "Name")));
    dialog += example_check(is_example_);
    dialog += answers(context_, confirm_button(
                                    say_text("Add"), [this] { return add(); },
                                    name_.empty() ? say_text("give its name first") : std::string()));
    return dialog;
  }

  void forget() override {
    name_.clear();
    is_example_ = false;
  }

 private:
  Status add() {
    inspect::Request request{{}, {{"kind", kind_}, {"name", name_}}, {}, {}, {}};
    if (is_example_) request.fields.push_back({"is_example", "true"});
    KX_TRY(place, inspect::run_action(context_.desk(), "place.add", request));
    context_.close_dialog();
    context_.open_place(place);
    return {};
  }

  Context& context_;
  std::string kind_;
  std::string name_;
  bool is_example_ = false;
};

const Registered place_dialog{{"place", Where::dialog, 20, title, make<PlaceDialog>}};

}  // namespace
}  // namespace kuangxun::pages
