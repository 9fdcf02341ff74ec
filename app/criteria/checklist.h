#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/rule.h"
#include "app/facts/answer_feed.h"

namespace kuangxun::criteria {

using facts::AnswerKind;

struct ChecklistChoice {
  std::string code;  // what checklist-answer.choice holds: lower-case letters, digits and hyphens
  Bilingual text;
};

struct ChecklistItem {
  std::string id;  // what checklist-answer.item holds: "D01"
  Bilingual section;
  Bilingual question;
  AnswerKind answer = AnswerKind::question;
  bool needs_photo = false;
  Bilingual unit;                        // of a number
  std::vector<ChecklistChoice> choices;  // of a choice
  Bilingual evidence;                    // what has to be kept
  Bilingual how;                         // how it is checked
  std::string fact;                      // what the answer gives to the rules; empty when it gives nothing
  bool yes_means = true;                 // whether "yes" makes that fact, a yes or no, true
  std::vector<std::string> rules;
  // The items that ask for it now. Such an item is retired: no form offers it, but what was answered to it still counts
  // and is shown with this question.
  std::vector<std::string> replaced_by;
  bool is_retired() const { return !replaced_by.empty(); }
  const ChecklistChoice* find_choice(std::string_view code) const;
  std::string source;  // where the item comes from
  Mark mark = Mark::unverified;
};

struct Checklist {
  std::string id;  // what checklist-answer.checklist holds: "disclosure-check"
  Bilingual title;
  std::string visit_kind;  // the code of the visits that use it
  std::string source;
  Mark mark = Mark::unverified;
  std::vector<ChecklistItem> items;
  const ChecklistItem* find(std::string_view item) const;
  // Whether a visit is asked the item. A retired one only where it was answered, and there those that took its place
  // are not: they would ask for the same again.
  bool asks(const ChecklistItem& item, const std::function<bool(const ChecklistItem&)>& is_answered) const;
};

// The folder's checklists.csv names the lists; each stands in its own ID.csv. bad_input with file, line and column.
Result<std::vector<Checklist>> load_checklists(const std::filesystem::path& folder);

}  // namespace kuangxun::criteria
