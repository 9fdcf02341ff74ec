#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/geo/position.h"
#include "db/history/record_store.h"

// The corners of a place's boundaries, and what was seen of the markers (界桩) that stand on them.
namespace kuangxun::licence {

struct Corner {
  Uuid boundary;
  std::int64_t number = 0;  // from 1, over the rings of its boundary as they were entered
  std::string name;         // for people; with the boundary where the place has several
  geo::Position position;
  std::optional<std::int64_t> accuracy_mm;  // radial, 1 sigma
};

// Of the boundaries that stand (not voided), in their order.
Result<std::vector<Corner>> corners_of_place(history::RecordReader& store, const Uuid& place);
// Nothing when no boundary that stands has it.
const Corner* find_corner(const std::vector<Corner>& corners, const Uuid& boundary, std::int64_t number);
// The one that a marker (kind corner-marker) speaks of.
const Corner* corner_of(const std::vector<Corner>& corners, const records::Record& marker);
// bad_input when that boundary is not of that place, or has no such corner.
Status check_corner(history::RecordReader& store, const Uuid& place, const Uuid& boundary, std::int64_t number);

// A marker that was seen in a visit that stands.
struct SeenMarker {
  records::Record marker;
  std::int64_t visited_ms = 0;
};
// All that stand, of the corners of that place; the newest visit first, in it the last one first.
Result<std::vector<SeenMarker>> markers_of_place(history::RecordReader& store, const Uuid& place);
const SeenMarker* newest_of(const std::vector<SeenMarker>& markers, const Corner& corner);

// How far from the corner's coordinates the point lies that was measured at a marker, with both errors; a finished
// clause, empty when nothing was measured.
Result<std::string> offset_text(history::RecordReader& store, const Corner& corner, const records::Record& marker);
// "拐点 3：损坏；实测点离拐点坐标 2.1 m ± 1.5 m；备注". What is in dispute is said to be.
Result<std::string> marker_text(history::RecordReader& store, const std::vector<Corner>& corners,
                                const records::Record& marker);

}  // namespace kuangxun::licence
