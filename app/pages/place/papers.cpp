#include "app/inspect/place/plan_tasks.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/paper_forms.h"
#include "db/language/language.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/common.h"
#include "db/records/handles/restoration_task.h"

// What a mine files and signs over the years. The tasks and thresholds of each 《方案》 stand on the same page under
// the plan that asks for them, because they mean nothing without it.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using records::Record;

// What comes to the office about a mine, or about a plan of it.
bool is_paper_of_a_mine(const records::KindDescription& kind) {
  return !kind.table.empty() && !kind.links(records::Link::about).empty();
}

constexpr const char* prefix = "place.paper.";

std::string title(Context&, const Uuid&) {
  return say_text("Returns and plans");
}

bool is_about(const Record& place) {
  return place.kind().number == kinds::mining_right;
}

class PapersPage final : public Page {
 public:
  explicit PapersPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& mine) override {
    std::vector<blocks::Option> options;
    for (const records::KindDescription& kind : records::all_kinds()) {
      if (!is_paper_of_a_mine(kind)) continue;
      options.push_back({std::string(kind.name), std::string(kind.name), std::string(kind.label())});
    }
    blocks::Blocks page;
    blocks::Choice which = own_choice(kind_, "place.paper_kind", {}, std::move(options));
    const records::KindDescription& kind = *records::find_kind(chosen_text(which));
    page += std::move(which);
    if (kind.number == kinds::restoration_task) {
      KX_CHECK(add_tasks(mine, kind, page));
      return page;
    }
    KX_TRY(papers, context_.desk().store.list_where(kind.number, records::common::mine, mine));
    add_paper_forms(context_, {{"mine", mine.text()}, prefix}, kind, std::move(papers), 0, page);
    return page;
  }

 private:
  Status add_tasks(const Uuid& mine, const records::KindDescription& kind, blocks::Blocks& page) {
    history::RecordStore& store = context_.desk().store;
    KX_TRY(plans, store.list_where(kinds::approved_plan, records::approved_plan::mine, mine));
    sort_papers(plans);
    std::size_t forms = 0;
    for (const Record& plan : plans) {
      if (plan.is_voided()) continue;
      KX_TRY(tasks, store.list_where(kind.number, records::restoration_task::plan, plan.id()));
      const std::string owner = say_with("of the plan: {0}", {inspect::plan_name(plan)});
      forms =
          add_paper_forms(context_, {{"plan", plan.id().text()}, prefix, owner}, kind, std::move(tasks), forms, page);
    }
    if (forms > 0) return {};
    blocks::Section nothing{std::string(kind.label()), {}};
    nothing.blocks +=
        blocks::Text{say_text("enter the approved plan first, then its tasks and thresholds"), blocks::Tone::unsure};
    page += std::move(nothing);
    return {};
  }

  Context& context_;
  std::string kind_;
};

const Registered papers_page{{"papers", Where::place, 50, title, make<PapersPage>, is_about}};

}  // namespace
}  // namespace kuangxun::pages
