#include "app/report/sections.h"
#include "app/report/words.h"
#include "db/language/language.h"

namespace kuangxun::report {
namespace {

std::string reading_text(const WalkedAreaReading& reading) {
  std::string text = decimal_text(reading.area_ha);
  if (reading.uncertainty_ha) text += " ± " + decimal_text(*reading.uncertainty_ha);
  if (reading.perimeter_m) text += say_with("\n{0} m round", {decimal_text(*reading.perimeter_m)});
  return text + (reading.is_of_track ? say_text("\nof a track") : say_text("\nof points"));
}

typeset::Row area_row(const WalkedAreaRow& row) {
  std::string name = cell_text(row.kind);
  if (!is_blank(row.label)) name += "\n" + cell_text(row.label);
  return standing_row({name, entry_text(row.reading, not_recorded(), reading_text),
                       row.outside.empty() ? std::string("—") : row.outside, row.words},
                      row.standing);
}

}  // namespace

void write_areas(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Walked areas"));
  if (record.areas.empty()) {
    document.add_paragraph(say_text("No area was walked."));
    return;
  }
  document.add_note(
      say_text("Areas are on the CGCS2000 ellipsoid; errors are one sigma, of receiver and corners. How an "
               "area stands to the line is a check by the program, not a conclusion."),
      true);
  typeset::Table table{.columns = {{say_text("Kind, label"), 3},
                                   {say_text(in_context("report", "Area (ha)")), 3.4},
                                   {say_text("Outside (ha), share"), 3.4},
                                   {say_text("How it stands to the line"), 7}}};
  for (const WalkedAreaRow& area : record.areas) table.rows.push_back(area_row(area));
  document.add(std::move(table));
}

void write_markers(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Boundary markers"));
  if (record.markers.empty()) {
    document.add_paragraph(say_text("No marker was recorded."));
    return;
  }
  typeset::Table table{.columns = {{say_text("Corner"), 3},
                                   {say_text("State"), 2.2},
                                   {say_text("Measured position"), 5},
                                   {say_text("Remark"), 4.2},
                                   {say_text("Evidence"), 2.2}}};
  for (const CornerMarkerRow& marker : record.markers) {
    table.rows.push_back(standing_row(
        {marker.corner, entry_text(marker.state), marker.position.empty() ? say_text("not measured") : marker.position,
         cell_text(marker.note), marker.evidence.empty() ? std::string("—") : marker.evidence},
        marker.standing));
  }
  document.add(std::move(table));
}

}  // namespace kuangxun::report
