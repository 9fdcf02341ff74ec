#include <algorithm>
#include <map>
#include <regex>

#include "tests/structure/include_lines.h"
#include "tests/structure/outside_libraries.h"
#include "tests/structure/readme_map.h"
#include "tests/structure/rules.h"
#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

std::string folder_of(const std::string& header) {
  const std::size_t slash = header.rfind('/');
  return slash == std::string::npos ? "" : header.substr(0, slash);
}

bool says(const Tree& tree, const std::string& line, std::initializer_list<std::string_view> headers) {
  return std::ranges::any_of(headers, [&](std::string_view header) {
    return tree.text_of(std::string(header)).find(line) != std::string::npos;
  });
}

// The headers of field handles and of choices lie in no checkout: db/records makes them while building, one for each
// kind that has a number and one for each closed list.
bool is_made(const Tree& tree, const std::string& header) {
  const std::string folder = folder_of(header);
  if (!header.ends_with(".h")) return false;
  const std::string name = header.substr(folder.size() + 1, header.size() - folder.size() - 3);
  if (folder == "db/records/handles") {
    return name == "common" ||
           says(tree, "constexpr KindNumber " + name + " = ", {"db/records/kinds.h", "db/records/kinds_green.h"});
  }
  return folder == "db/records/choices" && says(tree, "extern const EnumerationDescription " + name + "_enumeration;",
                                                {"db/records/enumerations.h", "db/records/enumerations_green.h"});
}

std::string finding_about(const Tree& tree, const TextFile& file, const IncludeLine& include) {
  const bool made = is_made(tree, include.header);
  const std::string target = made ? "db/records" : folder_of(include.header);
  if (!is_product(include.header) && !include.header.starts_with("tests/")) {
    return "\"" + include.header + "\": ours is included from the root, others' in <>";
  }
  if (is_product(file.path) && !is_product(include.header)) return "the product includes tests: " + include.header;
  if (!made && tree.text_of(include.header).empty()) return "there is no " + include.header;
  if (target != file.folder() && tree.reachable_from(file.folder()).count(target) == 0) {
    return "includes " + include.header + ", but " + file.folder() + " does not link " + target;
  }
  return "";
}

}  // namespace

std::vector<IncludeLine> find_includes(std::string_view text) {
  static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<IncludeLine> includes;
  const std::vector<std::string> lines = split_lines(text);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (lines[at].find("include") == std::string::npos) continue;
    std::smatch match;
    if (std::regex_search(lines[at], match, pattern)) includes.push_back({match[2], match[1] == "\"", at + 1});
  }
  return includes;
}

Findings check_includes(const Tree& tree) {
  Findings findings;
  for (const TextFile& file : tree.sources()) {
    for (const IncludeLine& include : find_includes(file.text)) {
      if (!include.in_quotes) continue;
      const std::string what = finding_about(tree, file, include);
      if (!what.empty()) findings.push_back({file.path + ":" + std::to_string(include.line), what});
    }
  }
  return findings;
}

Findings check_outside_libraries(const Tree& tree) {
  Findings findings;
  for (const TextFile& file : tree.sources()) {
    for (const IncludeLine& include : find_includes(file.text)) {
      if (!include.in_quotes && !library_of(include.header)) {
        findings.push_back({file.path + ":" + std::to_string(include.line),
                            "<" + include.header + "> is of no known library: add it to outside_libraries.cpp"});
      }
    }
  }
  std::map<std::string, std::vector<std::string>> folders_of_library;
  for (const auto& [folder, libraries] : outside_libraries_by_folder(tree)) {
    for (const std::string& library : libraries) folders_of_library[library].push_back(folder);
  }
  const std::set<std::string> exceptions = read_readme_exceptions(tree.text_of("README.md"));
  for (const auto& [library, folders] : folders_of_library) {
    if (folders.size() == 1 || exceptions.count(library) > 0) continue;
    std::string where;
    for (const std::string& folder : folders) where += (where.empty() ? "" : ", ") + folder;
    findings.push_back({where, library + " is included in more than one folder, and README gives no reason"});
  }
  for (const std::string& library : exceptions) {
    const auto known = folders_of_library.find(library);
    if (known == folders_of_library.end() || known->second.size() == 1) {
      findings.push_back({"README.md", "the exception for " + library + " is not needed"});
    }
  }
  return findings;
}

}  // namespace kuangxun::structure
