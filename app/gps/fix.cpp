#include "app/gps/fix.h"

#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::gps {

std::optional<std::int64_t> Fix::ellipsoidal_height_mm() const {
  if (!orthometric_height_mm || !geoid_separation_mm) return std::nullopt;
  return *orthometric_height_mm + *geoid_separation_mm;
}

std::optional<std::int64_t> Fix::accuracy_cm() const {
  if (!accuracy_mm) return std::nullopt;
  return (*accuracy_mm + 9) / 10;  // up
}

std::optional<std::string_view> evidence_type_name(const Fix& fix) {
  switch (fix.type) {
    case FixType::autonomous:
    case FixType::precise:
      return mode_name(fix.mode);
    case FixType::differential:
    case FixType::rtk_float:
    case FixType::rtk_fixed:
      return type_name(fix.type);
    case FixType::estimated:
    case FixType::manual:
    case FixType::simulated:
      break;
  }
  return std::nullopt;
}

// Rules of thumb for what one unit of HDOP is worth, and printed as such beside every accuracy that rests on them
// (accuracy_basis_text). A receiver's own statistics come first where it gives them.
std::optional<std::int64_t> user_range_error_mm(FixType type) {
  switch (type) {
    case FixType::autonomous:
    case FixType::precise:
      return 5000;
    case FixType::differential:
      return 2000;
    case FixType::rtk_float:
      return 500;
    case FixType::rtk_fixed:
      return 20;
    case FixType::estimated:
    case FixType::manual:
    case FixType::simulated:
      break;
  }
  return std::nullopt;
}

std::string_view mode_name(FixMode mode) {
  return mode == FixMode::three_d ? "3d" : mode == FixMode::two_d ? "2d" : "none";
}

std::string_view type_name(FixType type) {
  switch (type) {
    case FixType::autonomous:
      return "autonomous";
    case FixType::differential:
      return "differential";
    case FixType::precise:
      return "precise";
    case FixType::rtk_float:
      return "rtk-float";
    case FixType::rtk_fixed:
      return "rtk-fixed";
    case FixType::estimated:
      return "estimated";
    case FixType::manual:
      return "manual";
    case FixType::simulated:
      break;
  }
  return "simulated";
}

std::string accuracy_basis_name(const Fix& fix) {
  if (fix.accuracy_method == AccuracyMethod::receiver_statistics) return "gst";
  if (fix.accuracy_method == AccuracyMethod::unknown) return "unknown";
  return "hdop-times-" + format_decimal(user_range_error_mm(fix.type).value_or(0), 3) + "m";
}

std::string accuracy_basis_text(const Fix& fix) {
  if (fix.accuracy_method == AccuracyMethod::receiver_statistics) {
    return say_text("the receiver's own error statistics (GST, 1 sigma)");
  }
  if (fix.accuracy_method == AccuracyMethod::unknown) return say_text("accuracy not known");
  return say_with("estimated: HDOP × {0} m (1 sigma)", {format_decimal(user_range_error_mm(fix.type).value_or(0), 3)});
}

}  // namespace kuangxun::gps
