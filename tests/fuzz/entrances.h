#pragma once

#include <functional>
#include <string>
#include <vector>

#include "db/base/bytes.h"

namespace kuangxun::fuzz {

// A place where bytes from outside come in, and how they begin when they are meant for it.
struct Entrance {
  std::string name;
  std::vector<Bytes> beginnings;
  // True when the bytes were taken. Promises that stand beside the bytes (a count, a decompressed size) are the largest
  // that the limits allow.
  std::function<bool(ByteView)> takes;
};
const std::vector<Entrance>& all_entrances();

// Nine hostile bytes, `number` says which: random, edges of numbers, after a beginning of the entrance.
Bytes nine_hostile_bytes(const Entrance& entrance, std::uint64_t number);

}  // namespace kuangxun::fuzz
