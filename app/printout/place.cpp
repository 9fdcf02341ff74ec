#include "app/printout/place.h"

#include <ostream>

#include "app/columns/table.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::printout {
namespace {

JsonValue count_json(std::size_t count) {
  return JsonValue::integer(static_cast<std::int64_t>(count));
}

JsonValue visit_json(const inspect::VisitSummary& summary) {
  const records::Record& visit = summary.visit;
  const auto value = [&](const records::FieldHandle& field) {
    return value_json(visit, *visit.kind().find_field(field));
  };
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(visit.id().text()));
  json.add("name", JsonValue::string(visit.name()));
  json.add("state", value(records::visit::state));
  json.add("started_at", value(records::visit::started_at));
  JsonValue officers = JsonValue::array();
  for (const std::string& officer : summary.officers) officers.push(JsonValue::string(officer));
  json.add("officers", std::move(officers));
  json.add("points", count_json(summary.points));
  json.add("photos", count_json(summary.photos));
  json.add("answers", count_json(summary.answers));
  json.add("findings", count_json(summary.findings));
  json.add("voided", JsonValue::boolean(visit.is_voided()));
  return json;
}

std::string visit_line(const Beside& beside, const inspect::VisitSummary& summary) {
  const records::Record& visit = summary.visit;
  std::string line =
      say_with("visit: {0}, {1}, {2}; points {3}, photos {4}, answers {5}, findings {6}",
               {visit.display(records::visit::started_at), visit.display(records::visit::state),
                summary.officers.empty() ? say_text("no officer named") : join(summary.officers, say_text(", ")),
                std::to_string(summary.points), std::to_string(summary.photos), std::to_string(summary.answers),
                std::to_string(summary.findings)});
  line += "  " + visit.id().text();
  const std::string marks = marks_of(beside, visit);
  return marks.empty() ? line : line + "  " + marks;
}

}  // namespace

Result<Place> read_place(history::RecordReader& reader, const Uuid& id) {
  KX_TRY(dossier, inspect::read_dossier(reader, id));
  KX_TRY(beside, read_beside(reader));
  KX_CHECK(add_outside_plan(beside, reader, {dossier.place.view.record}));
  KX_TRY(sources, Sources::read(reader));
  return Place{std::move(dossier), std::move(beside), std::move(sources)};
}

Result<JsonValue> place_json(history::RecordReader& reader, const Place& place) {
  JsonValue json = JsonValue::object();
  KX_TRY(record, facts_json(reader, place.beside, place.sources, place.dossier.place));
  json.add("record", std::move(record));
  JsonValue visits = JsonValue::array();
  for (const inspect::VisitSummary& visit : place.dossier.visits) visits.push(visit_json(visit));
  json.add("visits", std::move(visits));
  JsonValue findings = JsonValue::array();
  for (const records::Record& finding : place.dossier.open_findings) {
    KX_TRY(state, reader.sync_state(finding.id()));
    findings.push(record_json_beside(place.beside, place.sources, finding, state));
  }
  json.add("open_findings", std::move(findings));
  return json;
}

void print_place(std::ostream& out, const Place& place) {
  // Visits stand below, with what was done on each.
  inspect::RecordFacts facts = place.dossier.place;
  std::erase_if(facts.children,
                [](const inspect::Child& child) { return child.record.kind().number == records::kinds::visit; });
  print_facts(out, place.beside, facts);
  for (const inspect::VisitSummary& visit : place.dossier.visits) out << visit_line(place.beside, visit) << '\n';
  if (place.dossier.visits.empty()) out << say_text("no visit yet") << '\n';
  for (const records::Record& finding : place.dossier.open_findings) {
    out << say_text("open finding: ") << columns::fit_cell(finding.name(), 120) << "  " << finding.id().text();
    const std::string marks = marks_of(place.beside, finding);
    out << (marks.empty() ? "" : "  " + marks) << '\n';
  }
  print_restoration(out, place.dossier.restoration);
}

}  // namespace kuangxun::printout
