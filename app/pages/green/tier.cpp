#include "app/green/actions.h"
#include "app/green/steps.h"
#include "app/pages/fields.h"
#include "app/pages/green_mine.h"
#include "app/pages/page.h"
#include "db/language/language.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/green_table.h"
#include "db/records/handles/green_tier.h"

// The overview of a mine as a green one: the tier that a person decided, and its assessments. No tier is proposed:
// which one it is, is a person's to say, with a reason and a name.
namespace kuangxun::pages {
namespace {

using blocks::Tone;
using green::Assessment;
using records::Record;

std::string title(Context&, const Uuid&) {
  return say_text("Overview");
}

void add_facts(const Assessment& assessment, blocks::Blocks& page) {
  page += blocks::Fact{say_text("Index"), assessment.index->document(), assessment.index->notes()};
  if (assessment.table) {
    page += blocks::Fact{say_text("Item table"), assessment.table->record.text(records::green_table::label),
                         say_text("copied from ") + assessment.table->record.text(records::green_table::text_source)};
  }
  page += blocks::Fact{say_text(in_context("pages/green", "Marks")), green::entered_text(assessment)};
  page += blocks::Fact{say_text("Stage"), green::stage_text(assessment.steps)};
  std::string line = say_text("none, nothing is compared");
  if (assessment.line.pass_total || assessment.line.floor_percent) {
    const auto shown = [](std::optional<std::int64_t> value) {
      return value ? green::format_marks(*value) : std::string("–");
    };
    line = say_with("total {0}, each first level {1} %",
                    {shown(assessment.line.pass_total), shown(assessment.line.floor_percent)});
  }
  page += blocks::Fact{say_text("Line"), line, assessment.line_source};
}

class TierPage final : public Page {
 public:
  explicit TierPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& mine) override {
    KX_TRY(assessments, green::assessments_of(context_.desk().store, context_.green(), mine));
    blocks::Blocks page;
    KX_CHECK(add_tiers(mine, page));
    blocks::Section newest{assessments.empty() ? say_text("Assessment") : assessment_title(assessments.front()), {}};
    if (assessments.empty()) {
      newest.blocks += blocks::Text{say_text("No assessment yet."), Tone::muted};
    } else {
      add_facts(assessments.front(), newest.blocks);
    }
    blocks::Line buttons = begin_buttons(mine);
    if (!assessments.empty()) {
      buttons.blocks += void_button(context_, assessments.front().record, "green.void");
    }
    newest.blocks += std::move(buttons);
    page += std::move(newest);
    if (assessments.size() < 2) return page;
    blocks::Section earlier{say_text("Earlier assessments"), {}};
    for (std::size_t i = 1; i < assessments.size(); ++i) {
      earlier.blocks += blocks::Fact{assessment_title(assessments[i]), green::entered_text(assessments[i]),
                                     green::stage_text(assessments[i].steps)};
    }
    page += std::move(earlier);
    return page;
  }

 private:
  Status add_tiers(const Uuid& mine, blocks::Blocks& page) {
    KX_TRY(tiers, green::tiers_of(context_.desk().store, mine));
    blocks::Section section{say_text("Tier (set by a person)"), {}};
    if (tiers.empty()) section.blocks += blocks::Text{say_text("Not set."), Tone::muted};
    for (const Record& tier : tiers) {
      section.blocks += blocks::Fact{
          tier.display(records::green_tier::tier),
          tier.display(records::green_tier::decided_on) + "　" + tier.text(records::green_tier::decided_by),
          tier.text(records::green_tier::reason), &tier == &tiers.front() ? Tone::accent : Tone::muted};
    }
    blocks::Choice choice =
        own_choice(tier_, "green.tier", say_text("Tier"), options_of(records::green_tier_enumeration));
    if (tier_.empty()) choice.chosen.reset();
    section.blocks += std::move(choice);
    blocks::Columns decision{"green.decision", 2, {}};
    decision.cells += own_entry(reason_, "green.reason", say_text("Reason"));
    decision.cells += own_entry(by_, "green.by", say_text("Decided by"), acting_name(context_));
    section.blocks += std::move(decision);
    section.blocks += set_button(mine);
    page += std::move(section);
    return {};
  }

  std::string decider() const { return by_.empty() ? acting_name(context_) : by_; }

  blocks::Button set_button(const Uuid& mine) {
    blocks::Button set{"green.set_tier", say_text("Set the tier"), [this, mine] { return set_tier(mine); }};
    if (tier_.empty()) {
      set.hint = say_text("choose the tier first");
    } else if (reason_.empty()) {
      set.hint = say_text(in_context("pages", "give the reason first"));
    } else if (decider().empty()) {
      set.hint = say_text("say who decides first");
    }
    set.enabled = set.hint.empty();
    return set;
  }

  Status set_tier(const Uuid& mine) {
    KX_TRY(decision, green::set_tier(context_.desk(), {mine, tier_, reason_, {}, decider(), {}}));
    (void)decision;
    tier_.clear();
    reason_.clear();
    context_.say({say_text("the tier is recorded"), Tone::good});
    return {};
  }

  // For each index that may be in force today.
  blocks::Line begin_buttons(const Uuid& mine) {
    blocks::Line buttons;
    for (const green::Index& index : context_.green().indexes()) {
      if (!index.may_be_in_force(today_of(context_))) continue;
      const auto* level = records::green_level_enumeration.find(index.level);
      blocks::Button begin{"green.begin." + index.id,
                           say_with("Begin a {0} assessment", {either(level->chinese, level->english)}),
                           [this, mine, id = index.id] { return begin_assessment(mine, id); }};
      begin.hint = index.title();
      buttons.blocks += std::move(begin);
    }
    return buttons;
  }

  Status begin_assessment(const Uuid& mine, const std::string& index_id) {
    KX_TRY(index, context_.green().require(index_id));
    KX_TRY(assessment, green::begin_assessment(context_.desk(), context_.green(),
                                               {mine, index->level, index->id, {}, acting_name(context_), {}}));
    (void)assessment;
    return {};
  }

  Context& context_;
  std::string tier_;
  std::string reason_;
  std::string by_;
};

const Registered tier_page{{"tier", Where::green, 10, title, make<TierPage>}};

}  // namespace
}  // namespace kuangxun::pages
