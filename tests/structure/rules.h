#pragma once

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

// Sizes: a file's lines, a function's lines, a line's characters.
Findings check_sizes(const Tree& tree);

// Words: unfinished marks, paths of one machine, time and chance taken from elsewhere than their ports.
Findings check_words(const Tree& tree);

}  // namespace kuangxun::structure
