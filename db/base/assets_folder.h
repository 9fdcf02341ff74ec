#pragma once

#include <filesystem>

namespace kuangxun {

// Where registers, criteria and checklists lie: $KUANGXUN_ASSETS if set; else beside an installed program
// (../share/kuangxun from its folder); else the source tree that this program was built from.
std::filesystem::path assets_folder();

}  // namespace kuangxun
