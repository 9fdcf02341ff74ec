#include "app/criteria/check.h"
#include "app/green/actions.h"
#include "app/screens/workbench.h"
#include "db/base/language.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {

Status Workbench::add_green(PlaceView& place) {
  KX_TRY(view, world_.desk.store.read(place_));
  const bool is_mine = view.record.kind().number == records::kinds::mining_right;
  if (!is_mine || world_.green == nullptr || world_.green_rules == nullptr) return {};
  if (!green_verdicts_ || green_verdicts_->first != place_) {
    KX_TRY(verdicts, criteria::check(world_.desk.store, *world_.green_rules, {place_, making().today()}));
    green_verdicts_ = {place_, std::move(verdicts)};
  }
  KX_TRY(green, make_green(making(), view.record, green_verdicts_->second));
  place.green = std::move(green);
  return {};
}

Status Workbench::begin_assessment(const Press& press) {
  KX_TRY(index, world_.green->require(press.detail));
  KX_TRY(assessment,
         green::begin_assessment(
             world_.desk, *world_.green,
             {press.subject, index->level, index->id, {}, acting_name(making()), {}}));
  (void)assessment;
  return {};
}

Status Workbench::set_tier(const Uuid& mine) {
  std::string by = slots_[Slot::green_by];
  if (by.empty()) by = acting_name(making());
  KX_TRY(decision,
         green::set_tier(world_.desk, {mine, slots_[Slot::green_tier], slots_[Slot::green_reason], {}, by, {}}));
  (void)decision;
  for (const Slot slot : {Slot::green_tier, Slot::green_reason}) slots_[slot].clear();
  message_ = {say_text("梯次已记录", "the tier is recorded"), Tone::good};
  return {};
}

}  // namespace kuangxun::screens
