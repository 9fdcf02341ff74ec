#include <algorithm>

#include "app/geo/position_text.h"
#include "app/report/sections.h"
#include "app/report/words.h"
#include "db/base/text.h"
#include "db/language/language.h"

// What was measured, answered, found and photographed on the site.
namespace kuangxun::report {
namespace {

// Printed digits: 1 cm. The record keeps 9.
constexpr int printed_decimals = 7;

std::string or_dash(const std::string& text) {
  return text.empty() ? std::string("—") : text;
}

std::string coordinate_text(geo::Axis axis, std::int64_t nanodegrees) {
  return geo::format_degrees(axis, nanodegrees, printed_decimals) + "\n" + geo::format_dms(axis, nanodegrees);
}

std::string with_detail(const std::optional<Decimal>& value, std::string_view unit, const std::string& detail) {
  if (!value) return "—";
  return decimal_text(*value) + " " + std::string(unit) + (detail.empty() ? "" : "\n" + detail);
}

typeset::Row reading_row(const std::string& name, const PositionReading& reading, const Standing& standing) {
  return standing_row(
      {name, coordinate_text(geo::Axis::latitude, reading.position.latitude_nanodegrees),
       coordinate_text(geo::Axis::longitude, reading.position.longitude_nanodegrees),
       with_detail(reading.height_m, "m", reading.height_datum),
       with_detail(reading.accuracy_m, "m", reading.accuracy_basis),
       reading.satellites ? std::to_string(*reading.satellites) : "—",
       reading.measured_at ? short_time_text(*reading.measured_at) : "—",
       or_dash(reading.source) + (reading.coordinate_system.empty() ? "" : "\n") + reading.coordinate_system},
      standing);
}

// A disputed point gets a row for each reading: its parts belong together.
void add_position(typeset::Table& table, const PositionRow& position) {
  std::string name = cell_text(position.label);
  if (!is_blank(position.purpose)) name += "\n" + cell_text(position.purpose);
  if (position.reading.empty()) {
    table.rows.push_back(
        standing_row({name, not_recorded(), not_recorded(), "—", "—", "—", "—", "—"}, position.standing));
  }
  for (const auto& head : position.reading.heads) {
    std::string row_name = name;
    if (position.reading.disputed()) {
      row_name += "\n" + (head.by.empty() ? say_text("disputed, not settled")
                                          : say_with("disputed, not settled: entered by {0}", {head.by}));
    }
    table.rows.push_back(reading_row(row_name, head.value, position.standing));
  }
}

typeset::Table comparison_table(const Checklist& checklist) {
  typeset::Table table{.columns = {{say_text("Item"), 3.4},
                                   {say_text("Licence says"), 3},
                                   {say_text("Published"), 3},
                                   {say_text("Seen on site"), 3},
                                   {say_text("Consistent?"), 2.1},
                                   {say_text("Remark, evidence"), 3}}};
  for (const ChecklistItem& item : checklist.items) {
    std::string remark = is_blank(item.remark) ? std::string() : cell_text(item.remark);
    if (!item.evidence.empty()) remark += (remark.empty() ? "" : "\n") + item.evidence;
    table.rows.push_back(standing_row(
        {item.number + (item.number.empty() ? "" : " ") + item.question, cell_text(item.licence_says),
         cell_text(item.published), cell_text(item.seen_on_site), entry_text(item.answer), or_dash(remark)},
        item.standing));
  }
  return table;
}

typeset::Table question_table(const Checklist& checklist) {
  typeset::Table table{
      .columns = {
          {say_text("Item"), 6}, {say_text("Answer"), 2}, {say_text("Remark"), 5}, {say_text("Evidence"), 2.6}}};
  for (const ChecklistItem& item : checklist.items) {
    table.rows.push_back(standing_row({item.number + (item.number.empty() ? "" : " ") + item.question,
                                       entry_text(item.answer), cell_text(item.remark), or_dash(item.evidence)},
                                      item.standing));
  }
  return table;
}

std::string clause_text(const FindingRow& finding) {
  if (is_blank(finding.rule)) return cell_text(finding.clause);
  if (is_blank(finding.clause)) return cell_text(finding.rule);
  return cell_text(finding.rule) + "\n" + cell_text(finding.clause);
}

std::string area_text(const RestorationArea& area) {
  std::string text = decimal_text(area.area_ha);
  if (area.uncertainty_ha) text += "\n±" + decimal_text(*area.uncertainty_ha);
  return text + "\n" + area_method_text(area.method);
}

std::string number_text(const Entry<Decimal>& entry) {
  return entry_text(entry, "—", decimal_text);
}

typeset::Row restoration_row(const RestorationRow& row) {
  std::string unit = row.unit;
  if (!row.project.empty()) unit = row.project + "\n" + unit;
  return standing_row({unit, entry_text(row.state), entry_text(row.area, "—", area_text),
                       number_text(row.soil_thickness_cm), number_text(row.slope_deg), number_text(row.cover_percent),
                       entry_text(row.observed_on, "—", format_day), or_dash(row.evidence)},
                      row.standing);
}

typeset::Row photo_row(const PhotoRow& photo) {
  constexpr std::size_t short_hash_digits = 12;
  std::string proves = cell_text(photo.proves);
  if (!is_blank(photo.original_carrier)) {
    proves += say_with("\noriginal carrier: {0}", {cell_text(photo.original_carrier)});
  }
  return standing_row(
      {photo.number, proves, entry_text(photo.taken_at, not_recorded(), short_time_text), entry_text(photo.taken_by),
       or_dash(photo.file_name) + "\n" + photo.sha256.text().substr(0, short_hash_digits)},
      photo.standing);
}

std::string photo_count_text(const VisitRecord& record) {
  const auto voided = std::count_if(record.photos.begin(), record.photos.end(),
                                    [](const PhotoRow& photo) { return photo.standing.is_voided; });
  const std::string count = std::to_string(record.photos.size());
  const std::string note = say_text("The first 12 digits of the SHA-256 are printed; the record has all of it.");
  if (voided == 0) return say_with("{0} in all. {1}", {count, note});
  return say_with("{0} in all, {1} of them voided. {2}", {count, std::to_string(voided), note});
}

typeset::Pictures thumbnails(const VisitRecord& record) {
  typeset::Pictures pictures;
  for (const PhotoRow& photo : record.photos) {
    if (photo.thumbnail.empty()) continue;
    std::string caption = standing_text(photo.standing) + say_with("Photo {0}", {photo.number});
    if (!is_blank(photo.proves)) caption += say_text(" - ") + cell_text(photo.proves);
    pictures.pictures.push_back({photo.thumbnail, std::move(caption)});
  }
  return pictures;
}

}  // namespace

void write_summary(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text(in_context("report", "What was seen")));
  document.add_paragraph(entry_text(record.summary));
}

