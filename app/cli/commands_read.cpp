#include <algorithm>

#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/table.h"
#include "app/inspect/reference.h"
#include "app/inspect/settle.h"
#include "app/inspect/standing.h"
#include "app/printout/record_facts.h"
#include "db/base/csv.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/township.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using printout::Beside;
using printout::Sources;
using records::FieldDescription;
using records::FieldType;

// What fits a line: no long texts, outlines and pointers to other records.
std::vector<const FieldDescription*> list_columns(const records::KindDescription& kind,
                                                  const std::vector<records::Record>& records) {
  constexpr std::size_t columns_max = 7;
  std::vector<const FieldDescription*> columns;
  for (const FieldDescription& field : kind.fields) {
    const bool is_shown = field.type != FieldType::long_text && field.type != FieldType::geometry &&
                          field.type != FieldType::track_points && field.type != FieldType::hash &&
                          field.type != FieldType::reference && field.name != kind.name_field &&
                          !field.name.ends_with("_offset_min");
    const bool is_used = std::ranges::any_of(records, [&](const auto& record) { return record.has(field); });
    if (is_shown && is_used && columns.size() < columns_max) columns.push_back(&field);
  }
  return columns;
}

Result<Beside> read_beside(Context& context, history::RecordReader& store, bool with_photos) {
  KX_TRY(beside, printout::read_beside(store));
  if (!with_photos) return beside;
  KX_TRY(photos, context.office.photos());
  beside.photos = std::move(photos);
  return beside;
}

// Records of a kind of which nothing is shown, because the county hides all of them.
std::vector<const inspect::HiddenChange*> wholly_hidden(const Beside& beside, const records::KindDescription& kind,
                                                        const std::vector<records::Record>& shown) {
  std::set<Uuid> known;
  for (const records::Record& record : shown) known.insert(record.id());
  std::vector<const inspect::HiddenChange*> hidden;
  for (const auto& [record, changes] : beside.hidden) {
    if (changes.front().operation.kind == kind.number && !known.contains(record)) hidden.push_back(&changes.front());
  }
  return hidden;
}

Result<int> print_list(Context& context, history::RecordStore& store, const records::KindDescription& kind,
                       const std::vector<records::Record>& records) {
  KX_TRY(beside, read_beside(context, store, kind.number == records::kinds::photo));
  KX_CHECK(printout::add_outside_plan(beside, store, records));
  const auto columns = list_columns(kind, records);
  std::vector<std::string> heading = {say_text("id"), std::string(kind.label())};
  for (const FieldDescription* field : columns) heading.emplace_back(field->label());
  heading.push_back(say_text("sync"));
  heading.emplace_back();
  Table table(std::move(heading));
  for (const records::Record& record : records) {
    KX_TRY(state, store.sync_state(record.id()));
    std::vector<std::string> row = {record.id().text(), record.name()};
    for (const FieldDescription* field : columns) row.push_back(record.display(*field));
    row.emplace_back(printout::label_of(state));
    row.push_back(printout::marks_of(beside, record));
    table.add(std::move(row));
  }
  table.print(context.out);
  context.out << say_with("{0} records", {std::to_string(records.size())}) << '\n';
  for (const inspect::HiddenChange* change : wholly_hidden(beside, kind, records)) {
    context.out << change->operation.record.text() << "  ";
    printout::print_hidden(context.out, beside.names, *change);
  }
  return exit_done;
}

// By code; the data give no positions. Pairs of code and name.
Result<std::vector<std::pair<std::string, std::string>>> villages_of(Context& context,
                                                                     const records::Record& township) {
  std::vector<std::pair<std::string, std::string>> villages;
  KX_TRY(table, CsvTable::read(context.assets() / "orientation/village.csv"));
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (table.cell(row, "township") != township.text(records::township::code)) continue;
    villages.emplace_back(table.cell(row, "code"), table.cell(row, "name"));
  }
  return villages;
}

JsonValue villages_json(const std::vector<std::pair<std::string, std::string>>& villages) {
  JsonValue all = JsonValue::array();
  for (const auto& [code, name] : villages) {
    JsonValue one = JsonValue::object();
    one.add("code", JsonValue::string(code));
    one.add("name", JsonValue::string(name));
    all.push(std::move(one));
  }
  return all;
}

