#include "app/licence/walked_areas.h"

#include <cmath>
#include <cstdlib>

#include "app/licence/boundaries.h"
#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/choices/area_kind.h"
#include "db/records/enumerations.h"
#include "db/records/geometry.h"
#include "db/records/handles/walked_area.h"

namespace kuangxun::licence {
namespace {

constexpr int accuracy_decimals = 2;

Error bad_corners() {
  return Error(ErrorCode::bad_input, phrase("the corners of the walked area do not fit "
                                            "its outline"));
}

Status read_corner(std::string_view line, geo::MeasuredCorner& corner) {
  const std::vector<std::string_view> cells = split(line, ',');
  if (cells.size() != 2) return bad_corners();
  if (!cells[0].empty()) {
    KX_TRY(accuracy, parse_decimal(cells[0], accuracy_decimals));
    if (accuracy < 0) return bad_corners();
    corner.accuracy_m = static_cast<double>(accuracy) / 100;
  }
  if (!cells[1].empty()) {
    KX_TRY(time, parse_instant(cells[1]));
    corner.time_ms = time.utc_ms;
  }
  return {};
}

}  // namespace

std::string format_corners(std::span<const geo::MeasuredCorner> corners) {
  std::string text;
  for (const geo::MeasuredCorner& corner : corners) {
    // Upward: what is kept is never better than what was measured.
    if (corner.accuracy_m) {
      text += format_decimal(static_cast<std::int64_t>(std::ceil(*corner.accuracy_m * 100 - 1e-6)), accuracy_decimals);
    }
    text += ",";
    if (corner.time_ms) text += format_instant(*corner.time_ms, 0);
    text += "\n";
  }
  return text;
}

Result<std::vector<geo::MeasuredCorner>> corners_of(const records::Record& area) {
  const auto* wkb = std::get_if<Bytes>(&area.value(records::walked_area::outline));
  if (wkb == nullptr) return bad_corners();
  KX_TRY(polygon, records::decode_polygon(*wkb));
  if (polygon.rings.size() != 1) return bad_corners();
  std::vector<geo::MeasuredCorner> corners;
  for (const records::Position& position : polygon.rings.front()) {
    corners.push_back({{position.latitude_nanodegrees, position.longitude_nanodegrees}, {}, {}});
  }
  if (!area.has(records::walked_area::measured_corners)) return corners;
  const std::string text = area.text(records::walked_area::measured_corners);
  std::size_t count = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    if (count == corners.size()) return bad_corners();
    KX_CHECK(read_corner(trim(line), corners[count++]));
  }
  if (count != corners.size()) return bad_corners();
  return corners;
}

std::string standing_words(bool is_extraction, geo::Standing standing, const std::string& figures) {
  const std::string where = standing == geo::Standing::inside ? say_text("within the licence")
                            : standing == geo::Standing::outside
                                ? is_extraction ? say_text("the measured extraction reaches beyond the licence")
                                                : say_text("beyond the licence: check the land-use papers")
                                : say_text(
                                      "it cannot be determined whether it is "
                                      "within the licence");
  std::string words = where + say_text(": ") + figures;
  if (is_extraction && standing == geo::Standing::outside) {
    words += say_text("; whether this is mining beyond the boundary is for the competent office to find");
  }
  if (is_extraction) words += say_text("; of the surface only, underground cannot be determined");
  return words;
}

Result<std::optional<AreaStanding>> area_standing(history::RecordReader& store, const records::Record& area,
                                                  const Uuid& place) {
  KX_TRY(boundary, boundary_of(store, place));
  if (!boundary) return std::optional<AreaStanding>();
  // Reckoned anew each time: the line may have been entered, or corrected, after the area was walked.
  KX_TRY(corners, corners_of(area));
  KX_TRY(overlap, geo::overlap(corners, *boundary));
  KX_TRY(view, store.read(area.id()));
  AreaStanding standing{std::move(overlap), {}};
  const bool is_extraction = area.integer(records::walked_area::area_kind) == records::area_kind::extraction_area;
  if (!view.disputed.empty()) {
    standing.overlap.standing = geo::Standing::cannot_tell;
    standing.words = say_text("the walked area is in dispute: no verdict");
  } else {
    standing.words = standing_words(is_extraction, standing.overlap.standing, standing.overlap.reason);
  }
  return std::optional(std::move(standing));
}

}  // namespace kuangxun::licence
