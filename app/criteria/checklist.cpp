#include "app/criteria/checklist.h"

#include <algorithm>
#include <set>

#include "db/base/csv.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"

namespace kuangxun::criteria {
namespace {

class ChecklistRow {
 public:
  ChecklistRow(const CsvTable& table, std::size_t row) : table_(table), row_(row) {}

  std::string cell(std::string_view column) const { return std::string(trim(table_.cell(row_, column))); }
  Error error(std::string_view column, const Words& message) const {
    return table_.error_at(row_, table_.find_column(column).value_or(0), message);
  }
  Bilingual pair(const std::string& name) const { return {cell(name + "_zh"), cell(name + "_en")}; }

  Result<Bilingual> require_pair(const std::string& name) const {
    Bilingual texts = pair(name);
    if (texts.chinese.empty()) return error(name + "_zh", phrase("the Chinese text is missing"));
    if (texts.english.empty()) return error(name + "_en", phrase("the English text is missing"));
    return texts;
  }

  Result<Mark> mark() const {
    auto mark = parse_mark(cell("mark"));
    if (!mark.ok()) return error("mark", mark.error().words());
    return mark;
  }

  Result<bool> yes_or_no(std::string_view column) const {
    const std::string text = cell(column);
    if (text == "yes") return true;
    if (text == "no") return false;
    return error(column, phrase("write yes or no"));
  }

  Result<AnswerKind> answer() const {
    for (const auto kind :
         {AnswerKind::compare, AnswerKind::question, AnswerKind::text, AnswerKind::number, AnswerKind::choice}) {
      if (name_of(kind) == cell("answer")) return kind;
    }
    return error("answer", phrase("write compare, question, text, number or choice"));
  }

 private:
  const CsvTable& table_;
  std::size_t row_;
};

// "code=中文|English; code=中文|English"
Result<std::vector<ChecklistChoice>> read_choices(const ChecklistRow& row) {
  std::vector<ChecklistChoice> choices;
  const std::string cell = row.cell("choices");
  for (const auto one : split(cell, ';')) {
    const std::string entry(trim(one));
    if (entry.empty()) continue;
    const auto equals = entry.find('=');
    const auto bar = entry.find('|');
    const bool is_whole = equals != std::string::npos && bar != std::string::npos && equals < bar &&
                          is_plain_id(entry.substr(0, equals)) && bar > equals + 1 && bar + 1 < entry.size();
    if (!is_whole) {
      return row.error("choices", phrase("write code=Chinese|English, separated by ;; a code has lower-case letters, "
                                         "digits and hyphens"));
    }
    const ChecklistChoice choice{entry.substr(0, equals),
                                 {entry.substr(equals + 1, bar - equals - 1), entry.substr(bar + 1)}};
    if (std::ranges::find(choices, choice.code, &ChecklistChoice::code) != choices.end()) {
      return row.error("choices", phrase("the choice {0} stands twice", {choice.code}));
    }
    choices.push_back(choice);
  }
  return choices;
}

// What only one kind of answer has: a figure its unit, a choice its choices.
Status read_kind_of_answer(const ChecklistRow& row, ChecklistItem& item) {
  KX_TRY(choices, read_choices(row));
  item.choices = std::move(choices);
  item.unit = row.pair("unit");
  if (item.answer == AnswerKind::number) {
    KX_TRY(unit, row.require_pair("unit"));
    item.unit = std::move(unit);
  } else if (!item.unit.is_empty()) {
    return row.error("unit_zh", phrase("only an item that asks for a number has a unit"));
  }
  if (item.answer == AnswerKind::choice ? item.choices.size() < 2 : !item.choices.empty()) {
    return row.error("choices", item.answer == AnswerKind::choice ? phrase("an item with choices needs two or more")
                                                                  : phrase("only an item of kind choice has choices"));
  }
  return {};
}

Result<ChecklistItem> read_item(const ChecklistRow& row) {
  ChecklistItem item;
  item.id = row.cell("item");
  if (item.id.empty()) return row.error("item", phrase("the item has no id"));
  KX_TRY(section, row.require_pair("section"));
  KX_TRY(question, row.require_pair("question"));
  KX_TRY(how, row.require_pair("how"));
  KX_TRY(answer, row.answer());
  KX_TRY(needs_photo, row.yes_or_no("photo"));
  KX_TRY(mark, row.mark());
  item.section = std::move(section);
  item.question = std::move(question);
  item.how = std::move(how);
  item.answer = answer;
  item.needs_photo = needs_photo;
  item.evidence = row.pair("evidence");
  item.source = row.cell("source");
  item.mark = mark;
  KX_CHECK(read_kind_of_answer(row, item));
  item.fact = row.cell("fact");
  const bool is_yes_or_no = item.answer == AnswerKind::question || item.answer == AnswerKind::compare;
  if (!item.fact.empty() && item.answer == AnswerKind::text) {
    return row.error("fact", phrase("an answer in words gives no fact to the rules"));
  }
  if (!item.fact.empty() && is_yes_or_no) {
    KX_TRY(yes_means, row.yes_or_no("yes_means"));
    item.yes_means = yes_means;
  }
  const std::string rules = row.cell("rules");
  for (const auto rule : split(rules, ';')) {
    if (!trim(rule).empty()) item.rules.emplace_back(trim(rule));
  }
  const std::string replaced_by = row.cell("replaced_by");
  for (const auto other : split(replaced_by, ';')) {
    if (!trim(other).empty()) item.replaced_by.emplace_back(trim(other));
  }
  return item;
}

Status read_items(const std::filesystem::path& path, Checklist& checklist) {
  KX_TRY(table, CsvTable::read(path));
  for (const auto* column :
       {"item",        "section_zh",  "section_en", "question_zh", "question_en", "answer",     "photo",
        "evidence_zh", "evidence_en", "how_zh",     "how_en",      "unit_zh",     "unit_en",    "choices",
        "fact",        "yes_means",   "rules",      "source",      "mark",        "replaced_by"}) {
    KX_TRY(position, table.require_column(column));
    static_cast<void>(position);
  }
  if (table.row_count() > limits::checklist_items_max) {
    return Error(ErrorCode::bad_input, phrase("{0} has too many items", {table.name()}));
  }
  std::set<std::string> seen;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const ChecklistRow reader(table, row);
    KX_TRY(item, read_item(reader));
    if (!seen.insert(item.id).second) {
      return reader.error("item", phrase("the item {0} stands twice", {item.id}));
    }
    checklist.items.push_back(std::move(item));
  }
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (const auto& id : checklist.items[row].replaced_by) {
      const ChecklistItem* other = checklist.find(id);
      if (other != nullptr && !other->is_retired()) continue;
      return ChecklistRow(table, row).error("replaced_by", phrase("no item {0} is asked", {id}));
    }
  }
  return {};
}

}  // namespace

