#include "app/geo/measure_text.h"

#include <cmath>
#include <cstdio>

#include "db/base/decimal.h"

namespace kuangxun::geo {
namespace {

constexpr int hectare_decimals = 4;  // to the square metre
constexpr std::int64_t mm_per_decimetre = 100;

}  // namespace

std::string rounded_text(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string hectares_text(double area_m2) {
  return format_decimal_padded(std::llround(area_m2), hectare_decimals);
}

std::string error_hectares_text(double error_m2) {
  return hectares_text(std::ceil(error_m2));
}

std::string accuracy_text(std::int64_t accuracy_mm) {
  const std::int64_t decimetres = (accuracy_mm + mm_per_decimetre - 1) / mm_per_decimetre;
  return "± " + format_decimal(decimetres, 1) + " m";
}

}  // namespace kuangxun::geo
