#include <algorithm>
#include <array>

#include "tests/structure/rules.h"

namespace kuangxun::structure {
namespace {

constexpr std::array<std::string_view, 11> allowed_top_entries = {
    "CMakeLists.txt", "CMakePresets.json", "README.md", "CONTRIBUTING.md", "LICENSE", "app", "sync", "db", "assets",
    "tests",          "packaging"};

// db 0, sync 1, app 2.
int level_of(std::string_view folder) {
  if (folder.starts_with("db/")) return 0;
  return folder.starts_with("sync/") ? 1 : 2;
}

// Calls that take every file beside them, or those with an ending, unless they have SOURCES.
bool takes(const CMakeCall& call, const TextFile& file) {
  if (!call.after("SOURCES").empty()) return false;
  return (call.name == "kuangxun_test" && file.name().ends_with("_test.cpp")) || (call.name == "kuangxun_benchmark");
}

// Whether one of the folder's targets names the file, or takes it by its ending.
bool is_built_by(const Folder& folder, const TextFile& file) {
  for (const CMakeCall& call : folder.calls) {
    if (std::find(call.arguments.begin(), call.arguments.end(), file.name()) != call.arguments.end()) return true;
    if (takes(call, file)) return true;
    const auto is_pattern = [&](const std::string& word) {
      const std::size_t star = word.find('*');
      return star != std::string::npos && file.name().ends_with(word.substr(star + 1));
    };
    if (call.name == "file" && std::any_of(call.arguments.begin(), call.arguments.end(), is_pattern)) return true;
  }
  return false;
}

}  // namespace

Findings check_top_level(const Tree& tree) {
  Findings findings;
  for (const std::string& entry : tree.top_entries()) {
    const bool allowed = entry.starts_with('.') || std::find(allowed_top_entries.begin(), allowed_top_entries.end(),
                                                             entry) != allowed_top_entries.end();
    if (!allowed) findings.push_back({entry, "the top level is fixed: this belongs into one of its folders"});
  }
  return findings;
}

Findings check_folder_order(const Tree& tree) {
  Findings findings;
  const std::vector<std::string>& order = tree.folder_order();
  const auto place_of = [&](const std::string& folder) { return std::find(order.begin(), order.end(), folder); };
  for (std::size_t at = 1; at < order.size(); ++at) {
    if (level_of(order[at]) < level_of(order[at - 1])) {
      findings.push_back({"CMakeLists.txt", order[at] + " stands after " + order[at - 1] + ", a higher level"});
    }
  }
  for (const auto& [path, folder] : tree.folders()) {
    if (!is_product(path)) continue;
    const std::string where = path + "/CMakeLists.txt";
    if (place_of(path) == order.end()) findings.push_back({where, "is not in CMakeLists.txt's list of folders"});
    for (const std::string& link : folder.links) {
      if (link == path) continue;
      if (!is_product(link)) {
        findings.push_back({where, "the product links " + link});
      } else if (level_of(link) > level_of(path)) {
        findings.push_back({where, "links upwards: " + link});
      } else if (place_of(link) >= place_of(path)) {
        findings.push_back({where, "links " + link + ", which does not stand before it in CMakeLists.txt"});
      }
    }
    for (const CMakeCall& call : folder.calls) {
      if (call.name == "kuangxun_library" && (call.arguments.empty() || call.arguments[0] != path)) {
        findings.push_back({where, "its target must be named after its folder"});
      }
    }
  }
  return findings;
}

Findings check_every_source_is_built(const Tree& tree) {
  Findings findings;
  for (const TextFile& file : tree.sources()) {
    // test_main.cpp is in every test program, through packaging/cmake/folders.cmake.
    if (file.path == "tests/support/test_main.cpp") continue;
    const auto folder = tree.folders().find(file.folder());
    if (folder == tree.folders().end()) {
      findings.push_back({file.path, "its folder has no CMakeLists.txt"});
    } else if (file.path.ends_with(".cpp") && !is_built_by(folder->second, file)) {
      findings.push_back({file.path, "is in no target"});
    }
  }
  return findings;
}

}  // namespace kuangxun::structure
