// Lengths and areas as people read them.
#include <doctest/doctest.h>

#include "app/geo/measure_text.h"

using namespace kuangxun::geo;

TEST_CASE("figures are rounded, errors never to their advantage") {
  CHECK(rounded_text(12.04, 1) == "12.0");
  CHECK(rounded_text(-0.05, 0) == "-0");
  CHECK(hectares_text(12'345.6) == "1.2346");
  CHECK(hectares_text(0) == "0.0000");
  CHECK(error_hectares_text(120.1) == "0.0121");
  CHECK(error_hectares_text(120) == "0.0120");
  CHECK(accuracy_text(2'301) == "± 2.4 m");
  CHECK(accuracy_text(2'300) == "± 2.3 m");
  CHECK(accuracy_text(2'000) == "± 2 m");
  CHECK(accuracy_text(1) == "± 0.1 m");
}
