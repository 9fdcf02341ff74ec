#include <algorithm>

#include "db/base/limits.h"
#include "db/frames/payload.h"
#include "tests/fuzz/allocation.h"
#include "tests/fuzz/examples.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/property.h"

// The bounded archive. Input: u16 count of operations (4,096 at most), u16 first sequence, then the payload; with count
// 0 the rest is the content of one operation alone.
namespace kuangxun::fuzz {
namespace {

// What a decoded thing may cost beside the bytes it came from: an operation takes 3 bytes and becomes about 300, a
// value takes 2 and becomes about 50, a base 1 and 32.
std::size_t cost_max(std::size_t bytes) {
  return 64 * 1024 + 128 * bytes;
}

void check_content(ByteView given) {
  history::Operation operation;
  Status read;
  const std::size_t cost = allocated_by([&] { read = frames::decode_content(given, operation); });
  must(cost <= cost_max(given.size()), "content costs a bounded multiple of its bytes");
  if (!read.ok()) return;
  must(std::ranges::equal(frames::encode_content(operation), given), "content has one form only");
}

void check_operations(ByteView payload, std::uint64_t first_sequence, std::uint32_t count) {
  const history::WriterId writer = example_writer();
  Result<std::vector<history::Operation>> operations = Error(ErrorCode::bad_input, {});
  const std::size_t cost =
      allocated_by([&] { operations = frames::decode_payload(payload, writer, first_sequence, count); });
  must(cost <= cost_max(payload.size()), "operations cost a bounded multiple of their bytes");
  if (!operations.ok()) return;
  must(operations->size() == count, "exactly the promised number of operations");
  for (std::uint32_t i = 0; i < count; ++i) {
    const history::Operation& operation = (*operations)[i];
    must(operation.id == history::OperationId{writer, first_sequence + i}, "operations follow one another");
    must(frames::check_encodable(operation).ok(), "what can be read can be kept");
  }
  const Bytes again = frames::encode_payload(*operations);
  must(again.size() <= payload.size(), "our own form is the shortest");
  const auto twice = frames::decode_payload(again, writer, first_sequence, count);
  must(twice.ok() && *twice == *operations, "what is read is what was written");
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun;
  fuzz::Input input(data, size);
  const std::uint32_t count = input.number<std::uint16_t>() % (limits::frame_operations_max + 1);
  const auto first_sequence = input.number<std::uint16_t>();
  if (count == 0) {
    fuzz::check_content(input.rest());
  } else {
    fuzz::check_operations(input.rest(), 1 + std::uint64_t{first_sequence}, count);
  }
  return 0;
}

// A third of the mutants of what can be read is a change of meaning, written in good form.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                               unsigned int seed) {
  using namespace kuangxun;
  if (seed % 3 != 0) return LLVMFuzzerMutate(data, size, size_max);
  fuzz::Input input(data, size);
  const std::uint32_t count = input.number<std::uint16_t>() % (limits::frame_operations_max + 1);
  const auto first_sequence = 1 + std::uint64_t{input.number<std::uint16_t>()};
  auto operations = frames::decode_payload(input.rest(), fuzz::example_writer(), first_sequence, count);
  if (!operations.ok() || operations->empty()) return LLVMFuzzerMutate(data, size, size_max);
  tests::SeededRandom random(seed);
  fuzz::change_one(*operations, random);
  const Bytes payload = frames::encode_payload(*operations);
  if (payload.size() + 4 > size_max) return LLVMFuzzerMutate(data, size, size_max);
  std::ranges::copy(payload, data + 4);
  return payload.size() + 4;
}
