#pragma once

#include <cstdint>
#include <string>

namespace kuangxun::county {

// One fact of `status` as people read it: "已存帧数  120". The name is that of the JSON member, the value JSON. A name
// without words is shown as it is.
std::string status_line(const std::string& name, const std::string& json);
// How many records of a kind are shown.
std::string record_line(const std::string& kind, std::uint64_t count);

}  // namespace kuangxun::county
