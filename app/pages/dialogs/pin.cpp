#include "app/office/office.h"
#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

// The PIN of who acts, asked for when something was done that deserves their own signature; it is done again with the
// key unlocked. The PIN is in this dialog only as long as it is checked.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Your signature");
}

class PinDialog final : public Page {
 public:
  explicit PinDialog(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    blocks::Blocks dialog;
    dialog += blocks::Text{say_with("Signed by {0} personally: enter your PIN.",
                                    {people::name_of(context_.here().people, context_.desk().person)})};
    dialog += secret_entry(pin_, "dialog.pin", say_text("PIN"));
    if (!problem_.empty()) dialog += blocks::Text{problem_, blocks::Tone::bad};
    blocks::Button sign = confirm_button(say_text("Sign"), [this] { return unlock(); });
    sign.enabled = !pin_.empty();
    dialog += answers(context_, std::move(sign));
    return dialog;
  }

  void forget() override {
    pin_.clear();
    problem_.clear();
  }

 private:
  Status unlock() {
    const Uuid person = context_.desk().person;
    // The key is found beside the window, and laid into the window's office by the window.
    const auto key = std::make_shared<std::optional<SigningKey>>();
    context_.work_on_keys(
        say_text("Checking the PIN…"),
        [key, &people = context_.office().people(), person, pin = std::exchange(pin_, {})]() -> Status {
          KX_TRY(found, people.unlock(person, pin));
          key->emplace(std::move(found));
          return {};
        },
        [this, person, key](const Status& checked) {
          const Status status = checked.ok() ? context_.office().hand().unlock(person, std::move(**key)) : checked;
          problem_ = status.ok() ? std::string() : status.error().message();
          if (status.ok()) context_.unlocked(person);
        });
    return {};
  }

  Context& context_;
  std::string pin_;
  std::string problem_;  // of the last try
};

const Registered pin_dialog{{"pin", Where::dialog, 60, title, make<PinDialog>}};

}  // namespace
}  // namespace kuangxun::pages
