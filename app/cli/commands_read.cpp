#include <algorithm>

#include "app/cli/invocation.h"
#include "app/cli/record_json.h"
#include "app/cli/table.h"
#include "app/inspect/dossier.h"
#include "app/inspect/evidence.h"
#include "app/inspect/outside_plan.h"
#include "app/inspect/reference.h"
#include "app/inspect/settle.h"
#include "app/inspect/standing.h"
#include "db/base/csv.h"
#include "db/base/decimal.h"
#include "db/base/language.h"
#include "db/base/text.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/plan_note.h"
#include "db/records/handles/township.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using records::FieldDescription;
using records::FieldType;

std::set<std::string> disputed_names(const history::RecordView& view) {
  std::set<std::string> names;
  for (const records::GroupNumber group : view.disputed) names.insert(inspect::group_name(view.record.kind(), group));
  return names;
}

Result<std::map<Uuid, std::set<std::string>>> disputed_by_record(history::RecordStore& store) {
  std::map<Uuid, std::set<std::string>> by_record;
  KX_TRY(disputes, store.disputes());
  for (const history::Dispute& dispute : disputes) {
    by_record[dispute.record].insert(inspect::group_name(records::kind_of(dispute.kind), dispute.group));
  }
  return by_record;
}

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

// What lists and records show beside the records themselves.
struct Beside {
  std::map<Uuid, std::set<std::string>> disputed;
  inspect::HiddenChanges hidden;
  inspect::PhotoStandings photos;  // only when photos are shown
  people::Names names;
  std::set<Uuid> outside_plan;  // of the records shown
};

Status add_outside_plan(Beside& beside, history::RecordStore& store, const std::vector<records::Record>& records) {
  KX_TRY(outside, inspect::OutsidePlan::read(store));
  for (const records::Record& record : records) {
    if (outside.contains(store, record)) beside.outside_plan.insert(record.id());
  }
  return {};
}

Result<Beside> read_beside(Context& context, history::RecordStore& store, bool with_photos) {
  Beside beside;
  KX_TRY(disputed, disputed_by_record(store));
  beside.disputed = std::move(disputed);
  KX_TRY(hidden, inspect::hidden_changes(store));
  beside.hidden = std::move(hidden);
  KX_TRY(names, people::Names::read(store));
  beside.names = std::move(names);
  if (!with_photos) return beside;
  KX_TRY(photos, context.office.photos());
  beside.photos = std::move(photos);
  return beside;
}

