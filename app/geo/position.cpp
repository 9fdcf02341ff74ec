#include "app/geo/position.h"

#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

bool within(std::int64_t value, std::int64_t bound) {
  return value >= -bound && value <= bound;
}

}  // namespace

Status check_position(const Position& position) {
  if (!within(position.latitude_nanodegrees, latitude_nanodegrees_max)) {
    return Error(ErrorCode::bad_input,
                 phrase("latitude {0}° is outside -90° to 90°; check that it is not swapped with the longitude",
                        {format_decimal(position.latitude_nanodegrees, 9)}));
  }
  if (!within(position.longitude_nanodegrees, longitude_nanodegrees_max)) {
    return Error(ErrorCode::bad_input, phrase("longitude {0}° is outside -180° to 180°; check it",
                                              {format_decimal(position.longitude_nanodegrees, 9)}));
  }
  return {};
}

}  // namespace kuangxun::geo
