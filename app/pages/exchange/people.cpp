#include "app/office/office.h"
#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

// The people of this laptop: who is registered, who can sign here, and how one registers with the code of one's own.
namespace kuangxun::pages {
namespace {

using blocks::Tone;

std::string title(Context&, const Uuid&) {
  return say_text("The people of this laptop");
}

class PeopleHerePage final : public Page {
 public:
  explicit PeopleHerePage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    blocks::Section section{title(context_, {}), {}};
    if (context_.here().people.empty()) {
      section.blocks += blocks::Text{
          say_text("Nobody is registered: what is entered is signed by this laptop only. Ask the county for "
                   "your own code and register here."),
          Tone::muted};
    }
    for (const people::Person& person : context_.here().people) section.blocks += line_of(person);
    blocks::Columns entries{"people.entries", 3, {}};
    entries.cells += own_entry(code_, "people.code", say_text("Your own code"));
    entries.cells += secret_entry(pin_, "people.pin", say_text("A PIN of your own (6 characters at least)"));
    entries.cells += secret_entry(pin_again_, "people.pin_again", say_text("Once more"));
    section.blocks += std::move(entries);
    section.blocks += buttons();
    blocks::Blocks page;
    page += std::move(section);
    return page;
  }

 private:
  blocks::Badge badge_of(const people::Person& person) {
    if (person.has_ended) return {say_text("disabled"), Tone::bad};
    if (person.id == context_.desk().person) return {say_text("acts here now"), Tone::good};
    if (person.has_key_here) return {say_text("can sign here"), Tone::plain};
    return {say_text("no key here"), Tone::muted};
  }

  blocks::Line line_of(const people::Person& person) {
    std::string detail = people::role_label(person.role);
    if (!person.certificate_number.empty()) detail += say_with(" · certificate {0}", {person.certificate_number});
    blocks::Line line;
    line.blocks += badge_of(person);
    line.blocks += blocks::Text{person.name};
    line.blocks += blocks::Text{std::move(detail), Tone::muted};
    return line;
  }

  blocks::Line buttons() {
    const bool is_enrolled = context_.here().standing.is_enrolled();
    blocks::Button enrol{"people.enrol", say_text("Register"), [this] { return this->enrol(); }, Tone::accent};
    enrol.enabled = is_enrolled && !code_.empty() && !pin_.empty() && !pin_again_.empty();
    if (!enrol.enabled) {
      enrol.hint = is_enrolled ? say_text("give the code, and the PIN twice") : say_text("enrol this laptop first");
    }
    blocks::Button change{"people.change_pin", say_text("Change the PIN…"), [this]() -> Status {
                            context_.open_dialog("change_pin", {});
                            return {};
                          }};
    change.enabled = !acting_name(context_).empty();
    if (!change.enabled) change.hint = say_text("who acts now has no key here");
    blocks::Line line;
    line.blocks += std::move(enrol);
    line.blocks += std::move(change);
    return line;
  }

  void forget_pins() {
    pin_.clear();
    pin_again_.clear();
  }

  Status enrol() {
    if (pin_ != pin_again_) return Error(ErrorCode::bad_input, phrase("the two PINs differ"));
    const auto enrolled = std::make_shared<people::Person>();
    context_.exchange(
        say_text("Registering…"),
        [enrolled, code = code_, pin = pin_](office::Office& office, const Running& running) -> Status {
          KX_TRY(person, office.enrol_person(code, pin, running));
          *enrolled = std::move(person);
          return {};
        },
        [this, enrolled](const Status& status) {
          forget_pins();
          if (!status.ok()) return context_.say({status.error().message(), Tone::bad});
          code_.clear();
          context_.say({say_with("{0} is registered here and acts from now on", {enrolled->name}), Tone::good});
          if (const Status acting = context_.act_as(enrolled->id); !acting.ok()) {
            context_.say({acting.error().message(), Tone::bad});
          }
        });
    return {};
  }

  Context& context_;
  std::string code_;
  std::string pin_;
  std::string pin_again_;
};

const Registered people_here_page{{"people", Where::exchange, 10, title, make<PeopleHerePage>}};

}  // namespace
}  // namespace kuangxun::pages
