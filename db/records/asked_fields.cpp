#include "db/records/asked_fields.h"

#include <algorithm>

namespace kuangxun::records {

std::vector<const FieldDescription*> asked_beside(const KindDescription& kind, std::span<const FieldHandle> placed) {
  std::vector<const FieldDescription*> rest;
  for (const FieldDescription& field : kind.fields) {
    const bool has_place =
        std::ranges::any_of(placed, [&](const FieldHandle& handle) { return kind.find_field(handle) == &field; });
    if (field.is_on_form() && !has_place) rest.push_back(&field);
  }
  return rest;
}

}  // namespace kuangxun::records
