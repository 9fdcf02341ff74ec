#include <algorithm>

#include "db/base/limits.h"
#include "db/frames/frame.h"
#include "tests/fuzz/allocation.h"
#include "tests/fuzz/examples.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/property.h"

// The header of a frame: what parse_frame takes is exactly what FORMAT.md describes, and nothing that was not sealed
// with the key is believed.
namespace kuangxun::fuzz {
namespace {

constexpr std::size_t payload_at = 208;

void append(Bytes& bytes, ByteView more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

void append_number(Bytes& bytes, std::uint64_t number, int size) {
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

// The frame as FORMAT.md says it, written again from what was read.
Bytes written_again(const frames::Frame& frame) {
  const frames::FrameHeader& header = frame.header;
  Bytes bytes = {'K', 'X', 'F', '0', frames::format_version};
  for (const auto byte : {static_cast<std::uint8_t>(header.suite), static_cast<std::uint8_t>(header.codec)})
    bytes.push_back(byte);
  bytes.push_back(0);
  append(bytes, header.writer.device.bytes);
  append_number(bytes, header.writer.epoch, 4);
  append_number(bytes, header.first_sequence, 8);
  append_number(bytes, header.count, 4);
  append_number(bytes, header.payload_bytes, 4);
  append_number(bytes, header.raw_payload_bytes, 4);
  append(bytes, header.previous.bytes);
  append(bytes, header.payload.bytes);
  append(bytes, header.county_receipt.bytes);
  append(bytes, frame.signature.bytes);
  append(bytes, frame.payload());
  return bytes;
}

void check(ByteView given) {
  Result<frames::Frame> frame = Error(ErrorCode::bad_input, {});
  const std::size_t cost = allocated_by([&] { frame = frames::parse_frame(Bytes(given.begin(), given.end())); });
  must(cost <= given.size() + 16 * 1024, "reading a header allocates no more than the frame's own bytes");
  if (!frame.ok()) return;
  const frames::FrameHeader& header = frame->header;
  must(std::ranges::equal(frame->bytes, given), "the bytes of a frame are kept verbatim");
  must(frame->payload().size() == header.payload_bytes && payload_at + header.payload_bytes == given.size(),
       "no byte stands behind the payload");
  must(header.count >= 1 && header.count <= limits::frame_operations_max && header.first_sequence >= 1 &&
           header.last_sequence() <= limits::sequence_max && header.last_sequence() >= header.first_sequence &&
           header.raw_payload_bytes <= limits::payload_bytes_max,
       "counts and sizes are within their limits");
  must(std::ranges::equal(written_again(*frame), given), "every byte of the header is read");
  if (frames::verify_frame(*frame, example_key().public_key()).ok()) {
    must(header.suite == frames::Suite::pinned ? frame->hash() == frames::pinned_hash()
                                               : is_example_frame(frame->hash()),
         "what was not sealed with the key is not believed");
  }
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kuangxun::fuzz::check(kuangxun::ByteView(data, size));
  return 0;
}

// A quarter of the mutants get magic, version, length and hash that fit, so that what stands behind these is reached.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                               unsigned int seed) {
  using namespace kuangxun;
  size = LLVMFuzzerMutate(data, size, size_max);
  if (seed % 4 == 0 && size >= fuzz::payload_at) fuzz::mend_frame(std::span(data, size));
  return size;
}
