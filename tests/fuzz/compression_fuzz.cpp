#include <algorithm>

#include "db/frames/compression.h"
#include "tests/fuzz/allocation.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/property.h"

// The decompressor. Input: u32 promised size (256 KiB at most, two blocks and a little: more only takes
// time), then the packed bytes.
namespace kuangxun::fuzz {
namespace {

constexpr std::uint32_t promised_bytes_max = 256 << 10;

void check(std::uint32_t promised_bytes, ByteView packed) {
  Result<Bytes> raw = Error(ErrorCode::bad_input, {});
  const std::size_t cost = allocated_by([&] { raw = frames::decompress(packed, promised_bytes); });
  // The promise is believed as far as so many bytes could keep it; zstd's own tables take about 160 KiB.
  must(cost <= std::size_t{promised_bytes} + (512U << 10), "nothing is allocated beside what was promised");
  must(cost <= (1U << 20) || packed.size() > 9, "nine bytes cost less than a mebibyte");
  if (!raw.ok()) return;
  must(raw->size() == promised_bytes, "exactly the promised size");
  if (raw->size() > (16U << 10)) return;
  const auto again = frames::decompress(frames::compress(*raw), raw->size());
  must(again.ok() && *again == *raw, "what is unpacked is what was packed");
  must(!frames::decompress(packed, std::size_t{promised_bytes} + 1).ok(), "a longer promise is not kept");
  must(promised_bytes == 0 || !frames::decompress(packed, promised_bytes - 1).ok(), "nor a shorter one");
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun;
  fuzz::Input input(data, size);
  const auto promised_bytes = input.number<std::uint32_t>();
  fuzz::check(std::min(promised_bytes, fuzz::promised_bytes_max), input.rest());
  return 0;
}

// A quarter of the mutants of what can be unpacked changes the content and packs it again: zstd is not instrumented,
// and its checks would throw nearly all others away.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                               unsigned int seed) {
  using namespace kuangxun;
  constexpr std::size_t raw_bytes_max = 4096;
  fuzz::Input input(data, size);
  const auto promised_bytes = input.number<std::uint32_t>();
  if (seed % 4 != 0 || promised_bytes > raw_bytes_max) return LLVMFuzzerMutate(data, size, size_max);
  auto raw = frames::decompress(input.rest(), promised_bytes);
  if (!raw.ok()) return LLVMFuzzerMutate(data, size, size_max);
  const std::size_t before = raw->size();
  raw->resize(raw_bytes_max);
  raw->resize(LLVMFuzzerMutate(raw->data(), before, raw_bytes_max));
  const Bytes packed = frames::compress(*raw);
  if (packed.size() + 4 > size_max) return LLVMFuzzerMutate(data, size, size_max);
  for (std::size_t i = 0; i < 4; ++i) data[i] = static_cast<std::uint8_t>(raw->size() >> (8 * i));
  std::ranges::copy(packed, data + 4);
  return packed.size() + 4;
}
