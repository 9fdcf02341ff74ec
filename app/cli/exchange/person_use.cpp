#include "app/cli/command.h"
#include "app/json/json_value.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Use final : Command {
  std::string who;

  void describe(WordList& words) override {
    words.about(say_text("choose who acts unless named; nobody when left out"));
    words.argument("PERSON", who, say_text("id, name or certificate number")).optional();
  }
  Result<int> run(Context& context) override {
    people::LaptopPeople& people = context.office.people();
    people::Person chosen;
    if (!who.empty()) {
      KX_TRY(store, context.office.reader());
      KX_TRY(all, people.list(*store));
      KX_TRY(found, people::find_person(all, who));
      chosen = std::move(found);
    }
    KX_CHECK(people.set_current(chosen.id));
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("current", chosen.id.is_nil() ? JsonValue() : JsonValue::string(chosen.id.text()));
      context.out << json::format_json(json) << '\n';
    } else if (chosen.id.is_nil()) {
      context.out << say("from now on nobody acts unless named") << '\n';
    } else {
      context.out << say_with("from now on {0} acts here", {chosen.name}) << '\n';
    }
    return exit_done;
  }
};

const Registered<Use> registered("person use", 334);

}  // namespace
}  // namespace kuangxun::cli
