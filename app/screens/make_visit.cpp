#include "app/inspect/outside_plan.h"
#include "app/screens/visit_making.h"
#include "db/language/language.h"
#include "db/records/handles/visit.h"

namespace kuangxun::screens {

Result<VisitView> make_visit(const Making& making, const Uuid& id, std::vector<OrderedOption> tabs) {
  KX_TRY(visit, read_visit(making.store(), id));
  const records::Record& record = visit.visit();
  VisitView view;
  view.title = visit.place.name();
  view.badges.push_back({record.display(records::visit::visit_kind), Tone::plain});
  view.badges.push_back({record.display(records::visit::state), Tone::accent});
  if (is_example(record)) view.badges.push_back(example_badge());
  if (record.is_voided()) view.badges.push_back({say_text("voided"), Tone::bad});
  view.badges.push_back(sync_badge(visit.facts.view.sync_state));
  view.back = {"visit.back", say_text("← Back"), {Command::open_place, visit.place.id(), {}}};
  tabs.push_back({20, {"positions", "positions", say_text(in_context("screens", "Positions"))}});
  view.tabs = slot_choice(making, Slot::visit_tab, "visit.tab", {}, in_order(std::move(tabs)));
  if (record.is_voided()) {
    view.notes.push_back(say_with("this visit is voided: {0}", {record.void_reason()}));
  } else if (visit.is_signed) {
    view.notes.push_back(
        say_text("This visit is signed: what stood then cannot be changed; what is added now is marked "
                 "as added after signing."));
  }
  if (!visit.facts.disputes.empty() || making.is_disputed(id)) {
    view.notes.push_back(say_text("it has open disputes, see the page of disputes"));
  }
  for (std::string& text : hidden_texts(making, id)) view.notes.push_back(std::move(text));
  KX_TRY(outside_plan, inspect::OutsidePlan::read(making.store()));
  if (outside_plan.contains(making.store(), visit.place)) view.notes.push_back(inspect::outside_plan_text());
  // Only what is looked at is made: a receiver asks for it anew twice a second.
  if (chosen_text(view.tabs) != "positions") return view;
  add_positions(making, visit, view);
  add_areas(making, visit, view);
  add_markers(making, visit, view);
  return view;
}

}  // namespace kuangxun::screens