const ChecklistChoice* ChecklistItem::find_choice(std::string_view code) const {
  const auto found = std::ranges::find(choices, code, &ChecklistChoice::code);
  return found == choices.end() ? nullptr : &*found;
}

const ChecklistItem* Checklist::find(std::string_view item) const {
  const auto found = std::ranges::find_if(items, [&](const ChecklistItem& one) { return one.id == item; });
  return found == items.end() ? nullptr : &*found;
}

bool Checklist::asks(const ChecklistItem& item, const std::function<bool(const ChecklistItem&)>& is_answered) const {
  if (is_answered(item)) return true;
  if (item.is_retired()) return false;
  return std::ranges::none_of(items, [&](const ChecklistItem& old) {
    return std::ranges::find(old.replaced_by, item.id) != old.replaced_by.end() && is_answered(old);
  });
}

Result<std::vector<Checklist>> load_checklists(const std::filesystem::path& folder) {
  KX_TRY(table, CsvTable::read(folder / "checklists.csv"));
  for (const auto* column : {"checklist", "title_zh", "title_en", "visit_kind", "source", "mark"}) {
    KX_TRY(position, table.require_column(column));
    static_cast<void>(position);
  }
  std::vector<Checklist> checklists;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const ChecklistRow reader(table, row);
    Checklist checklist;
    checklist.id = reader.cell("checklist");
    if (!is_plain_id(checklist.id)) {
      return reader.error("checklist", phrase("an id has lower-case letters, digits and hyphens"));
    }
    KX_TRY(title, reader.require_pair("title"));
    KX_TRY(mark, reader.mark());
    checklist.title = std::move(title);
    checklist.mark = mark;
    checklist.source = reader.cell("source");
    checklist.visit_kind = reader.cell("visit_kind");
    if (records::visit_kind_enumeration.find(checklist.visit_kind) == nullptr) {
      return reader.error("visit_kind", phrase("there is no such kind of visit"));
    }
    KX_CHECK(read_items(folder / (checklist.id + ".csv"), checklist));
    checklists.push_back(std::move(checklist));
  }
  return checklists;
}

}  // namespace kuangxun::criteria
