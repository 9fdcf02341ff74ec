#pragma once

#include <optional>
#include <string_view>

#include "app/geo/position.h"
#include "db/base/result.h"

// Maps on telephones in this country are drawn with positions moved on purpose by hundreds of metres: GCJ-02 (Amap,
// Tencent) and, from it, BD-09 (Baidu). Such positions are no measurement and look like one. Here they are recognised,
// never converted: what they stand for was not measured.
namespace kuangxun::geo {

enum class MapOffset { gcj02, bd09 };

// Where such a map shows a true position. The formulas that are in public use (the official one is secret); they agree
// with the maps to a metre or two. Only within the box of the country, 72.004–137.8347° E, 0.8293–55.8271° N; outside
// nothing is moved.
Position gcj02_of(const Position& position);
Position bd09_of(const Position& position);

// The map whose offset turns `measured` into `given` within `tolerance_m`; nothing when none does, and nothing when the
// two lie within the tolerance anyway.
std::optional<MapOffset> map_offset_between(const Position& measured, const Position& given, double tolerance_m);

// bad_input when a text says of itself that it is of such a map ("GCJ-02", "火星坐标", "BD09", "百度坐标", …).
Status refuse_map_coordinates(std::string_view text);

std::string_view name_of(MapOffset offset);

}  // namespace kuangxun::geo