void write_positions(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Positions"));
  if (record.positions.empty()) {
    document.add_paragraph(say_text("No position was recorded."));
    return;
  }
  document.add_note(say_text("Coordinates are printed to 7 decimals (about 1 cm) and as degrees, minutes and seconds; "
                             "how far to trust them is said by the accuracy, not by the digits."),
                    true);
  typeset::Table table{.columns = {{say_text("Label, purpose"), 15},
                                   {say_text("Latitude"), 16},
                                   {say_text("Longitude"), 16},
                                   {say_text("Height"), 13},
                                   {say_text("Accuracy"), 10},
                                   {say_text("Sat."), 5},
                                   {say_text("Time"), 12},
                                   {say_text("Source"), 13}},
                       .size_pt = 8};
  for (const PositionRow& position : record.positions) add_position(table, position);
  document.add(std::move(table));
}

void write_checklists(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Checklist answers"));
  if (record.checklists.empty()) {
    document.add_paragraph(say_text("No checklist was used."));
  }
  for (const Checklist& checklist : record.checklists) {
    typeset::Paragraph title{.text = checklist.title, .keep_with_next = true};
    title.style = {.size_pt = 9.5, .bold = true, .family = typeset::Family::sans};
    if (!checklist.version.empty()) title.text += say_with(" (version {0})", {checklist.version});
    document.add(std::move(title));
    document.add(checklist.shape == ChecklistShape::licence_comparison ? comparison_table(checklist)
                                                                       : question_table(checklist));
  }
}

void write_findings(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Findings"));
  if (record.findings.empty()) {
    document.add_paragraph(say_text("No finding was recorded."));
    return;
  }
  typeset::Table table{.columns = {{say_text("No."), 1.2, typeset::Align::center},
                                   {say_text("Finding"), 8},
                                   {say_text("Clause"), 4},
                                   {say_text("Evidence"), 2.6}},
                       .size_pt = 9};
  int number = 0;
  for (const FindingRow& finding : record.findings) {
    typeset::Row row =
        standing_row({cell_text(finding.text), clause_text(finding), or_dash(finding.evidence)}, finding.standing);
    row.cells.insert(row.cells.begin(), typeset::Cell{.text = std::to_string(++number)});
    table.rows.push_back(std::move(row));
  }
  document.add(std::move(table));
}

void write_restorations(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Restoration status"));
  if (record.restorations.empty()) {
    document.add_paragraph(say_text("No restoration status was recorded."));
    return;
  }
  typeset::Table table{.columns = {{say_text("Unit"), 20},
                                   {say_text("Status"), 11},
                                   {say_text("Area (ha)"), 12},
                                   {say_text("Soil (cm)"), 8.5},
                                   {say_text("Slope (°)"), 8.5},
                                   {say_text("Cover (%)"), 8.5},
                                   {say_text("Date"), 12.5},
                                   {say_text("Evidence"), 12}}};
  for (const RestorationRow& row : record.restorations) {
    table.rows.push_back(restoration_row(row));
    const auto add_below = [&](std::string text) {
      table.rows.back().keep_with_next = true;
      table.rows.push_back({.cells = {{.text = std::move(text), .span = 8}}});
    };
    if (!row.asked.empty()) {
      add_below(say_with("Asked by the plan: {0}", {join(row.asked, "\n")}));
    }
    if (!is_blank(row.remark)) add_below(say_with("Remark: {0}", {cell_text(row.remark)}));
  }
  document.add(std::move(table));
}

void write_photos(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text(in_context("report/sections_site", "Photos")));
  if (record.photos.empty()) {
    document.add_paragraph(say_text("None."));
    return;
  }
  document.add_note(photo_count_text(record), true);
  typeset::Table table{.columns = {{say_text(in_context("report", "No.")), 1.6, typeset::Align::center},
                                   {say_text("What it proves"), 6},
                                   {say_text("Taken"), 3.4},
                                   {say_text("Taken by"), 2.6},
                                   {say_text("File, SHA-256"), 4.4}}};
  for (const PhotoRow& photo : record.photos) table.rows.push_back(photo_row(photo));
  document.add(std::move(table));
  typeset::Pictures pictures = thumbnails(record);
  if (!pictures.pictures.empty()) document.add(std::move(pictures));
}

}  // namespace kuangxun::report
