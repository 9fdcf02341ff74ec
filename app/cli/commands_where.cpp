#include <cmath>
#include <cstdio>

#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/typed_position.h"
#include "app/geo/county_lines.h"
#include "app/geo/grid_text.h"
#include "app/geo/position_text.h"
#include "app/inspect/actions.h"
#include "app/inspect/reference.h"
#include "app/licence/boundaries.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"

// Where: coordinates in all their forms, boundaries, and how a point stands to them.
namespace kuangxun::cli {
namespace {

namespace kinds = records::kinds;

constexpr int shown_decimals = 9;
constexpr double border_margin_deg = 0.25;  // some 20 km: people on either side write in the other's zone

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

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
    one.add("northing_m", JsonValue::number(fixed(line.grid.northing_m, 4)));
    one.add("easting_m", JsonValue::number(fixed(geo::prefixed_easting_m(line.zone, line.grid.easting_m), 4)));
    grids.push(std::move(one));
  }
  return grids;
}

std::string standing_text(geo::Standing standing) {
  switch (standing) {
    case geo::Standing::inside:
      return say_text("inside");
    case geo::Standing::outside:
      return say_text("outside");
    case geo::Standing::cannot_tell:
      break;
  }
  return say_text("cannot be determined");
}

struct Asked {
  geo::Position position;
  std::optional<std::int64_t> accuracy_mm;
};

// A point of the store with the accuracy it was measured with, or coordinates with what --accuracy says.
Result<Asked> read_asked(Context& context, history::RecordStore& store) {
  const Invocation& invocation = context.invocation;
  Asked asked;
  if (const auto id = parse_uuid(invocation.position); id.ok()) {
    KX_TRY(found, inspect::find_record(store, invocation.position, {kinds::gps_point}));
    KX_TRY(view, store.read(found));
    if (!view.record.has(records::gps_point::latitude_deg)) {
      return Error(ErrorCode::bad_input, phrase("this point has no coordinates"));
    }
    asked.position = {view.record.integer(records::gps_point::latitude_deg),
                      view.record.integer(records::gps_point::longitude_deg)};
    if (view.record.has(records::gps_point::accuracy_m))
      asked.accuracy_mm = view.record.integer(records::gps_point::accuracy_m) * 10;
    return asked;
  }
  KX_TRY(meridian_deg, read_meridian(invocation.meridian));
  KX_TRY(position, read_any_position(invocation.position, meridian_deg));
  asked.position = position;
  KX_TRY(accuracy_mm, read_accuracy_mm(invocation.accuracy));
  asked.accuracy_mm = accuracy_mm;
  return asked;
}

JsonValue placement_json(const geo::Placement& placement) {
  JsonValue json = JsonValue::object();
  json.add("standing", JsonValue::string(geo::name_of(placement.standing)));
  json.add("distance_m", JsonValue::number(fixed(placement.distance_m, 3)));
  json.add("is_at_least", JsonValue::boolean(placement.is_at_least));
  json.add("probability_inside",
           placement.probability_inside ? JsonValue::number(fixed(*placement.probability_inside, 4)) : JsonValue());
  json.add("reason", JsonValue::string(reason_of(placement)));
  return json;
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
  json.add("distance_to_line_m", JsonValue::number(fixed(orientation.distance_m, 0)));
  json.add("coarseness_m", JsonValue::number(fixed(geo::CountyLines::coarseness_m, 0)));
  json.add("township", JsonValue());  // the data have no positions of townships
  json.add("for_orientation_only", JsonValue::boolean(true));
  json.add("text", JsonValue::string(geo::orientation_text(orientation)));
  return json;
}

}  // namespace

Result<int> run_coordinates(Context& context) {
  KX_TRY(meridian_deg, read_meridian(context.invocation.meridian));
  KX_TRY(position, read_any_position(context.invocation.position, meridian_deg));
  KX_TRY(lines, grid_lines(position));
  KX_TRY(county_lines, geo::CountyLines::read(context.assets() / "orientation/county-line.csv"));
  KX_TRY(orientation, county_lines.at(position));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("latitude_deg", JsonValue::number(format_decimal(position.latitude_nanodegrees, shown_decimals)));
    json.add("longitude_deg", JsonValue::number(format_decimal(position.longitude_nanodegrees, shown_decimals)));
    json.add("dms", JsonValue::string(geo::format_position_dms(position)));
    json.add("grids", grid_json(lines));
    json.add("orientation", orientation_json(orientation));
    context.out << format_json(json) << '\n';
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

Result<int> run_boundary_add(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(store, context.office.writer());
  KX_TRY(place, inspect::find_record(*store, invocation.id, {}));
  inspect::Request request{place, {}, {}, invocation.file, {}};
  for (const auto& [name, text] :
       {std::pair("corner_accuracy_m", invocation.accuracy), std::pair("source", invocation.source),
        std::pair("elevation_bottom_m", invocation.bottom), std::pair("elevation_top_m", invocation.top),
        std::pair("central_meridian_deg", invocation.meridian)}) {
    if (!text.empty()) request.fields.push_back({name, text});
  }
  inspect::Desk desk = context.desk(*store);
  KX_TRY(id, inspect::run_action(desk, "boundary.add", request));
  KX_TRY(boundary, licence::boundary_of(*store, place));
  KX_TRY(area_m2, boundary->area_m2());
  constexpr double square_metres_per_hectare = 10'000;
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("id", JsonValue::string(id.text()));
    json.add("rings", JsonValue::integer(static_cast<std::int64_t>(boundary->rings().size())));
    json.add("area_ha", JsonValue::number(fixed(area_m2 / square_metres_per_hectare, 4)));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  context.out << say_with("boundary {0} is recorded: {1} rings now, {2} ha together",
                          {id.text(), std::to_string(boundary->rings().size()),
                           fixed(area_m2 / square_metres_per_hectare, 4)})
              << '\n';
  return exit_done;
}

Result<int> run_boundary_where(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(place, inspect::find_record(*store, context.invocation.id, {}));
  KX_TRY(boundary, licence::boundary_of(*store, place));
  if (!boundary) {
    return Error(ErrorCode::not_found, phrase("this place has no boundary yet; enter its corner table with boundary "
                                              "add"));
  }
  KX_TRY(asked, read_asked(context, *store));
  KX_TRY(placement, geo::place(asked.position, asked.accuracy_mm, *boundary));
  if (context.invocation.json) {
    context.out << format_json(placement_json(placement)) << '\n';
  } else {
    context.out << standing_text(placement.standing) << say_text(": ") << reason_of(placement) << '\n';
  }
  return placement.standing == geo::Standing::outside ? exit_answer_is_no : exit_done;
}

}  // namespace kuangxun::cli
