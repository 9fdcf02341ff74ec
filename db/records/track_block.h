#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"

// What a receiver measured in a minute or less: the points of one track-block record as one value. TRACK_BLOCK.md
// describes every byte; it is on disk and on the wire for ever.
namespace kuangxun::records {

struct TrackPoint {
  std::int64_t time_ms = 0;               // UTC
  std::int64_t latitude_nanodegrees = 0;  // CGCS2000
  std::int64_t longitude_nanodegrees = 0;
  std::optional<std::int64_t> ellipsoidal_height_mm = std::nullopt;
  std::optional<std::int64_t> accuracy_mm = std::nullopt;  // horizontal, as the receiver or the program estimated it
  std::uint8_t fix_quality = 0;                            // a number of fix_type_enumeration; 0: not known
  std::uint8_t satellites = 0;                             // used for the fix; 0: not known
  std::uint16_t flags = 0;                                 // track_flags; others are kept for later programs
  bool operator==(const TrackPoint&) const = default;
};

namespace track_flags {
// The receiver was lost, or the laptop slept, between the point before and this one: no line is drawn there.
constexpr std::uint16_t gap_before = 1;
// Among the first fixes after the receiver was started: shown, but no evidence.
constexpr std::uint16_t unsettled = 2;
}  // namespace track_flags

// Whether a block that starts at `started_at_ms` can hold the point.
bool fits_track_block(const TrackPoint& point, std::int64_t started_at_ms);

// 1 to limits::track_block_points_max points, each of which fits, in the order in which they came. Nothing is rounded.
Bytes encode_track_block(std::span<const TrackPoint> points, std::int64_t started_at_ms);

// What encode_track_block wrote, and what a later program did: columns that this one does not know are passed over.
// Every count is held against the bytes left before anything is allocated; all bytes must be used. bad_input
// otherwise; newer_version for another form of block.
Result<std::vector<TrackPoint>> decode_track_block(ByteView bytes, std::int64_t started_at_ms);

}  // namespace kuangxun::records
