// What nine hostile bytes cost at the worst entrance: every place where bytes from outside come in, thousands of inputs
// each. What they may allocate is a test (tests/fuzz/nine_bytes_test.cpp).
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

#include "tests/fuzz/entrances.h"

namespace {

using kuangxun::Bytes;
using kuangxun::fuzz::all_entrances;
using kuangxun::fuzz::Entrance;
using kuangxun::fuzz::nine_hostile_bytes;

constexpr std::uint64_t inputs_of_each = 2000;
// The machine's own hiccups are not the input's doing.
constexpr int tries = 3;

double time_of(const Entrance& entrance, const Bytes& bytes) {
  const auto began = std::chrono::steady_clock::now();
  benchmark::DoNotOptimize(entrance.takes(bytes));
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

double best_of(const Entrance& entrance, const Bytes& bytes) {
  double best_ms = time_of(entrance, bytes);
  for (int left = tries - 1; left > 0; --left) best_ms = std::min(best_ms, time_of(entrance, bytes));
  return best_ms;
}

void nine_hostile_bytes_everywhere(benchmark::State& state) {
  double worst_ms = 0;
  double sum_ms = 0;
  std::uint64_t inputs = 0;
  for (auto _ : state) {
    for (const Entrance& entrance : all_entrances()) {
      for (std::uint64_t number = 0; number < inputs_of_each; ++number, ++inputs) {
        const double ms = best_of(entrance, nine_hostile_bytes(entrance, number));
        worst_ms = std::max(worst_ms, ms);
        sum_ms += ms;
      }
    }
  }
  state.counters["worst_ms"] = worst_ms;
  state.counters["mean_ms"] = sum_ms / static_cast<double>(inputs);
  state.counters["entrances"] = static_cast<double>(all_entrances().size());
}
BENCHMARK(nine_hostile_bytes_everywhere)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
