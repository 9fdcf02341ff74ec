#pragma once

#include <string>
#include <string_view>

#include "db/records/describe.h"

namespace kuangxun::records {

// A field's unit in the language of the day: "公顷" or "ha". What needs no translation ("km²", "%") stays.
std::string_view unit_text(std::string_view unit);
// What a form or a heading calls a field: its label, and its unit in brackets where it has one.
std::string label_with_unit(const FieldDescription& field);

}  // namespace kuangxun::records
