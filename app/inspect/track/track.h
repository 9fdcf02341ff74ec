#pragma once

#include <vector>

#include "db/history/record_store.h"
#include "db/records/track_block.h"

namespace kuangxun::inspect {

// A track put together from its blocks.
struct Track {
  Uuid first_block;
  Uuid person;  // who recorded it
  std::size_t blocks = 0;
  std::vector<records::TrackPoint> points;
  bool is_example = false;

  // Along the points, without what lies in gaps.
  double length_m() const;
  std::size_t gaps() const;
};

// The tracks of a visit, oldest first, without voided blocks. A block whose points cannot be read (a newer program
// wrote it) is an error that names it.
Result<std::vector<Track>> tracks_of(history::RecordReader& store, const Uuid& visit);

double distance_between_m(const records::TrackPoint& from, const records::TrackPoint& to);

}  // namespace kuangxun::inspect
