#include "sync/rights/roles.h"

#include "db/records/enumerations.h"

namespace kuangxun::rights {

std::string role_code(records::Role role) {
  const records::EnumerationOption* option = records::role_enumeration.find(static_cast<std::int64_t>(role));
  return option == nullptr ? std::string() : std::string(option->code);
}

records::Role role_of_number(std::int64_t number) {
  return records::role_enumeration.find(number) == nullptr ? records::Role::officer
                                                           : static_cast<records::Role>(number);
}

}  // namespace kuangxun::rights
