#pragma once

#include <cstddef>

namespace kuangxun::fuzz {

// What this thread allocated since the program began, freed or not. Counts every malloc in a build with an address
// sanitizer, operator new alone in others.
std::size_t allocated_bytes();

// What `work` allocated.
template <class Work>
std::size_t allocated_by(Work work) {
  const std::size_t before = allocated_bytes();
  work();
  return allocated_bytes() - before;
}

}  // namespace kuangxun::fuzz
