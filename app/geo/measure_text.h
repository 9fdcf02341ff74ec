#pragma once

#include <cstdint>
#include <string>

// Lengths and areas as people read them, the same on every surface. What is said of an error is never better than what
// was computed: errors are rounded up.
namespace kuangxun::geo {

// To so many decimals, all of them shown: 12.04 of one is "12.0".
std::string rounded_text(double value, int decimals);
// Without the unit, to the square metre: 12345.6 m² is "1.2346".
std::string hectares_text(double area_m2);
std::string error_hectares_text(double error_m2);
// "± 2.4 m", to the decimetre.
std::string accuracy_text(std::int64_t accuracy_mm);

}  // namespace kuangxun::geo
