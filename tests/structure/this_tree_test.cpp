// The checkout itself keeps the rules.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/structure/rules.h"
#include "tests/support/where.h"

using namespace kuangxun::structure;

namespace {

const Tree& this_tree() {
  static const Tree tree = Tree::read(kuangxun::source_folder());
  return tree;
}

std::string as_text(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) text += "\n  " + finding.where + ": " + finding.what;
  return text;
}

void expect_none(const Findings& findings) {
  const std::string text = as_text(findings);
  INFO(text);
  CHECK(findings.empty());
}

}  // namespace

TEST_CASE("the tree was really read") {
  CHECK(this_tree().sources().size() > 50);
  CHECK(this_tree().folders().count("db/base") == 1);
  CHECK(this_tree().folder_order().size() > 5);
}

TEST_CASE("the top level holds only what it may") {
  expect_none(check_top_level(this_tree()));
}
TEST_CASE("folders link only downwards: app, sync, db") {
  expect_none(check_folder_order(this_tree()));
}
TEST_CASE("every source and every test is built") {
  expect_none(check_every_source_is_built(this_tree()));
}
TEST_CASE("a folder includes only what it links") {
  expect_none(check_includes(this_tree()));
}
TEST_CASE("an outside library is included in one folder") {
  expect_none(check_outside_libraries(this_tree()));
}
TEST_CASE("README's map is true") {
  expect_none(check_readme_map(this_tree()));
}
TEST_CASE("pages of folders name files that are there") {
  expect_none(check_pages(this_tree()));
}
TEST_CASE("files, functions and lines are short") {
  expect_none(check_sizes(this_tree()));
}
TEST_CASE("folders, classes, reach and uses: what ratchet.csv lists, and no more") {
  const std::string table = "tests/structure/ratchet.csv";
  const Reach reach = measure_reach(this_tree());
  MESSAGE("a .cpp of the product reaches " << reach.median << " headers of ours at the median");
  Excesses excesses = reach.excesses;
  const DeclaredTree declared = read_declarations(this_tree());
  for (const Excesses& more :
       {find_full_folders(this_tree()), find_untested_folders(this_tree()), find_folders_without_page(this_tree()),
        find_cycles(this_tree()), find_wide_classes(declared), find_unused_declarations(declared)}) {
    excesses.insert(excesses.end(), more.begin(), more.end());
  }
  std::ifstream stream(kuangxun::source_folder() + "/" + table, std::ios::binary);
  const auto allowances = read_ratchet(std::string(std::istreambuf_iterator<char>(stream), {}));
  // When the tree became better, the first is the table to put in its place; the second is the tree as it is.
  const std::string shrunk = kuangxun::binary_folder() + "/ratchet.csv";
  std::ofstream(shrunk, std::ios::binary) << shrunk_ratchet(excesses, allowances);
  std::ofstream(kuangxun::binary_folder() + "/ratchet_whole.csv", std::ios::binary) << whole_ratchet(excesses);
  INFO("entries to shrink: cp ", shrunk, " ", table);
  expect_none(check_ratchet(excesses, allowances));
}
TEST_CASE("no unfinished marks, no machine's paths, no time or chance past their ports") {
  expect_none(check_words(this_tree()));
}
