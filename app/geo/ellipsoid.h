#pragma once

#include <cstdint>

#include "db/base/result.h"

namespace GeographicLib {
class Geodesic;
}

// For this folder only: the one Geodesic that lengths and areas share, and where GeographicErr becomes an Error.
namespace kuangxun::geo {

const GeographicLib::Geodesic& cgcs2000();
double degrees(std::int64_t nanodegrees);
Error geodesy_failed(const char* reason);

}  // namespace kuangxun::geo
