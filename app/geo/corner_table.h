#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/geo/position.h"
#include "db/base/result.h"

namespace kuangxun::geo {

// A licence's corner table as it is typed, pasted or exported: a corner a line, columns by comma, semicolon, tab or
// (without those) blanks. With a heading the columns are found by name (圈号 点号 纬度 经度, X Y, 纵坐标 横坐标, ring
// corner latitude longitude); without one the last two are the coordinates and what stands before is ring and number. X
// and Y may come in either order under a heading; without one X, the northing, is first. Rings are told apart by the
// ring's column, or by an empty line. The first corner may be repeated at a ring's end.
struct CornerTable {
  std::vector<std::vector<Position>> rings;
};

// bad_input names the line and what it probably is: not UTF-8, no coordinates, X and Y or latitude and longitude
// swapped, another zone than the line before, a corner over 100 km from the ring's first, too few corners.
Result<CornerTable> read_corner_table(std::string_view text, std::optional<int> central_meridian_deg = std::nullopt);

}  // namespace kuangxun::geo
