#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/table.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using people::Person;

JsonValue person_json(const Person& person, const Uuid& current) {
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(person.id.text()));
  json.add("name", JsonValue::string_or_null(person.name));
  json.add("certificate_number", JsonValue::string_or_null(person.certificate_number));
  json.add("role", JsonValue::string_or_null(person.role));
  json.add("has_ended", JsonValue::boolean(person.has_ended));
  json.add("has_key_here", JsonValue::boolean(person.has_key_here));
  json.add("is_current", JsonValue::boolean(person.id == current));
  return json;
}

// The person whom the command is about: the one named by --person, else the one who acts here.
Result<Uuid> chosen_person(Context& context) {
  if (!context.person.is_nil()) return context.person;
  return Error(ErrorCode::usage, phrase("say who with --person; kuangxun person list tells who there is"));
}

}  // namespace

Result<int> run_person_enrol(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(pin, read_new_pin(invocation.pin_file, say_text("choose a PIN of your own (6 characters at least): ")));
  KX_CHECK(people::check_new_pin(pin));
  KX_TRY(person, context.office.enrol_person(invocation.code, pin, {}));
  KX_CHECK(context.office.people().set_current(person.id));
  if (invocation.json) {
    context.out << format_json(person_json(person, person.id)) << '\n';
    return exit_done;
  }
  context.out << say_with("{0} ({1}, {2}) is registered on this laptop, id {3}; from now on they act here",
                          {person.name, person.certificate_number, people::role_label(person.role), person.id.text()})
              << '\n';
  return exit_done;
}

Result<int> run_person_list(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(people, context.office.people().list(*store));
  const Uuid current = context.office.people().current();
  if (context.invocation.json) {
    JsonValue all = JsonValue::array();
    for (const Person& person : people) all.push(person_json(person, current));
    context.out << format_json(all) << '\n';
    return exit_done;
  }
  Table table({say_text("id"), say_text("name"), say_text("certificate"), say_text("role"), say_text("key here"), {}});
  for (const Person& person : people) {
    std::string mark = person.id == current ? say_text("acts here") : std::string();
    if (person.has_ended) mark = say_text("ended");
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

Result<int> run_person_pin(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(person, chosen_person(context));
  KX_TRY(old_pin, read_pin(invocation.pin_file, say_text("the present PIN: ")));
  KX_TRY(new_pin, read_new_pin(invocation.new_pin_file, say_text("the new PIN: ")));
  KX_CHECK(context.office.people().change_pin(person, old_pin, new_pin));
  if (invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("changed", JsonValue::boolean(true));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say("the PIN is changed") << '\n';
  }
  return exit_done;
}

Result<int> run_person_use(Context& context) {
  people::LaptopPeople& people = context.office.people();
  Person chosen;
  if (!context.invocation.id.empty()) {
    KX_TRY(store, context.office.reader());
    KX_TRY(all, people.list(*store));
    KX_TRY(found, people::find_person(all, context.invocation.id));
    chosen = std::move(found);
  }
  KX_CHECK(people.set_current(chosen.id));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("current", chosen.id.is_nil() ? JsonValue() : JsonValue::string(chosen.id.text()));
    context.out << format_json(json) << '\n';
  } else if (chosen.id.is_nil()) {
    context.out << say("from now on nobody acts unless named") << '\n';
  } else {
    context.out << say_with("from now on {0} acts here", {chosen.name}) << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
