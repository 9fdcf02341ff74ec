#include <algorithm>
#include <map>

#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/visit_facts.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/common.h"
#include "db/records/handles/visit.h"

// The checklists of a visit, answered in any order; a press is an answer. What is answered and still lacks the picture
// that the list asks for counts as a gap. A retired question is shown where it was answered, and what took its place is
// not asked there again: the count of the list would otherwise fall when the program is renewed.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using criteria::AnswerKind;
using criteria::Checklist;
using criteria::ChecklistItem;
using records::Record;

using Answers = std::map<std::string, const inspect::Child*>;

std::string title(Context&, const Uuid&) {
  return say_text("Checklist");
}

// The answers that stand, by item.
Answers answers_to(const VisitFacts& visit, const Checklist& checklist) {
  Answers answers;
  for (const inspect::Child* child : visit.children(kinds::checklist_answer)) {
    const bool counts =
        !child->record.is_voided() && child->record.text(records::checklist_answer::checklist) == checklist.id;
    if (counts) answers[child->record.text(records::checklist_answer::item)] = child;
  }
  return answers;
}

const inspect::Child* answer_to(const Answers& answers, const ChecklistItem& item) {
  const auto found = answers.find(item.id);
  return found != answers.end() ? found->second : nullptr;
}

bool is_answered(const ChecklistItem& item, const inspect::Child* child) {
  if (child == nullptr) return false;
  const Record& record = child->record;
  switch (item.answer) {
    case AnswerKind::text:
      return record.has(records::checklist_answer::answer) || record.has(records::checklist_answer::remark);
    case AnswerKind::number:  // or that it cannot be told
      return record.has(records::checklist_answer::measured) || record.has(records::checklist_answer::answer);
    case AnswerKind::choice:
      return record.has(records::checklist_answer::choice) || record.has(records::checklist_answer::answer);
    case AnswerKind::compare:
    case AnswerKind::question:
      return record.has(records::checklist_answer::answer);
  }
  return false;
}

bool lacks_photo(const ChecklistItem& item, const inspect::Child* child) {
  return is_answered(item, child) && item.needs_photo && !child->record.has(records::common::photo);
}

// What the visit is asked, in the order of the list.
std::vector<const ChecklistItem*> asked_of(const Checklist& checklist, const Answers& answers) {
  std::vector<const ChecklistItem*> asked;
  for (const ChecklistItem& item : checklist.items) {
    const bool is_asked =
        checklist.asks(item, [&](const ChecklistItem& one) { return is_answered(one, answer_to(answers, one)); });
    if (is_asked) asked.push_back(&item);
  }
  return asked;
}

std::size_t count_answered(const Checklist& checklist, const Answers& answers) {
  return static_cast<std::size_t>(std::ranges::count_if(
      checklist.items, [&](const ChecklistItem& item) { return is_answered(item, answer_to(answers, item)); }));
}

std::vector<std::string> text_fields(AnswerKind kind) {
  if (kind == AnswerKind::compare) return {"licence_says", "published", "seen_on_site", "remark"};
  if (kind == AnswerKind::number) return {"measured", "remark"};
  return {"remark"};
}

Tone tone_of_answer(std::string_view answer) {
  if (answer == "yes") return Tone::good;
  if (answer == "no") return Tone::bad;
  return answer == "cannot-tell" ? Tone::unsure : Tone::muted;
}

void keep_only(blocks::Choice& choice, std::initializer_list<std::string_view> keys) {
  const std::string chosen = choice.chosen ? choice.options[*choice.chosen].key : std::string();
  std::erase_if(choice.options,
                [&](const blocks::Option& option) { return std::ranges::find(keys, option.key) == keys.end(); });
  choice.chosen = std::nullopt;
  for (std::size_t at = 0; at < choice.options.size(); ++at) {
    if (choice.options[at].key == chosen) choice.chosen = at;
  }
}

// One item of a list in one visit, with its answer if there is one.
struct Item {
  const VisitFacts& visit;
  const Checklist& checklist;
  const ChecklistItem& item;
  const inspect::Child* child = nullptr;

