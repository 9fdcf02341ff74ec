#include "db/base/limits.h"
#include "db/records/track_block.h"
#include "tests/fuzz/allocation.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/property.h"

// The points of a track. Input: i64 when the block started, then its bytes.
namespace kuangxun::fuzz {
namespace {

void check(std::int64_t started_at_ms, ByteView bytes) {
  Result<std::vector<records::TrackPoint>> points = Error(ErrorCode::bad_input, {});
  const std::size_t cost = allocated_by([&] { points = records::decode_track_block(bytes, started_at_ms); });
  must(cost <= (1U << 20), "a block of any content costs less than a mebibyte");
  if (!points.ok()) return;
  must(!points->empty() && points->size() <= limits::track_block_points_max, "as many points as a block may hold");
  for (const records::TrackPoint& point : *points) {
    must(records::fits_track_block(point, started_at_ms), "what is read fits a block");
  }
  const Bytes again = records::encode_track_block(*points, started_at_ms);
  must(again.size() <= limits::track_block_bytes_max, "what is written stays under the limit");
  const auto read = records::decode_track_block(again, started_at_ms);
  must(read.ok() && *read == *points, "what is written is read as the same points");
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun;
  fuzz::Input input(data, size);
  const auto started_at_ms = input.number<std::int64_t>();
  fuzz::check(started_at_ms, input.rest());
  return 0;
}