std::string marks_of(const Beside& beside, const records::Record& record) {
  std::vector<std::string> marks;
  if (record.is_voided()) marks.push_back(say_text("作废", "void"));
  if (beside.disputed.contains(record.id())) marks.push_back(say_text("有争议", "disputed"));
  if (beside.hidden.contains(record.id())) marks.push_back(say_text("部分被县里隔离", "partly hidden by the county"));
  if (const auto photo = inspect::standing_of(beside.photos, record)) marks.push_back(inspect::standing_text(*photo));
  if (beside.outside_plan.contains(record.id())) marks.push_back(inspect::outside_plan_mark());
  return join(marks, " ");
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

void print_hidden(std::ostream& out, const people::Names& names, const inspect::HiddenChange& change) {
  const history::Operation& operation = change.operation;
  out << say_with("被县里隔离：{0}  {1}", "hidden by the county: {0}  {1}",
                  {names.who_text(operation.person, operation.id.writer, operation.time.wall_ms),
                   fit_cell(inspect::hidden_text(change), 300)})
      << '\n';
}

Result<int> print_list(Context& context, history::RecordStore& store, const records::KindDescription& kind,
                       const std::vector<records::Record>& records) {
  KX_TRY(beside, read_beside(context, store, kind.number == records::kinds::photo));
  KX_CHECK(add_outside_plan(beside, store, records));
  const auto columns = list_columns(kind, records);
  std::vector<std::string> heading = {say_text("编号", "id"), std::string(kind.label())};
  for (const FieldDescription* field : columns) heading.emplace_back(field->label());
  heading.push_back(say_text("同步", "sync"));
  heading.emplace_back();
  Table table(std::move(heading));
  for (const records::Record& record : records) {
    KX_TRY(state, store.sync_state(record.id()));
    std::vector<std::string> row = {record.id().text(), record.name()};
    for (const FieldDescription* field : columns) row.push_back(record.display(*field));
    row.emplace_back(label_of(state));
    row.push_back(marks_of(beside, record));
    table.add(std::move(row));
  }
  table.print(context.out);
  context.out << say_with("共 {0} 条", "{0} records", {std::to_string(records.size())}) << '\n';
  for (const inspect::HiddenChange* change : wholly_hidden(beside, kind, records)) {
    context.out << change->operation.record.text() << "  ";
    print_hidden(context.out, beside.names, *change);
  }
  return exit_done;
}

// The record as lists and show have it.
JsonValue record_json_beside(const Beside& beside, const Sources& sources, const records::Record& record,
                             history::SyncState state) {
  const auto disputed = beside.disputed.find(record.id());
  JsonValue json = record_json(record, sources.of(record), state,
                               disputed == beside.disputed.end() ? std::set<std::string>() : disputed->second);
  const auto hidden = beside.hidden.find(record.id());
  json.add("hidden", hidden == beside.hidden.end() ? JsonValue::array() : hidden_json(hidden->second, beside.names));
  if (const auto photo = inspect::standing_of(beside.photos, record)) json.add("picture", photo_json(*photo));
  if (beside.outside_plan.contains(record.id())) json.add("outside_plan", JsonValue::boolean(true));
  return json;
}

JsonValue citation_json(const records::Record& citation) {
  JsonValue json = JsonValue::object();
  json.add("field", JsonValue::string_or_null(citation.text(records::citation::field)));
  json.add("printed", JsonValue::string_or_null(citation.text(records::citation::printed)));
  json.add("source", JsonValue::string_or_null(citation.text(records::citation::source)));
  for (const std::string_view name : {"table_number", "row", "column"}) {
    json.add(std::string(name), value_json(citation, *citation.kind().find_field(name)));
  }
  return json;
}

JsonValue note_json(const records::Record& note) {
  JsonValue json = JsonValue::object();
  json.add("topic", JsonValue::string(note.text(records::plan_note::topic)));
  json.add("text", JsonValue::string(note.text(
                       *note.kind().find_field(say(records::plan_note::text_zh, records::plan_note::text_en)))));
  json.add("source", JsonValue::string_or_null(note.text(records::plan_note::source)));
  return json;
}

JsonValue hectares(const std::optional<std::int64_t>& ha_e4) {
  return ha_e4 ? JsonValue::number(format_decimal(*ha_e4, 4)) : JsonValue();
}

JsonValue restoration_json(const inspect::RestorationProgress& progress) {
  JsonValue json = JsonValue::object();
  json.add("own_area_ha", hectares(progress.own_area_ha_e4));
  json.add("finished_ha", hectares(progress.finished_ha_e4));
  json.add("finished_without_area", JsonValue::integer(progress.finished_without_area));
  json.add("plan_target_ha", hectares(progress.plan_target_ha_e4));
  json.add("plan_untreated_ha", hectares(progress.plan_untreated_ha_e4));
  JsonValue units = JsonValue::array();
  for (const inspect::UnitProgress& one : progress.units) {
    JsonValue unit = JsonValue::object();
    unit.add("id", JsonValue::string(one.unit.id().text()));
    unit.add("name", JsonValue::string(one.unit.name()));
    for (const std::string_view name : {"state", "observed_on", "area_ha", "area_method", "area_uncertainty_ha"}) {
      const auto* field = records::kind_of(records::kinds::restoration_status).find_field(name);
      unit.add(std::string(name), one.latest ? value_json(*one.latest, *field) : JsonValue());
    }
    unit.add("disputed", JsonValue::boolean(one.is_disputed));
    units.push(std::move(unit));
  }
  json.add("units", std::move(units));
  return json;
}

JsonValue seal_json(const inspect::Seal& seal, const people::Names& names) {
  JsonValue json = JsonValue::object();
  json.add("person", seal.person.is_nil() ? JsonValue() : JsonValue::string(seal.person.text()));
  json.add("person_name", JsonValue::string_or_null(names.person(seal.person)));
  json.add("device_name", JsonValue::string_or_null(names.device(seal.writer)));
  json.add("time", JsonValue::string(format_instant(seal.time.wall_ms, beijing_offset_min)));
  json.add("personally_signed", JsonValue::boolean(seal.is_personal));
  return json;
}

Result<JsonValue> facts_json(history::RecordStore& store, const Beside& beside, const Sources& sources,
                             const inspect::RecordFacts& facts) {
  JsonValue json = record_json_beside(beside, sources, facts.view.record, facts.view.sync_state);
  if (facts.view.record.kind().number == records::kinds::visit) {
    KX_TRY(seal, inspect::seal_of(store, facts.view.record.id()));
    json.add("seal", seal ? seal_json(*seal, beside.names) : JsonValue());
  }
  JsonValue citations = JsonValue::array();
  for (const auto& citation : facts.citations) citations.push(citation_json(citation));
  json.add("citations", std::move(citations));
  JsonValue notes = JsonValue::array();
  for (const auto& note : facts.notes) notes.push(note_json(note));
  json.add("notes", std::move(notes));
  JsonValue disputes = JsonValue::array();
  for (const auto& dispute : facts.disputes) disputes.push(dispute_json(store, dispute, beside.names));
  json.add("disputes", std::move(disputes));
  JsonValue children = JsonValue::array();
  for (const inspect::Child& child : facts.children) {
    KX_TRY(state, store.sync_state(child.record.id()));
    JsonValue one = record_json_beside(beside, sources, child.record, state);
    one.add("added_after_signing", JsonValue::boolean(child.is_added_after_signing));
    children.push(std::move(one));
  }
  json.add("children", std::move(children));
  if (facts.view.record.kind().is_place) {
    KX_TRY(progress, inspect::restoration_progress(store, facts.view.record));
    json.add("restoration", restoration_json(progress));
  }
  return json;
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

void print_fields(std::ostream& out, const inspect::RecordFacts& facts) {
  const records::Record& record = facts.view.record;
  const auto disputed = disputed_names(facts.view);
  out << record.kind().label() << "  " << fit_cell(record.name(), 100) << "  " << record.id().text() << '\n';
  if (record.is_voided()) {
    out << say_with("已作废：{0}", "voided: {0}", {fit_cell(record.void_reason(), 200)}) << '\n';
  }
  Table table({say_text("字段", "field"), say_text("值", "value"), say_text("原文与出处", "as printed, and where")});
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
      value += say_text("（有争议）", " (disputed)");
    }
    table.add({std::string(field.label()) + " " + std::string(field.name), value, join(printed, "; ")});
  }
  table.print(out, 80);
}

