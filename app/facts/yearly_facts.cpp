#include <algorithm>

#include "app/facts/sites.h"
#include "app/facts/yearly_index.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/choices/approved_plan.h"
#include "db/records/choices/mine_stage.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/common.h"
#include "db/records/handles/fund_entry.h"
#include "db/records/handles/grant_contract.h"
#include "db/records/handles/green_listing.h"

// What the papers of a mine say of it on the day: plans, fund, contract, listings, returns. No paper is no answer: what
// nobody entered stays unknown.
namespace kuangxun::facts {
namespace {

using records::Record;

FactValue known(bool answer, std::string note, std::optional<Day> dated, const Record& paper) {
  FactValue value = FactValue::of(answer ? 1 : 0);
  value.note = std::move(note);
  value.dated = dated;
  value.is_example = is_marked_example(paper);
  return value;
}

std::optional<Day> day_field(const Record& paper, const records::NumberHandle& field) {
  if (!paper.has(field)) return std::nullopt;
  return static_cast<Day>(paper.integer(field));
}

// A dispute about the paper that would decide leaves the fact open; nobody picks a side.
FactValue disputed_fact(const FactValue& field) {
  FactValue value = FactValue::unknown(field.note);
  value.is_disputed = field.is_disputed;
  return value;
}

struct Plans {
  const Record* merged = nullptr;      // one that still runs
  const Record* protection = nullptr;  // of either kind that R45 asks for
  const Record* development = nullptr;
  std::optional<Day> ended;  // the last day of those that ran out
  bool has_running = false;
  bool has_unknown_term = false;
  bool is_disputed = false;
};

Plans read_plans(const MinePapers& papers, const Registers& registers) {
  namespace plan = records::approved_plan;
  Plans plans;
  for (const Record* paper : papers.plans) {
    const FactValue kind = fact_of(*paper, records::approved_plan::plan_kind, registers.disputes);
    const FactValue valid_to = fact_of(*paper, records::approved_plan::valid_to, registers.disputes);
    if (kind.is_disputed || valid_to.is_disputed) plans.is_disputed = true;
    if (!kind.is_known) continue;
    // The last day itself is still within the term.
    const bool is_over = valid_to.is_known && valid_to.number < registers.on;
    if (kind.number == plan::merged && !is_over) plans.merged = paper;
    if (kind.number == plan::merged || kind.number == plan::protection_and_reclamation) plans.protection = paper;
    if ((kind.number == plan::merged || kind.number == plan::development) && !is_over) plans.development = paper;
    if (kind.number == plan::development) continue;
    plans.has_running = plans.has_running || (valid_to.is_known && !is_over);
    plans.has_unknown_term = plans.has_unknown_term || !valid_to.is_known;
    if (is_over) plans.ended = std::max(plans.ended.value_or(first_day), static_cast<Day>(valid_to.number));
  }
  return plans;
}

std::string plan_note(const Record& plan) {
  const std::string term = plan.has(records::approved_plan::valid_to)
                               ? say_with(", valid to {0}", {plan.display(records::approved_plan::valid_to)})
                               : "";
  return say_with("from the plan on record: {0}{1}", {plan.display(records::approved_plan::plan_kind), term});
}

void add_plan_facts(FactWriter& facts, const MinePapers& papers, const Registers& registers) {
  if (papers.plans.empty()) return;
  const Plans plans = read_plans(papers, registers);
  if (plans.is_disputed) {
    for (const auto* fact : {"has_restoration_plan", "plan_term_is_over", "has_merged_plan", "has_development_plan"}) {
      FactValue value = FactValue::unknown(dispute_note());
      value.is_disputed = true;
      facts.set(fact, value);
    }
    return;
  }
  const auto set = [&](std::string_view fact, const Record* plan) {
    if (plan != nullptr)
      facts.set(fact, known(true, plan_note(*plan), day_field(*plan, records::approved_plan::approved_on), *plan));
  };
  set("has_restoration_plan", plans.protection);
  set("has_merged_plan", plans.merged);
  set("has_development_plan", plans.development);
  if (plans.has_running) {
    facts.set("plan_term_is_over", known(false, plan_note(*papers.plans.front()), registers.on, *papers.plans.front()));
  } else if (plans.ended && !plans.has_unknown_term) {
    const std::string note = say_with(
        "the plans on record ran to {0}; no later one "
        "is on record",
        {format_day(*plans.ended)});
    facts.set("plan_term_is_over", known(true, note, registers.on, *papers.plans.front()));
    if (plans.merged == nullptr) facts.set("has_merged_plan", FactValue::unknown(note));
  }
}

// The newest entry that says so decides; money in it says so too. Two entries of one day that contradict each other
// leave it open.
void add_fund_facts(FactWriter& facts, const MinePapers& papers, const Registers& registers) {
  FactValue newest;
  std::optional<Day> newest_day;
  for (const Record* entry : papers.fund_entries) {
    const FactValue said = fact_of(*entry, records::fund_entry::is_set_up, registers.disputes);
    const auto has_money = [&](const records::NumberHandle& field) {
      const FactValue money = fact_of(*entry, field, registers.disputes);
      return money.is_known && money.number > 0;
    };
    const bool is_used = has_money(records::fund_entry::set_aside_10k_yuan) ||
                         has_money(records::fund_entry::used_10k_yuan) ||
                         has_money(records::fund_entry::balance_10k_yuan);
    if (!said.is_known && !said.is_disputed && !is_used) continue;
    const auto dated = day_field(*entry, records::fund_entry::dated);
    if (newest_day && dated < newest_day) continue;
    FactValue value =
        said.is_disputed
            ? disputed_fact(said)
            : known(said.is_known ? said.number != 0 : true,
                    say_with("from the entry of the fund of {0}", {entry->display(records::fund_entry::dated)}), dated,
                    *entry);
    const bool contradicts =
        newest_day == dated && newest_day && newest.is_known && value.is_known && newest.number != value.number;
    if (contradicts) {
      value = FactValue::unknown(say_with("two entries of the fund of {0} contradict each other",
                                          {entry->display(records::fund_entry::dated)}));
    }
    newest = std::move(value);
    newest_day = dated;
  }
  if (newest_day) facts.set("fund_is_set_up", newest);
}

FactValue clauses_of(const Record& contract, const DisputeIndex& disputes) {
  std::vector<std::string> open;
  std::vector<std::string> absent;
  bool is_disputed = false;
  namespace clauses = records::grant_contract;
  for (const auto& clause : {clauses::states_method, clauses::states_resource_use, clauses::states_restoration,
                             clauses::states_reclamation, clauses::states_liability}) {
    const FactValue stated = fact_of(contract, clause, disputes);
    const std::string label(contract.kind().field(clause).label());
    is_disputed = is_disputed || stated.is_disputed;
    if (!stated.is_known) open.push_back(label);
    if (stated.is_known && stated.number == 0) absent.push_back(label);
  }
  const std::string between = say_text(", ");
  const auto dated = day_field(contract, records::grant_contract::signed_on);
  if (!absent.empty()) {
    return known(false,
                 say_with("the contract of {0} lacks: {1}",
                          {contract.display(records::grant_contract::signed_on), join(absent, between)}),
                 dated, contract);
  }
  if (open.empty()) {
    return known(true, say_with("from the contract of {0}", {contract.display(records::grant_contract::signed_on)}),
                 dated, contract);
  }
  FactValue value =
      FactValue::unknown(say_with("of the contract of {0} it is not recorded: {1}",
                                  {contract.display(records::grant_contract::signed_on), join(open, between)}));
  value.is_disputed = is_disputed;
  return value;
}

void add_contract_facts(FactWriter& facts, const MinePapers& papers, const Registers& registers) {
  const Record* newest = nullptr;
  for (const Record* contract : papers.contracts) {
    if (newest == nullptr ||
        newest->integer(records::grant_contract::signed_on) <= contract->integer(records::grant_contract::signed_on))
      newest = contract;
  }
  if (newest == nullptr) return;
  FactValue complete = clauses_of(*newest, registers.disputes);
  for (const Record* contract : papers.contracts) {
    const FactValue other = clauses_of(*contract, registers.disputes);
    const bool contradicts =
        contract->integer(records::grant_contract::signed_on) == newest->integer(records::grant_contract::signed_on) &&
        other.is_known && complete.is_known && other.number != complete.number;
    if (contradicts) {
      complete = FactValue::unknown(
          say_with("two records of the contract of {0} differ", {newest->display(records::grant_contract::signed_on)}));
    }
  }
  facts.set("contract_is_complete", complete);
  const FactValue by_market = fact_of(*newest, records::grant_contract::is_by_market, registers.disputes);
  if (by_market.is_known) {
    facts.set("was_granted_by_market", known(by_market.number != 0, complete.note,
                                             day_field(*newest, records::grant_contract::signed_on), *newest));
  } else if (by_market.is_disputed) {
    facts.set("was_granted_by_market", disputed_fact(by_market));
  }
}

// The plan speaks of the lists of the state and the region; those below are no such list.
bool is_of_a_list(const Record& listing) {
  const auto* region = records::green_level_enumeration.find("regional");
  return listing.integer(records::green_listing::level) >= 1 &&
         listing.integer(records::green_listing::level) <= region->number;
}

void add_listing_facts(FactWriter& facts, const MinePapers& papers, const Registers& registers) {
  FactValue listed;
  for (const Record* listing : papers.listings) {
    const FactValue removed = fact_of(*listing, records::green_listing::removed_on, registers.disputes);
    const FactValue level = fact_of(*listing, records::green_listing::level, registers.disputes);
    if (removed.is_disputed || level.is_disputed) {
      listed = disputed_fact(removed.is_disputed ? removed : level);
      break;
    }
    if (!is_of_a_list(*listing)) continue;
    const bool is_removed = removed.is_known && removed.number <= registers.on;
    if (is_removed && listed.is_known) continue;
    const std::string note =
        is_removed ? say_with("list: {0}, removed {1}", {listing->display(records::green_listing::level),
                                                         listing->display(records::green_listing::removed_on)})
                   : say_with("list: {0}, since {1}", {listing->display(records::green_listing::level),
                                                       listing->display(records::green_listing::listed_on)});
    const auto dated =
        day_field(*listing, is_removed ? records::green_listing::removed_on : records::green_listing::listed_on);
    if (is_removed) {
      listed = known(false, note, dated, *listing);
    } else if (!listed.is_known || listed.number == 0) {
      listed = known(true, note, dated, *listing);
    }
  }
  if (listed.is_known || listed.is_disputed) facts.set("is_listed_green", listed);
}

// The newest year that gives the rate; two returns of that year that differ leave it open.
void add_rate(FactWriter& facts, std::string_view fact, const records::NumberHandle& field, const MinePapers& papers,
              const Registers& registers) {
  const Record* newest = nullptr;
  bool contradicts = false;
  bool is_disputed = false;
  for (const Record* paper : papers.returns) {
    const FactValue rate = fact_of(*paper, field, registers.disputes);
    if (!rate.is_known && !rate.is_disputed) continue;
    if (newest != nullptr &&
        paper->integer(records::annual_return::year) < newest->integer(records::annual_return::year))
      continue;
    const bool is_same_year = newest != nullptr && paper->integer(records::annual_return::year) ==
                                                       newest->integer(records::annual_return::year);
    contradicts = is_same_year && (contradicts || paper->integer(field) != newest->integer(field));
    is_disputed = (is_same_year && is_disputed) || rate.is_disputed;
    newest = paper;
  }
  if (newest == nullptr) return;
  const std::string year = newest->display(records::annual_return::year);
  FactValue rate = fact_of(*newest, field, registers.disputes);
  if (contradicts || is_disputed) {
    rate =
        FactValue::unknown(is_disputed ? dispute_note() : say_with("two returns of {0} give different rates", {year}));
    rate.is_disputed = is_disputed;
  } else {
    rate.shown = say_with("{0} (return of {1})", {newest->display(field), year});
    rate.is_example = is_marked_example(*newest);
  }
  facts.set(fact, rate);
}

void add_stage(FactWriter& facts, const Record& mine, const YearlyIndex& index, const Registers& registers) {
  if (index.of(mine.id()).stages.empty()) return;
  FactValue stage = recorded_stage(mine, index, registers);
  if (!stage.is_known && !stage.is_disputed && stage.note.empty()) return;
  if (stage.is_known) {
    FactValue existing = FactValue::of(stage.number == records::mine_stage::is_new ? 0 : 1);
    existing.is_example = stage.is_example;
    facts.set("is_existing_right", std::move(existing));
  } else {
    facts.set("is_existing_right", disputed_fact(stage));
  }
  facts.set("stage", std::move(stage));
}

}  // namespace

void add_yearly_facts(FactWriter& facts, const Record& mine, const YearlyIndex& index, const Registers& registers) {
  const MinePapers& papers = index.of(mine.id());
  add_stage(facts, mine, index, registers);
  add_plan_facts(facts, papers, registers);
  add_fund_facts(facts, papers, registers);
  add_contract_facts(facts, papers, registers);
  add_listing_facts(facts, papers, registers);
  for (const auto& [fact, field] :
       {std::pair{"mining_recovery", records::annual_return::mining_recovery_percent},
        std::pair{"processing_recovery", records::annual_return::processing_recovery_percent},
        std::pair{"comprehensive_use", records::annual_return::comprehensive_use_percent},
        std::pair{"dilution", records::annual_return::dilution_percent}}) {
    add_rate(facts, fact, field, papers, registers);
  }
}

}  // namespace kuangxun::facts
