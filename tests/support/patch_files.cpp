#include "tests/support/patch_files.h"

#include <algorithm>
#include <cstdlib>

#include "db/base/files.h"
#include "db/base/text.h"
#include "tests/support/where.h"

namespace kuangxun::tests {

std::string PatchFile::heading(std::string_view word) const {
  const std::string begin = std::string(word) + ": ";
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with("--- ") || line.starts_with("diff --git ")) break;
    if (line.starts_with(begin)) return std::string(line.substr(begin.size()));
  }
  return {};
}

bool PatchFile::applies() const {
  const std::filesystem::path root = source_folder();
  // Whatever repository lies around this folder is none of its business.
  const std::string command = "cd '" + root.string() + "' && GIT_CEILING_DIRECTORIES='" + root.parent_path().string() +
                              "' git apply --check '" + path.string() + "'";
  return std::system(command.c_str()) == 0;
}

std::vector<PatchFile> patch_files(const std::string& folder) {
  constexpr std::uint64_t file_bytes_max = 1 << 20;
  std::vector<PatchFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(source_folder()) / folder)) {
    if (entry.path().extension() != ".patch") continue;
    auto text = read_text_file(entry.path(), file_bytes_max);
    files.push_back({entry.path(), text.ok() ? std::move(*text) : std::string()});
  }
  std::ranges::sort(files, {}, &PatchFile::path);
  return files;
}

bool has_git() {
  return std::system("git --version > /dev/null 2>&1") == 0;
}

}  // namespace kuangxun::tests
