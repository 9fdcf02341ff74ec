#include "app/green/steps.h"
#include "app/green/actions.h"
#include "app/pages/fields.h"
#include "app/pages/green_mine.h"
#include "app/pages/page.h"
#include "db/language/language.h"
#include "db/records/choices/green_step.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/green_step.h"
#include "db/records/kinds_green.h"

// The road of an assessment, step by step. A third party's team is asked for by its step only, because what the law
// asks of a team is held against what is recorded of it.
namespace kuangxun::pages {
namespace {

using blocks::Tone;
using records::Record;

std::string title(Context&, const Uuid&) {
  return say_text("Steps");
}

blocks::Fact fact_of(const Record& step) {
  blocks::Fact fact{step.display(records::green_step::step),
                    step.display(records::green_step::done_on) + "　" + step.text(records::green_step::done_by),
                    step.text(records::green_step::document)};
  if (step.has(records::green_step::result)) {
    fact.note += (fact.note.empty() ? "" : "\n") + step.text(records::green_step::result);
  }
  if (step.integer(records::green_step::step) == records::green_step::county_opinion) {
    fact.note += say_text(" (advisory, no other level's conclusion)");
  }
  if (step.integer(records::green_step::step) != records::green_step::third_party) return fact;
  for (const green::TeamFinding& finding : green::team_findings(step)) {
    fact.note += (fact.note.empty() ? "" : "\n") + finding.text;
    if (finding.is_short) fact.tone = Tone::bad;
  }
  return fact;
}

// What the form of a step comes to.
struct Form {
  std::string step;  // its code; empty: none is chosen
  std::string done_on;
  std::string done_by;
  std::string document;
  std::string result;
  std::string team_size;
  std::string team_intermediate;
  std::string team_senior;
  std::string leader_is_full_time;
  bool is_third_party() const { return step == "third-party"; }
};

class StepsPage final : public Page {
 public:
  explicit StepsPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(assessment, green::read_assessment(context_.desk().store, context_.green(), id));
    blocks::Blocks page;
    if (assessment.steps.empty()) page += blocks::Text{say_text("No steps yet."), Tone::muted};
    std::size_t index = 0;
    for (const Record& step : assessment.steps) {
      page += fact_of(step);
      page += void_button(context_, step, "green.step.void." + std::to_string(index++));
    }
    add_form(id, page);
    return page;
  }

 private:
  // Where nothing is typed: today, by who acts.
  std::string done_on() const { return form_.done_on.empty() ? format_day(today_of(context_)) : form_.done_on; }
  std::string done_by() const { return form_.done_by.empty() ? acting_name(context_) : form_.done_by; }

  static blocks::Entry entry_of(std::string& text, std::string_view field, std::string hint = {}) {
    std::string label(records::kind_of(records::kinds::green_step).find_field(field)->label());
    return own_entry(text, "green.step." + std::string(field), std::move(label), std::move(hint));
  }

  void add_form(const Uuid& assessment, blocks::Blocks& page) {
    blocks::Choice step =
        own_choice(form_.step, "green.step", say_text("Step"), options_of(records::green_step_enumeration));
    if (form_.step.empty()) step.chosen.reset();
    page += std::move(step);
    blocks::Columns entries{"green.step.entries", 4, {}};
    entries.cells += entry_of(form_.done_on, "done_on", done_on());
    entries.cells += entry_of(form_.done_by, "done_by", done_by());
    entries.cells += entry_of(form_.document, "document", say_text("its name and number"));
    entries.cells += entry_of(form_.result, "result", say_text("what the paper says"));
    page += std::move(entries);
    if (form_.is_third_party()) add_team(page);
    blocks::Button add{"green.step.add", say_text("Record the step"),
                       [this, assessment] { return record(assessment); }};
    if (form_.step.empty()) {
      add.hint = say_text("choose the step first");
    } else if (done_by().empty()) {
      add.hint = say_text("say by whom first");
    }
    add.enabled = add.hint.empty();
    page += std::move(add);
  }

  void add_team(blocks::Blocks& page) {
    blocks::Columns team{"green.step.team", 3, {}};
    team.cells += entry_of(form_.team_size, "team_size");
    team.cells += entry_of(form_.team_intermediate, "team_intermediate");
    team.cells += entry_of(form_.team_senior, "team_senior");
    page += std::move(team);
    blocks::Choice leader =
        own_choice(form_.leader_is_full_time, "green.step.leader", say_text("The leader is full-time staff"),
                   {{"yes", "true", say_text("yes")}, {"no", "false", say_text("no")}});
    if (form_.leader_is_full_time.empty()) leader.chosen.reset();
    page += std::move(leader);
  }

  Status record(const Uuid& assessment) {
    std::vector<inspect::FieldText> fields = {
        {"done_on", done_on()}, {"done_by", done_by()}, {"document", form_.document}, {"result", form_.result}};
    if (form_.is_third_party()) {
      fields.push_back({"team_size", form_.team_size});
      fields.push_back({"team_intermediate", form_.team_intermediate});
      fields.push_back({"team_senior", form_.team_senior});
      fields.push_back({"leader_is_full_time", form_.leader_is_full_time});
    }
    KX_TRY(step, green::add_step(context_.desk(), assessment, form_.step, std::move(fields)));
    (void)step;
    form_ = {};
    context_.say({say_text("the step is recorded"), Tone::good});
    return {};
  }

  Context& context_;
  Form form_;
};

const Registered steps_page{{.name = "steps",
                             .where = Where::assessment,
                             .order = 50,
                             .title = title,
                             .make = make<StepsPage>,
                             .needs_room = true}};

}  // namespace
}  // namespace kuangxun::pages
