#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/cli/typed_position.h"
#include "app/geo/county_lines.h"
#include "app/geo/grid_text.h"
#include "app/geo/position_text.h"
#include "app/json/json_value.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr int shown_decimals = 9;
constexpr double border_margin_deg = 0.25;  // some 20 km: people on either side write in the other's zone

struct GridLine {
  std::string name;
  geo::Zone zone;
  geo::GridPosition grid;
};

Result<std::vector<GridLine>> grid_lines(const geo::Position& position) {
  std::vector<GridLine> lines;
  for (const geo::ZoneWidth width : {geo::ZoneWidth::three_degrees, geo::ZoneWidth::six_degrees}) {
    const auto zones = geo::zones_near(width, position, border_margin_deg);
    if (!zones.ok()) continue;  // not in this country: degrees are shown alone
    for (const geo::Zone& zone : *zones) {
      KX_TRY(grid, geo::project(position, zone.central_meridian_deg()));
      lines.push_back(
          {say_with("{0}° zone {1}", {std::to_string(static_cast<int>(width)), std::to_string(zone.number)}), zone,
           grid});
    }
  }
  return lines;
}

JsonValue grid_json(const std::vector<GridLine>& lines) {
  JsonValue grids = JsonValue::array();
  for (const GridLine& line : lines) {
    JsonValue one = JsonValue::object();
    one.add("zone_width_deg", JsonValue::integer(static_cast<int>(line.zone.width)));
    one.add("zone", JsonValue::integer(line.zone.number));
    one.add("central_meridian_deg", JsonValue::integer(line.zone.central_meridian_deg()));
    one.add("northing_m", JsonValue::fixed(line.grid.northing_m, 4));
    one.add("easting_m", JsonValue::fixed(geo::prefixed_easting_m(line.zone, line.grid.easting_m), 4));
    grids.push(std::move(one));
  }
  return grids;
}

std::string county_name(geo::Orientation::County county) {
  switch (county) {
    case geo::Orientation::County::inside:
      return "inside";
    case geo::Orientation::County::outside:
      return "outside";
    case geo::Orientation::County::cannot_tell:
      break;
  }
  return "unknown";
}

JsonValue orientation_json(const geo::Orientation& orientation) {
  JsonValue json = JsonValue::object();
  json.add("county", JsonValue::string(county_name(orientation.county)));
  json.add("in_county_named", JsonValue::string_or_null(orientation.name));
  json.add("distance_to_line_m", JsonValue::fixed(orientation.distance_m, 0));
  json.add("coarseness_m", JsonValue::fixed(geo::CountyLines::coarseness_m, 0));
  json.add("township", JsonValue());  // the data have no positions of townships
  json.add("for_orientation_only", JsonValue::boolean(true));
  json.add("text", JsonValue::string(geo::orientation_text(orientation)));
  return json;
}

struct Coordinates final : Command {
  std::string position_text;
  std::string meridian;

  void describe(WordList& words) override {
    words.about(say_text("a coordinate in all its forms: degrees, seconds, Gauss–Krüger of 3° and 6°"));
    take_position(words, position_text);
    take_meridian(words, meridian);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(meridian_deg, read_meridian(meridian));
    KX_TRY(position, read_any_position(position_text, meridian_deg));
    KX_TRY(lines, grid_lines(position));
    KX_TRY(county_lines, geo::CountyLines::read(context.assets() / "orientation/county-line.csv"));
    KX_TRY(orientation, county_lines.at(position));
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("latitude_deg", JsonValue::decimal(position.latitude_nanodegrees, shown_decimals));
      json.add("longitude_deg", JsonValue::decimal(position.longitude_nanodegrees, shown_decimals));
      json.add("dms", JsonValue::string(geo::format_position_dms(position)));
      json.add("grids", grid_json(lines));
      json.add("orientation", orientation_json(orientation));
      context.out << json::format_json(json) << '\n';
      return exit_done;
    }
    context.out << geo::format_position_degrees(position, shown_decimals) << '\n'
                << geo::format_position_dms(position) << '\n';
    for (const GridLine& line : lines) {
      context.out << line.name << say_text(": ") << geo::format_grid(line.zone, line.grid) << '\n';
    }
    context.out << say_text("CGCS2000; at metre level the same as WGS 84, nothing is transformed\n")
                << geo::orientation_text(orientation) << '\n'
                << geo::orientation_limits_text() << '\n';
    return exit_done;
  }
};

const Registered<Coordinates> registered("coordinates", 400);

}  // namespace
}  // namespace kuangxun::cli
