#include "app/facts/yearly_index.h"

#include <algorithm>

#include "db/language/language.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/common.h"
#include "db/records/handles/fund_entry.h"
#include "db/records/handles/grant_contract.h"
#include "db/records/handles/green_listing.h"
#include "db/records/handles/mine_stage.h"
#include "db/records/handles/mining_right.h"

namespace kuangxun::facts {
namespace {

using records::Record;

// An absent day is no reason to leave a paper out; a disputed one leaves it in, so that its dispute is seen.
bool has_begun(const Record& paper, const records::NumberHandle& day_field, Day on) {
  return !paper.has(day_field) || paper.integer(day_field) <= on;
}

}  // namespace

bool is_filed(const Record& paper, Day on) {
  if (paper.has(records::common::filed_on)) return paper.integer(records::common::filed_on) <= on;
  return day_from_civil(static_cast<int>(paper.integer(records::common::year)), 12, 31) < on;
}

YearlyIndex::YearlyIndex(const Registers& registers) {
  const Day on = registers.on;
  const auto add = [&](const std::vector<Record>& all, std::vector<const Record*> MinePapers::*list, auto counts) {
    for (const Record& paper : all) {
      if (counts(paper)) (papers_[paper.reference(records::common::mine)].*list).push_back(&paper);
    }
  };
  add(registers.annual_returns, &MinePapers::returns, [on](const Record& paper) { return is_filed(paper, on); });
  add(registers.fund_entries, &MinePapers::fund_entries,
      [on](const Record& paper) { return has_begun(paper, records::fund_entry::dated, on); });
  add(registers.approved_plans, &MinePapers::plans, [on](const Record& paper) {
    return has_begun(paper, records::approved_plan::approved_on, on) &&
           has_begun(paper, records::approved_plan::valid_from, on);
  });
  add(registers.grant_contracts, &MinePapers::contracts,
      [on](const Record& paper) { return has_begun(paper, records::grant_contract::signed_on, on); });
  add(registers.green_listings, &MinePapers::listings,
      [on](const Record& paper) { return has_begun(paper, records::green_listing::listed_on, on); });
  add(registers.mine_stages, &MinePapers::stages,
      [on](const Record& paper) { return has_begun(paper, records::mine_stage::since, on); });
}

const MinePapers& YearlyIndex::of(const Uuid& mine) const {
  static const MinePapers none;
  const auto found = papers_.find(mine);
  return found == papers_.end() ? none : found->second;
}

FactValue recorded_stage(const Record& mine, const YearlyIndex& index, const Registers& registers) {
  const auto& disputes = registers.disputes;
  FactValue own = fact_of(mine, records::mining_right::stage, disputes);
  const FactValue own_since = fact_of(mine, records::mining_right::stage_since, disputes);
  FactValue newest;
  std::int64_t newest_since = 0;
  const auto take = [&](FactValue stage, std::int64_t since) {
    const bool is_first = !newest.is_known && !newest.is_disputed && newest.note.empty();
    if (!is_first && since < newest_since) return;
    if (!is_first && since == newest_since && stage.is_known && newest.is_known && stage.number == newest.number)
      return;
    if (!is_first && since == newest_since) {
      newest = FactValue::unknown(say_with("two stages are recorded as of {0}", {format_day(since)}));
      return;
    }
    newest = std::move(stage);
    newest_since = since;
  };
  for (const Record* paper : index.of(mine.id()).stages) {
    FactValue stage = fact_of(*paper, records::mine_stage::stage, disputes);
    stage.is_example = is_marked_example(*paper);
    if (stage.is_known) {
      stage.note = say_with("since {0}, by {1}", {format_day(paper->integer(records::mine_stage::since)),
                                                  paper->text(records::mine_stage::source)});
    }
    take(std::move(stage), paper->integer(records::mine_stage::since));
  }
  const bool has_papers = newest.is_known || newest.is_disputed || !newest.note.empty();
  if (own.is_known && own_since.is_known) {
    // A stage that begins after the day says nothing about it.
    if (own_since.number <= registers.on) take(std::move(own), own_since.number);
    return newest;
  }
  return has_papers ? newest : own;
}

}  // namespace kuangxun::facts
