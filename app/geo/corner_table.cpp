#include "app/geo/corner_table.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/geo/geodesy.h"
#include "app/geo/grid_text.h"
#include "app/geo/map_offset.h"
#include "app/geo/position_text.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

// A table is believed only where nothing in it speaks against it. What offices mix up (X and Y, latitude and longitude,
// zones, a digit) gives a place just as well, only elsewhere: so it is refused as what it probably is, with its line.
namespace kuangxun::geo {
namespace {

constexpr double far_m = 100'000;  // the county is 150 km long, no licence a tenth of that
constexpr std::size_t corners_of_ring_min = 3;

enum class Column { ring, number, latitude, longitude, northing, easting, other };
struct Heading {
  std::string_view word;
  Column column;
};
constexpr std::array<Heading, 24> headings = {
    {{"圈号", Column::ring},           {"区块", Column::ring},      {"圈", Column::ring},
     {"ring", Column::ring},           {"part", Column::ring},      {"点号", Column::number},
     {"序号", Column::number},         {"拐点", Column::number},    {"corner", Column::number},
     {"point", Column::number},        {"no", Column::number},      {"纬度", Column::latitude},
     {"latitude", Column::latitude},   {"lat", Column::latitude},   {"经度", Column::longitude},
     {"longitude", Column::longitude}, {"lon", Column::longitude},  {"纵坐标", Column::northing},
     {"北坐标", Column::northing},     {"横坐标", Column::easting}, {"东坐标", Column::easting},
     {"x", Column::northing},          {"y", Column::easting},      {"标高", Column::other}}};

Error bad_line(std::size_t line, const Words& what) {
  return Error(ErrorCode::bad_input, phrase("line {0}: {1}", {std::to_string(line), what}));
}

std::vector<std::string> cells_of(std::string_view line) {
  // Blanks last: a line that has another mark may hold them inside its cells.
  char separator = ' ';
  for (const char candidate : {'\t', ';', ','}) {
    if (line.find(candidate) != std::string_view::npos) {
      separator = candidate;
      break;
    }
  }
  std::vector<std::string> cells;
  for (const std::string_view part : split(line, separator)) {
    std::string cell(trim(part));
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    if (separator != ' ' || !cell.empty()) cells.push_back(std::move(cell));
  }
  return cells;
}

std::optional<Column> column_named(const std::string& cell) {
  const std::string name = lower_ascii(cell);
  for (const Heading& heading : headings) {
    // Latin words stand at the beginning ("X(m)", "lat."), Chinese ones anywhere ("北纬纬度").
    const bool is_latin = static_cast<unsigned char>(heading.word.front()) < 0x80;
    const std::size_t at = name.find(heading.word);
    if (is_latin ? at == 0 : at != std::string::npos) return heading.column;
  }
  return std::nullopt;
}

// Which cell is what; empty when the line is no heading.
std::vector<Column> read_heading(const std::vector<std::string>& cells) {
  std::vector<Column> columns;
  std::size_t named = 0;
  for (const std::string& cell : cells) {
    const auto column = column_named(cell);
    if (column) ++named;
    columns.push_back(column.value_or(Column::other));
  }
  // A title may hold one such word; two make a heading.
  return named >= 2 ? columns : std::vector<Column>();
}

bool looks_like_degrees(const std::string& cell) {
  return parse_coordinate(Axis::longitude, cell).ok() || parse_coordinate(Axis::latitude, cell).ok();
}

class Reader {
 public:
  explicit Reader(std::optional<int> central_meridian_deg) : central_meridian_deg_(central_meridian_deg) {}

  Status take(std::size_t line_number, std::string_view line) {
    line_ = line_number;
    if (trim(line).empty()) return end_ring();
    const std::vector<std::string> cells = cells_of(line);
    if (columns_.empty() && corners_ == 0) {
      columns_ = read_heading(cells);
      if (!columns_.empty()) return {};
    }
    return columns_.empty() ? take_plain(cells) : take_named(cells);
  }
  Result<CornerTable> finish() {
    KX_CHECK(end_ring());
    if (!table_.rings.empty()) return std::move(table_);
    return Error(ErrorCode::bad_input, phrase("the table holds no corners"));
  }

 private:
  Status take_plain(const std::vector<std::string>& cells) {
    if (cells.size() < 2) return bad_line(line_, phrase("coordinates are missing"));
    const std::string& first = cells[cells.size() - 2];
    const std::string& second = cells[cells.size() - 1];
    if (cells.size() >= 4) KX_CHECK(begin_ring(cells.front()));
    return looks_like_degrees(second) ? take_degrees(first, second) : take_grid(first, second);
  }

