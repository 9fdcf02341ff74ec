#pragma once

#include <span>
#include <vector>

#include "db/records/describe.h"
#include "db/records/field_handle.h"

namespace kuangxun::records {

// The fields on the form of a kind that a page or a paper has no place of its own for, in their order: shown one below
// the other, so that a new field of the kind is there without anybody laying it out.
std::vector<const FieldDescription*> asked_beside(const KindDescription& kind, std::span<const FieldHandle> placed);

}  // namespace kuangxun::records
