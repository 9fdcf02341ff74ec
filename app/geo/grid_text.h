#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/geo/grid.h"

namespace kuangxun::geo {

// "X 4774139.931, Y 27565127.031": to a millimetre, the zone in front of the easting. Chinese: 纵坐标X…，横坐标Y….
std::string format_grid(const Zone& zone, const GridPosition& grid);
// Without zone, with its meridian: "X 4774139.931, Y 565127.031 (81°)".
std::string format_grid(int central_meridian_deg, const GridPosition& grid);

// One row of a corner table: X (northing) and Y (easting) in metres, as typed; thousands separators, full-width digits
// and blanks are taken. With a zone in front of the easting the zone is known (27 and 28 are of three degrees, 13 to 23
// of six); without one the central meridian must be given. bad_input, said as what it probably is: X and Y swapped, no
// central meridian, degrees in place of metres, another country.
Result<Position> parse_grid(std::string_view northing, std::string_view easting,
                            std::optional<int> central_meridian_deg = std::nullopt);

// "X=4774139.931 Y=27565127.031", "横坐标 27565127.031 纵坐标 4774139.931", or two numbers, northing first. With labels
// in any order.
Result<Position> parse_grid_position(std::string_view text, std::optional<int> central_meridian_deg = std::nullopt);

}  // namespace kuangxun::geo
