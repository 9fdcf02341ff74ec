#include "app/office/office.h"
#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

// Another PIN for the key of who acts. The present one is asked for, so that nobody changes it for a colleague who went
// away with the laptop open.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Change the PIN");
}

class ChangePinDialog final : public Page {
 public:
  explicit ChangePinDialog(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    blocks::Blocks dialog;
    dialog += secret_entry(pin_, "dialog.pin", say_text("The present PIN"));
    dialog += secret_entry(new_pin_, "dialog.new_pin", say_text("The new PIN"));
    dialog += secret_entry(new_pin_again_, "dialog.new_pin_again", say_text("Once more"));
    if (!problem_.empty()) dialog += blocks::Text{problem_, blocks::Tone::bad};
    blocks::Button change = confirm_button(say_text("Change"), [this] { return change_pin(); });
    change.enabled = !pin_.empty() && !new_pin_.empty();
    dialog += answers(context_, std::move(change));
    return dialog;
  }

  void forget() override {
    forget_pins();
    problem_.clear();
  }

 private:
  void forget_pins() {
    for (std::string* pin : {&pin_, &new_pin_, &new_pin_again_}) pin->clear();
  }

  Status change_pin() {
    if (new_pin_ != new_pin_again_) {
      problem_ = say_text("the two new PINs differ");
      return {};
    }
    context_.work_on_keys(
        say_text("Changing the PIN…"),
        [&people = context_.office().people(), person = context_.desk().person, old_pin = pin_, new_pin = new_pin_] {
          return people.change_pin(person, old_pin, new_pin);
        },
        [this](const Status& changed) {
          forget_pins();
          if (!changed.ok()) {
            problem_ = changed.error().message();
            return;
          }
          context_.close_dialog();
          context_.say({say_text("the PIN is changed"), blocks::Tone::good});
        });
    return {};
  }

  Context& context_;
  std::string pin_;
  std::string new_pin_;
  std::string new_pin_again_;
  std::string problem_;
};

const Registered change_pin_dialog{{"change_pin", Where::dialog, 70, title, make<ChangePinDialog>}};

}  // namespace
}  // namespace kuangxun::pages
