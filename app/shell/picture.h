#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "db/base/result.h"

namespace kuangxun::shell {

// Red, green, blue a pixel, rows from the top.
struct Picture {
  int width_px = 0;
  int height_px = 0;
  std::vector<std::uint8_t> pixels;
};

Status write_png(const Picture& picture, const std::filesystem::path& path);
Result<Picture> read_png(const std::filesystem::path& path);

}  // namespace kuangxun::shell
