#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "tests/structure/tree.h"

namespace kuangxun::structure {

// The outside library to which <header> belongs, as README names it; empty text for the language and the system;
// nothing for a header that nobody has told us about.
std::optional<std::string> library_of(const std::string& header);

// Which outside libraries each product folder includes.
std::map<std::string, std::set<std::string>> outside_libraries_by_folder(const Tree& tree);

}  // namespace kuangxun::structure
