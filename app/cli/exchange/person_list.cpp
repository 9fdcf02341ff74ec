#include "app/cli/command.h"
#include "app/cli/person_json.h"
#include "app/columns/table.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;
using people::Person;

struct List final : Command {
  void describe(WordList& words) override { words.about(say_text("who there is, and whose key is here")); }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.office.reader());
    KX_TRY(people, context.office.people().list(*store));
    const Uuid current = context.office.people().current();
    if (context.is_json) {
      JsonValue all = JsonValue::array();
      for (const Person& person : people) all.push(person_json(person, current));
      context.out << json::format_json(all) << '\n';
      return exit_done;
    }
    columns::Table table(
        {say_text("id"), say_text("name"), say_text("certificate"), say_text("role"), say_text("key here"), {}});
    for (const Person& person : people) {
      std::string mark = person.id == current ? say_text("acts here") : std::string();
      if (person.has_ended) mark = say_text("disabled");
      table.add({person.id.text(), person.name, person.certificate_number, people::role_label(person.role),
                 person.has_key_here ? say_text(in_context("cli", "yes")) : say_text(in_context("cli", "no")),
                 std::move(mark)});
    }
    table.print(context.out);
    if (people.empty()) {
      context.out << say("nobody is registered: ask the county for a person's code, then kuangxun person enrol CODE")
                  << '\n';
    }
    return exit_done;
  }
};

const Registered<List> registered("person list", 332);

}  // namespace
}  // namespace kuangxun::cli
