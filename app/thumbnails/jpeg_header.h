#pragma once

#include <cstdint>
#include <optional>

#include "db/base/bytes.h"

namespace kuangxun::thumbnails {

// For this folder: what a JPEG says of itself before its first scan, read by hand, to know what decoding it will take.
struct JpegHeader {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t components = 0;
  // Progressive, or its components in scans of their own: the decoder holds all of its coefficients.
  bool is_held_whole = false;
};
// Nothing when the marks before the first scan do not hang together.
std::optional<JpegHeader> read_jpeg_header(ByteView picture);

}  // namespace kuangxun::thumbnails
