#pragma once

#include <cstdint>

namespace kuangxun::archive {

// On disk for ever.
enum class RecordType : std::uint8_t {
  county = 1,
  key_statement = 2,
  ticket = 3,
  frame = 4,
  receipt = 5,
  fork = 6,
  chunk = 7,
  file = 8,
  end = 255,
};
constexpr std::uint8_t archive_version = 1;

}  // namespace kuangxun::archive