void print_restoration(std::ostream& out, const inspect::RestorationProgress& progress) {
  if (progress.units.empty()) return;
  const auto ha = [](const std::optional<std::int64_t>& e4) { return e4 ? format_decimal(*e4, 4) : std::string("?"); };
  out << say_with(
             "已完工 {0} 公顷，本项目面积 {1} 公顷（规划另载：目标约 {2}，全县未治理 {3}，口径不同，不相加减）",
             "finished {0} ha of its own {1} ha (the plan says beside it: target about {2}, untreated in the county "
             "{3}; other bases, not added up)",
             {ha(progress.finished_ha_e4), ha(progress.own_area_ha_e4), ha(progress.plan_target_ha_e4),
              ha(progress.plan_untreated_ha_e4)})
      << '\n';
  if (progress.finished_without_area > 0) {
    out << say_with("另有 {0} 个完工单元没有面积", "{0} finished units have no area",
                    {std::to_string(progress.finished_without_area)})
        << '\n';
  }
}

void print_dispute(std::ostream& out, const people::Names& names, const history::Dispute& dispute) {
  const records::KindDescription& kind = records::kind_of(dispute.kind);
  const bool is_existence = dispute.group == records::existence_group;
  for (const history::Head& head : dispute.heads) {
    out << "  " << head.id.text() << "  " << names.who_text(head.person, head.id.writer, head.time.wall_ms) << "  "
        << fit_cell(is_existence ? inspect::void_text(head) : inspect::values_text(kind, head), 120) << '\n';
  }
  for (const history::Head& head : dispute.unseen_edits) {
    out << "  " << head.id.text() << "  " << names.who_text(head.person, head.id.writer, head.time.wall_ms) << "  "
        << say_text("不知道作废而修改：", "edited without knowing it was voided: ")
        << fit_cell(inspect::values_text(kind, head), 120) << '\n';
  }
}

void print_seal(std::ostream& out, const inspect::Seal& seal, const people::Names& names) {
  out << say_with("封存：{0}，{1}", "sealed: {0}, {1}",
                  {names.who_text(seal.person, seal.writer, seal.time.wall_ms),
                   seal.is_personal ? say("本人签名", "personally signed")
                                    : say("没有本人签名，只有电脑作证", "not personally signed, on the laptop's word")})
      << '\n';
}

