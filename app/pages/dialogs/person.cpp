#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

// Who acts from now on. Only whose key lies here: somebody else could sign nothing.
namespace kuangxun::pages {
namespace {

constexpr std::string_view nobody = "nobody";

std::string title(Context&, const Uuid&) {
  return say_text("Who acts");
}

class PersonDialog final : public Page {
 public:
  explicit PersonDialog(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    const Uuid& acting = context_.desk().person;
    if (chosen_.empty()) chosen_ = acting.is_nil() ? std::string(nobody) : acting.text();
    std::vector<blocks::Option> options;
    for (const people::Person& person : context_.here().people) {
      if (!person.has_key_here || person.has_ended) continue;
      options.push_back({std::to_string(options.size()), person.id.text(), person.name});
    }
    options.push_back({std::string(nobody), std::string(nobody), say_text("Nobody named")});
    blocks::Blocks dialog;
    dialog +=
        blocks::Text{say_text("Whoever takes over signs with their own PIN. People register on the page of the "
                              "sync.")};
    blocks::Choice who = own_choice(chosen_, "dialog.person", say_text("Registered on this laptop"), options);
    // Who acts without a key here is none of them, and nobody is proposed instead.
    if (options[*who.chosen].text != chosen_) who.chosen.reset();
    dialog += std::move(who);
    dialog += answers(context_, confirm_button(say_text("This one"), [this] { return choose(); }));
    return dialog;
  }

  void forget() override { chosen_.clear(); }

 private:
  Status choose() {
    const auto person = parse_uuid(chosen_);
    context_.close_dialog();
    return context_.act_as(person.ok() ? *person : Uuid{});
  }

  Context& context_;
  std::string chosen_;
};

const Registered person_dialog{{"person", Where::dialog, 50, title, make<PersonDialog>}};

}  // namespace
}  // namespace kuangxun::pages
