#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/rule.h"

namespace kuangxun::criteria {

// How an item is answered.
enum class AnswerKind : std::uint8_t {
  compare,   // three columns: the licence says, published, seen on site; and whether they agree
  question,  // yes, no, not applicable, cannot tell
  text,      // what was seen, in words
};
std::string_view name_of(AnswerKind kind);  // "compare"

struct ChecklistItem {
  std::string id;  // what checklist-answer.item holds: "D01"
  Bilingual section;
  Bilingual question;
  AnswerKind answer = AnswerKind::question;
  bool needs_photo = false;
  Bilingual evidence;     // what has to be kept
  Bilingual how;          // how it is checked
  std::string fact;       // the yes or no that the answer gives to the rules; empty when none
  bool yes_means = true;  // whether "yes" makes that fact true
  std::vector<std::string> rules;
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
};

// The folder's checklists.csv names the lists; each stands in its own ID.csv. bad_input with file, line and column.
Result<std::vector<Checklist>> load_checklists(const std::filesystem::path& folder);

}  // namespace kuangxun::criteria
