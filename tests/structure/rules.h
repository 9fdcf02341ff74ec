#pragma once

#include "tests/structure/declarations.h"
#include "tests/structure/ratchet.h"
#include "tests/structure/tree.h"

namespace kuangxun::structure {

// Folders: the top level holds only what it may; levels app -> sync -> db; every folder stands in CMakeLists.txt's
// order after all that it links; every source and every test is built.
Findings check_top_level(const Tree& tree);
Findings check_folder_order(const Tree& tree);
Findings check_every_source_is_built(const Tree& tree);

// Includes: from the root, of files that exist, in folders that the target links; nothing outside tests includes tests.
Findings check_includes(const Tree& tree);
// Outside headers belong to a known library (or to the system), and a library to one folder.
Findings check_outside_libraries(const Tree& tree);

// README's map: exactly the real folders, in order, each with the outside libraries that it really includes.
Findings check_readme_map(const Tree& tree);

// Pages: each folder opens with one, its README.md or that of the folder above, which names it; where a cell of a
// page's tables holds names of files and nothing else, the folder has them.
Excesses find_folders_without_page(const Tree& tree);
Findings check_pages(const Tree& tree);

// Sizes: a file's lines, a function's lines, a line's characters.
Findings check_sizes(const Tree& tree);

// Rules with a number. Where it is not kept yet stands in ratchet.csv, and may only become less.
// Folders: 40 sources directly in one; tests for each; nothing in one includes itself over others (a .h and its .cpp
// are one thing).
Excesses find_full_folders(const Tree& tree);
Excesses find_untested_folders(const Tree& tree);
Excesses find_cycles(const Tree& tree);
// Headers of ours that a .cpp reaches: 60, the farthest of each folder; the median is the product's.
struct Reach {
  std::size_t median = 0;
  Excesses excesses;
};
Reach measure_reach(const Tree& tree);
// Classes: 25 methods that are not overrides. Declarations in headers: each is used, and by more than tests. By name: a
// dead one that shares its name with a living one is not found.
struct DeclaredFile {
  const TextFile& file;  // of the tree
  std::vector<Declaration> declarations;
};
using DeclaredTree = std::vector<DeclaredFile>;
DeclaredTree read_declarations(const Tree& tree);
Excesses find_wide_classes(const DeclaredTree& tree);
Excesses find_unused_declarations(const DeclaredTree& tree);

// Words: unfinished marks, paths of one machine, time and chance taken from elsewhere than their ports.
Findings check_words(const Tree& tree);

}  // namespace kuangxun::structure
