#include "app/green/what_if.h"
#include "app/pages/green_mine.h"
#include "app/pages/page.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations_green.h"

// What the marks of an assessment come to, and what would lift the mine over its lines at least effort. Sums are shown
// when all items are in; until then only what is certain whatever the open ones bring.
namespace kuangxun::pages {
namespace {

using blocks::Tone;
using green::Assessment;
using green::format_marks;

std::string title(Context&, const Uuid&) {
  return say_text(in_context("pages", "Marks"));
}

std::string range_text(const green::Sum& sum) {
  std::string text = sum.low == sum.high ? format_marks(sum.low) : format_marks(sum.low) + "–" + format_marks(sum.high);
  if (!sum.line) return text;
  return text + say_with(", {0} the line of {1}", {green::label_of(sum.against), format_marks(*sum.line)});
}

Tone tone_of(const green::Sum& sum) {
  if (!sum.line) return Tone::plain;
  return sum.against == green::Against::not_below ? Tone::good
         : sum.against == green::Against::below   ? Tone::bad
                                                  : Tone::unsure;
}

std::vector<std::string> no_total_of(const Assessment& assessment) {
  std::vector<std::string> reasons = assessment.no_total;
  if (!assessment.standing || assessment.standing->entered == assessment.standing->items) return reasons;
  const green::Standing& standing = *assessment.standing;
  reasons.push_back(say_with("a total comes when all {0} items are entered; {1} are",
                             {std::to_string(standing.items), std::to_string(standing.entered)}));
  if (standing.against == green::Against::below) {
    reasons.push_back(say_text("whatever the open items bring, it is below the lines or a veto item is not met"));
  }
  return reasons;
}

void add_reading(const green::Standing& standing, const green::Reading& reading, blocks::Blocks& page) {
  std::string note;
  const auto* rule = records::na_rule_enumeration.find(reading.na_rule);
  if (standing.not_applicable > 0) note = either_text(rule->chinese, rule->english);
  page += blocks::Fact{say_text("Total"), range_text(reading.total), note, tone_of(reading.total)};
  for (const green::LevelSum& level : reading.levels) {
    page +=
        blocks::Fact{level.name, level.applies() ? range_text(level.sum) : say_text("nothing applies"),
                     say_with("of {0}, {1} of {2} entered",
                              {format_marks(level.full), std::to_string(level.entered), std::to_string(level.items)}),
                     tone_of(level.sum)};
  }
}

std::string numbers_text(const std::vector<std::int64_t>& items) {
  std::vector<std::string> numbers;
  for (const std::int64_t item : items) numbers.push_back(std::to_string(item));
  return join(numbers, say(", "));
}

void add_sums(const green::Standing& standing, blocks::Blocks& page) {
  if (standing.entered == standing.items) {
    for (const green::Reading& reading : standing.readings) add_reading(standing, reading, page);
  }
  if (!standing.vetoes_not_met.empty()) {
    page += blocks::Fact{say_text("Veto items not met"), numbers_text(standing.vetoes_not_met), {}, Tone::bad};
  }
  if (!standing.vetoes_open.empty()) {
    page += blocks::Fact{say_text("Veto items not entered"), numbers_text(standing.vetoes_open), {}, Tone::unsure};
  }
}

std::string summary_of(const green::WhatIf& found) {
  if (found.is_reached_already) {
    return say_text("The marks are not below the line and the floors already; nothing needs lifting.");
  }
  if (!found.is_possible) return say_text("Lifting all that can be lifted does not reach the lines:");
  return say_with("Bringing these {0} items to their full marks, effort {1} in all, is a cheapest way:",
                  {std::to_string(found.items.size()), format_marks(found.effort)});
}

std::vector<std::string> notes_of(const green::WhatIf& found) {
  std::vector<std::string> notes;
  if (!found.is_reached_already && !found.is_possible) notes = found.why_not;
  if (found.is_by_count && !found.is_reached_already) {
    notes.push_back(say_text("The table has no efforts: the fewest items were looked for."));
  } else if (!found.without_estimate.empty()) {
    notes.push_back(say_with("Items without an effort were left out: {0}; with theirs the answer may differ.",
                             {numbers_text(found.without_estimate)}));
  }
  return notes;
}

blocks::Section what_if_section(const Assessment& assessment) {
  blocks::Section section{say_text("Improvements needed"), {}};
  const Result<green::WhatIf> found = green::what_if(assessment.table->table, assessment.scores, assessment.line);
  if (!found.ok()) {
    section.blocks += blocks::Text{say_text("It cannot be determined yet: ") + found.error().message()};
    return section;
  }
  section.blocks += blocks::Text{summary_of(*found)};
  for (const green::LiftedItem& item : found->items) {
    const green::Item* known = assessment.table->table.find(item.number);
    section.blocks += blocks::Fact{
        std::to_string(item.number) + "　" + known->name,
        say_with("gains {0}, effort {1}", {format_marks(item.gain), format_marks(item.effort)}), known->first_level};
  }
  for (std::string& note : notes_of(*found)) section.blocks += blocks::Text{std::move(note), Tone::muted};
  return section;
}

class MarksPage final : public Page {
 public:
  explicit MarksPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(assessment, green::read_assessment(context_.desk().store, context_.green(), id));
    blocks::Section section{say_text("Marks"), {}};
    section.blocks += blocks::Text{green::entered_text(assessment)};
    for (std::string& reason : no_total_of(assessment)) section.blocks += blocks::Text{std::move(reason), Tone::unsure};
    if (assessment.standing) {
      add_sums(*assessment.standing, section.blocks);
      section.blocks += what_if_section(assessment);
    }
    blocks::Blocks page;
    page += std::move(section);
    return page;
  }

 private:
  Context& context_;
};

const Registered marks_page{{"marks", Where::assessment, 40, title, make<MarksPage>}};

}  // namespace
}  // namespace kuangxun::pages
