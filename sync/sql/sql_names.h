#pragma once

#include <string>
#include <string_view>

namespace kuangxun::sql {

// A table's or a column's name as SQL takes it, whatever words it is made of: "order". Names come from the descriptions
// of the kinds and hold no quotation mark.
std::string quoted_name(std::string_view name);

}  // namespace kuangxun::sql