Result<const records::KindDescription*> kind_named(const std::string& name) {
  if (const auto* kind = records::find_kind(name)) return kind;
  std::vector<std::string> names;
  for (const auto& kind : records::all_kinds()) names.emplace_back(kind.name);
  return Error(ErrorCode::usage, phrase("there is no kind \"{0}\"; expected one of {1}",
                                        {first_code_points(name, 40), join(names, ", ")}));
}

}  // namespace

Result<int> run_list(Context& context) {
  KX_TRY(kind, kind_named(context.invocation.kind));
  KX_TRY(store, context.office.reader());
  KX_TRY(records, store->list(kind->number));
  if (!context.invocation.json) return print_list(context, *store, *kind, records);
  KX_TRY(beside, read_beside(context, *store, kind->number == records::kinds::photo));
  KX_CHECK(printout::add_outside_plan(beside, *store, records));
  KX_TRY(sources, Sources::read(*store));
  JsonValue all = JsonValue::array();
  for (const records::Record& record : records) {
    KX_TRY(state, store->sync_state(record.id()));
    all.push(printout::record_json_beside(beside, sources, record, state));
  }
  context.out << format_json(all) << '\n';
  return exit_done;
}

Result<int> run_show(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(beside, read_beside(context, *store, true));
  const auto found = inspect::find_record(*store, context.invocation.id, {});
  if (!found.ok()) {
    // The county may hide all of it; then it is said why.
    const auto id = parse_uuid(context.invocation.id);
    const auto hidden = id.ok() ? beside.hidden.find(*id) : beside.hidden.end();
    if (hidden == beside.hidden.end()) return found.error();
    return Error(ErrorCode::not_found, phrase("the county hides the whole of record {0}: {1}",
                                              {id->text(), inspect::hidden_text(hidden->second.front())}));
  }
  KX_TRY(facts, inspect::record_facts(*store, *found));
  KX_CHECK(printout::add_outside_plan(beside, *store, {facts.view.record}));
  std::vector<std::pair<std::string, std::string>> villages;
  const bool is_township = facts.view.record.kind().number == records::kinds::township;
  if (is_township) {
    KX_TRY(known, villages_of(context, facts.view.record));
    villages = std::move(known);
  }
  if (context.invocation.json) {
    KX_TRY(sources, Sources::read(*store));
    KX_TRY(json, printout::facts_json(*store, beside, sources, facts));
    if (is_township) json.add("villages", villages_json(villages));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  printout::print_facts(context.out, beside, facts);
  for (const auto& [code, name] : villages) context.out << "  " << code << "  " << name << '\n';
  if (facts.view.record.kind().number == records::kinds::visit) {
    KX_TRY(seal, inspect::seal_of(*store, *found));
    if (seal) printout::print_seal(context.out, *seal, beside.names);
  }
  if (facts.view.record.kind().is_place) {
    KX_TRY(progress, inspect::restoration_progress(*store, facts.view.record));
    printout::print_restoration(context.out, progress);
  }
  return exit_done;
}

Result<int> run_disputes(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(disputes, store->disputes());
  KX_TRY(names, people::Names::read(*store));
  if (context.invocation.json) {
    JsonValue all = JsonValue::array();
    for (const history::Dispute& dispute : disputes) all.push(printout::dispute_json(*store, dispute, names));
    context.out << format_json(all) << '\n';
    return disputes.empty() ? exit_done : exit_answer_is_no;
  }
  const std::int64_t now_ms = context.clock().now_ms();
  for (const history::Dispute& dispute : disputes) {
    const auto view = store->read(dispute.record);
    context.out << inspect::dispute_id(dispute) << "  " << fit_cell(view.ok() ? view->record.name() : "", 60) << "  "
                << inspect::group_label(records::kind_of(dispute.kind), dispute.group) << "  "
                << say_with("for {0}", {inspect::age_text(now_ms - inspect::dispute_began_ms(dispute))}) << '\n';
    printout::print_dispute(context.out, names, dispute);
  }
  context.out << say_with("open disputes: {0}", {std::to_string(disputes.size())}) << '\n';
  return disputes.empty() ? exit_done : exit_answer_is_no;
}

}  // namespace kuangxun::cli
