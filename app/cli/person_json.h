#pragma once

#include "app/json/json_value.h"
#include "app/people/laptop_people.h"

namespace kuangxun::cli {

// {id, name, certificate_number, role, has_ended, has_key_here, is_current}.
json::JsonValue person_json(const people::Person& person, const Uuid& current);

}  // namespace kuangxun::cli
