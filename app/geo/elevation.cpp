#include "app/geo/elevation.h"

#include <cmath>

#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr double sigmas_of_95_percent = 1.96;  // two-sided, normal

std::string metres(std::int64_t value_mm) {
  return format_decimal(value_mm, 3);
}

std::string text_of(const ElevationRange& range) {
  const std::string open = say_text("open");
  return (range.bottom_mm ? metres(*range.bottom_mm) : open) + " … " + (range.top_mm ? metres(*range.top_mm) : open);
}

std::string missing_text(const MeasuredHeight& height, const std::optional<HeightOffset>& offset) {
  if (!height.ellipsoidal_mm) {
    return say_text("the receiver gave no ellipsoidal height");
  }
  if (!offset) {
    return say_text(
        "elevations are in the 1985 datum: the county has not set the height offset with its uncertainty, "
        "and no benchmark was taken");
  }
  return say_text("the receiver gave no accuracy of the height");
}

// Of what the height may be, all must lie on one side of a limit before anything is said.
ElevationStanding standing_of(std::int64_t low_mm, std::int64_t high_mm, const ElevationRange& range) {
  if (range.top_mm && low_mm > *range.top_mm) return ElevationStanding::above;
  if (range.bottom_mm && high_mm < *range.bottom_mm) return ElevationStanding::below;
  const bool is_over_bottom = !range.bottom_mm || low_mm >= *range.bottom_mm;
  const bool is_under_top = !range.top_mm || high_mm <= *range.top_mm;
  return is_over_bottom && is_under_top ? ElevationStanding::within : ElevationStanding::cannot_tell;
}

std::string standing_text(ElevationStanding standing) {
  switch (standing) {
    case ElevationStanding::within:
      return say_text("within the elevations");
    case ElevationStanding::above:
      return say_text("above the highest elevation");
    case ElevationStanding::below:
      return say_text("below the lowest elevation");
    case ElevationStanding::cannot_tell:
      break;
  }
  return say_text("the uncertainty reaches over the limit: it cannot be determined");
}

}  // namespace

ElevationVerdict compare_elevation(const MeasuredHeight& height, const std::optional<HeightOffset>& offset,
                                   const ElevationRange& range) {
  ElevationVerdict verdict;
  if (height.ellipsoidal_mm && offset) verdict.height_1985_mm = *height.ellipsoidal_mm + offset->offset_mm;
  if (!verdict.height_1985_mm || !height.accuracy_mm) {
    verdict.reason = missing_text(height, offset);
    return verdict;
  }
  const double sigma_mm =
      std::hypot(static_cast<double>(*height.accuracy_mm), static_cast<double>(offset->uncertainty_mm));
  const auto margin_mm = static_cast<std::int64_t>(std::ceil(sigmas_of_95_percent * sigma_mm));
  verdict.uncertainty_mm = margin_mm;
  verdict.standing = standing_of(*verdict.height_1985_mm - margin_mm, *verdict.height_1985_mm + margin_mm, range);
  verdict.reason = say_with("{0}: 1985 height {1} m, standard error ±{2} m, allowed {3} m",
                            {standing_text(verdict.standing), metres(*verdict.height_1985_mm),
                             metres(static_cast<std::int64_t>(std::ceil(sigma_mm))), text_of(range)});
  return verdict;
}

}  // namespace kuangxun::geo
