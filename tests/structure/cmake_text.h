#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::structure {

// One call in a CMakeLists.txt: its name and its arguments, in order, quotes taken off.
struct CMakeCall {
  std::string name;
  std::vector<std::string> arguments;

  // The arguments after `keyword` up to the next keyword (a word all in capitals); empty without it.
  std::vector<std::string> after(std::string_view keyword) const;
};

// Reads the calls of a CMakeLists.txt. Variables are left as written, and conditions are not evaluated.
std::vector<CMakeCall> parse_cmake(std::string_view text);

}  // namespace kuangxun::structure
