#include "app/inspect/actions.h"
#include "app/inspect/outside_plan.h"
#include "app/screens/making.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using records::Record;

void add_notes(const inspect::RecordFacts& facts, PlaceView& view) {
  for (const Record& note : facts.notes) {
    view.notes.push_back(note_text(note));
  }
  if (!facts.disputes.empty()) {
    view.notes.push_back(
        say_with("{0} disputes are not settled, see the page of disputes", {std::to_string(facts.disputes.size())}));
  }
}

}  // namespace

Result<PlaceView> make_place(const Making& making, const Uuid& place, std::vector<OrderedOption> tabs) {
  KX_TRY(facts, inspect::record_facts(making.store(), place));
  const Record& record = facts.view.record;
  PlaceView view;
  view.title = record.name();
  view.kind = record.kind().label();
  if (is_example(record)) view.badges.push_back(example_badge());
  view.badges.push_back(sync_badge(facts.view.sync_state));
  const inspect::Action& start = *inspect::find_action("visit.start");
  const Status may_start = start.check(making.world.desk, facts.view);
  view.start_visit = {"place.start_visit", start.label() + "…", {Command::ask_visit, place, {}}, Tone::accent};
  view.start_visit.enabled = may_start.ok();
  if (!may_start.ok()) view.start_visit.hint = may_start.error().message();
  if (record.kind().number == kinds::mining_right && making.world.green != nullptr) {
    tabs.push_back({60, {"green", "green", say_text("Green mine")}});
  }
  view.tabs = slot_choice(making, Slot::place_tab, "place.tab", {}, in_order(std::move(tabs)));
  KX_TRY(outside_plan, inspect::OutsidePlan::read(making.store()));
  if (outside_plan.contains(making.store(), record)) {
    view.badges.push_back({inspect::outside_plan_mark(), Tone::unsure});
    view.notes.push_back(inspect::outside_plan_text());
  }
  add_notes(facts, view);
  for (std::string& text : hidden_texts(making, place)) view.notes.push_back(std::move(text));
  return view;
}

}  // namespace kuangxun::screens
