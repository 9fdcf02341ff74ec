#include "app/gps/averager.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "db/language/language.h"

namespace kuangxun::gps {
namespace {

constexpr std::int64_t circle_nanodegrees = 360'000'000'000;
constexpr double one_place_mm = 1'000'000;
constexpr double pi = 3.14159265358979323846;

struct Scale {
  double north_mm;
  double east_mm;
};

// Millimetres of 1e-9 degree on the CGCS2000 ellipsoid at a latitude; over the metres of one place it is constant.
Scale scale_at(std::int64_t latitude_nanodegrees) {
  constexpr double axis_mm = 6378137e3, flattening = 1 / 298.257222101;
  constexpr double eccentricity2 = flattening * (2 - flattening);
  const double latitude = static_cast<double>(latitude_nanodegrees) * 1e-9 * pi / 180;
  const double w2 = 1 - eccentricity2 * std::sin(latitude) * std::sin(latitude);
  const double unit = 1e-9 * pi / 180;
  return {axis_mm * (1 - eccentricity2) / (w2 * std::sqrt(w2)) * unit,
          axis_mm / std::sqrt(w2) * std::cos(latitude) * unit};
}

std::int64_t wrapped(std::int64_t longitude_step) {
  if (longitude_step > circle_nanodegrees / 2) return longitude_step - circle_nanodegrees;
  if (longitude_step < -circle_nanodegrees / 2) return longitude_step + circle_nanodegrees;
  return longitude_step;
}

std::int64_t rounded_mean(std::int64_t sum, std::int64_t count) {
  return (sum >= 0 ? sum + count / 2 : sum - count / 2) / count;
}

// The upper of the two middle ones where there are two.
double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

}  // namespace

bool Averager::add(const Fix& fix) {
  if (samples_.size() == fixes_max) return false;
  if (samples_.empty()) {
    first_latitude_ = fix.latitude_nanodegrees;
    first_longitude_ = fix.longitude_nanodegrees;
  }
  const std::int64_t north = fix.latitude_nanodegrees - first_latitude_;
  const std::int64_t east = wrapped(fix.longitude_nanodegrees - first_longitude_);
  const Scale scale = scale_at(first_latitude_);
  if (std::hypot(static_cast<double>(north) * scale.north_mm, static_cast<double>(east) * scale.east_mm) >
      one_place_mm) {
    return false;
  }
  samples_.push_back({north, east, fix.utc_ms, fix.orthometric_height_mm, fix.geoid_separation_mm, fix.accuracy_mm});
  return true;
}

Result<Average> Averager::mean() const {
  if (samples_.size() < 2) {
    return Error(ErrorCode::bad_input,
                 phrase("an average needs at least 2 fixes; there are {0}", {std::to_string(samples_.size())}));
  }
  Average average;
  const Samples samples = without_outliers();
  average.fixes = static_cast<int>(samples.size());
  average.outliers = static_cast<int>(samples_.size() - samples.size());
  const auto &first = samples.front().time_ms, &last = samples.back().time_ms;
  if (first && last) average.duration_ms = std::max<std::int64_t>(0, *last - *first);
  fill_position(samples, average);
  fill_heights(samples, average);
  fill_scatter(samples, average);
  fill_accuracy(samples, average);
  return average;
}

// Distances of a round scatter from its middle: half of them stay within 1.1774 times the deviation of one axis.
// Medians, because a mean and a deviation would be drawn along by the very fixes that are to be found.
Averager::Samples Averager::without_outliers() const {
  constexpr double half_stay_within = 1.1774, deviations_max = 5;
  // Of fewer nobody can tell which are the odd ones.
  constexpr std::size_t enough_to_judge = 8;
  if (samples_.size() < enough_to_judge) return samples_;
  const Scale scale = scale_at(first_latitude_);
  std::vector<double> north, east, distances;
  for (const Sample& sample : samples_) {
    north.push_back(static_cast<double>(sample.north_nanodegrees) * scale.north_mm);
    east.push_back(static_cast<double>(sample.east_nanodegrees) * scale.east_mm);
  }
  const double middle_north = median(north), middle_east = median(east);
  for (std::size_t i = 0; i < north.size(); ++i) {
    distances.push_back(std::hypot(north[i] - middle_north, east[i] - middle_east));
  }
  const double allowed_mm = std::max(outlier_mm_min, deviations_max * median(distances) / half_stay_within);
  Samples kept;
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    if (distances[i] <= allowed_mm) kept.push_back(samples_[i]);
  }
  return kept;
}

