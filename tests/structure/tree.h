#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/structure/cmake_text.h"

namespace kuangxun::structure {

// A broken rule: where ("db/base/hash.cpp:12"), and what to do about it.
struct Finding {
  std::string where;
  std::string what;
};
using Findings = std::vector<Finding>;

struct TextFile {
  std::string path;  // from the root, with slashes
  std::string text;

  // "db/base" of "db/base/hash.cpp"; empty at the root.
  std::string folder() const;
  std::string name() const;
};

// A folder with a CMakeLists.txt below app, sync, db or tests, and what its targets say.
struct Folder {
  std::string path;
  std::vector<CMakeCall> calls;
  std::set<std::string> links;    // folders of ours
  std::set<std::string> outside;  // everything else that it links
};

// The checkout as text: what the rules judge. Build folders, data and dotfiles are left out.
class Tree {
 public:
  static Tree read(const std::filesystem::path& root);

  const std::vector<std::string>& top_entries() const { return top_entries_; }
  const std::vector<std::string>& folder_order() const { return folder_order_; }
  // Sources (.h, .cpp) and, apart from them, scripts, CMake files and documents.
  const std::vector<TextFile>& sources() const { return sources_; }
  const std::vector<TextFile>& other_texts() const { return other_texts_; }
  const std::map<std::string, Folder>& folders() const { return folders_; }
  std::string text_of(std::string_view path) const;
  // Every folder that `folder` reaches by links, itself included.
  std::set<std::string> reachable_from(const std::string& folder) const;

 private:
  void read_files(const std::filesystem::path& root);
  void read_folders();
  void read_links(Folder& folder) const;

  std::vector<std::string> top_entries_;
  std::vector<std::string> folder_order_;
  std::vector<TextFile> sources_;
  std::vector<TextFile> other_texts_;
  std::map<std::string, Folder> folders_;
};

// Whether `path` lies in app, sync or db, the product itself.
bool is_product(std::string_view path);

}  // namespace kuangxun::structure
