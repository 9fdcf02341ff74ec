#include "app/cli/command.h"
#include "app/cli/person_json.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Enrol final : Command {
  std::string code;

  void describe(WordList& words) override {
    words.about(say_text("make your own key under a PIN on this laptop, with the code the county gave to you"));
    words.argument("CODE", code, say_text("the code that the county gave to you"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(pin, read_new_pin(pin_file(), say_text("choose a PIN of your own (6 characters at least): ")));
    KX_CHECK(people::check_new_pin(pin));
    KX_TRY(person, context.office.enrol_person(code, pin, {}));
    KX_CHECK(context.office.people().set_current(person.id));
    if (context.is_json) {
      context.out << json::format_json(person_json(person, person.id)) << '\n';
      return exit_done;
    }
    context.out << say_with("{0} ({1}, {2}) is registered on this laptop, id {3}; from now on they act here",
                            {person.name, person.certificate_number, people::role_label(person.role), person.id.text()})
                << '\n';
    return exit_done;
  }
};

const Registered<Enrol> registered("person enrol", 331);

}  // namespace
}  // namespace kuangxun::cli
