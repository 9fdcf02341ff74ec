#include <algorithm>

#include "app/pages/fields.h"
#include "app/pages/green_mine.h"
#include "app/pages/page.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_score.h"
#include "db/records/kinds_green.h"

// What must hold before marks are given at all: a yes, a no or a figure to each question, and beside them what the
// rules make of the answers on the day of the assessment.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using green::Assessment;
using records::Record;

// A figure needs no more room than this share of the page.
constexpr int figure_columns = 3;

std::string title(Context&, const Uuid&) {
  return say_text("Preconditions");
}

blocks::Badge badge_of(const std::vector<criteria::Verdict>& verdicts, const std::string& rule) {
  for (const criteria::Verdict& verdict : verdicts) {
    if (verdict.rule != rule) continue;
    const Tone tone = verdict.outcome == criteria::Outcome::pass   ? Tone::good
                      : verdict.outcome == criteria::Outcome::fail ? Tone::bad
                                                                   : Tone::unsure;
    return {std::string(criteria::label_of(verdict.outcome)), tone};
  }
  return {say_text("cannot be determined"), Tone::unsure};
}

class PreconditionsPage final : public Page {
 public:
  explicit PreconditionsPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    history::RecordStore& store = context_.desk().store;
    KX_TRY(assessment, green::read_assessment(store, context_.green(), id));
    const auto day = static_cast<Day>(assessment.record.integer(records::green_assessment::assessed_on));
    KX_TRY(verdicts, green_verdicts_on(context_, assessment.mine.id(), day));
    KX_TRY(scores, store.list_where(kinds::green_score, records::green_score::assessment, id));
    std::erase_if(scores, [](const Record& score) { return score.is_voided(); });
    blocks::Blocks page;
    for (const green::PreconditionAnswer& answer : assessment.preconditions) {
      const green::Precondition& asked = *answer.question;
      // The first question of each has its text.
      if (!asked.text_chinese.empty()) {
        if (!page.empty()) page += blocks::Divider{};
        const std::string number = std::to_string(asked.number);
        blocks::Line head;
        head.blocks += badge_of(verdicts, "GM-P" + number);
        head.blocks += blocks::Text{"P" + number + "　" + either_text(asked.text_chinese, asked.text_english)};
        page += std::move(head);
      }
      add_question(answer, scores, id, page);
    }
    return page;
  }

 private:
  void add_question(const green::PreconditionAnswer& answer, const std::vector<Record>& scores, const Uuid& assessment,
                    blocks::Blocks& page) {
    const green::Precondition& asked = *answer.question;
    std::string text = asked.code() + "　" + either_text(asked.question_chinese, asked.question_english);
    if (answer.is_contradictory) text += say_text(" (entered in two ways: enter it again)");
    page += blocks::Text{std::move(text)};
    if (!answer.is_contradictory && !answer.answer && !answer.figure) {
      page += blocks::Text{say_text("Where: ") + either_text(asked.where_chinese, asked.where_english), Tone::muted};
    }
    // The record of the answer; none while it is not answered.
    const auto found = std::ranges::find_if(
        scores, [&](const Record& score) { return score.text(records::green_score::item) == asked.fact; });
    const Record* record = found == scores.end() ? nullptr : &*found;
    FieldAddress at{record == nullptr ? Uuid() : record->id(),
                    kinds::green_score,
                    asked.is_figure ? "figure" : "answer",
                    {{"assessment", assessment.text()}, {"item", asked.fact}},
                    {}};
    const std::string name = "green." + asked.code();
    if (asked.is_figure) {
      blocks::Columns columns{name + ".figure", figure_columns, {}};
      blocks::Entry figure = field_entry(context_, record, std::move(at), name, true);
      figure.label.clear();
      columns.cells += std::move(figure);
      page += std::move(columns);
    } else {
      page += answer_choice(answer, record, std::move(at), name);
    }
  }

  // Two records that say different things are no answer.
  blocks::Choice answer_choice(const green::PreconditionAnswer& answer, const Record* record, FieldAddress at,
                               const std::string& name) {
    blocks::Choice choice = field_choice(context_, record, std::move(at), name, true);
    choice.label.clear();
    std::erase_if(choice.options, [](const blocks::Option& option) { return option.key == "not-applicable"; });
    choice.chosen.reset();
    const auto* given = answer.answer ? records::answer_enumeration.find(*answer.answer) : nullptr;
    if (given == nullptr) return choice;
    const auto option = std::ranges::find(choice.options, given->code, &blocks::Option::key);
    if (option != choice.options.end()) choice.chosen = static_cast<std::size_t>(option - choice.options.begin());
    return choice;
  }

  Context& context_;
};

const Registered preconditions_page{{"preconditions", Where::assessment, 20, title, make<PreconditionsPage>}};

}  // namespace
}  // namespace kuangxun::pages