void print_facts(std::ostream& out, const Beside& beside, const inspect::RecordFacts& facts) {
  print_fields(out, facts);
  out << say_with("同步：{0}", "sync: {0}", {label_of(facts.view.sync_state)}) << '\n';
  if (beside.outside_plan.contains(facts.view.record.id())) out << inspect::outside_plan_text() << '\n';
  if (const auto photo = inspect::standing_of(beside.photos, facts.view.record)) {
    out << inspect::standing_text(*photo) << '\n';
  }
  if (const auto hidden = beside.hidden.find(facts.view.record.id()); hidden != beside.hidden.end()) {
    for (const inspect::HiddenChange& change : hidden->second) print_hidden(out, beside.names, change);
  }
  for (const records::Record& note : facts.notes) {
    out << say_text("疑点：", "note: ") << note.text(records::plan_note::topic) << " — "
        << fit_cell(note.text(*note.kind().find_field(say(records::plan_note::text_zh, records::plan_note::text_en))),
                    400)
        << '\n';
  }
  for (const history::Dispute& dispute : facts.disputes) {
    out << say_text("争议：", "dispute: ") << inspect::dispute_id(dispute) << '\n';
    print_dispute(out, beside.names, dispute);
  }
  for (const inspect::Child& child : facts.children) {
    out << "  " << child.record.kind().label() << "  " << fit_cell(child.record.name(), 60) << "  "
        << child.record.id().text();
    if (child.is_added_after_signing) out << "  " << say("签字后补充", "added after signing");
    const std::string marks = marks_of(beside, child.record);
    if (!marks.empty()) out << "  " << marks;
    out << '\n';
  }
}

Result<const records::KindDescription*> kind_named(const std::string& name) {
  if (const auto* kind = records::find_kind(name)) return kind;
  std::vector<std::string> names;
  for (const auto& kind : records::all_kinds()) names.emplace_back(kind.name);
  return Error(ErrorCode::usage,
               say_with("没有“{0}”这类记录；应为 {1}", "there is no kind \"{0}\"; expected one of {1}",
                        {first_code_points(name, 40), join(names, ", ")}));
}

}  // namespace

Result<int> run_list(Context& context) {
  KX_TRY(kind, kind_named(context.invocation.kind));
  KX_TRY(store, context.office.reader());
  KX_TRY(records, store->list(kind->number));
  if (!context.invocation.json) return print_list(context, *store, *kind, records);
  KX_TRY(beside, read_beside(context, *store, kind->number == records::kinds::photo));
  KX_CHECK(add_outside_plan(beside, *store, records));
  KX_TRY(sources, Sources::read(*store));
  JsonValue all = JsonValue::array();
  for (const records::Record& record : records) {
    KX_TRY(state, store->sync_state(record.id()));
    all.push(record_json_beside(beside, sources, record, state));
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
    return Error(ErrorCode::not_found,
                 say_with("{0} 的记录整条被县里隔离：{1}", "the county hides the whole of record {0}: {1}",
                          {id->text(), inspect::hidden_text(hidden->second.front())}));
  }
  KX_TRY(facts, inspect::record_facts(*store, *found));
  KX_CHECK(add_outside_plan(beside, *store, {facts.view.record}));
  std::vector<std::pair<std::string, std::string>> villages;
  const bool is_township = facts.view.record.kind().number == records::kinds::township;
  if (is_township) {
    KX_TRY(known, villages_of(context, facts.view.record));
    villages = std::move(known);
  }
  if (context.invocation.json) {
    KX_TRY(sources, Sources::read(*store));
    KX_TRY(json, facts_json(*store, beside, sources, facts));
    if (is_township) json.add("villages", villages_json(villages));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  print_facts(context.out, beside, facts);
  for (const auto& [code, name] : villages) context.out << "  " << code << "  " << name << '\n';
  if (facts.view.record.kind().number == records::kinds::visit) {
    KX_TRY(seal, inspect::seal_of(*store, *found));
    if (seal) print_seal(context.out, *seal, beside.names);
  }
  if (facts.view.record.kind().is_place) {
    KX_TRY(progress, inspect::restoration_progress(*store, facts.view.record));
    print_restoration(context.out, progress);
  }
  return exit_done;
}

Result<int> run_disputes(Context& context) {
  KX_TRY(store, context.office.reader());
  KX_TRY(disputes, store->disputes());
  KX_TRY(names, people::Names::read(*store));
  if (context.invocation.json) {
    JsonValue all = JsonValue::array();
    for (const history::Dispute& dispute : disputes) all.push(dispute_json(*store, dispute, names));
    context.out << format_json(all) << '\n';
    return disputes.empty() ? exit_done : exit_answer_is_no;
  }
  const std::int64_t now_ms = context.clock().now_ms();
  for (const history::Dispute& dispute : disputes) {
    const auto view = store->read(dispute.record);
    context.out << inspect::dispute_id(dispute) << "  " << fit_cell(view.ok() ? view->record.name() : "", 60) << "  "
                << inspect::group_label(records::kind_of(dispute.kind), dispute.group) << "  "
                << say_with("已 {0}", "for {0}", {inspect::age_text(now_ms - inspect::dispute_began_ms(dispute))})
                << '\n';
    print_dispute(context.out, names, dispute);
  }
  context.out << say_with("未解决的争议：{0}", "open disputes: {0}", {std::to_string(disputes.size())}) << '\n';
  return disputes.empty() ? exit_done : exit_answer_is_no;
}

}  // namespace kuangxun::cli
