// The list of planted faults must not rot: each still applies to the tree, and each test that it names is still there.
// That the tests find the faults is shown by packaging/prove/planted.sh.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "db/base/files.h"
#include "db/base/text.h"
#include "tests/support/patch_files.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

const std::filesystem::path root = source_folder();
constexpr std::uint64_t file_bytes_max = 1 << 20;

std::string text_of(const std::filesystem::path& file) {
  const auto text = read_text_file(file, file_bytes_max);
  REQUIRE_MESSAGE(text.ok(), file.string());
  return *text;
}

// The sources of a test program: sync_contract_test is built from tests/sync/contract.
const std::string& sources_of(const std::string& program) {
  static std::map<std::string, std::string> known;
  const auto [found, is_new] = known.try_emplace(program);
  if (!is_new) return found->second;
  REQUIRE(program.ends_with("_test"));
  std::string folder = program.substr(0, program.size() - 5);
  std::ranges::replace(folder, '_', '/');
  for (const auto& entry : std::filesystem::directory_iterator(root / "tests" / folder)) {
    if (entry.path().extension() == ".cpp") found->second += text_of(entry.path());
  }
  return found->second;
}

bool is_there(const std::string& program, const std::string& test_case) {
  return sources_of(program).find('"' + test_case + '"') != std::string::npos;
}

std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> cells;
  for (const std::string_view cell : split(row, '|')) cells.emplace_back(trim(cell));
  return cells;
}

}  // namespace

TEST_CASE("every planted fault says what it is, and the test that finds it exists") {
  const auto files = patch_files("tests/planted");
  CHECK(files.size() >= 20);
  std::set<std::string> faults;
  for (const PatchFile& file : files) {
    CAPTURE(file.path.filename().string());
    CHECK(faults.insert(file.heading("Fault")).second);
    CHECK_FALSE(file.heading("Fault").empty());
    CHECK_FALSE(file.heading("Thread").empty());
    CHECK_MESSAGE(is_there(file.heading("Test"), file.heading("Case")), file.heading("Case"));
  }
}

TEST_CASE("every planted fault still applies to the tree") {
  if (!has_git()) {
    MESSAGE("SKIPPED: git is not there, so nobody knows whether the planted faults still apply");
    return;
  }
  for (const PatchFile& file : patch_files("tests/planted")) {
    CHECK_MESSAGE(file.applies(), file.path.filename().string());
  }
}

TEST_CASE("each of the 21 known failures of other programs has tests of ours") {
  std::set<std::string> threads;
  const std::string readme = text_of(root / "tests/planted/README.md");
  for (const std::string_view line : split(readme, '\n')) {
    const auto cells = cells_of(line);
    // | number | report | what happened | program: case<br>program: case |
    if (cells.size() != 6 || cells[1].empty() || cells[1].find_first_not_of("0123456789") != std::string::npos)
      continue;
    CAPTURE(cells[1]);
    CHECK(threads.insert(cells[1]).second);
    CHECK_FALSE(cells[4].empty());
    for (std::string rest = cells[4]; !rest.empty();) {
      const std::size_t end = rest.find("<br>");
      const std::string named = rest.substr(0, end);
      rest = end == std::string::npos ? std::string() : rest.substr(end + 4);
      const std::size_t colon = named.find(": ");
      REQUIRE_MESSAGE(colon != std::string::npos, named);
      CHECK_MESSAGE(is_there(named.substr(0, colon), named.substr(colon + 2)), named);
    }
  }
  CHECK(threads.size() == 21);
}
