#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::structure {

std::vector<std::string> split_lines(std::string_view text);

// The C++ text with comments, strings and characters blanked out; every line keeps its number.
std::string without_comments_and_strings(std::string_view text);

// The text with its preprocessor directives blanked out too.
std::string without_preprocessor(std::string text);

struct FunctionExtent {
  std::size_t first_line;  // counted from 1; where the signature begins
  std::size_t last_line;   // of the closing brace
};

// The functions of a C++ text, by following braces: a brace after a parameter list, directly inside a namespace or a
// class, opens one. Lambdas belong to the function around them. A heuristic, good for counting lines.
std::vector<FunctionExtent> find_functions(std::string_view text);

}  // namespace kuangxun::structure
