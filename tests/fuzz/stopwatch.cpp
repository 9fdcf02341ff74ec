#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/support/processor_time.h"

// Stands between libFuzzer and the target (the linker's --wrap): remembers the input that took the most processor time,
// says it at the end, and leaves it in the file that KUANGXUN_FUZZ_SLOWEST names. One that takes too much of it breaks
// the run: libFuzzer itself counts whole seconds, of the clock on the wall, which runs on while other programs have the
// processor.

extern "C" int __real_LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int __wrap_LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr double input_ms_max = 2000;

struct Slowest {
  double ms = 0;
  std::vector<std::uint8_t> input;

  ~Slowest() {
    std::fprintf(stderr, "stat::slowest_unit_processor_ms: %.2f (%zu bytes)\n", ms, input.size());
    const char* path = std::getenv("KUANGXUN_FUZZ_SLOWEST");
    std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "wb");
    if (file == nullptr) return;
    std::fwrite(input.data(), 1, input.size(), file);
    std::fclose(file);
  }
};

}  // namespace

extern "C" int __wrap_LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Slowest slowest;
  // The first inputs pay for what a program sets up once.
  static int warm_up_left = 20;
  int result = 0;
  const double took_ms = kuangxun::tests::processor_ms_of([&] { result = __real_LLVMFuzzerTestOneInput(data, size); });
  if (warm_up_left > 0) {
    --warm_up_left;
  } else if (took_ms > input_ms_max) {
    std::fprintf(stderr, "DOES NOT HOLD: an input takes at most %.0f ms of the processor; this one: %.0f\n",
                 input_ms_max, took_ms);
    std::abort();
  } else if (took_ms > slowest.ms) {
    slowest.ms = took_ms;
    slowest.input.assign(data, data + size);
  }
  return result;
}
