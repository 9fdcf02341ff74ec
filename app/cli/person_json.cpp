#include "app/cli/person_json.h"

namespace kuangxun::cli {

using json::JsonValue;

json::JsonValue person_json(const people::Person& person, const Uuid& current) {
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

}  // namespace kuangxun::cli
