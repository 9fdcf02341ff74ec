#include <algorithm>

#include "app/inspect/plan_tasks.h"
#include "app/screens/making.h"
#include "db/base/language.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/common.h"
#include "db/records/handles/restoration_task.h"
#include "db/records/kinds.h"

// The tab of a mine's papers, and the county's yearly figures: a form a paper, made from the description of its kind.
namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using records::FieldDescription;
using records::FieldType;
using records::Record;

// What comes to the office about a mine, or about a plan of it.
bool is_paper_of_a_mine(const records::KindDescription& kind) {
  return !kind.table.empty() && !kind.links(records::Link::about).empty();
}

constexpr const char* mine_prefix = "place.paper.";

// Whose papers they are: what a new one begins with, because a record begins with something in it, and what buttons
// are called.
struct Owner {
  inspect::FieldText seed;
  std::string prefix;
  std::string name;  // where one page has several owners
};

bool is_choice(const FieldDescription& field) {
  return field.type == FieldType::enumeration || field.type == FieldType::boolean;
}

// The newest paper first, void ones at the end. Days and years are numbers that grow.
std::int64_t age_of(const Record& record) {
  const FieldDescription* dated = record.kind().find_field(record.kind().dated_by);
  return dated == nullptr ? 0 : record.integer(*dated);
}

bool is_before(const Record& a, const Record& b) {
  if (a.is_voided() != b.is_voided()) return b.is_voided();
  return age_of(a) != age_of(b) ? age_of(a) > age_of(b) : a.id() > b.id();
}

FieldAddress address_in(const Owner& owner, const records::KindDescription& kind, const FieldDescription& field) {
  FieldAddress at{{}, kind.number, std::string(field.name)};
  at.seed.push_back(owner.seed);
  return at;
}

// A quantity whose unit is chosen beside it says which one.
void add_unit(const records::KindDescription& kind, const FieldDescription& field, const Record* paper,
              TextEntry& entry) {
  const FieldDescription* unit = kind.find_field(std::string(field.name) + "_unit");
  if (unit == nullptr) return;
  const bool is_chosen = paper != nullptr && paper->has(*unit);
  entry.label +=
      say_with("（{0}）", " ({0})", {is_chosen ? paper->display(*unit) : say_text("单位未选", "unit not chosen")});
}

PaperView paper_view(const Making& making, const Owner& owner, const records::KindDescription& kind,
                     const Record* paper, std::size_t index) {
  const std::string prefix = owner.prefix + std::to_string(index) + ".";
  PaperView view;
  const bool is_open = paper == nullptr || !paper->is_voided();
  view.title = paper == nullptr ? say_with("新增{0}", "New: {0}", {kind.label()}) : std::string(kind.label());
  if (!owner.name.empty()) view.belongs_to = say_with("属于《{0}》", "of the plan: {0}", {owner.name});
  if (paper != nullptr && is_example(*paper)) view.title += say_text("（示例）", " (example)");
  if (paper != nullptr && paper->is_voided()) {
    view.standing = say_with("已作废：{0}", "void: {0}", {paper->void_reason()});
  } else if (paper != nullptr && making.is_disputed(paper->id())) {
    view.standing = say_text("有争议，见“争议”页", "in dispute, see the page of disputes");
  }
  for (const FieldDescription& field : kind.fields) {
    if (!field.is_on_form()) continue;
    const FieldAddress at = paper == nullptr ? address_in(owner, kind, field) : address_of(*paper, field.name);
    const std::string name = prefix + std::string(field.name);
    if (is_choice(field)) {
      view.choices.push_back(choice_entry(making, paper, at, name, is_open));
      if (paper != nullptr) view.choices.back().options.push_back({"none", "", say_text("（不填）", "(not recorded)")});
    } else {
      view.entries.push_back(text_entry(making, paper, at, name, is_open));
      view.entries.back().lines = 1;
      add_unit(kind, field, paper, view.entries.back());
      if (field.type == FieldType::day) view.entries.back().hint = "2025-12-31";
    }
  }
  if (paper != nullptr) view.void_it = void_button(*paper, prefix + "void");
  return view;
}

// Adds those there are, and an empty one.
void add_papers_of(const Making& making, const Owner& owner, const records::KindDescription& kind,
                   std::vector<Record> papers, std::vector<PaperView>& views) {
  std::ranges::stable_sort(papers, is_before);
  for (const Record& paper : papers) views.push_back(paper_view(making, owner, kind, &paper, views.size()));
  views.push_back(paper_view(making, owner, kind, nullptr, views.size()));
}

// The tasks and thresholds of each 《方案》 of the mine: what was asked for stands under the paper that asks it.
Status add_tasks(const Making& making, const Record& mine, std::vector<PaperView>& views) {
  const records::KindDescription& kind = records::kind_of(kinds::restoration_task);
  KX_TRY(plans, making.store().list_where(kinds::approved_plan, records::approved_plan::mine, mine.id()));
  std::ranges::stable_sort(plans, is_before);
  for (const Record& plan : plans) {
    if (plan.is_voided()) continue;
    KX_TRY(tasks, making.store().list_where(kind.number, records::restoration_task::plan, plan.id()));
    const std::string name = inspect::plan_name(plan);
    add_papers_of(making, {{"plan", plan.id().text()}, mine_prefix, name}, kind, std::move(tasks), views);
  }
  if (views.empty()) {
    PaperView& nothing = views.emplace_back();
    nothing.title = std::string(kind.label());
    nothing.standing = say_text("先录入审批的方案，再录入它的任务和标准",
                                "enter the approved plan first, then its tasks and thresholds");
  }
  return {};
}

}  // namespace

Result<std::vector<PaperView>> make_county_years(const Making& making) {
  KX_TRY(years, making.store().list(kinds::county_year));
  std::vector<PaperView> views;
  // They name no place: a store is of one county.
  add_papers_of(making, {{"is_example", "false"}, "county.year.", {}}, records::kind_of(kinds::county_year),
                std::move(years), views);
  return views;
}

Status add_papers(const Making& making, const Record& mine, PlaceView& view) {
  std::vector<Option> options;
  for (const records::KindDescription& kind : records::all_kinds()) {
    if (!is_paper_of_a_mine(kind)) continue;
    options.push_back({std::string(kind.name), std::string(kind.name), std::string(kind.label())});
  }
  view.paper_kind = slot_choice(making, Slot::paper_kind, "place.paper_kind", {}, std::move(options));
  // Only the page that is looked at is made.
  if (making.slots[Slot::place_tab] != "papers") return {};
  const records::KindDescription& kind = *records::find_kind(chosen_text(view.paper_kind));
  if (kind.number == kinds::restoration_task) return add_tasks(making, mine, view.papers);
  KX_TRY(papers, making.store().list_where(kind.number, records::common::mine, mine.id()));
  add_papers_of(making, {{"mine", mine.id().text()}, mine_prefix, {}}, kind, std::move(papers), view.papers);
  return {};
}

}  // namespace kuangxun::screens
