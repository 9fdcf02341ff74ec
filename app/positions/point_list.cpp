#include "app/positions/point_list.h"

#include "app/geo/position_text.h"
#include "app/licence/boundaries.h"
#include "app/licence/heights.h"
#include "app/pages/fields.h"
#include "db/language/language.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/enumerations.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"

namespace kuangxun::positions {
namespace {

namespace kinds = records::kinds;
namespace purposes = records::point_purpose;
using blocks::Tone;
using records::Record;

constexpr int shown_decimals = 7;

geo::Position position_of(const Record& point) {
  return {point.integer(records::gps_point::latitude_deg), point.integer(records::gps_point::longitude_deg)};
}

std::string title_of(pages::Context& context, const Record& point, std::size_t index) {
  std::string title = point.has(records::gps_point::label) ? point.text(records::gps_point::label)
                                                           : say_with("point {0}", {std::to_string(index + 1)});
  if (point.has(records::gps_point::purpose)) title += " · " + point.display(records::gps_point::purpose);
  if (point.has(records::gps_point::unit)) {
    const auto unit = context.desk().store.read(point.reference(records::gps_point::unit));
    if (unit.ok()) title += " · " + unit->record.name();
  }
  if (pages::is_example(point)) title += say_text(" (example)");
  return title;
}

std::string quality_of(const Record& point) {
  std::string quality;
  for (const auto& field :
       {records::gps_point::accuracy_m, records::gps_point::satellites, records::gps_point::fix_type,
        records::gps_point::averaged_fixes, records::gps_point::source}) {
    if (!point.has(field)) continue;
    if (!quality.empty()) quality += " · ";
    const std::string label(point.kind().field(field).label());
    quality += label + " " + point.display(field);
  }
  if (point.has(records::gps_point::measured_at)) {
    quality += " · " + pages::minute_text(point, records::gps_point::measured_at);
  }
  return quality;
}

std::string elevation_of(pages::Context& context, const pages::VisitFacts& visit, const Record& point) {
  if (point.is_voided() || point.integer(records::gps_point::purpose) != purposes::extraction_area) return {};
  const auto verdict = licence::point_elevation(context.desk().store, point, visit.place.id());
  return verdict.ok() && *verdict ? say_text("Elevation: ") + (*verdict)->reason : std::string();
}

std::string orientation_of(pages::Context& context, const Record& point) {
  std::optional<std::int64_t> accuracy_mm;
  if (point.has(records::gps_point::accuracy_m)) accuracy_mm = point.integer(records::gps_point::accuracy_m) * 10;
  const auto orientation = context.county_lines().at(position_of(point), accuracy_mm);
  return orientation.ok() ? geo::orientation_text(*orientation) : std::string();
}

void add_text(std::string words, Tone tone, blocks::Blocks& part) {
  if (!words.empty()) part += blocks::Text{std::move(words), tone};
}

// Of a benchmark: the height that is known.
void add_known_height(pages::Context& context, const pages::VisitFacts& visit, const inspect::Child& child,
                      const std::string& prefix, blocks::Blocks& part) {
  const Record& point = child.record;
  if (point.integer(records::gps_point::purpose) != purposes::benchmark) return;
  blocks::Columns entries{prefix + "fields", 3, {}};
  for (const std::string field : {"known_height_m", "known_height_uncertainty_m", "known_height_source"}) {
    entries.cells +=
        pages::field_entry(context, &point, pages::address_of(point, field), prefix + field, visit.is_editable(child));
  }
  part += std::move(entries);
}

}  // namespace

blocks::Section point_list(pages::Context& context, const pages::VisitFacts& visit) {
  blocks::Section section{say_text("Points of this visit"), {}};
  const auto line = licence::boundary_of(context.desk().store, visit.place.id());
  std::size_t index = 0;
  for (const inspect::Child* child : visit.children(kinds::gps_point)) {
    const Record& point = child->record;
    const std::string prefix = "visit.point." + std::to_string(index) + ".";
    section.blocks += blocks::Text{title_of(context, point, index++)};
    section.blocks += blocks::Text{geo::format_position_degrees(position_of(point), shown_decimals)};
    add_text(quality_of(point), Tone::muted, section.blocks);
    if (line.ok() && *line) {
      const auto placement = licence::place_point(point, **line);
      if (placement.ok()) add_text(geo::reason_of(*placement), Tone::plain, section.blocks);
    }
    add_text(elevation_of(context, visit, point), Tone::plain, section.blocks);
    add_known_height(context, visit, *child, prefix, section.blocks);
    add_text(orientation_of(context, point), Tone::muted, section.blocks);
    add_text(pages::standing_of(context, *child), Tone::bad, section.blocks);
    section.blocks += pages::void_button(context, point, prefix + "void");
    section.blocks += blocks::Divider{};
  }
  if (index == 0) section.blocks += blocks::Text{say_text("No points yet."), Tone::muted};
  return section;
}

}  // namespace kuangxun::positions
