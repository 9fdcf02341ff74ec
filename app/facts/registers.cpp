#include "app/facts/registers.h"

#include <cassert>

#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/kinds.h"

namespace kuangxun::facts {

using history::RecordReader;
using records::Record;

DisputeIndex::DisputeIndex(const std::vector<history::Dispute>& disputes) {
  for (const auto& dispute : disputes) groups_.emplace(dispute.record, dispute.group);
}

// Those that are void stay only while somebody disputes it.
static void erase_fallen(std::vector<Record>& records, const DisputeIndex& disputes) {
  std::erase_if(records, [&](const Record& record) {
    return record.is_voided() && !disputes.has(record.id(), records::existence_group);
  });
}

static Result<std::vector<Record>> standing(RecordReader& store, records::KindNumber kind,
                                            const DisputeIndex& disputes) {
  KX_TRY(all, store.list(kind));
  erase_fallen(all, disputes);
  return all;
}

// What is asked about one place; nothing when the county as a whole is meant.
static Result<std::optional<Record>> place_asked_for(RecordReader& store, const std::optional<Uuid>& only) {
  if (!only) return std::optional<Record>();
  KX_TRY(view, store.read(*only));
  if (view.record.kind().number == records::kinds::county) return std::optional<Record>();
  return std::optional(std::move(view.record));
}

Result<Registers> read_registers(RecordReader& store, Day on, const std::optional<Uuid>& only) {
  namespace kinds = records::kinds;
  Registers registers;
  registers.on = on;
  KX_TRY(disputes, store.disputes());
  registers.disputes = DisputeIndex(disputes);
  KX_TRY(place, place_asked_for(store, only));
  const std::pair<records::KindNumber, std::vector<Record>*> places[] = {
      {kinds::county, &registers.counties},
      {kinds::mining_right, &registers.mines},
      {kinds::exploration_right, &registers.explorations},
      {kinds::restoration_project, &registers.projects},
      {kinds::restoration_unit, &registers.units},
      {kinds::closed_mine, &registers.closed_mines},
  };
  for (const auto& [kind, target] : places) {
    if (place && place->kind().number != kind) continue;
    if (place) {
      target->push_back(*place);
      erase_fallen(*target, registers.disputes);
      continue;
    }
    KX_TRY(found, standing(store, kind, registers.disputes));
    *target = std::move(found);
  }
  const std::pair<records::KindNumber, std::vector<Record>*> tables[] = {
      {kinds::key_project, &registers.key_projects},
      {kinds::minimum_scale, &registers.minimum_scales},
      {kinds::restoration_status, &registers.restoration_statuses},
      {kinds::plan_target, &registers.plan_targets},
      {kinds::annual_return, &registers.annual_returns},
      {kinds::fund_entry, &registers.fund_entries},
      {kinds::approved_plan, &registers.approved_plans},
      {kinds::grant_contract, &registers.grant_contracts},
      {kinds::green_listing, &registers.green_listings},
      {kinds::mine_stage, &registers.mine_stages},
      {kinds::county_year, &registers.county_years},
  };
  for (const auto& [kind, target] : tables) {
    KX_TRY(found, standing(store, kind, registers.disputes));
    *target = std::move(found);
  }
  return registers;
}

bool is_marked_example(const Record& record) {
  const auto* field = record.kind().find_field(records::common::is_example);
  if (field == nullptr) return false;
  const auto* number = std::get_if<std::int64_t>(&record.value(*field));
  return number != nullptr && *number != 0;
}

StatusIndex newest_statuses(const Registers& registers, bool with_examples) {
  StatusIndex newest;
  for (const auto& status : registers.restoration_statuses) {
    // A disputed status stands in its place by the day shown; its facts are unknown, an older one does not step in.
    if (!status.has(records::restoration_status::observed_on) ||
        status.integer(records::restoration_status::observed_on) > registers.on)
      continue;
    if (!with_examples && is_marked_example(status)) continue;
    auto& held = newest[status.reference(records::restoration_status::unit)];
    if (held == nullptr || held->integer(records::restoration_status::observed_on) <=
                               status.integer(records::restoration_status::observed_on))
      held = &status;
  }
  return newest;
}

std::string dispute_note() {
  return say_text("there is an open dispute on it");
}

FactValue fact_of(const Record& record, std::string_view field_name, const DisputeIndex& disputes) {
  const auto* field = record.kind().find_field(field_name);
  assert(field != nullptr);
  if (disputes.has(record.id(), field->group) || disputes.has(record.id(), records::existence_group)) {
    FactValue disputed = FactValue::unknown(dispute_note());
    disputed.is_disputed = true;
    return disputed;
  }
  const auto& value = record.value(*field);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return FactValue::of(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return FactValue::of_text(*text);
  return {};
}

void FactWriter::set(std::string_view name, FactValue value) {
  if (const auto* definition = dictionary_.find(name)) facts_[definition->index] = std::move(value);
}

void FactWriter::copy(std::string_view name, const Record& record, std::string_view field_name,
                      const DisputeIndex& disputes) {
  const auto* definition = dictionary_.find(name);
  if (definition == nullptr) return;
  FactValue value = fact_of(record, field_name, disputes);
  const int field_scale = record.kind().find_field(field_name)->scale;
  if (value.is_known && definition->type == FactType::number && definition->scale > field_scale) {
    value.number *= power_of_ten(definition->scale - field_scale);
  } else if (value.is_known && definition->scale < field_scale) {
    value = FactValue::unknown(say_text("facts.csv gives it too few decimals"));
  }
  facts_[definition->index] = std::move(value);
}

FactValue FactWriter::get(std::string_view name) const {
  const auto* definition = dictionary_.find(name);
  return definition == nullptr ? FactValue() : facts_[definition->index];
}

}  // namespace kuangxun::facts