  const Record* answer() const { return child != nullptr ? &child->record : nullptr; }
  bool is_enabled() const { return child != nullptr ? visit.is_editable(*child) : !visit.visit().is_voided(); }
  std::string prefix() const { return "answer." + item.id; }
  FieldAddress address(const std::string& field) const {
    if (child != nullptr) return address_of(child->record, field);
    return address_in(visit, kinds::checklist_answer, field, {{"checklist", checklist.id}, {"item", item.id}});
  }
};

class ChecklistPage final : public Page {
 public:
  explicit ChecklistPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(visit, read_visit(context_.desk().store, id));
    if (std::exchange(visit_, id) != id) chosen_.clear();
    const std::vector<const Checklist*> lists = lists_for(visit);
    blocks::Blocks page;
    blocks::Choice which = choice_of_lists(visit, lists);
    const std::optional<std::size_t> chosen = which.chosen;
    page += std::move(which);
    if (!chosen) return page;
    const Checklist& current = *lists[*chosen];
    const Answers answers = answers_to(visit, current);
    page += blocks::Heading{progress_text(current, answers)};
    page += own_check(only_gaps_, "checklist.only_gaps", say_text("only the gaps"));
    std::string section;
    for (const ChecklistItem* asked : asked_of(current, answers)) {
      const ChecklistItem& item = *asked;
      const Item one{visit, current, item, answer_to(answers, item)};
      if (only_gaps_ && is_answered(item, one.child) && !lacks_photo(item, one.child)) continue;
      if (section != item.section.text()) {
        section = item.section.text();
        page += blocks::Section{section, {}};
      }
      add_item(one, page);
    }
    return page;
  }

 private:
  // The list that belongs to this kind of visit comes first.
  std::vector<const Checklist*> lists_for(const VisitFacts& visit) {
    const records::FieldDescription& kind = *visit.visit().kind().find_field(records::visit::visit_kind);
    const std::string code = records::format_value(kind, visit.visit().value(kind));
    std::vector<const Checklist*> lists;
    for (const Checklist& checklist : context_.rules().checklists()) {
      const bool is_own = checklist.visit_kind == code;
      lists.insert(is_own ? lists.begin() : lists.end(), &checklist);
    }
    return lists;
  }

  blocks::Choice choice_of_lists(const VisitFacts& visit, const std::vector<const Checklist*>& lists) {
    std::vector<blocks::Option> options;
    for (const Checklist* checklist : lists) {
      const Answers answers = answers_to(visit, *checklist);
      const std::size_t answered = count_answered(*checklist, answers);
      options.push_back({checklist->id, checklist->id,
                         std::string(checklist->title.text()) + " " + std::to_string(answered) + "/" +
                             std::to_string(asked_of(*checklist, answers).size())});
    }
    return own_choice(chosen_, "checklist", {}, std::move(options));
  }

  static std::string progress_text(const Checklist& checklist, const Answers& answers) {
    std::string words = say_with("answered {0} of {1}", {std::to_string(count_answered(checklist, answers)),
                                                         std::to_string(asked_of(checklist, answers).size())});
    const auto without_photo = std::ranges::count_if(
        checklist.items, [&](const ChecklistItem& item) { return lacks_photo(item, answer_to(answers, item)); });
    if (without_photo > 0) {
      words += say_with("; {0} without the picture that is asked for", {std::to_string(without_photo)});
    }
    return words;
  }

  void add_item(const Item& one, blocks::Blocks& page) {
    const ChecklistItem& item = one.item;
    const bool answered = is_answered(item, one.child);
    blocks::Line line;
    line.blocks += answered ? blocks::Badge{say_text("answered"), Tone::good}
                            : blocks::Badge{say_text(in_context("pages", "open")), Tone::muted};
    line.blocks += blocks::Text{item.id + "　" + std::string(item.question.text())};
    page += std::move(line);
    page += blocks::Text{std::string(item.how.text()), Tone::muted};
    if (item.is_retired()) {
      page += blocks::Text{
          say_with("Asked as {0} in later visits; this answer still counts.", {join(item.replaced_by, say(", "))}),
          Tone::muted};
    }
    if (!item.evidence.is_empty()) {
      std::string evidence = say_with("Evidence: {0}", {item.evidence.text()});
      if (item.needs_photo) evidence += say_text(" (photo needed)");
      page += blocks::Text{std::move(evidence), Tone::muted};
    }
    add_answer(one, page);
    add_entries(one, page);
    if (lacks_photo(item, one.child)) {
      page += blocks::Text{say_text("No picture is named as evidence yet."), Tone::unsure};
    }
    if (answered) page += photo_choice(one);
    page += blocks::Divider{};
  }

  void add_answer(const Item& one, blocks::Blocks& page) {
    if (one.item.answer == AnswerKind::text) return;
    if (one.item.answer == AnswerKind::choice) {
      page += own_choices(one);
      return;
    }
    blocks::Choice answer = field_choice(context_, one.answer(), one.address("answer"), one.prefix(), one.is_enabled());
    // A figure is its own answer; what is left to press is why there is none.
    if (one.item.answer == AnswerKind::number) keep_only(answer, {"not-applicable", "cannot-tell"});
    for (blocks::Option& option : answer.options) option.tone = tone_of_answer(option.key);
    answer.label.clear();  // the question stands above
    page += std::move(answer);
  }

  // The item's own choices, as an answer to press.
  blocks::Choice own_choices(const Item& one) {
    blocks::Choice choice = value_choice(context_, one.address("choice"), one.prefix(), one.is_enabled());
    for (const criteria::ChecklistChoice& option : one.item.choices) {
      const bool is_chosen =
          one.answer() != nullptr && one.answer()->text(records::checklist_answer::choice) == option.code;
      if (is_chosen) choice.chosen = choice.options.size();
      choice.options.push_back({option.code, option.code, std::string(option.text.text())});
    }
    return choice;
  }

  // The visit's pictures by the number they have on its page; pressed, one becomes the answer's evidence.
  blocks::Choice photo_choice(const Item& one) {
    blocks::Choice choice =
        value_choice(context_, one.address("photo"), one.prefix() + ".photo", one.is_enabled() && one.child != nullptr);
    choice.label = say_text("Picture");
    std::size_t number = 0;
    for (const inspect::Child* child : one.visit.children(kinds::photo)) {
      ++number;
      if (child->record.is_voided()) continue;
      const bool is_chosen =
          one.answer() != nullptr && one.answer()->reference(records::checklist_answer::photo) == child->record.id();
      if (is_chosen) choice.chosen = choice.options.size();
      choice.options.push_back({std::to_string(number), child->record.id().text(),
                                std::to_string(number) + " " + child->record.text(records::common::file_name)});
    }
    return choice;
  }

  void add_entries(const Item& one, blocks::Blocks& page) {
    const std::vector<std::string> fields = text_fields(one.item.answer);
    blocks::Columns entries{one.prefix() + ".fields", static_cast<int>(fields.size()), {}};
    for (const std::string& field : fields) {
      FieldAddress at = one.address(field);
      if (field == "measured") at.also = {{"measured_unit", one.item.unit.chinese}};
      blocks::Entry entry =
          field_entry(context_, one.answer(), std::move(at), one.prefix() + "." + field, one.is_enabled());
      entry.lines = one.item.answer == AnswerKind::text ? 2 : 1;
      if (field == "measured") entry.label = say_with("Measured ({0})", {one.item.unit.text()});
      if (field == "remark" && one.item.answer == AnswerKind::text) entry.label = say_text("What was seen");
      entries.cells += std::move(entry);
    }
    page += std::move(entries);
  }

  Context& context_;
  Uuid visit_;
  std::string chosen_;  // the list that is looked at
  bool only_gaps_ = false;
};

const Registered checklist_page{{"checklist", Where::visit, 30, title, make<ChecklistPage>}};

}  // namespace
}  // namespace kuangxun::pages
