#include <doctest/doctest.h>

#include <algorithm>

#include "tests/fuzz/allocation.h"
#include "tests/fuzz/entrances.h"
#include "tests/support/processor_time.h"

// Nine bytes made another library allocate 1,027 MiB and work for 2.8 seconds.
namespace kuangxun::fuzz {
namespace {

constexpr std::size_t mebibyte = 1 << 20;
constexpr double ms_max = 1;

}  // namespace

TEST_CASE("the count sees an allocation") {
  CHECK(allocated_by([] { Bytes bytes(mebibyte); }) >= mebibyte);
}

TEST_CASE("nine hostile bytes cost less than a mebibyte and a millisecond at every entrance") {
  constexpr std::uint64_t inputs = 20'000;
  std::size_t largest_bytes = 0;
  double slowest_ms = 0;
  std::string largest, slowest;
  for (const Entrance& entrance : all_entrances()) {
    static_cast<void>(entrance.takes(Bytes(9)));  // what is set up once is not the nine bytes' doing
    for (std::uint64_t number = 0; number < inputs; ++number) {
      const Bytes bytes = nine_hostile_bytes(entrance, number);
      const auto take = [&] { static_cast<void>(entrance.takes(bytes)); };
      double took_ms = 0;
      const std::size_t cost = allocated_by([&] { took_ms = tests::processor_ms_of(take); });
      took_ms = tests::least_processor_ms(took_ms, ms_max / 2, take);
      const std::string where = entrance.name + ": " + to_hex(bytes);
      if (cost > largest_bytes) largest = where;
      if (took_ms > slowest_ms) slowest = where;
      largest_bytes = std::max(largest_bytes, cost);
      slowest_ms = std::max(slowest_ms, took_ms);
    }
  }
  MESSAGE(all_entrances().size(), " entrances, ", inputs, " inputs each; largest ", largest_bytes, " bytes (", largest,
          "), slowest ", slowest_ms, " ms (", slowest, ")");
  CHECK(largest_bytes < mebibyte);
  CHECK(slowest_ms < ms_max);
}

}  // namespace kuangxun::fuzz
