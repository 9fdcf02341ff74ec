#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::structure {

// A row of README's map: | `db/base` | what lives there | libsodium, OpenSSL |
struct MapRow {
  std::string folder;
  std::set<std::string> libraries;  // empty for "–"
};

std::vector<MapRow> read_readme_map(std::string_view readme);

// The libraries that README lets more than one folder include, each with its reason:
//   - Expat in two folders: …
std::set<std::string> read_readme_exceptions(std::string_view readme);

}  // namespace kuangxun::structure
