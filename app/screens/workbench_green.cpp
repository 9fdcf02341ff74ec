#include <algorithm>

#include "app/criteria/check.h"
#include "app/green/actions.h"
#include "app/screens/green_items.h"
#include "app/screens/workbench.h"
#include "db/language/language.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_score.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::screens {
namespace {

constexpr std::string_view rules_id = "green-mines";

}  // namespace

Status Workbench::read_green(const Uuid& mine) {
  history::RecordStore& store = world_.desk.store;
  GreenKnown known;
  known.mine = mine;
  const auto check = [&](Day on) -> Result<std::vector<criteria::Verdict>> {
    KX_TRY(rules, world_.rules.one_on(std::string(rules_id), on));
    return criteria::check(store, *rules, {mine, on});
  };
  KX_TRY(assessments, green::assessments_of(store, *world_.green, mine));
  known.assessments = std::move(assessments);
  if (!known.assessments.empty()) {
    const green::Assessment& newest = known.assessments.front();
    KX_TRY(preconditions, check(static_cast<Day>(newest.record.integer(records::green_assessment::assessed_on))));
    known.preconditions = std::move(preconditions);
    if (newest.standing) {
      auto found = green::what_if(newest.table->table, newest.scores, newest.line);
      if (found.ok()) known.what_if = std::move(found).value();
      if (!found.ok()) known.no_what_if = found.error().message();
    }
  }
  green_ = std::move(known);
  return {};
}

Status Workbench::add_green(PlaceView& place) {
  KX_TRY(view, world_.desk.store.read(place_));
  if (view.record.kind().number != records::kinds::mining_right || world_.green == nullptr) return {};
  if (!green_ || green_->mine != place_) KX_CHECK(read_green(place_));
  KX_TRY(green, make_green(making(), view.record, *green_, page_options(pages::Where::green, view.record)));
  place.green = std::move(green);
  place.green->page = show_page(pages::Where::green, chosen_text(place.green->parts), place_);
  return {};
}

Status Workbench::begin_assessment(const Press& press) {
  KX_TRY(index, world_.green->require(press.detail));
  KX_TRY(assessment, green::begin_assessment(world_.desk, *world_.green,
                                             {press.subject, index->level, index->id, {}, acting_name(making()), {}}));
  (void)assessment;
  slots_[Slot::green_item].clear();
  return {};
}

Status Workbench::set_tier(const Uuid& mine) {
  std::string by = slots_[Slot::green_by];
  if (by.empty()) by = acting_name(making());
  KX_TRY(decision,
         green::set_tier(world_.desk, {mine, slots_[Slot::green_tier], slots_[Slot::green_reason], {}, by, {}}));
  (void)decision;
  for (const Slot slot : {Slot::green_tier, Slot::green_reason}) slots_[slot].clear();
  message_ = {say_text("the tier is recorded"), Tone::good};
  return {};
}

// What is recorded of it comes into the form.
Status Workbench::choose_item(const Press& press) {
  slots_[Slot::green_item] = press.detail;
  slots_[Slot::green_marks].clear();
  slots_[Slot::green_evidence].clear();
  KX_TRY(scores,
         world_.desk.store.list_where(records::kinds::green_score, records::green_score::assessment, press.subject));
  for (const records::Record& score : scores) {
    if (score.is_voided() || score.text(records::green_score::item) != press.detail) continue;
    if (score.has(records::green_score::score))
      slots_[Slot::green_marks] = green::format_marks(score.integer(records::green_score::score));
    slots_[Slot::green_evidence] = score.text(records::green_score::evidence);
  }
  return {};
}

Status Workbench::enter_item(const Press& press) {
  const std::string item = slots_[Slot::green_item];
  std::string value = press.detail.empty() ? slots_[Slot::green_marks] : press.detail;
  if (value == "clear") value.clear();
  KX_CHECK(
      green::enter_items(world_.desk, *world_.green, press.subject, {{item, value, slots_[Slot::green_evidence]}}));
  message_ = {say_with("item {0} is recorded", {item}), Tone::good};
  // On to the next that is open; the form stays with this one when none is.
  KX_TRY(assessment, green::read_assessment(world_.desk.store, *world_.green, press.subject));
  const auto next = next_open_item(assessment, item);
  if (!assessment.table) {
    for (const Slot slot : {Slot::green_item, Slot::green_marks, Slot::green_evidence}) slots_[slot].clear();
    return {};
  }
  return choose_item({Command::choose_item, press.subject, next.value_or(item)});
}

Status Workbench::add_green_step(const Uuid& assessment) {
  const GreenStepWords words = step_words(making());
  std::vector<inspect::FieldText> fields = {{"done_on", words.done_on},
                                            {"done_by", words.done_by},
                                            {"document", slots_[Slot::green_document]},
                                            {"result", slots_[Slot::green_result]}};
  if (words.is_third_party()) {
    fields.push_back({"team_size", slots_[Slot::green_team]});
    fields.push_back({"team_intermediate", slots_[Slot::green_intermediate]});
    fields.push_back({"team_senior", slots_[Slot::green_senior]});
    fields.push_back({"leader_is_full_time", slots_[Slot::green_leader]});
  }
  KX_TRY(step, green::add_step(world_.desk, assessment, words.step, std::move(fields)));
  (void)step;
  for (const Slot slot :
       {Slot::green_step, Slot::green_step_on, Slot::green_step_by, Slot::green_document, Slot::green_result,
        Slot::green_team, Slot::green_intermediate, Slot::green_senior, Slot::green_leader}) {
    slots_[slot].clear();
  }
  message_ = {say_text("the step is recorded"), Tone::good};
  return {};
}

}  // namespace kuangxun::screens
