#include "app/inspect/edit/request.h"

#include <algorithm>

namespace kuangxun::inspect {

std::string Request::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &FieldText::name);
  return found == fields.end() ? std::string() : found->text;
}

}  // namespace kuangxun::inspect
