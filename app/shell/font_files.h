#pragma once

#include <string>

#include "db/base/result.h"

namespace kuangxun::shell {

// A face inside a font file. `family`, when set, must be the face's name: its place in the file may move between
// releases, and the Japanese or Taiwanese forms of a character are not the Chinese ones.
struct FontFile {
  std::string path;
  int index = 0;
  std::string family{};
};

struct FontFiles {
  FontFile body;
  FontFile heading;
};

// A font with simplified Chinese: Noto Sans CJK or WenQuanYi where Debian puts them, else what fontconfig names (asked
// last, because it takes longer than all the rest of opening a font).
Result<FontFiles> find_fonts();

}  // namespace kuangxun::shell
