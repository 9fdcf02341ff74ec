#include <algorithm>
#include <map>

#include "app/screens/visit_making.h"
#include "db/base/language.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/photo.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using criteria::AnswerKind;
using criteria::Checklist;
using criteria::ChecklistItem;

using Answers = std::map<std::string, const inspect::Child*>;

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

bool is_answered(const ChecklistItem& item, const inspect::Child* child) {
  if (child == nullptr) return false;
  const records::Record& record = child->record;
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

void keep_only(ChoiceEntry& entry, std::initializer_list<std::string_view> keys) {
  const std::string chosen = entry.chosen ? entry.options[*entry.chosen].key : std::string();
  std::erase_if(entry.options, [&](const Option& option) { return std::ranges::find(keys, option.key) == keys.end(); });
  entry.chosen = std::nullopt;
  for (std::size_t i = 0; i < entry.options.size(); ++i) {
    if (entry.options[i].key == chosen) entry.chosen = i;
  }
}

// The item's own choices, as an answer to press.
ChoiceEntry own_choices(const ChecklistItem& item, const records::Record* record, FieldAddress at, std::string name,
                        bool enabled) {
  ChoiceEntry entry{std::move(name), {}, {}, {}, std::move(at), enabled};
  for (const criteria::ChecklistChoice& choice : item.choices) {
    if (record != nullptr && record->text(records::checklist_answer::choice) == choice.code)
      entry.chosen = entry.options.size();
    entry.options.push_back({choice.code, choice.code, std::string(choice.text.text())});
  }
  return entry;
}

// The visit's pictures by the number they have on its page; pressed, one becomes the answer's evidence.
ChoiceEntry photo_choice(const VisitFacts& visit, const records::Record* answer, FieldAddress at, std::string name,
                         bool enabled) {
  ChoiceEntry entry{std::move(name), say_text("证据照片", "Picture"), {}, {}, std::move(at), enabled};
  std::size_t number = 0;
  for (const inspect::Child* child : visit.children(kinds::photo)) {
    ++number;
    if (child->record.is_voided()) continue;
    const std::string id = child->record.id().text();
    if (answer != nullptr && answer->reference(records::checklist_answer::photo) == child->record.id())
      entry.chosen = entry.options.size();
    entry.options.push_back(
        {std::to_string(number), id, std::to_string(number) + " " + child->record.text(records::photo::file_name)});
  }
  return entry;
}

ItemView item_view(const Making& making, const VisitFacts& visit, const Checklist& checklist, const ChecklistItem& item,
                   const inspect::Child* child) {
  ItemView view;
  view.code = item.id;
  view.question = item.question.text();
  view.how = item.how.text();
  if (!item.evidence.is_empty()) {
    view.evidence = say_with("证据：{0}", "Evidence: {0}", {item.evidence.text()});
    if (item.needs_photo) view.evidence += say_text("（须拍照）", " (photo needed)");
  }
  view.is_answered = is_answered(item, child);
  const records::Record* record = child != nullptr ? &child->record : nullptr;
  const bool enabled = child != nullptr ? visit.is_editable(*child) : !visit.visit().is_voided();
  const auto address = [&](const std::string& field) {
    if (record != nullptr) return address_of(*record, field);
    return address_in(visit, kinds::checklist_answer, field, {{"checklist", checklist.id}, {"item", item.id}});
  };
  const std::string prefix = "answer." + item.id;
  if (item.answer == AnswerKind::choice) {
    view.answer = own_choices(item, record, address("choice"), prefix, enabled);
  } else if (item.answer != AnswerKind::text) {
    view.answer = choice_entry(making, record, address("answer"), prefix, enabled);
    // A figure is its own answer; what is left to press is why there is none.
    if (item.answer == AnswerKind::number) keep_only(view.answer, {"not-applicable", "cannot-tell"});
    for (Option& option : view.answer.options) option.tone = tone_of_answer(option.key);
  }
  view.photo = photo_choice(visit, record, address("photo"), prefix + ".photo", enabled && record != nullptr);
  view.lacks_photo = view.is_answered && item.needs_photo && !record->has(records::checklist_answer::photo);
  for (const std::string& field : text_fields(item.answer)) {
    TextEntry entry = text_entry(making, record, address(field), prefix + "." + field, enabled);
    entry.lines = item.answer == AnswerKind::text ? 2 : 1;
    if (field == "measured") {
      entry.at.also = {{"measured_unit", item.unit.chinese}};
      entry.label = say_with("实测值（{0}）", "Measured ({0})", {item.unit.text()});
    }
    if (field == "remark" && item.answer == AnswerKind::text) entry.label = say_text("所见", "What was seen");
    view.entries.push_back(std::move(entry));
  }
  return view;
}

// The list that belongs to this kind of visit comes first.
std::vector<const Checklist*> lists_for(const Making& making, const VisitFacts& visit) {
  const records::FieldDescription& kind = *visit.visit().kind().find_field(records::visit::visit_kind);
  const std::string code = records::format_value(kind, visit.visit().value(kind));
  std::vector<const Checklist*> lists;
  for (const Checklist& checklist : making.world.rules.checklists()) {
    const bool is_own = checklist.visit_kind == code;
    lists.insert(is_own ? lists.begin() : lists.end(), &checklist);
  }
  return lists;
}

}  // namespace

void add_checklist(const Making& making, const VisitFacts& visit, VisitView& view) {
  const std::vector<const Checklist*> lists = lists_for(making, visit);
  std::vector<Option> options;
  for (const Checklist* checklist : lists) {
    const Answers answers = answers_to(visit, *checklist);
    std::size_t answered = 0;
    for (const ChecklistItem& item : checklist->items) {
      const auto found = answers.find(item.id);
      answered += found != answers.end() && is_answered(item, found->second) ? 1 : 0;
    }
    options.push_back({checklist->id, checklist->id,
                       std::string(checklist->title.text()) + " " + std::to_string(answered) + "/" +
                           std::to_string(checklist->items.size())});
  }
  view.checklist.which = slot_choice(making, Slot::checklist, "checklist", {}, std::move(options));
  view.checklist.only_gaps =
      slot_check(making, Slot::only_gaps, "checklist.only_gaps", say_text("只看缺的", "only the gaps"));
  if (lists.empty()) return;
  const Checklist& current = *lists[*view.checklist.which.chosen];
  const Answers answers = answers_to(visit, current);
  std::size_t answered = 0;
  std::size_t without_photo = 0;
  std::string section;
  for (const ChecklistItem& item : current.items) {
    const auto found = answers.find(item.id);
    ItemView shown = item_view(making, visit, current, item, found != answers.end() ? found->second : nullptr);
    answered += shown.is_answered ? 1 : 0;
    without_photo += shown.lacks_photo ? 1 : 0;
    if (making.slots.is_on(Slot::only_gaps) && shown.is_answered && !shown.lacks_photo) continue;
    if (section != item.section.text()) shown.section = section = item.section.text();
    view.checklist.items.push_back(std::move(shown));
  }
  view.checklist.progress = say_with("已答 {0} / 共 {1}", "answered {0} of {1}",
                                     {std::to_string(answered), std::to_string(current.items.size())});
  if (without_photo > 0) {
    view.checklist.progress +=
        say_with("；{0} 项缺证据照片", "; {0} without the picture that is asked for", {std::to_string(without_photo)});
  }
}

}  // namespace kuangxun::screens
