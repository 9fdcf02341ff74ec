#include "app/licence/heights.h"

#include <cmath>
#include <cstdlib>

#include "app/geo/geodesy.h"
#include "app/licence/standing_boundaries.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/enumerations.h"
#include "db/records/handles/boundary.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"
#include "db/records/positioning_rules.h"

namespace kuangxun::licence {
namespace {

namespace kinds = records::kinds;
using records::Record;

constexpr std::int64_t mm_per_cm = 10;
// Two references that err as they say differ by more than this once in some 370 times.
constexpr double sigmas_of_contradiction = 3;

std::optional<geo::Position> position_of(const Record& point) {
  if (!point.has(records::gps_point::latitude_deg) || !point.has(records::gps_point::longitude_deg))
    return std::nullopt;
  return geo::Position{point.integer(records::gps_point::latitude_deg),
                       point.integer(records::gps_point::longitude_deg)};
}

// Without any one of these its error could not be told, and a height without error decides nothing.
bool is_complete_benchmark(const Record& point) {
  return !point.is_voided() && point.integer(records::gps_point::purpose) == records::point_purpose::benchmark &&
         point.has(records::gps_point::known_height_m) && point.has(records::gps_point::known_height_uncertainty_m) &&
         point.has(records::gps_point::ellipsoidal_height_m) && point.has(records::gps_point::height_accuracy_m) &&
         point.has(records::gps_point::measured_at) && position_of(point);
}

// What the benchmark says for a place so far away: three errors, none of them alike.
HeightReference reference_of(const Record& benchmark, double distance_m) {
  HeightReference reference;
  reference.is_benchmark = true;
  reference.offset.offset_mm = benchmark.integer(records::gps_point::known_height_m) -
                               benchmark.integer(records::gps_point::ellipsoidal_height_m);
  const auto known_mm = static_cast<double>(benchmark.integer(records::gps_point::known_height_uncertainty_m));
  const auto measured_mm = static_cast<double>(benchmark.integer(records::gps_point::height_accuracy_m) * mm_per_cm);
  const double geoid_mm = distance_m / 1000 * geoid_mm_per_km;
  reference.offset.uncertainty_mm =
      static_cast<std::int64_t>(std::ceil(std::hypot(std::hypot(known_mm, measured_mm), geoid_mm)));
  const std::string name = benchmark.has(records::gps_point::label) ? benchmark.text(records::gps_point::label)
                                                                    : benchmark.id().text().substr(0, 8);
  reference.source = say_with("by the benchmark \"{0}\", {1} m away", {name, std::to_string(std::llround(distance_m))});
  return reference;
}

Result<std::optional<HeightReference>> nearest_benchmark(history::RecordReader& store, const Record& point) {
  std::optional<HeightReference> nearest;
  const auto here = position_of(point);
  if (!here || !point.has(records::gps_point::visit) || !point.has(records::gps_point::measured_at)) return nearest;
  KX_TRY(points,
         store.list_where(kinds::gps_point, records::gps_point::visit, point.reference(records::gps_point::visit)));
  double nearest_m = benchmark_distance_m_max;
  for (const Record& benchmark : points) {
    if (benchmark.id() == point.id() || !is_complete_benchmark(benchmark)) continue;
    if (std::abs(benchmark.integer(records::gps_point::measured_at) - point.integer(records::gps_point::measured_at)) >
        benchmark_span_ms_max)
      continue;
    KX_TRY(distance_m, geo::distance_m(*here, *position_of(benchmark)));
    if (distance_m > nearest_m) continue;
    KX_TRY(view, store.read(benchmark.id()));
    if (!view.disputed.empty()) continue;
    nearest_m = distance_m;
    nearest = reference_of(benchmark, distance_m);
  }
  return nearest;
}

Result<std::optional<HeightReference>> county_offset(history::RecordReader& store) {
  KX_TRY(rules, store.list(kinds::positioning_rules));
  const auto height = records::read_positioning_rules(rules).height;
  if (!height) return std::optional<HeightReference>();
  HeightReference reference{{height->offset_mm, height->uncertainty_mm}, false, {}};
  reference.source = height->source.empty() ? say_text("by the county's height offset")
                                            : say_with("by the county's height offset ({0})", {height->source});
  return std::optional(std::move(reference));
}

}  // namespace

Result<FoundReference> height_reference(history::RecordReader& store, const Record& point) {
  KX_TRY(county, county_offset(store));
  KX_TRY(benchmark, nearest_benchmark(store, point));
  if (!county || !benchmark) return FoundReference{benchmark ? std::move(benchmark) : std::move(county), {}};
  const double apart_mm = static_cast<double>(std::abs(county->offset.offset_mm - benchmark->offset.offset_mm));
  const double sigma_mm = std::hypot(static_cast<double>(county->offset.uncertainty_mm),
                                     static_cast<double>(benchmark->offset.uncertainty_mm));
  if (apart_mm > sigmas_of_contradiction * sigma_mm) {
    return FoundReference{
        {},
        say_with("{0} and the county's height offset differ by {1} m, more than their errors: no verdict, check both",
                 {benchmark->source, format_decimal(std::llround(apart_mm), 3)})};
  }
  const bool benchmark_is_surer = benchmark->offset.uncertainty_mm <= county->offset.uncertainty_mm;
  return FoundReference{benchmark_is_surer ? std::move(benchmark) : std::move(county), {}};
}

Result<std::optional<geo::ElevationRange>> elevation_range_of(history::RecordReader& store, const Uuid& place) {
  KX_TRY(records, standing_boundaries(store, place));
  std::optional<geo::ElevationRange> range;
  for (const Record& record : records) {
    KX_TRY(view, store.read(record.id()));
    geo::ElevationRange own;
    if (record.has(records::boundary::elevation_bottom_m))
      own.bottom_mm = record.integer(records::boundary::elevation_bottom_m) * mm_per_cm;
    if (record.has(records::boundary::elevation_top_m))
      own.top_mm = record.integer(records::boundary::elevation_top_m) * mm_per_cm;
    const bool is_other = range && (range->bottom_mm != own.bottom_mm || range->top_mm != own.top_mm);
    if (is_other || !view.disputed.empty()) return std::optional<geo::ElevationRange>();
    range = own;
  }
  if (range && !range->bottom_mm && !range->top_mm) range.reset();
  return range;
}

Result<std::optional<geo::ElevationVerdict>> point_elevation(history::RecordReader& store, const Record& point,
                                                             const Uuid& place) {
  KX_TRY(range, elevation_range_of(store, place));
  if (!range) return std::optional<geo::ElevationVerdict>();
  geo::MeasuredHeight height;
  if (point.has(records::gps_point::ellipsoidal_height_m))
    height.ellipsoidal_mm = point.integer(records::gps_point::ellipsoidal_height_m);
  if (point.has(records::gps_point::height_accuracy_m))
    height.accuracy_mm = point.integer(records::gps_point::height_accuracy_m) * mm_per_cm;
  KX_TRY(found, height_reference(store, point));
  std::optional<geo::HeightOffset> offset;
  if (found.reference) offset = found.reference->offset;
  geo::ElevationVerdict verdict = geo::compare_elevation(height, offset, *range);
  if (!found.problem.empty()) {
    verdict.reason = found.problem;
  } else if (found.reference && verdict.height_1985_mm) {
    verdict.reason += say_text("; ") + found.reference->source;
  }
  return std::optional(std::move(verdict));
}

}  // namespace kuangxun::licence
