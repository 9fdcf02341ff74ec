#include "app/facts/answer_wholes.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/language/language.h"

// A checklist asks one thing an item, a rule may ask for several at once. Some items ask for the whole, in lists that
// need no more, and so did retired ones whose answers still count: whatever was said of the whole is answered by newer
// words about its parts, and they by a newer word about the whole. A part that nobody spoke of since a "yes" to the
// whole is still yes; after a "no" to the whole nobody knows whose fault it was until every part was answered or one
// is no.
namespace kuangxun::facts {
namespace {

struct Part {
  const FactDefinition& fact;
  const Answered* answer = nullptr;  // if it was answered, and not before the whole was
  bool is(bool yes) const {
    return answer != nullptr && answer->value.is_known && answer->value.number == (yes ? 1 : 0);
  }
};
using Parts = std::vector<Part>;

const Answered* find(const AnsweredFacts& answers, std::size_t fact) {
  const auto found = answers.find(fact);
  return found == answers.end() ? nullptr : &found->second;
}

Parts parts_of(const FactDefinition& whole, const FactDictionary& dictionary, const AnsweredFacts& answers) {
  const Answered* own = find(answers, whole.index);
  Parts parts;
  for (const std::size_t index : whole.all_of) {
    const Answered* answer = find(answers, index);
    if (answer != nullptr && own != nullptr && answer->visit > own->visit) answer = nullptr;
    parts.push_back({dictionary.definitions()[index], answer});
  }
  return parts;
}

Answered differing(std::size_t visit) {
  return {FactValue::unknown(say_text("the answers of one visit differ")), visit};
}

// A no decides whatever the other parts are; of several the newest is named.
Answered refused(const Parts& parts, const Answered* own) {
  const Part* no = nullptr;
  for (const Part& part : parts) {
    if (part.is(false) && (no == nullptr || part.answer->visit < no->answer->visit)) no = &part;
  }
  const bool was_yes = own != nullptr && own->value.is_known && own->value.number != 0;
  if (was_yes && no->answer->visit == own->visit) return differing(own->visit);
  Answered found = *no->answer;
  found.value.shown = say_with("no ({0}: no)", {no->fact.label()});
  return found;
}

// Every part is yes: as long known as the one that was asked longest ago.
Answered confirmed(const Parts& parts, const Answered* own) {
  const auto oldest = std::ranges::max_element(parts, {}, [](const Part& part) { return part.answer->visit; });
  const auto newest = std::ranges::min_element(parts, {}, [](const Part& part) { return part.answer->visit; });
  const bool was_no = own != nullptr && own->value.is_known && own->value.number == 0;
  if (was_no && newest->answer->visit == own->visit) return differing(own->visit);
  Answered found = *oldest->answer;
  found.value.is_example = std::ranges::any_of(parts, [](const Part& part) { return part.answer->value.is_example; });
  return found;
}

// Some parts are yes, the others were not asked.
Answered half_known(const FactDefinition& whole, const Parts& parts, const Answered* own) {
  std::vector<std::string> open;
  bool is_newer = false;
  for (const Part& part : parts) {
    if (part.answer == nullptr) open.emplace_back(part.fact.label());
    if (part.answer != nullptr && own != nullptr && part.answer->visit < own->visit) is_newer = true;
  }
  const std::string list = join(open, say(", "));
  if (own == nullptr) {
    return {FactValue::unknown(say_with("not answered yet: {0}", {list})), 0, true};
  }
  const bool was_no = own->value.is_known && own->value.number == 0;
  if (!is_newer || !was_no) return *own;
  return {FactValue::unknown(
              say_with("\"{0}\" was no ({1}); not answered since: {2}", {whole.label(), own->value.note, list})),
          own->visit};
}

std::optional<Answered> sum_up(const FactDefinition& whole, const FactDictionary& dictionary,
                               const AnsweredFacts& answers) {
  const Answered* own = find(answers, whole.index);
  const Parts parts = parts_of(whole, dictionary, answers);
  if (std::ranges::all_of(parts, [](const Part& part) { return part.answer == nullptr; })) return std::nullopt;
  if (std::ranges::any_of(parts, [](const Part& part) { return part.is(false); })) return refused(parts, own);
  if (std::ranges::all_of(parts, [](const Part& part) { return part.is(true); })) return confirmed(parts, own);
  const auto unsure = std::ranges::find_if(
      parts, [](const Part& part) { return part.answer != nullptr && !part.answer->value.is_known; });
  return unsure != parts.end() ? *unsure->answer : half_known(whole, parts, own);
}

}  // namespace

void add_wholes(AnsweredFacts& answers, const FactDictionary& dictionary) {
  if (answers.empty()) return;
  for (const FactDefinition& fact : dictionary.definitions()) {
    if (fact.all_of.empty()) continue;
    if (std::optional<Answered> found = sum_up(fact, dictionary, answers)) answers[fact.index] = std::move(*found);
  }
}

}  // namespace kuangxun::facts
