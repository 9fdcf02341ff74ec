// The recipes must not rot: each still applies to the tree, and costs no more files than it says. That what they add
// works is shown by packaging/prove/recipes.sh.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "db/base/text.h"
#include "tests/support/patch_files.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// The files that it touches, but for tests and build lists.
std::set<std::string> counted(const std::string& patch) {
  std::set<std::string> files;
  for (const std::string_view line : split(patch, '\n')) {
    if (!line.starts_with("+++ b/")) continue;
    const std::string file(line.substr(6));
    if (!file.starts_with("tests/") && !file.ends_with("CMakeLists.txt")) files.insert(file);
  }
  return files;
}

}  // namespace

TEST_CASE("every recipe says what it adds and how it is shown, and touches no more files than it says") {
  std::set<std::string> names;
  for (const PatchFile& file : patch_files("tests/recipes")) {
    names.insert(file.path.stem().string());
    CAPTURE(file.path.filename().string());
    for (const char* word : {"Recipe", "Files", "Test", "Case"}) CHECK_FALSE(file.heading(word).empty());
    REQUIRE_FALSE(file.heading("Files").empty());
    CHECK(counted(file.text).size() <= std::stoul(file.heading("Files")));
    CHECK_FALSE(counted(file.text).empty());
    CHECK(file.text.find("TEST_CASE(\"" + file.heading("Case") + "\"") != std::string::npos);
  }
  CHECK(names == std::set<std::string>{"command", "field", "kind", "language", "message", "page", "rule"});
}

TEST_CASE("every recipe still applies to the tree") {
  if (!has_git()) {
    MESSAGE("SKIPPED: git is not there, so nobody knows whether the recipes still apply");
    return;
  }
  for (const PatchFile& file : patch_files("tests/recipes")) {
    CHECK_MESSAGE(file.applies(), file.path.filename().string());
  }
}
