#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::tests {

// A change to the tree as a file (tests/planted, tests/recipes), with a heading of lines "WORD: text" above it.
struct PatchFile {
  std::filesystem::path path;
  std::string text;

  // What stands behind "WORD: " before the first file's name; empty where it does not.
  std::string heading(std::string_view word) const;
  // Whether git would apply it to the tree that these tests were built from.
  bool applies() const;
};

// Those directly in a folder of the tree, by their names; one that cannot be read has no text.
std::vector<PatchFile> patch_files(const std::string& folder);
// Without git nobody knows whether a patch applies.
bool has_git();

}  // namespace kuangxun::tests
