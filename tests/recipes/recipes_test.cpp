// The recipes must not rot: each still applies to the tree, and costs no more files than it says. That what they add
// works is shown by packaging/prove/recipes.sh.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "db/base/files.h"
#include "db/base/text.h"
#include "tests/support/where.h"

using namespace kuangxun;

namespace {

const std::filesystem::path root = source_folder();
constexpr std::uint64_t file_bytes_max = 1 << 20;

std::string text_of(const std::filesystem::path& file) {
  const auto text = read_text_file(file, file_bytes_max);
  REQUIRE_MESSAGE(text.ok(), file.string());
  return *text;
}

std::vector<std::filesystem::path> recipes() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(root / "tests/recipes")) {
    if (entry.path().extension() == ".patch") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string heading(const std::string& patch, const std::string& word) {
  for (const std::string_view line : split(patch, '\n')) {
    if (line.starts_with("diff --git ")) break;
    if (line.starts_with(word + ": ")) return std::string(line.substr(word.size() + 2));
  }
  return {};
}

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
  for (const auto& file : recipes()) {
    const std::string patch = text_of(file);
    names.insert(file.stem().string());
    CAPTURE(file.filename().string());
    for (const char* word : {"Recipe", "Files", "Test", "Case"}) CHECK_FALSE(heading(patch, word).empty());
    REQUIRE_FALSE(heading(patch, "Files").empty());
    CHECK(counted(patch).size() <= std::stoul(heading(patch, "Files")));
    CHECK_FALSE(counted(patch).empty());
    CHECK(patch.find("TEST_CASE(\"" + heading(patch, "Case") + "\"") != std::string::npos);
  }
  CHECK(names == std::set<std::string>{"command", "field", "kind", "language", "message", "page", "rule"});
}

TEST_CASE("every recipe still applies to the tree") {
  if (std::system("git --version > /dev/null 2>&1") != 0) {
    MESSAGE("SKIPPED: git is not there, so nobody knows whether the recipes still apply");
    return;
  }
  for (const auto& file : recipes()) {
    const std::string command = "cd '" + root.string() + "' && GIT_CEILING_DIRECTORIES='" +
                                root.parent_path().string() + "' git apply --check '" + file.string() + "'";
    CHECK_MESSAGE(std::system(command.c_str()) == 0, file.filename().string());
  }
}
