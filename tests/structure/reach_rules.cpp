#include <algorithm>
#include <map>
#include <set>

#include "tests/structure/include_lines.h"
#include "tests/structure/rules.h"

namespace kuangxun::structure {
namespace {

constexpr std::size_t folder_files_max = 40;
constexpr std::size_t reached_headers_max = 60;

using Includes = std::map<std::string, std::vector<std::string>>;

// Ours only, of those that lie in the tree: what a build makes from it is not counted.
Includes includes_of(const Tree& tree) {
  std::set<std::string> known;
  for (const TextFile& file : tree.sources()) known.insert(file.path);
  Includes includes;
  for (const TextFile& file : tree.sources()) {
    for (const IncludeLine& include : find_includes(file.text)) {
      if (include.in_quotes && known.count(include.header) > 0) includes[file.path].push_back(include.header);
    }
  }
  return includes;
}

template <class Edges>
std::set<std::string> reached_from(const std::string& begin, const Edges& edges) {
  std::set<std::string> reached;
  std::vector<std::string> open = {begin};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    const auto known = edges.find(next);
    if (known == edges.end()) continue;
    for (const std::string& target : known->second) {
      if (reached.insert(target).second) open.push_back(target);
    }
  }
  return reached;
}

// "db/base/hash" of db/base/hash.h and hash.cpp, which are one thing.
std::string unit_of(const std::string& path) {
  return path.substr(0, path.rfind('.'));
}

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

}  // namespace

Excesses find_full_folders(const Tree& tree) {
  std::map<std::string, std::size_t> files;
  for (const TextFile& file : tree.sources()) ++files[file.folder()];
  Excesses excesses;
  for (const auto& [folder, count] : files) {
    if (count <= folder_files_max) continue;
    excesses.push_back({"folder-files", folder, count,
                        std::to_string(count) + " sources directly in it, of " + std::to_string(folder_files_max) +
                            ": give its subjects folders"});
  }
  return excesses;
}

Reach measure_reach(const Tree& tree) {
  const Includes includes = includes_of(tree);
  std::map<std::string, std::pair<std::size_t, std::string>> farthest;
  std::vector<std::size_t> counts;
  for (const TextFile& file : tree.sources()) {
    if (!file.path.ends_with(".cpp")) continue;
    const std::size_t count = reached_from(file.path, includes).size();
    if (is_product(file.path)) counts.push_back(count);
    farthest[file.folder()] = std::max(farthest[file.folder()], {count, file.name()});
  }
  Reach reach;
  std::sort(counts.begin(), counts.end());
  if (!counts.empty()) reach.median = counts[counts.size() / 2];
  for (const auto& [folder, file] : farthest) {
    if (file.first <= reached_headers_max) continue;
    reach.excesses.push_back({"reached-headers", folder, file.first,
                              file.second + " reaches " + std::to_string(file.first) + " headers of ours, of " +
                                  std::to_string(reached_headers_max) +
                                  ": a smaller header, or a forward declaration"});
  }
  return reach;
}

Excesses find_cycles(const Tree& tree) {
  std::map<std::string, std::set<std::string>> edges;  // between units of one folder
  for (const auto& [path, headers] : includes_of(tree)) {
    for (const std::string& header : headers) {
      if (folder_of(header) == folder_of(path) && unit_of(header) != unit_of(path)) {
        edges[unit_of(path)].insert(unit_of(header));
      }
    }
  }
  std::map<std::string, std::vector<std::string>> in_cycles;
  for (const auto& [unit, targets] : edges) {
    if (reached_from(unit, edges).count(unit) > 0)
      in_cycles[folder_of(unit)].push_back(unit.substr(unit.rfind('/') + 1));
  }
  Excesses excesses;
  for (const auto& [folder, units] : in_cycles) {
    std::string names;
    for (const std::string& unit : units) names += " " + unit;
    excesses.push_back({"cycle", folder, units.size(), "these include each other in a circle:" + names});
  }
  return excesses;
}

Excesses find_untested_folders(const Tree& tree) {
  Excesses excesses;
  for (const auto& [path, folder] : tree.folders()) {
    if (!is_product(path)) continue;
    const auto tests = tree.folders().find("tests/" + path);
    const bool has_tests = tests != tree.folders().end() &&
                           std::any_of(tests->second.calls.begin(), tests->second.calls.end(),
                                       [](const CMakeCall& call) { return call.name == "kuangxun_test"; });
    if (!has_tests) excesses.push_back({"untested", path, 1, "no tests: tests/" + path + " has no kuangxun_test"});
  }
  return excesses;
}

}  // namespace kuangxun::structure
