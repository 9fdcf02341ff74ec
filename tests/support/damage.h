#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "db/base/bytes.h"

namespace kuangxun::tests {

struct DamageCounts {
  std::uint64_t bytes = 0;
  std::uint64_t truncations = 0;
  std::uint64_t flips = 0;
  std::uint64_t extensions = 0;
  std::uint64_t accepted = 0;
  double slowest_ms = 0;  // processor time of one attempt, the least of five
  std::string text() const;
};

// Damages every piece in every simple way, on all processors: cut at every byte, every bit flipped, one byte too many.
// `accepts(piece, damaged)` says whether somebody would take the damaged bytes; it is called from several threads, and
// more than once with what takes long. A program that hangs is ended by the alarm clock after `timeout_s`.
DamageCounts damage_everywhere(const std::vector<Bytes>& pieces,
                               const std::function<bool(std::size_t piece, const Bytes& damaged)>& accepts,
                               unsigned timeout_s = 240);

}  // namespace kuangxun::tests
