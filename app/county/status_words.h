#pragma once

#include <cstdint>
#include <string>

#include "app/json/json_value.h"

namespace kuangxun::county {

// One fact of `status` as people read it: "Frames stored: 120". The name is that of the JSON member; one without words
// is shown as it is. Ages are seconds.
std::string status_line(const std::string& name, const json::JsonValue& value);
// How many records of a kind are shown.
std::string record_line(const std::string& kind, std::uint64_t count);

}  // namespace kuangxun::county
