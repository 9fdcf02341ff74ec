#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/gps/fix.h"
#include "db/base/result.h"

namespace kuangxun::gps {

// The mean of several fixes at one standing place.
struct Average {
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  // Only when every fix has it.
  std::optional<std::int64_t> orthometric_height_mm;
  std::optional<std::int64_t> geoid_separation_mm;
  int fixes = 0;
  std::int64_t duration_ms = 0;
  // 1 sigma, radial, as Fix::accuracy_mm: the larger of the two below; absent when any fix has no accuracy.
  std::optional<std::int64_t> accuracy_mm;
  // From the scatter: radial standard deviation / sqrt(effective_fixes).
  std::int64_t scatter_standard_error_mm = 0;
  // Fixes of one second are nearly copies of the second before. With the lag-1 correlation r of the scatter (an AR(1)
  // process), n fixes are worth n (1 - r) / (1 + r).
  double effective_fixes = 0;
  // From the fixes' own estimates: their root mean square / sqrt(1 + duration / correlation_time_ms). Scatter cannot
  // see the error that all fixes share (ionosphere, orbits, reflections), which changes over minutes: half a minute
  // therefore hardly improves on a single fix, however many fixes a second there are.
  std::optional<std::int64_t> shared_standard_error_mm;
  // The farthest fix from the mean: a person who walked shows here.
  std::int64_t spread_max_mm = 0;
  // Left out of all of the above: farther from the middle (the median of north and of east) than five times what half
  // of the fixes stay within would allow, and than outlier_mm_min. A reflection for some seconds is one; a person who
  // walks away is not, for then the middle half is as wide.
  int outliers = 0;
};

// What is enough; each part alone ends the averaging.
struct StopRule {
  std::optional<int> fixes = std::nullopt;
  std::optional<std::int64_t> duration_ms = std::nullopt;
  std::optional<std::int64_t> accuracy_mm = std::nullopt;
};

// How long the shared error of a code receiver stays alike: multipath and ionosphere keep for one to several minutes.
constexpr std::int64_t correlation_time_ms = 120'000;

// Gathers fixes and gives their mean. Memory: one small entry a fix, at most `fixes_max`. Used by one thread.
class Averager {
 public:
  static constexpr std::size_t fixes_max = 36'000;  // an hour at 10 a second
  static constexpr double outlier_mm_min = 1'000;

  // False, and nothing added, when full or when the fix is over 1 km from the first: not one standing place.
  bool add(const Fix& fix);
  std::size_t count() const { return samples_.size(); }
  void clear() { samples_.clear(); }
  // bad_input with fewer than 2 fixes.
  Result<Average> mean() const;
  // Whether the rule is fulfilled; never with fewer than 2 fixes.
  bool is_enough(const StopRule& rule) const;

 private:
  struct Sample {
    std::int64_t north_nanodegrees;  // from the first fix
    std::int64_t east_nanodegrees;
    std::optional<std::int64_t> time_ms;
    std::optional<std::int64_t> height_mm;
    std::optional<std::int64_t> separation_mm;
    std::optional<std::int64_t> accuracy_mm;
  };
  using Samples = std::vector<Sample>;
  Samples without_outliers() const;
  void fill_position(const Samples& samples, Average& average) const;
  static void fill_heights(const Samples& samples, Average& average);
  static void fill_scatter(const Samples& samples, Average& average);
  static void fill_accuracy(const Samples& samples, Average& average);

  Samples samples_;
  std::int64_t first_latitude_ = 0;
  std::int64_t first_longitude_ = 0;
};

}  // namespace kuangxun::gps
