#include <algorithm>

#include "app/pages/green_mine.h"
#include "app/pages/tabs.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

// A mine as a green one: its parts, and what must be known whichever of them is looked at. Parts about an assessment
// are about the newest; while there is none they are not there.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Green mine");
}

bool is_about(const records::Record& place) {
  return place.kind().number == records::kinds::mining_right;
}

class GreenMinePage final : public Page {
 public:
  explicit GreenMinePage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& mine) override {
    KX_TRY(view, context_.desk().store.read(mine));
    KX_TRY(assessments, green::assessments_of(context_.desk().store, context_.green(), mine));
    std::vector<Tab> parts = tabs_about(Where::green, view.record);
    if (!assessments.empty()) {
      for (Tab& part : tabs_about(Where::assessment, assessments.front().record)) parts.push_back(part);
      std::ranges::stable_sort(parts, {}, [](const Tab& part) { return part.page->order; });
    }
    blocks::Blocks page;
    blocks::Choice which = tab_choice(context_, parts, part_, "green.part", blocks::Choice::Look::buttons);
    const Tab& open = parts[*which.chosen];
    page += std::move(which);
    if (!open.page->needs_room) {
      page += blocks::Text{say_text("Found item by item, for advice; no conclusion of any level. R33 to R36 and R40 of "
                                    "the plan stand on the page of verdicts."),
                           blocks::Tone::muted};
    }
    if (!assessments.empty()) {
      if (open.page->where == Where::assessment) page += blocks::Text{assessment_title(assessments.front())};
      for (const std::string& note : assessments.front().notes) page += blocks::Notice{note};
    }
    page += show_tab(context_, open);
    return page;
  }

 private:
  Context& context_;
  std::string part_;
};

const Registered green_mine_page{{.name = "green",
                                  .where = Where::place,
                                  .order = 60,
                                  .title = title,
                                  .make = make<GreenMinePage>,
                                  .is_about = is_about,
                                  .needs_room = true}};

}  // namespace
}  // namespace kuangxun::pages
