#pragma once

#include <optional>
#include <string>

#include "app/geo/elevation.h"
#include "db/history/record_store.h"

// Elevations (标高, 1985 datum) of points: by the county's offset, or by the difference to a point of known height that
// was measured in the same visit.
namespace kuangxun::licence {

// So far away, and so long before or after, a benchmark still speaks: the geoid is not flat, and a receiver's height
// drifts with its satellites.
constexpr double benchmark_distance_m_max = 2'000;
constexpr std::int64_t benchmark_span_ms_max = 4LL * 3600 * 1000;
// What the geoid may rise over a distance, 1 sigma: mountains bend it by some 10 cm a kilometre.
constexpr double geoid_mm_per_km = 100;

struct HeightReference {
  geo::HeightOffset offset;
  bool is_benchmark = false;
  std::string source;  // for people
};

// What 1985 heights near that point follow from: the surer of the county's offset and the nearest benchmark of the
// visit (a point of purpose `benchmark` with its known height, the height's uncertainty, the ellipsoidal height and its
// accuracy). Nothing when there is neither; an error never stands for one. When the two contradict each other by more
// than three standard deviations `problem` says so, and nothing is given.
struct FoundReference {
  std::optional<HeightReference> reference;
  std::string problem;
};
Result<FoundReference> height_reference(history::RecordReader& store, const records::Record& point);

// The elevations of a place's boundaries; nothing when none says any, or when they differ or are in dispute.
Result<std::optional<geo::ElevationRange>> elevation_range_of(history::RecordReader& store, const Uuid& place);

// A gps-point against them; nothing when the place has no elevations.
Result<std::optional<geo::ElevationVerdict>> point_elevation(history::RecordReader& store, const records::Record& point,
                                                             const Uuid& place);

}  // namespace kuangxun::licence