bool Averager::is_enough(const StopRule& rule) const {
  const auto average = mean();
  if (!average.ok()) return false;
  return (rule.fixes && average->fixes >= *rule.fixes) ||
         (rule.duration_ms && average->duration_ms >= *rule.duration_ms) ||
         (rule.accuracy_mm && average->accuracy_mm && *average->accuracy_mm <= *rule.accuracy_mm);
}

void Averager::fill_position(const Samples& samples, Average& average) const {
  std::int64_t north = 0, east = 0;
  for (const Sample& sample : samples) {
    north += sample.north_nanodegrees;
    east += sample.east_nanodegrees;
  }
  const auto count = static_cast<std::int64_t>(samples.size());
  average.latitude_nanodegrees = first_latitude_ + rounded_mean(north, count);
  average.longitude_nanodegrees = wrapped(first_longitude_ + rounded_mean(east, count));
}

// Only when every fix has it: a mean of some of them would be that of another stretch of time than the position's.
void Averager::fill_heights(const Samples& samples, Average& average) {
  std::int64_t height = 0, separation = 0;
  bool heights = true, separations = true;
  for (const Sample& sample : samples) {
    heights = heights && sample.height_mm;
    separations = separations && sample.separation_mm;
    height += sample.height_mm.value_or(0);
    separation += sample.separation_mm.value_or(0);
  }
  const auto count = static_cast<std::int64_t>(samples.size());
  if (heights) average.orthometric_height_mm = rounded_mean(height, count);
  if (heights && separations) average.geoid_separation_mm = rounded_mean(separation, count);
}

void Averager::fill_scatter(const Samples& samples, Average& average) {
  const Scale scale = scale_at(average.latitude_nanodegrees);
  const auto count = static_cast<double>(samples.size());
  double mean_north = 0, mean_east = 0;
  for (const Sample& sample : samples) {
    mean_north += static_cast<double>(sample.north_nanodegrees) / count;
    mean_east += static_cast<double>(sample.east_nanodegrees) / count;
  }
  double squares = 0, products = 0, spread = 0, last_north = 0, last_east = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double north = (static_cast<double>(samples[i].north_nanodegrees) - mean_north) * scale.north_mm;
    const double east = (static_cast<double>(samples[i].east_nanodegrees) - mean_east) * scale.east_mm;
    squares += north * north + east * east;
    if (i > 0) products += north * last_north + east * last_east;
    spread = std::max(spread, std::hypot(north, east));
    last_north = north;
    last_east = east;
  }
  // A negative correlation would promise more than n fixes; chance alone makes it, so it counts as none.
  const double correlation = squares > 0 ? std::clamp(products / squares, 0.0, 0.999) : 0;
  average.effective_fixes = std::max(1.0, count * (1 - correlation) / (1 + correlation));
  average.scatter_standard_error_mm =
      std::llround(std::ceil(std::sqrt(squares / (count - 1) / average.effective_fixes)));
  average.spread_max_mm = std::llround(spread);
}

void Averager::fill_accuracy(const Samples& samples, Average& average) {
  double squares = 0;
  for (const Sample& sample : samples) {
    if (!sample.accuracy_mm) return;
    squares += static_cast<double>(*sample.accuracy_mm) * static_cast<double>(*sample.accuracy_mm);
  }
  const double single_mm = std::sqrt(squares / static_cast<double>(samples.size()));
  const double independent = 1 + static_cast<double>(average.duration_ms) / static_cast<double>(correlation_time_ms);
  average.shared_standard_error_mm = std::llround(std::ceil(single_mm / std::sqrt(independent)));
  average.accuracy_mm = std::max(average.scatter_standard_error_mm, *average.shared_standard_error_mm);
}

}  // namespace kuangxun::gps
