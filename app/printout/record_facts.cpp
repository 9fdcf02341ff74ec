#include "app/printout/record_facts.h"

#include <ostream>

#include "app/columns/table.h"
#include "app/inspect/edit/settle.h"
#include "app/inspect/place/outside_plan.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/plan_note.h"

// Records for people.
namespace kuangxun::printout {
namespace {

using records::FieldDescription;

std::set<std::string> disputed_names(const history::RecordView& view) {
  std::set<std::string> names;
  for (const records::GroupNumber group : view.disputed) names.insert(inspect::group_name(view.record.kind(), group));
  return names;
}

Result<std::map<Uuid, std::set<std::string>>> disputed_by_record(history::RecordReader& reader) {
  std::map<Uuid, std::set<std::string>> by_record;
  KX_TRY(disputes, reader.disputes());
  for (const history::Dispute& dispute : disputes) {
    by_record[dispute.record].insert(inspect::group_name(records::kind_of(dispute.kind), dispute.group));
  }
  return by_record;
}

void print_fields(std::ostream& out, const inspect::RecordFacts& facts) {
  const records::Record& record = facts.view.record;
  const auto disputed = disputed_names(facts.view);
  out << record.kind().label() << "  " << columns::fit_cell(record.name(), 100) << "  " << record.id().text() << '\n';
  if (record.is_voided()) {
    out << say_with("voided: {0}", {columns::fit_cell(record.void_reason(), 200)}) << '\n';
  }
  columns::Table table({say_text("field"), say_text("value"), say_text("as printed, and where")});
  for (const FieldDescription& field : record.kind().fields) {
    std::vector<std::string> printed;
    for (const records::Record& citation : facts.citations) {
      if (citation.text(records::citation::field) == field.name) {
        printed.push_back("“" + citation.text(records::citation::printed) + "” " +
                          citation.text(records::citation::source));
      }
    }
    if (!record.has(field) && printed.empty()) continue;
    std::string value = record.display(field);
    if (disputed.contains(inspect::group_name(record.kind(), field.group))) {
      value += say_text(" (disputed)");
    }
    table.add({std::string(field.label()) + " " + std::string(field.name), value, join(printed, "; ")});
  }
  table.print(out, 80);
}

}  // namespace

Result<Beside> read_beside(history::RecordReader& reader) {
  Beside beside;
  KX_TRY(disputed, disputed_by_record(reader));
  beside.disputed = std::move(disputed);
  KX_TRY(hidden, inspect::hidden_changes(reader));
  beside.hidden = std::move(hidden);
  KX_TRY(names, people::Names::read(reader));
  beside.names = std::move(names);
  return beside;
}

Status add_outside_plan(Beside& beside, history::RecordReader& reader, const std::vector<records::Record>& records) {
  KX_TRY(outside, inspect::OutsidePlan::read(reader));
  for (const records::Record& record : records) {
    if (outside.contains(reader, record)) beside.outside_plan.insert(record.id());
  }
  return {};
}

std::string marks_of(const Beside& beside, const records::Record& record) {
  std::vector<std::string> marks;
  if (record.is_voided()) marks.push_back(say_text("void"));
  if (beside.disputed.contains(record.id())) marks.push_back(say_text("disputed"));
  if (beside.hidden.contains(record.id())) marks.push_back(say_text("partly hidden by the county"));
  if (const auto photo = inspect::standing_of(beside.photos, record)) marks.push_back(inspect::standing_text(*photo));
  if (beside.outside_plan.contains(record.id())) marks.push_back(inspect::outside_plan_mark());
  return join(marks, " ");
}

void print_hidden(std::ostream& out, const people::Names& names, const inspect::HiddenChange& change) {
  const history::Operation& operation = change.operation;
  out << say_with("hidden by the county: {0}  {1}",
                  {names.who_text(operation.person, operation.id.writer, operation.time.wall_ms),
                   columns::fit_cell(inspect::hidden_text(change), 300)})
      << '\n';
}

void print_restoration(std::ostream& out, const inspect::RestorationProgress& progress) {
  if (progress.units.empty()) return;
  const auto ha = [](const std::optional<std::int64_t>& e4) { return e4 ? format_decimal(*e4, 4) : std::string("?"); };
  out << say_with(
             "finished {0} ha of its own {1} ha (the plan says beside it: target about {2}, untreated in the county "
             "{3}; other bases, not added up)",
             {ha(progress.finished_ha_e4), ha(progress.own_area_ha_e4), ha(progress.plan_target_ha_e4),
              ha(progress.plan_untreated_ha_e4)})
      << '\n';
  if (progress.finished_without_area > 0) {
    out << say_with("{0} finished units have no area", {std::to_string(progress.finished_without_area)}) << '\n';
  }
}

void print_dispute(std::ostream& out, const people::Names& names, const history::Dispute& dispute) {
  const records::KindDescription& kind = records::kind_of(dispute.kind);
  const bool is_existence = dispute.group == records::existence_group;
  for (const history::Head& head : dispute.heads) {
    out << "  " << head.id.text() << "  " << names.who_text(head.person, head.id.writer, head.time.wall_ms) << "  "
        << columns::fit_cell(is_existence ? inspect::void_text(head) : inspect::values_text(kind, head), 120) << '\n';
  }
  for (const history::Head& head : dispute.unseen_edits) {
    out << "  " << head.id.text() << "  " << names.who_text(head.person, head.id.writer, head.time.wall_ms) << "  "
        << say_text("edited without knowing it was voided: ")
        << columns::fit_cell(inspect::values_text(kind, head), 120) << '\n';
  }
}

void print_seal(std::ostream& out, const inspect::Seal& seal, const people::Names& names) {
  out << say_with("sealed: {0}, {1}", {names.who_text(seal.person, seal.writer, seal.time.wall_ms),
                                       seal.is_personal ? say(in_context("printout", "personally signed"))
                                                        : say("signed by this laptop only, not personally")})
      << '\n';
}

void print_facts(std::ostream& out, const Beside& beside, const inspect::RecordFacts& facts) {
  print_fields(out, facts);
  out << say_with("sync: {0}", {label_of(facts.view.sync_state)}) << '\n';
  if (beside.outside_plan.contains(facts.view.record.id())) out << inspect::outside_plan_text() << '\n';
  if (const auto photo = inspect::standing_of(beside.photos, facts.view.record)) {
    out << inspect::standing_text(*photo) << '\n';
  }
  if (const auto hidden = beside.hidden.find(facts.view.record.id()); hidden != beside.hidden.end()) {
    for (const inspect::HiddenChange& change : hidden->second) print_hidden(out, beside.names, change);
  }
  for (const records::Record& note : facts.notes) {
    out << say_text("note: ") << note.text(records::plan_note::topic) << " — "
        << columns::fit_cell(
               note.text(*note.kind().find_field(either(records::plan_note::text_zh, records::plan_note::text_en))),
               400)
        << '\n';
  }
  for (const history::Dispute& dispute : facts.disputes) {
    out << say_text("dispute: ") << inspect::dispute_id(dispute) << '\n';
    print_dispute(out, beside.names, dispute);
  }
  for (const inspect::Child& child : facts.children) {
    out << "  " << child.record.kind().label() << "  " << columns::fit_cell(child.record.name(), 60) << "  "
        << child.record.id().text();
    if (child.is_added_after_signing) out << "  " << say("added after signing");
    const std::string marks = marks_of(beside, child.record);
    if (!marks.empty()) out << "  " << marks;
    out << '\n';
  }
}

}  // namespace kuangxun::printout
