#include "db/records/handles/visit.h"
#include "app/inspect/place/outside_plan.h"
#include "app/pages/fields.h"
#include "app/pages/tabs.h"
#include "app/pages/visit_facts.h"
#include "db/language/language.h"

// The head of a visit and the tab that is open below it. What must not be overlooked scrolls with the tab, because a
// small screen has no room for both.
namespace kuangxun::pages {
namespace {

using blocks::Tone;

class VisitPage final : public Page {
 public:
  explicit VisitPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    if (std::exchange(visit_, id) != id) tab_.clear();
    KX_TRY(visit, read_visit(context_.desk().store, id));
    KX_TRY(notes, notes_of(visit));
    blocks::Blocks page;
    page += title_line(visit);
    page += badges_of(visit);
    const std::vector<Tab> tabs = tabs_about(Where::visit, visit.visit());
    blocks::Choice which = tab_choice(context_, tabs, tab_, "visit.tab");
    const std::optional<std::size_t> chosen = which.chosen;
    page += std::move(which);
    if (!chosen) return page;
    const Tab& open = tabs[*chosen];
    // Each tab keeps its own place when it is scrolled.
    blocks::Pane pane{"visit.page." + std::string(open.page->name), {}};
    for (std::string& note : notes) pane.blocks += blocks::Notice{std::move(note)};
    pane.blocks += show_tab(context_, open);
    page += std::move(pane);
    return page;
  }

 private:
  blocks::Line title_line(const VisitFacts& visit) {
    blocks::Line line;
    line.blocks += blocks::Button{"visit.back", say_text("← Back"), [this, place = visit.place.id()]() -> Status {
                                    context_.open_place(place);
                                    return {};
                                  }};
    line.blocks += blocks::Heading{visit.place.name()};
    return line;
  }

  blocks::Line badges_of(const VisitFacts& visit) const {
    const records::Record& record = visit.visit();
    blocks::Line line;
    line.blocks += blocks::Badge{record.display(records::visit::visit_kind), Tone::plain};
    line.blocks += blocks::Badge{record.display(records::visit::state), Tone::accent};
    if (is_example(record)) line.blocks += example_badge();
    if (record.is_voided()) line.blocks += blocks::Badge{say_text("voided"), Tone::bad};
    line.blocks += sync_badge(visit.facts.view.sync_state);
    return line;
  }

  Result<std::vector<std::string>> notes_of(const VisitFacts& visit) {
    const records::Record& record = visit.visit();
    std::vector<std::string> notes;
    if (record.is_voided()) {
      notes.push_back(say_with("this visit is voided: {0}", {record.void_reason()}));
    } else if (visit.is_signed) {
      notes.push_back(
          say_text("This visit is signed: what stood then cannot be changed; what is added now is marked "
                   "as added after signing."));
    }
    if (!visit.facts.disputes.empty() || context_.is_disputed(record.id())) {
      notes.push_back(say_text("it has open disputes, see the page of disputes"));
    }
    for (std::string& text : hidden_texts(context_, record.id())) notes.push_back(std::move(text));
    KX_TRY(outside_plan, inspect::OutsidePlan::read(context_.desk().store));
    if (outside_plan.contains(context_.desk().store, visit.place)) notes.push_back(inspect::outside_plan_text());
    return notes;
  }

  Context& context_;
  Uuid visit_;
  std::string tab_;
};

const Registered visit_page{{"visit", Where::window, 90, nullptr, make<VisitPage>}};

}  // namespace
}  // namespace kuangxun::pages
