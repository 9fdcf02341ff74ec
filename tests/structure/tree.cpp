#include "tests/structure/tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// .gitignore names what lies in a checkout without being part of it: "/build/", "/build-*/".
std::vector<std::string> ignored_names(const fs::path& root) {
  std::vector<std::string> names;
  for (std::string line : split_lines(read_text(root / ".gitignore"))) {
    if (line.starts_with('/')) line.erase(0, 1);
    if (line.ends_with('/')) line.pop_back();
    if (!line.empty()) names.push_back(line);
  }
  return names;
}

bool is_ignored(const std::string& name, const std::vector<std::string>& ignored) {
  return std::any_of(ignored.begin(), ignored.end(), [&](const std::string& pattern) {
    if (pattern.ends_with('*')) return name.starts_with(pattern.substr(0, pattern.size() - 1));
    return name == pattern;
  });
}

bool is_source(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cpp";
}

bool is_other_text(const fs::path& path) {
  return path.filename() == "CMakeLists.txt" || path.extension() == ".cmake" || path.extension() == ".sh" ||
         path.extension() == ".md" || path == fs::path(".ci/run") || path == fs::path("CMakePresets.json");
}

std::string target_name(std::string folder) {
  std::replace(folder.begin(), folder.end(), '/', '_');
  return folder;
}

}  // namespace

std::string TextFile::folder() const {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string TextFile::name() const {
  return path.substr(path.rfind('/') + 1);
}

bool is_product(std::string_view path) {
  return path.starts_with("app/") || path.starts_with("sync/") || path.starts_with("db/");
}

Tree Tree::read(const fs::path& root) {
  Tree tree;
  tree.read_files(root);
  tree.read_folders();
  return tree;
}

void Tree::read_files(const fs::path& root) {
  const std::vector<std::string> ignored = ignored_names(root);
  for (const auto& top : fs::directory_iterator(root)) {
    const std::string name = top.path().filename().string();
    if (name == ".git" || is_ignored(name, ignored)) continue;
    top_entries_.push_back(name);
    std::vector<fs::path> paths;
    if (!top.is_directory()) {
      paths.push_back(top.path());
    } else if (name != "assets") {
      for (const auto& entry : fs::recursive_directory_iterator(top)) paths.push_back(entry.path());
    }
    for (const fs::path& path : paths) {
      const fs::path relative = path.lexically_relative(root);
      if (is_source(relative)) sources_.push_back({relative.generic_string(), read_text(path)});
      if (is_other_text(relative)) other_texts_.push_back({relative.generic_string(), read_text(path)});
    }
  }
  const auto by_path = [](const TextFile& left, const TextFile& right) { return left.path < right.path; };
  std::sort(sources_.begin(), sources_.end(), by_path);
  std::sort(other_texts_.begin(), other_texts_.end(), by_path);
}

void Tree::read_folders() {
  for (const TextFile& file : other_texts_) {
    if (file.name() != "CMakeLists.txt") continue;
    if (file.folder().empty()) {
      for (const CMakeCall& call : parse_cmake(file.text)) {
        if (call.name == "kuangxun_folders") folder_order_ = call.arguments;
      }
    } else if (is_product(file.path) || file.path.starts_with("tests/")) {
      folders_[file.folder()] = {file.folder(), parse_cmake(file.text), {}, {}};
    }
  }
  for (auto& [path, folder] : folders_) read_links(folder);
}

void Tree::read_links(Folder& folder) const {
  std::map<std::string, std::string> folder_of_target;
  for (const auto& [path, other] : folders_) folder_of_target[target_name(path)] = path;
  for (const CMakeCall& call : folder.calls) {
    for (const std::string& link : call.after("LINKS")) folder.links.insert(link);
    for (const std::string& library : call.after("OUTSIDE")) folder.outside.insert(library);
    if (call.name != "target_link_libraries") continue;
    for (std::size_t at = 1; at < call.arguments.size(); ++at) {
      const std::string& name = call.arguments[at];
      if (name == "PRIVATE" || name == "PUBLIC" || name == "INTERFACE" || name == "kuangxun_options") continue;
      const auto ours = folder_of_target.find(name);
      if (ours != folder_of_target.end()) {
        folder.links.insert(ours->second);
      } else {
        folder.outside.insert(name);
      }
    }
  }
}

std::string Tree::text_of(std::string_view path) const {
  for (const auto* files : {&sources_, &other_texts_}) {
    for (const TextFile& file : *files) {
      if (file.path == path) return file.text;
    }
  }
  return "";
}

std::set<std::string> Tree::reachable_from(const std::string& folder) const {
  std::set<std::string> reached;
  std::vector<std::string> open = {folder};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    if (!reached.insert(next).second) continue;
    const auto known = folders_.find(next);
    if (known != folders_.end()) open.insert(open.end(), known->second.links.begin(), known->second.links.end());
  }
  return reached;
}

}  // namespace kuangxun::structure
