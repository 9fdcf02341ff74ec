#pragma once

#include <cstdint>
#include <string>

#include "db/records/describe.h"

namespace kuangxun::rights {

// "officer", as wire answers and tickets have it.
std::string role_code(records::Role role);
// An unknown number is the least role.
records::Role role_of_number(std::int64_t number);

}  // namespace kuangxun::rights
