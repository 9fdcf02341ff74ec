#pragma once

#include <string>
#include <string_view>

#include "app/geo/position.h"

namespace kuangxun::geo {

enum class Axis { latitude, longitude };

// How a coordinate is written for people, with the hemisphere in the language set (北纬43.1234568° / 43.1234568°N).
// `decimals` is 7 (1 cm) to 9 (as kept).
std::string format_degrees(Axis axis, std::int64_t nanodegrees, int decimals);
// Degrees, minutes and seconds to 3 decimals (3 cm): 北纬43°07′24.444″ / 43°07′24.444″N.
std::string format_dms(Axis axis, std::int64_t nanodegrees);
// Both, latitude first.
std::string format_position_degrees(const Position& position, int decimals);
std::string format_position_dms(const Position& position);

// Reads what the functions above write in either language, plain signed degrees, and the ways people type: "N43
// 7 24.4", "43°7.407'", "43度7分24.4秒". Degrees alone take at most 9 decimals (nothing is rounded unseen); minutes and
// seconds give the nearest 1e-9 degree. bad_input for another axis' hemisphere, minutes or seconds of 60 or more, out
// of range.
Result<std::int64_t> parse_coordinate(Axis axis, std::string_view text);
// Latitude, then longitude, with a comma, semicolon or (where there is only one way to read it) blanks between.
Result<Position> parse_position(std::string_view text);

}  // namespace kuangxun::geo