  Status take_named(const std::vector<std::string>& cells) {
    std::array<std::string, 7> by_column;
    for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
      by_column[static_cast<std::size_t>(columns_[i])] = cells[i];
    }
    const auto cell = [&](Column column) -> const std::string& { return by_column[static_cast<std::size_t>(column)]; };
    if (!cell(Column::ring).empty()) KX_CHECK(begin_ring(cell(Column::ring)));
    if (!cell(Column::latitude).empty() && !cell(Column::longitude).empty()) {
      return take_degrees(cell(Column::latitude), cell(Column::longitude));
    }
    if (!cell(Column::northing).empty() && !cell(Column::easting).empty()) {
      return take_grid(cell(Column::northing), cell(Column::easting));
    }
    return bad_line(line_, phrase("coordinates are missing"));
  }

  Status begin_ring(const std::string& name) {
    if (name == ring_name_) return {};
    const bool is_first = ring_name_.empty() && ring_.empty();
    ring_name_ = name;
    return is_first ? Status() : end_ring();
  }

  Status take_degrees(const std::string& latitude, const std::string& longitude) {
    const auto north = parse_coordinate(Axis::latitude, latitude);
    const auto east = parse_coordinate(Axis::longitude, longitude);
    if (north.ok() && east.ok() && *east<60 * nanodegrees_per_degree&& * north> 60 * nanodegrees_per_degree) {
      return bad_line(line_, swapped());
    }
    if (!north.ok()) {
      const auto turned = parse_coordinate(Axis::latitude, longitude);
      const bool is_turned = turned.ok() && parse_coordinate(Axis::longitude, latitude).ok();
      return bad_line(line_, is_turned ? swapped() : north.error().words());
    }
    if (!east.ok()) return bad_line(line_, east.error().words());
    return add({*north, *east});
  }

  Status take_grid(const std::string& northing, const std::string& easting) {
    const auto position = parse_grid(northing, easting, central_meridian_deg_);
    if (!position.ok()) return bad_line(line_, position.error().words());
    const auto whole = easting.find('.') == std::string::npos ? easting : easting.substr(0, easting.find('.'));
    const std::string zone = whole.size() >= 8 ? whole.substr(0, whole.size() - 6) : std::string();
    if (corners_ > 0 && zone != zone_) {
      return bad_line(line_, phrase("zone \"{0}\" differs from \"{1}\" before: one "
                                    "table has one zone",
                                    {zone, zone_}));
    }
    zone_ = zone;
    return add(*position);
  }

  Status add(const Position& position) {
    if (++corners_ > limits::ring_points_max) {
      return bad_line(line_, phrase("there are too many corners"));
    }
    if (!ring_.empty()) {
      KX_TRY(away_m, distance_m(ring_.front(), position));
      if (away_m > far_m) {
        return bad_line(line_, phrase("{0} km from the ring's first corner: probably mistyped",
                                      {std::to_string(static_cast<long>(away_m / 1000))}));
      }
      if (ring_.back() == position) {
        return bad_line(line_, phrase("the same corner as the one before"));
      }
    }
    ring_.push_back(position);
    return {};
  }

  Status end_ring() {
    if (ring_.empty()) return {};
    if (ring_.size() > 1 && ring_.front() == ring_.back()) ring_.pop_back();
    if (ring_.size() < corners_of_ring_min) {
      return bad_line(line_, phrase("the ring that ends here has {0} corners, at least 3 are needed",
                                    {std::to_string(ring_.size())}));
    }
    table_.rings.push_back(std::move(ring_));
    ring_.clear();
    return {};
  }

  static std::string swapped() { return say_text("latitude and longitude seem to be swapped"); }

  std::optional<int> central_meridian_deg_;
  CornerTable table_;
  std::vector<Position> ring_;
  std::vector<Column> columns_;
  std::string ring_name_;
  std::string zone_;
  std::size_t corners_ = 0;
  std::size_t line_ = 0;
};

}  // namespace

Result<CornerTable> read_corner_table(std::string_view text, std::optional<int> central_meridian_deg) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (!is_clean_utf8(text)) {
    return Error(ErrorCode::bad_input, phrase("the file is not UTF-8 (perhaps GBK): save it as \"CSV UTF-8\""));
  }
  KX_CHECK(refuse_map_coordinates(text));
  Reader reader(central_meridian_deg);
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    KX_CHECK(reader.take(++number, line));
  }
  return reader.finish();
}

}  // namespace kuangxun::geo
