#include "app/printout/record_facts.h"
#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/plan_note.h"
#include "db/records/kinds.h"

// Records for scripts.
namespace kuangxun::printout {
namespace {

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
                       *note.kind().find_field(either(records::plan_note::text_zh, records::plan_note::text_en)))));
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

}  // namespace

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

Result<JsonValue> facts_json(history::RecordReader& reader, const Beside& beside, const Sources& sources,
                             const inspect::RecordFacts& facts) {
  JsonValue json = record_json_beside(beside, sources, facts.view.record, facts.view.sync_state);
  if (facts.view.record.kind().number == records::kinds::visit) {
    KX_TRY(seal, inspect::seal_of(reader, facts.view.record.id()));
    json.add("seal", seal ? seal_json(*seal, beside.names) : JsonValue());
  }
  JsonValue citations = JsonValue::array();
  for (const auto& citation : facts.citations) citations.push(citation_json(citation));
  json.add("citations", std::move(citations));
  JsonValue notes = JsonValue::array();
  for (const auto& note : facts.notes) notes.push(note_json(note));
  json.add("notes", std::move(notes));
  JsonValue disputes = JsonValue::array();
  for (const auto& dispute : facts.disputes) disputes.push(dispute_json(reader, dispute, beside.names));
  json.add("disputes", std::move(disputes));
  JsonValue children = JsonValue::array();
  for (const inspect::Child& child : facts.children) {
    KX_TRY(state, reader.sync_state(child.record.id()));
    JsonValue one = record_json_beside(beside, sources, child.record, state);
    one.add("added_after_signing", JsonValue::boolean(child.is_added_after_signing));
    children.push(std::move(one));
  }
  json.add("children", std::move(children));
  if (facts.view.record.kind().is_place) {
    KX_TRY(progress, inspect::restoration_progress(reader, facts.view.record));
    json.add("restoration", restoration_json(progress));
  }
  return json;
}

}  // namespace kuangxun::printout
