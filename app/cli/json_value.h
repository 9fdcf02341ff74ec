#pragma once

#include "app/json/json_value.h"

// For this folder: JSON under its short names.
namespace kuangxun::cli {

using json::format_json;
using json::format_json_line;
using json::JsonValue;
using json::parse_json;

}  // namespace kuangxun::cli
