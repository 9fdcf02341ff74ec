#include "db/records/track_block.h"

#include <array>
#include <cassert>

#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/track_column.h"

namespace kuangxun::records {
namespace {

// On disk for ever.
constexpr std::uint8_t block_version = 1;
enum class Column : std::uint8_t {
  marks = 1,
  time = 2,
  latitude = 3,
  longitude = 4,
  fix_quality = 5,
  satellites = 6,
  height = 7,
  accuracy = 8,
};
constexpr std::size_t columns_known = 8;
// The marks of a point: which of its numbers are there, then its flags.
constexpr std::int64_t has_height = 1;
constexpr std::int64_t has_accuracy = 2;
constexpr int flags_shift = 2;

constexpr std::int64_t degree = 1'000'000'000;
constexpr std::int64_t hundred_km_mm = 100'000'000;

constexpr std::array<ColumnRange, columns_known + 1> ranges = {{
    {},
    {0, (std::int64_t{0xffff} << flags_shift) | has_accuracy | has_height},
    {-limits::track_block_span_ms_max, limits::track_block_span_ms_max},
    {-90 * degree, 90 * degree},
    {-180 * degree, 180 * degree},
    {0, 0xff},
    {0, 0xff},
    {-hundred_km_mm, hundred_km_mm},
    {0, hundred_km_mm},
}};
const ColumnRange& range_of(Column column) {
  return ranges[static_cast<std::size_t>(column)];
}

bool is_instant(std::int64_t time_ms) {
  return time_ms >= first_instant_ms && time_ms <= last_instant_ms;
}

std::int64_t marks_of(const TrackPoint& point) {
  return (std::int64_t{point.flags} << flags_shift) | (point.accuracy_mm.has_value() ? has_accuracy : 0) |
         (point.ellipsoidal_height_mm.has_value() ? has_height : 0);
}

// The values of each column that is there; left out are columns of nothing but zeros that a reader fills in again.
using Columns = std::array<std::vector<std::int64_t>, columns_known + 1>;

std::vector<std::int64_t>& of(Columns& columns, Column column) {
  return columns[static_cast<std::size_t>(column)];
}

struct BlockBytes {
  std::size_t count = 0;
  std::array<std::optional<ColumnBytes>, columns_known + 1> columns;
};

Result<BlockBytes> take_apart(ByteView bytes) {
  if (bytes.size() > limits::track_block_bytes_max) return not_track_points("size");
  if (bytes.empty() || bytes.front() == 0) return not_track_points("header");
  if (bytes.front() > block_version) {
    return Error(ErrorCode::newer_version, phrase("the track points were written by a newer program; upgrade this "
                                                  "one"));
  }
  bytes = bytes.subspan(1);
  BlockBytes block;
  KX_TRY(count, take_number(bytes));
  if (count == 0 || count > limits::track_block_points_max) return not_track_points("count");
  block.count = static_cast<std::size_t>(count);
  std::uint64_t last = 0;
  while (!bytes.empty()) {
    KX_TRY(column, take_column(bytes));
    if (column.column <= last) return not_track_points("columns");
    last = column.column;
    if (last <= columns_known) block.columns[static_cast<std::size_t>(last)] = column;
  }
  return block;
}

// A column of `count` values, or of zeros when it was left out.
Result<std::vector<std::int64_t>> read_column(const BlockBytes& block, Column column, std::size_t count) {
  const auto& found = block.columns[static_cast<std::size_t>(column)];
  if (found.has_value()) return decode_column(*found, count, range_of(column));
  return std::vector<std::int64_t>(count);
}

std::size_t count_marked(const std::vector<std::int64_t>& marks, std::int64_t bit) {
  std::size_t count = 0;
  for (const std::int64_t mark : marks) count += (mark & bit) != 0 ? 1U : 0U;
  return count;
}

Result<Columns> read_columns(const BlockBytes& block) {
  Columns columns;
  for (const Column needed : {Column::time, Column::latitude, Column::longitude}) {
    if (!block.columns[static_cast<std::size_t>(needed)].has_value()) return not_track_points("columns");
  }
  for (const Column column :
       {Column::marks, Column::time, Column::latitude, Column::longitude, Column::fix_quality, Column::satellites}) {
    KX_TRY(values, read_column(block, column, block.count));
    of(columns, column) = std::move(values);
  }
  for (const auto& [column, bit] : {std::pair(Column::height, has_height), std::pair(Column::accuracy, has_accuracy)}) {
    const std::size_t count = count_marked(of(columns, Column::marks), bit);
    if (block.columns[static_cast<std::size_t>(column)].has_value() != (count > 0)) return not_track_points("columns");
    KX_TRY(values, read_column(block, column, count));
    of(columns, column) = std::move(values);
  }
  return columns;
}

}  // namespace

bool fits_track_block(const TrackPoint& point, std::int64_t started_at_ms) {
  return is_instant(started_at_ms) && is_instant(point.time_ms) &&
         range_of(Column::time).has(point.time_ms - started_at_ms) &&
         range_of(Column::latitude).has(point.latitude_nanodegrees) &&
         range_of(Column::longitude).has(point.longitude_nanodegrees) &&
         range_of(Column::height).has(point.ellipsoidal_height_mm.value_or(0)) &&
         range_of(Column::accuracy).has(point.accuracy_mm.value_or(0));
}

Bytes encode_track_block(std::span<const TrackPoint> points, std::int64_t started_at_ms) {
  assert(!points.empty() && points.size() <= limits::track_block_points_max);
  Columns columns;
  for (const TrackPoint& point : points) {
    assert(fits_track_block(point, started_at_ms));
    of(columns, Column::marks).push_back(marks_of(point));
    of(columns, Column::time).push_back(point.time_ms - started_at_ms);
    of(columns, Column::latitude).push_back(point.latitude_nanodegrees);
    of(columns, Column::longitude).push_back(point.longitude_nanodegrees);
    of(columns, Column::fix_quality).push_back(point.fix_quality);
    of(columns, Column::satellites).push_back(point.satellites);
    if (point.ellipsoidal_height_mm) of(columns, Column::height).push_back(*point.ellipsoidal_height_mm);
    if (point.accuracy_mm) of(columns, Column::accuracy).push_back(*point.accuracy_mm);
  }
  Bytes bytes = {block_version};
  append_number(bytes, points.size());
  for (std::size_t column = 1; column <= columns_known; ++column) {
    if (!columns[column].empty()) append_column(bytes, column, columns[column]);
  }
  return bytes;
}

Result<std::vector<TrackPoint>> decode_track_block(ByteView bytes, std::int64_t started_at_ms) {
  if (!is_instant(started_at_ms)) return not_track_points("start");
  KX_TRY(block, take_apart(bytes));
  KX_TRY(columns, read_columns(block));
  std::vector<TrackPoint> points(block.count);
  auto height = of(columns, Column::height).begin();
  auto accuracy = of(columns, Column::accuracy).begin();
  for (std::size_t i = 0; i < points.size(); ++i) {
    TrackPoint& point = points[i];
    const std::int64_t marks = of(columns, Column::marks)[i];
    point.time_ms = started_at_ms + of(columns, Column::time)[i];
    point.latitude_nanodegrees = of(columns, Column::latitude)[i];
    point.longitude_nanodegrees = of(columns, Column::longitude)[i];
    if ((marks & has_height) != 0) point.ellipsoidal_height_mm = *height++;
    if ((marks & has_accuracy) != 0) point.accuracy_mm = *accuracy++;
    point.fix_quality = static_cast<std::uint8_t>(of(columns, Column::fix_quality)[i]);
    point.satellites = static_cast<std::uint8_t>(of(columns, Column::satellites)[i]);
    point.flags = static_cast<std::uint16_t>(marks >> flags_shift);
  }
  return points;
}

}  // namespace kuangxun::records
