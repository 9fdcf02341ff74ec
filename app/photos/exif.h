#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "db/base/bytes.h"

namespace kuangxun::photos {

// What a camera wrote into a picture, as far as it can be believed; everything may be absent.
struct Exif {
  // By the camera's clock, "2026-09-24T10:11:12", and how far its zone lies from UTC when it said so (EXIF 2.31).
  std::string taken_local;
  std::optional<int> offset_min;
  struct Position {
    std::int64_t latitude_nanodegrees = 0;
    std::int64_t longitude_nanodegrees = 0;
    std::optional<std::int64_t> accuracy_mm;  // the camera's own estimate (GPSHPositioningError)
  };
  std::optional<Position> position;
  // How the picture lies, 1 to 8; 1, upright, when it is not said.
  int orientation = 1;
  // A small JPEG, as the camera made it.
  Bytes thumbnail;
};

// Of a JPEG's bytes; nothing in it for a picture without EXIF or of another kind. Never fails.
Exif read_exif(ByteView picture);

}  // namespace kuangxun::photos
