#include "app/geo/position.h"

#include "db/base/decimal.h"
#include "db/base/language.h"

namespace kuangxun::geo {
namespace {

bool within(std::int64_t value, std::int64_t bound) {
  return value >= -bound && value <= bound;
}

}  // namespace

Status check_position(const Position& position) {
  if (!within(position.latitude_nanodegrees, latitude_nanodegrees_max)) {
    return Error(ErrorCode::bad_input,
                 say_with("纬度 {0}° 超出 -90° 至 90°，请检查是否与经度填反",
                          "latitude {0}° is outside -90° to 90°; check that it is not swapped with the longitude",
                          {format_decimal(position.latitude_nanodegrees, 9)}));
  }
  if (!within(position.longitude_nanodegrees, longitude_nanodegrees_max)) {
    return Error(ErrorCode::bad_input, say_with("经度 {0}° 超出 -180° 至 180°，请检查输入",
                                                "longitude {0}° is outside -180° to 180°; check it",
                                                {format_decimal(position.longitude_nanodegrees, 9)}));
  }
  return {};
}

}  // namespace kuangxun::geo
