#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "app/facts/fact.h"
#include "db/base/calendar.h"
#include "db/history/record_store.h"

namespace kuangxun::facts {

// The merge groups that people dispute, by record.
class DisputeIndex {
 public:
  DisputeIndex() = default;
  explicit DisputeIndex(const std::vector<history::Dispute>& disputes);
  bool has(const Uuid& record, records::GroupNumber group) const { return groups_.contains({record, group}); }

 private:
  std::set<std::pair<Uuid, records::GroupNumber>> groups_;
};

// What verdicts are made from, read once. Voided records are left out; one that is voided by one person and edited by
// another stays, with all its facts disputed.
struct Registers {
  Day on = 0;
  DisputeIndex disputes;
  std::vector<records::Record> counties;
  std::vector<records::Record> mines;
  std::vector<records::Record> explorations;
  std::vector<records::Record> projects;
  std::vector<records::Record> units;
  std::vector<records::Record> key_projects;
  std::vector<records::Record> closed_mines;
  std::vector<records::Record> minimum_scales;
  std::vector<records::Record> restoration_statuses;
  std::vector<records::Record> plan_targets;
  std::vector<records::Record> annual_returns;
  std::vector<records::Record> fund_entries;
  std::vector<records::Record> approved_plans;
  std::vector<records::Record> grant_contracts;
  std::vector<records::Record> green_listings;
  std::vector<records::Record> mine_stages;
  std::vector<records::Record> county_years;
};
// With `only`, a place other than the county: of the places just that one (none when it is of another kind), so that
// one place costs the same however many there are.
Result<Registers> read_registers(history::RecordReader& store, Day on, const std::optional<Uuid>& only = std::nullopt);

// The restoration status observed last on or before the day, by unit; of one day, the one recorded last. Points into
// the registers.
using StatusIndex = std::map<Uuid, const records::Record*>;
StatusIndex newest_statuses(const Registers& registers, bool with_examples);

bool is_marked_example(const records::Record& record);

// A field as a fact: unknown when it is empty or disputed.
FactValue fact_of(const records::Record& record, std::string_view field_name, const DisputeIndex& disputes);
std::string dispute_note();

// Writes facts by name; a name that facts.csv does not have is passed over, so that a county may drop what it never
// asks.
class FactWriter {
 public:
  FactWriter(const FactDictionary& dictionary, FactSet& facts) : dictionary_(dictionary), facts_(facts) {}
  void set(std::string_view name, FactValue value);
  // From a field of the same type; brings decimals to the fact's scale.
  void copy(std::string_view name, const records::Record& record, std::string_view field_name,
            const DisputeIndex& disputes);
  FactValue get(std::string_view name) const;

 private:
  const FactDictionary& dictionary_;
  FactSet& facts_;
};

}  // namespace kuangxun::facts
