#include "app/inspect/place/dossier.h"
#include "app/inspect/place/outside_plan.h"
#include "app/inspect/visit/actions.h"
#include "app/pages/fields.h"
#include "app/pages/tabs.h"
#include "db/language/language.h"

// The head of a place and the tab that is open below it. What must be known of a place whatever is looked at, doubts of
// the plan's text above all, stands over every tab but those that need the room.
namespace kuangxun::pages {
namespace {

class PlacePage final : public Page {
 public:
  explicit PlacePage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    if (std::exchange(place_, place) != place) tab_.clear();
    KX_TRY(facts, inspect::record_facts(context_.desk().store, place));
    KX_TRY(outside_plan, inspect::OutsidePlan::read(context_.desk().store));
    const records::Record& record = facts.view.record;
    const bool is_outside_plan = outside_plan.contains(context_.desk().store, record);
    blocks::Blocks page;
    page += blocks::Heading{record.name()};
    page += line_below(facts.view, is_outside_plan);
    const std::vector<Tab> tabs = tabs_about(Where::place, record);
    blocks::Choice which = tab_choice(context_, tabs, tab_, "place.tab");
    const Tab& open = tabs[*which.chosen];
    page += std::move(which);
    blocks::Pane pane{"place.page", {}, false};
    if (!open.page->needs_room) {
      if (is_outside_plan) pane.blocks += blocks::Notice{inspect::outside_plan_text()};
      add_notes(facts, pane.blocks);
    }
    pane.blocks += show_tab(context_, open);
    page += std::move(pane);
    return page;
  }

 private:
  blocks::Line line_below(const history::RecordView& view, bool is_outside_plan) {
    blocks::Line line;
    line.blocks += blocks::Badge{std::string(view.record.kind().label()), blocks::Tone::plain};
    if (is_example(view.record)) line.blocks += example_badge();
    line.blocks += sync_badge(view.sync_state);
    if (is_outside_plan) line.blocks += blocks::Badge{inspect::outside_plan_mark(), blocks::Tone::unsure};
    line.blocks += blocks::Gap{};
    const inspect::Action& start = *inspect::find_action("visit.start");
    const Status may_start = start.check(context_.desk(), view);
    blocks::Button button{"place.start_visit", start.label() + "…", [this, place = view.record.id()]() -> Status {
                            context_.open_dialog("visit", place);
                            return {};
                          }};
    button.tone = blocks::Tone::accent;
    button.enabled = may_start.ok();
    if (!may_start.ok()) button.hint = may_start.error().message();
    line.blocks += std::move(button);
    return line;
  }

  void add_notes(const inspect::RecordFacts& facts, blocks::Blocks& page) {
    for (const records::Record& note : facts.notes) page += blocks::Notice{note_text(note)};
    if (!facts.disputes.empty()) {
      page += blocks::Notice{
          say_with("{0} disputes are not settled, see the page of disputes", {std::to_string(facts.disputes.size())})};
    }
    for (std::string& text : hidden_texts(context_, facts.view.record.id())) page += blocks::Notice{std::move(text)};
  }

  Context& context_;
  Uuid place_;
  std::string tab_;
};

const Registered place_page{{"place", Where::places, 10, nullptr, make<PlacePage>}};

}  // namespace
}  // namespace kuangxun::pages
