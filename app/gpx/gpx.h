#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "db/base/result.h"

// GPX 1.0 and 1.1 (topografix.com/GPX/1/1): what handheld receivers and telephones give out. WGS 84 by its definition.
namespace kuangxun::gpx {

struct TrackPoint {
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  std::optional<std::int64_t> utc_ms;
  std::optional<std::int64_t> height_mm;  // above which level GPX leaves open; most programs mean the geoid
  std::optional<int> satellites;
  std::optional<std::int64_t> hdop_e2;
  bool begins_segment = false;  // the receiver was lost or started before it
};

// Whether a file's beginning looks like GPX.
bool is_gpx(std::string_view beginning);

// The points of all tracks, in order. bad_input names the line: no XML, no GPX, a point without or beyond the globe's
// coordinates, more than limits::recording_fixes_max points.
Result<std::vector<TrackPoint>> read_tracks(std::string_view text);

}  // namespace kuangxun::gpx
