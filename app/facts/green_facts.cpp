#include "app/facts/green_facts.h"

#include <algorithm>
#include <array>

#include "db/language/language.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_score.h"
#include "db/records/handles/green_tier.h"
#include "db/records/handles/mining_right.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::facts {
namespace {

namespace kinds = records::kinds;
using records::Record;

constexpr std::int64_t answer_yes = 1;
constexpr std::int64_t answer_no = 2;

// The facts that preconditions ask for (assets/green/preconditions.csv); an assessment says nothing about others.
constexpr std::array<std::string_view, 10> answered_facts = {
    "business_licence_is_valid",  "safety_licence_is_valid", "is_free_of_penalties",      "penalties_are_rectified",
    "is_free_of_major_accidents", "disclosure_is_done",      "is_free_of_irregularities", "operates_normally",
    "is_outside_protected_areas", "mining_licence_is_valid"};
constexpr std::string_view figure_fact = "remaining_life_years";
constexpr std::string_view licence_fact = "mining_licence_is_valid";

Status collect(history::RecordReader& store, const records::ReferenceHandle& owner,
               const std::optional<records::NumberHandle>& day, const Registers& registers,
               std::map<Uuid, std::vector<Record>>& into) {
  KX_TRY(all, store.list(owner.kind));
  for (Record& record : all) {
    const bool is_standing = !record.is_voided() || registers.disputes.has(record.id(), records::existence_group);
    if (!is_standing || !record.has(owner)) continue;
    if (day && (!record.has(*day) || record.integer(*day) > registers.on)) continue;
    into[record.reference(owner)].push_back(std::move(record));
  }
  if (!day) return {};
  for (auto& [id, records] : into) {
    std::ranges::sort(records, [&](const Record& a, const Record& b) {
      return a.integer(*day) != b.integer(*day) ? a.integer(*day) > b.integer(*day) : a.id() > b.id();
    });
  }
  return {};
}

std::string day_text(const Record& record, const records::NumberHandle& field) {
  return format_day(record.integer(field));
}

FactValue tier_of(const std::vector<Record>& tiers, const Registers& registers) {
  const Record& newest = tiers.front();
  FactValue tier = fact_of(newest, records::green_tier::tier, registers.disputes);
  if (!tier.is_known) return tier;
  for (const Record& other : tiers) {
    if (other.integer(records::green_tier::decided_on) != newest.integer(records::green_tier::decided_on)) break;
    if (other.integer(records::green_tier::tier) == newest.integer(records::green_tier::tier)) continue;
    return FactValue::unknown(
        say_with("set in two ways on {0}; the office says which", {day_text(newest, records::green_tier::decided_on)}));
  }
  tier.is_example = is_marked_example(newest);
  tier.note = say_with("set on {0} by {1}: {2}",
                       {day_text(newest, records::green_tier::decided_on), newest.text(records::green_tier::decided_by),
                        newest.text(records::green_tier::reason)});
  return tier;
}

// One record's word; nothing when it says neither yes nor no and gives no figure.
std::optional<FactValue> said_by(const Record& score, bool is_figure, const Registers& registers) {
  const FactValue given = fact_of(score, is_figure ? "figure" : "answer", registers.disputes);
  if (given.is_disputed) return given;
  if (!given.is_known) return std::nullopt;
  if (is_figure) return FactValue::of(given.number);
  if (given.number != answer_yes && given.number != answer_no) return std::nullopt;
  return FactValue::of(given.number == answer_yes ? 1 : 0);
}

// The newest assessment that says something decides; unequal words in one leave it unknown.
FactValue answer_of(std::string_view fact, const std::vector<Record>& assessments, const GreenRecords& green,
                    const Registers& registers) {
  for (const Record& assessment : assessments) {
    const auto scores = green.scores.find(assessment.id());
    if (scores == green.scores.end()) continue;
    std::optional<FactValue> found;
    for (const Record& score : scores->second) {
      if (score.text(records::green_score::item) != fact) continue;
      std::optional<FactValue> said = said_by(score, fact == figure_fact, registers);
      if (!said) continue;
      said->is_example = is_marked_example(score) || is_marked_example(assessment);
      if (found && (found->is_known != said->is_known || found->number != said->number)) {
        return FactValue::unknown(say_text("the entries of one assessment differ"));
      }
      found = std::move(said);
    }
    if (!found) continue;
    if (found->is_known) {
      found->note = say_with("from the green-mine assessment of {0}",
                             {day_text(assessment, records::green_assessment::assessed_on)});
    }
    return *found;
  }
  return {};
}

// From the term that stands in the register.
FactValue licence_of(const Record& mine, const Registers& registers) {
  const FactValue from = fact_of(mine, records::mining_right::licence_valid_from, registers.disputes);
  const FactValue to = fact_of(mine, records::mining_right::licence_valid_to, registers.disputes);
  if (!to.is_known) return to;
  FactValue valid = FactValue::of(registers.on <= to.number && (!from.is_known || registers.on >= from.number) ? 1 : 0);
  valid.note = say_with("by the term in the register, to {0}", {format_day(to.number)});
  return valid;
}

}  // namespace

Result<GreenRecords> read_green_records(history::RecordReader& store, const Registers& registers) {
  GreenRecords green;
  KX_CHECK(collect(store, records::green_tier::mine, records::green_tier::decided_on, registers, green.tiers));
  KX_CHECK(collect(store, records::green_assessment::mine, records::green_assessment::assessed_on, registers,
                   green.assessments));
  if (green.assessments.empty()) return green;
  KX_CHECK(collect(store, records::green_score::assessment, std::nullopt, registers, green.scores));
  for (auto& [assessment, scores] : green.scores) {
    std::erase_if(scores, [](const Record& score) {
      const std::string item = score.text(records::green_score::item);
      return item != figure_fact && std::ranges::find(answered_facts, item) == answered_facts.end();
    });
  }
  return green;
}

void add_green_facts(FactWriter& facts, const Record& mine, const GreenRecords& green, const Registers& registers) {
  if (const auto tiers = green.tiers.find(mine.id()); tiers != green.tiers.end()) {
    facts.set("green_tier", tier_of(tiers->second, registers));
  }
  const FactValue term = licence_of(mine, registers);
  facts.set(licence_fact, term);
  const auto assessments = green.assessments.find(mine.id());
  if (assessments == green.assessments.end()) return;
  for (const std::string_view fact : answered_facts) {
    const FactValue said = answer_of(fact, assessments->second, green, registers);
    if (fact != licence_fact || !term.is_known) {
      facts.set(fact, said);
    } else if (said.is_known && said.number != term.number) {
      facts.set(fact, FactValue::unknown(say_text("the term in the register and the assessment differ")));
    }
  }
  facts.set(figure_fact, answer_of(figure_fact, assessments->second, green, registers));
}

}  // namespace kuangxun::facts
