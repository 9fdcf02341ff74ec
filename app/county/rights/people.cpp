#include "app/county/command.h"
#include "app/county/registry.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"
#include "sync/rights/roles.h"

namespace kuangxun::county {
namespace {

using json::JsonValue;

// One person with their keys.
JsonValue person_json(const rights::Registry& registry, const Uuid& id, const rights::Person& person) {
  JsonValue keys = JsonValue::array();
  for (const rights::PersonKey& key : registry.person_keys()) {
    if (key.person != id) continue;
    JsonValue row = JsonValue::object();
    row.add("id", JsonValue::string(key.record.text()));
    row.add("device", JsonValue::string(key.device.text()));
    row.add("revoked", JsonValue::boolean(key.is_revoked));
    keys.push(std::move(row));
  }
  JsonValue row = JsonValue::object();
  row.add("id", JsonValue::string(id.text()));
  row.add("name", JsonValue::string(person.name));
  row.add("certificate_number", JsonValue::string(person.certificate_number));
  row.add("role", JsonValue::string(rights::role_code(person.role)));
  row.add("ended", JsonValue::boolean(person.has_ended));
  row.add("keys", std::move(keys));
  return row;
}

void print_person(std::ostream& out, const rights::Registry& registry, const Uuid& id, const rights::Person& person) {
  out << id.text() << "  " << person.name << "  " << person.certificate_number << "  " << rights::role_code(person.role)
      << (person.has_ended ? say_text("  ended") : std::string()) << '\n';
  for (const rights::PersonKey& key : registry.person_keys()) {
    if (key.person != id) continue;
    out << "    " << key.record.text() << "  " << key.device.text()
        << (key.is_revoked ? say_text("  revoked") : std::string()) << '\n';
  }
}

struct People final : Command {
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("the people who are enrolled, and what is done about them"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(registry, read_registry(*store));
    std::vector<JsonValue> rows;
    for (const auto& [id, person] : registry.persons()) {
      if (is_json) {
        rows.push_back(person_json(registry, id, person));
      } else {
        print_person(context.out, registry, id, person);
      }
    }
    if (is_json) print_rows(context.out, rows);
    return exit_done;
  }
};

const Registered<People> registered("people", 230);

}  // namespace
}  // namespace kuangxun::county
