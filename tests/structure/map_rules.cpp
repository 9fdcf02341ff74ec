#include <algorithm>
#include <regex>

#include "tests/structure/outside_libraries.h"
#include "tests/structure/readme_map.h"
#include "tests/structure/rules.h"
#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

std::set<std::string> split_libraries(const std::string& cell) {
  static const std::regex word(R"([^,]+)");
  std::set<std::string> libraries;
  for (auto match = std::sregex_iterator(cell.begin(), cell.end(), word); match != std::sregex_iterator(); ++match) {
    const std::string part = match->str();
    const std::size_t first = part.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    const std::string name = part.substr(first, part.find_last_not_of(' ') - first + 1);
    if (name != "–") libraries.insert(name);
  }
  return libraries;
}

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "–" : text;
}

// The product's folders, from the lowest up, as CMakeLists.txt orders them.
std::vector<std::string> real_folders(const Tree& tree) {
  std::vector<std::string> folders;
  for (const std::string& folder : tree.folder_order()) {
    if (tree.folders().count(folder) > 0) folders.push_back(folder);
  }
  return folders;
}

}  // namespace

std::vector<MapRow> read_readme_map(std::string_view readme) {
  static const std::regex row(R"(^\| `((db|sync|app)/[a-z_/]+)` \|.*\|([^|]*)\|\s*$)");
  std::vector<MapRow> rows;
  for (const std::string& line : split_lines(readme)) {
    std::smatch match;
    if (std::regex_match(line, match, row)) rows.push_back({match[1], split_libraries(match[3])});
  }
  return rows;
}

std::set<std::string> read_readme_exceptions(std::string_view readme) {
  static const std::regex exception(R"(^- (.+) in (two|three|four) folders: \S.*$)");
  std::set<std::string> libraries;
  for (const std::string& line : split_lines(readme)) {
    std::smatch match;
    if (std::regex_match(line, match, exception)) libraries.insert(match[1]);
  }
  return libraries;
}

Findings check_readme_map(const Tree& tree) {
  Findings findings;
  const std::vector<MapRow> rows = read_readme_map(tree.text_of("README.md"));
  const std::vector<std::string> folders = real_folders(tree);
  std::vector<std::string> mapped;
  auto libraries = outside_libraries_by_folder(tree);
  for (const MapRow& row : rows) {
    mapped.push_back(row.folder);
    if (std::find(folders.begin(), folders.end(), row.folder) == folders.end()) {
      findings.push_back({"README.md", "the map shows " + row.folder + ", which does not exist"});
    } else if (row.libraries != libraries[row.folder]) {
      findings.push_back({"README.md", "the map gives " + row.folder + " the libraries " + joined(row.libraries) +
                                           "; it includes " + joined(libraries[row.folder])});
    }
  }
  for (const std::string& folder : folders) {
    if (std::count(mapped.begin(), mapped.end(), folder) != 1) {
      findings.push_back({"README.md", "the map must show " + folder + " once"});
    }
  }
  if (findings.empty() && mapped != folders) {
    findings.push_back({"README.md", "the map's order is not that of CMakeLists.txt"});
  }
  return findings;
}

}  // namespace kuangxun::structure
