#include "db/base/assets_folder.h"

#include <cstdlib>

namespace kuangxun {

std::filesystem::path assets_folder() {
  if (const char* chosen = std::getenv("KUANGXUN_ASSETS"); chosen != nullptr && chosen[0] != '\0') return chosen;
  std::error_code failure;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (!failure) {
    const std::filesystem::path installed = program.parent_path().parent_path() / "share/kuangxun";
    if (std::filesystem::is_directory(installed / "registers", failure)) return installed;
  }
  return KUANGXUN_ASSETS_FOLDER;
}

}  // namespace kuangxun
