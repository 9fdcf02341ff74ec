#include "app/cli/command.h"
#include "app/json/json_value.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

// The person whom the command is about: the one named by --person, else the one who acts here.
Result<Uuid> chosen_person(Context& context) {
  if (!context.person.is_nil()) return context.person;
  return Error(ErrorCode::usage, phrase("say who with --person; kuangxun person list tells who there is"));
}

struct Pin final : Command {
  std::string new_pin_file;

  void describe(WordList& words) override {
    words.about(say_text("change the PIN"));
    take_pin_file(words);
    words.option("--new-pin-file", "FILE", new_pin_file, say_text("read the new PIN from this file"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(person, chosen_person(context));
    KX_TRY(old_pin, read_pin(pin_file(), say_text("the present PIN: ")));
    KX_TRY(new_pin, read_new_pin(new_pin_file, say_text("the new PIN: ")));
    KX_CHECK(context.office.people().change_pin(person, old_pin, new_pin));
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("changed", JsonValue::boolean(true));
      context.out << json::format_json(json) << '\n';
    } else {
      context.out << say("the PIN is changed") << '\n';
    }
    return exit_done;
  }
};

const Registered<Pin> registered("person pin", 333);

}  // namespace
}  // namespace kuangxun::cli
