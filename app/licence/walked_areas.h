#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/geo/overlap.h"
#include "db/history/record_store.h"

// Walked areas (kind walked-area), and what may be said of one that lies beside a line.
namespace kuangxun::licence {

// As many corners as the field measured_corners holds in any case (24 to 40 bytes each).
constexpr std::size_t area_corners_max = 1500;

// The text of measured_corners: a line a corner, "accuracy in metres, time"; either may be missing.
std::string format_corners(std::span<const geo::MeasuredCorner> corners);
// The outline with these. bad_input when they are not as many as the outline's corners, or the outline is no ring.
Result<std::vector<geo::MeasuredCorner>> corners_of(const records::Record& area);

struct AreaStanding {
  geo::Overlap overlap;
  // A finished sentence. The area's kind decides it: of an extraction area, and of no other, it says how far it lies
  // beyond; what else lies outside is a matter of land-use papers.
  std::string words;
};
// Nothing when the place has no line. A disputed outline or kind gets figures and no verdict.
Result<std::optional<AreaStanding>> area_standing(history::RecordReader& store, const records::Record& area,
                                                  const Uuid& place);

// What is said of a piece of ground of that kind (area_kind or point_purpose) that stands so; `figures` is the
// geometry's own sentence.
std::string standing_words(bool is_extraction, geo::Standing standing, const std::string& figures);

}  // namespace kuangxun::licence
