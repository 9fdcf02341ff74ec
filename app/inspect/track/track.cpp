#include "app/inspect/track/track.h"

#include <algorithm>
#include <map>

#include "app/geo/geodesy.h"
#include "db/records/handles/track_block.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

struct Block {
  records::Record record;
  std::int64_t started_at_ms;
};

bool is_gap(const records::TrackPoint& point) {
  return (point.flags & records::track_flags::gap_before) != 0;
}

// Who entered the block.
Result<Uuid> person_of(history::RecordReader& store, const records::Record& block) {
  const records::FieldDescription& points = *block.kind().find_field(records::track_block::points);
  KX_TRY(operations, store.history(block.id(), points.group));
  return operations.empty() ? Uuid{} : operations.front().person;
}

}  // namespace

double distance_between_m(const records::TrackPoint& from, const records::TrackPoint& to) {
  const auto metres = geo::distance_m({from.latitude_nanodegrees, from.longitude_nanodegrees},
                                      {to.latitude_nanodegrees, to.longitude_nanodegrees});
  return metres.ok() ? *metres : 0;
}

double Track::length_m() const {
  double sum = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (!is_gap(points[i])) sum += distance_between_m(points[i - 1], points[i]);
  }
  return sum;
}

std::size_t Track::gaps() const {
  return static_cast<std::size_t>(std::ranges::count_if(points, is_gap));
}

Result<std::vector<Track>> tracks_of(history::RecordReader& store, const Uuid& visit) {
  KX_TRY(records, store.list_where(kinds::track_block, records::track_block::visit, visit));
  std::vector<Block> blocks;
  for (records::Record& record : records) {
    if (record.is_voided() || !record.has(records::track_block::points) ||
        !record.has(records::track_block::started_at))
      continue;
    const std::int64_t started_at_ms = record.integer(records::track_block::started_at);
    blocks.push_back({std::move(record), started_at_ms});
  }
  // By id where the receiver's clock says the same: ids follow the laptop's.
  std::ranges::sort(blocks, [](const Block& a, const Block& b) {
    return std::pair(a.started_at_ms, a.record.id()) < std::pair(b.started_at_ms, b.record.id());
  });
  std::vector<Track> tracks;
  std::map<Uuid, std::size_t> place;
  for (const Block& block : blocks) {
    const Uuid first = block.record.has(records::track_block::first_block)
                           ? block.record.reference(records::track_block::first_block)
                           : block.record.id();
    if (!place.contains(first)) {
      place[first] = tracks.size();
      tracks.emplace_back().first_block = first;
    }
    Track& track = tracks[place[first]];
    const auto* bytes =
        std::get_if<Bytes>(&block.record.value(*block.record.kind().find_field(records::track_block::points)));
    if (bytes == nullptr) continue;
    auto points = records::decode_track_block(*bytes, block.started_at_ms);
    if (!points.ok()) return points.error().within(block.record.id().text());
    if (track.blocks++ == 0) {
      KX_TRY(person, person_of(store, block.record));
      track.person = person;
    }
    track.is_example = track.is_example || block.record.integer(records::track_block::is_example) != 0;
    track.points.insert(track.points.end(), points->begin(), points->end());
  }
  return tracks;
}

}  // namespace kuangxun::inspect
