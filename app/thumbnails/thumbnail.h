#pragma once

#include "db/base/bytes.h"

namespace kuangxun::thumbnails {

// The longer side of what is made: beside a photo's original, and for half a page's width on paper (300 dpi).
constexpr int thumbnail_side_px_max = 512;
constexpr int printed_side_px_max = 1024;
// A picture of one scan is decoded row by row: cameras of 100 megapixels stay below.
constexpr std::uint64_t pixels_max = 256ULL << 20;
// One of several scans (a progressive one) is held whole while it is decoded: 40 megapixels stay below.
constexpr std::uint64_t coefficient_bytes_max = 256ULL << 20;

// A small upright JPEG of a JPEG, without any of its metadata. `orientation`: as EXIF has it, 1 to 8; any other is 1.
// Empty when the picture is damaged, of another kind, in colours that are not shown on screens, or too large to be
// decoded in bounded memory: a thumbnail is a convenience, and the original is shown in its place.
Bytes make_thumbnail(ByteView picture, int orientation, int side_px_max = thumbnail_side_px_max);

}  // namespace kuangxun::thumbnails
