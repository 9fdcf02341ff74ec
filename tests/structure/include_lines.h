#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::structure {

struct IncludeLine {
  std::string header;
  bool in_quotes;
  std::size_t line;  // counted from 1
};

std::vector<IncludeLine> find_includes(std::string_view text);

}  // namespace kuangxun::structure
