#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/geo/position.h"
#include "db/base/csv.h"
#include "db/base/result.h"

namespace kuangxun::geo {

// Where a position lies, about. It has a type of its own, which nothing that judges takes: the lines are far coarser
// than any receiver.
struct Orientation {
  enum class County { inside, outside, cannot_tell };
  County county = County::cannot_tell;
  std::string name;       // of the county it is in, by the lines; empty when they name none, or when it cannot be told
  double distance_m = 0;  // to the county's line, about
};

// The county's line and its neighbours' (assets/orientation), about 100 m coarse.
class CountyLines {
 public:
  static constexpr double coarseness_m = 100;

  static Result<CountyLines> read(const std::filesystem::path& file);
  // bad_input names the row.
  static Result<CountyLines> from(const CsvTable& table);

  // `accuracy_mm`: radial, 1 sigma. Nearer to the line than twice its coarseness and twice that error, it cannot be
  // told. bad_input when the position is out of range.
  Result<Orientation> at(const Position& position, std::optional<std::int64_t> accuracy_mm = std::nullopt) const;

 private:
  struct Point {
    double longitude_deg = 0;
    double latitude_deg = 0;
  };
  struct Ring {
    std::string code;
    std::string name;
    std::vector<Point> points;
  };
  static bool encloses(const Ring& ring, const Point& point);
  static double distance_m(const Ring& ring, const Point& point);

  std::vector<Ring> rings_;
};

// A finished sentence that says how coarse it is and that it judges nothing.
std::string orientation_text(const Orientation& orientation);
// What the data cannot give from coordinates: townships, villages, the 78th regiment. A finished sentence.
std::string orientation_limits_text();

}  // namespace kuangxun::geo
