#include <map>

#include "app/facts/answer_wholes.h"
#include "app/facts/sites.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::facts {
namespace {

using records::Record;
namespace kinds = records::kinds;

constexpr std::int64_t answer_yes = 1;
constexpr std::int64_t answer_no = 2;

std::string origin_of(const Record& visit, bool is_example) {
  const std::string day = format_minute(visit.integer(records::visit::started_at), beijing_offset_min).substr(0, 10);
  return is_example ? say_with("from the answers of {0} (example data)", {day})
                    : say_with("from the answers of {0}", {day});
}

// A figure at the fact's scale; unknown where it was written in another unit or is beyond what the fact can be.
std::optional<FactValue> figure_of(const Record& answer, const AnswerFeed& feed, const FactDefinition& fact,
                                   const FactValue& measured) {
  if (!measured.is_known) return measured.is_disputed ? std::optional(measured) : std::nullopt;
  const std::string unit = answer.text(records::checklist_answer::measured_unit);
  if (unit != feed.unit.chinese && unit != feed.unit.english) {
    return FactValue::unknown(say_with("the answer's unit \"{0}\" is not the item's, {1}", {unit, feed.unit.text()}));
  }
  constexpr int answer_scale = 4;
  std::int64_t number = measured.number;
  if (fact.scale >= answer_scale) {
    number *= power_of_ten(fact.scale - answer_scale);
  } else {
    const std::int64_t factor = power_of_ten(answer_scale - fact.scale);
    if (number % factor != 0) {
      return FactValue::unknown(say_text("the answer has more decimals than the fact"));
    }
    number /= factor;
  }
  if (number < 0 || number > fact.maximum) {
    return FactValue::unknown(say_text("the answer is out of range: check it again"));
  }
  return FactValue::of(number);
}

// What one answer gives its fact; nothing when it cannot tell, does not apply or is not given yet.
std::optional<FactValue> answered(const Record& answer, const AnswerFeed& feed, const FactDefinition& fact,
                                  const DisputeIndex& disputes) {
  const auto field = [&](std::string_view name) { return fact_of(answer, name, disputes); };
  if (feed.answer == AnswerKind::number) return figure_of(answer, feed, fact, field("measured"));
  if (feed.answer == AnswerKind::choice) {
    const FactValue choice = field("choice");
    if (choice.is_disputed) return choice;
    const auto* option = fact.enumeration->find(answer.text(records::checklist_answer::choice));
    return option == nullptr ? std::nullopt : std::optional(FactValue::of(option->number));
  }
  const FactValue given = field("answer");
  if (given.is_disputed) return given;
  if (!given.is_known || (given.number != answer_yes && given.number != answer_no)) return std::nullopt;
  return FactValue::of((given.number == answer_yes) == feed.yes_means ? 1 : 0);
}

// What one visit's answers say; a fact that two items answer differently stays unknown.
Result<std::map<std::size_t, FactValue>> answers_of(history::RecordReader& store, const AskedFacts& asked,
                                                    const Record& visit, const Registers& registers) {
  KX_TRY(answers, store.list_where(kinds::checklist_answer, records::checklist_answer::visit, visit.id()));
  std::map<std::size_t, FactValue> said;
  for (const auto& answer : answers) {
    if (answer.is_voided()) continue;
    const auto* feed =
        asked.feeds.of(answer.text(records::checklist_answer::checklist), answer.text(records::checklist_answer::item));
    if (feed == nullptr) continue;
    const auto given = answered(answer, *feed, asked.dictionary.definitions()[feed->fact], registers.disputes);
    if (!given) continue;  // an older visit may know
    FactValue fact = *given;
    if (fact.is_known) {
      fact.is_example =
          answer.integer(records::checklist_answer::is_example) != 0 || visit.integer(records::visit::is_example) != 0;
      fact.note = origin_of(visit, fact.is_example);
    }
    const auto [held, is_new] = said.emplace(feed->fact, fact);
    if (is_new || (held->second.is_known == fact.is_known && held->second.number == fact.number)) continue;
    held->second = FactValue::unknown(say_text("the answers of one visit differ"));
  }
  return said;
}

// An answer says how it was on the day of the visit; a paper that came later knows better. Of an earlier paper nobody
// can tell which of the two is wrong.
FactValue settle(const FactValue& paper, FactValue answer, const Record& visit) {
  if (!paper.dated || !paper.is_known) return answer;
  if (answer.is_known && answer.number == paper.number) return paper;
  if (*paper.dated > day_of(visit.integer(records::visit::started_at), beijing_offset_min)) return paper;
  if (!answer.is_known) return answer;
  FactValue value = FactValue::unknown(say_with("{0}, against \"{1}\"", {answer.note, paper.note}));
  value.is_example = answer.is_example || paper.is_example;
  return value;
}

}  // namespace

Result<std::set<Uuid>> visited_places(history::RecordReader& store) {
  KX_TRY(visits, store.list(kinds::visit));
  std::set<Uuid> places;
  for (const auto& visit : visits) places.insert(visit.reference(records::visit::place));
  return places;
}

Status add_answer_facts(FactSet& facts, history::RecordReader& store, const AskedFacts& asked,
                        const std::vector<Record>& visits, const Registers& registers) {
  if (asked.feeds.size() == 0) return {};
  AnsweredFacts answers;
  for (std::size_t at = 0; at < visits.size(); ++at) {
    if (answers.size() >= asked.feeds.size()) break;  // every fact that answers give is known
    KX_TRY(said, answers_of(store, asked, visits[at], registers));
    for (auto& [fact, value] : said) answers.emplace(fact, Answered{std::move(value), at});
  }
  add_wholes(answers, asked.dictionary);
  for (auto& [fact, answer] : answers) {
    FactValue& held = facts[fact];
    if (!answer.is_open) {
      held = settle(held, std::move(answer.value), visits[answer.visit]);
    } else if (!held.is_known && held.note.empty()) {
      held.note = std::move(answer.value.note);
    }
  }
  return {};
}

}  // namespace kuangxun::facts
