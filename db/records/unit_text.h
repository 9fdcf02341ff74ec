#pragma once

#include <string_view>

namespace kuangxun::records {

// A field's unit in the language of the day: "公顷" or "ha". What needs no translation ("km²", "%") stays.
std::string_view unit_text(std::string_view unit);

}  // namespace kuangxun::records
