#include "app/green/index.h"

#include <algorithm>

#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations_green.h"

namespace kuangxun::green {
namespace {

// Reads the cells of one row; the first fault stays in `error`.
class Row {
 public:
  Row(const CsvTable& table, std::size_t row) : table_(table), row_(row) {}

  std::string text(std::string_view column) const { return std::string(trim(table_.cell(row_, column))); }
  std::optional<std::int64_t> number(std::string_view column, int scale) {
    if (text(column).empty()) return std::nullopt;
    const auto parsed = parse_decimal(text(column), scale);
    if (parsed.ok() && *parsed >= 0) return *parsed;
    fail(column, say("a number, or nothing"));
    return std::nullopt;
  }
  std::optional<Day> day(std::string_view column) {
    if (text(column).empty()) return std::nullopt;
    const auto parsed = parse_day(text(column));
    if (parsed.ok()) return *parsed;
    fail(column, parsed.error().message());
    return std::nullopt;
  }
  // One of the two words.
  bool is(std::string_view column, std::string_view yes, std::string_view no) {
    const std::string word = text(column);
    if (word != yes && word != no) fail(column, say_with("{0} or {1}", {yes, no}));
    return word == yes;
  }
  void fail(std::string_view column, std::string_view message) {
    if (!error) error = table_.error_at(row_, table_.find_column(column).value_or(0), message);
  }
  std::optional<Error> error;

 private:
  const CsvTable& table_;
  std::size_t row_;
};

Result<Index> read_index(const CsvTable& table, std::size_t at) {
  Row row(table, at);
  Index index;
  index.id = row.text("id");
  const auto* level = records::green_level_enumeration.find(row.text("level"));
  if (level == nullptr) row.fail("level", say("national or regional"));
  if (level != nullptr) index.level = level->number;
  index.title_chinese = row.text("title_zh");
  index.title_english = row.text("title_en");
  index.document_chinese = row.text("document_zh");
  index.document_english = row.text("document_en");
  index.from_earliest = row.day("from_earliest");
  index.from_latest = row.day("from_latest");
  index.to_earliest = row.day("to_earliest");
  index.to_latest = row.day("to_latest");
  index.first_level_count = row.number("first_levels", 0);
  index.second_level_count = row.number("second_levels", 0);
  index.item_count = row.number("items", 0);
  index.marks_total = row.number("marks_total", marks_scale);
  index.pass_total = row.number("pass_total", marks_scale);
  index.floor_percent = row.number("floor_percent", marks_scale);
  index.is_line_verified = row.text("line_mark") == "verified";
  index.line_note_chinese = row.text("line_note_zh");
  index.line_note_english = row.text("line_note_en");
  index.notes_chinese = row.text("notes_zh");
  index.notes_english = row.text("notes_en");
  if (index.id.empty()) row.fail("id", say("the id is missing"));
  if (row.error) return *row.error;
  return index;
}

Result<std::pair<std::string, FirstLevel>> read_first_level(const CsvTable& table, std::size_t at) {
  Row row(table, at);
  FirstLevel level;
  level.number = static_cast<int>(row.number("number", 0).value_or(0));
  level.chinese = row.text("name_zh");
  level.english = row.text("name_en");
  level.full_marks = row.number("full_marks", marks_scale);
  level.second_levels = row.number("second_levels", 0);
  level.items = row.number("items", 0);
  level.is_verified = row.is("mark", "verified", "unverified");
  const std::string names = row.text("second_names");
  for (const auto name : split(names, ';')) {
    if (!trim(name).empty()) level.second_names.emplace_back(trim(name));
  }
  if (row.error) return *row.error;
  return std::pair(row.text("index"), std::move(level));
}

Result<std::pair<std::string, Precondition>> read_precondition(const CsvTable& table, std::size_t at) {
  Row row(table, at);
  Precondition one;
  one.number = static_cast<int>(row.number("number", 0).value_or(0));
  one.part = row.text("part");
  one.fact = row.text("fact");
  one.is_figure = row.is("answer", "number", "boolean");
  one.text_chinese = row.text("text_zh");
  one.text_english = row.text("text_en");
  one.question_chinese = row.text("question_zh");
  one.question_english = row.text("question_en");
  one.where_chinese = row.text("where_zh");
  one.where_english = row.text("where_en");
  if (one.fact.empty()) row.fail("fact", say("the fact is missing"));
  if (row.error) return *row.error;
  return std::pair(row.text("index"), std::move(one));
}

std::string ids_of(const std::vector<const Index*>& indexes) {
  std::vector<std::string> ids;
  for (const Index* index : indexes) ids.push_back(index->id);
  return join(ids, say(", "));
}

}  // namespace

std::string format_marks(std::int64_t marks) {
  return format_decimal(marks, marks_scale);
}

std::string Index::title() const {
  return either_text(title_chinese, title_english);
}
std::string Index::document() const {
  return either_text(document_chinese, document_english);
}
std::string Index::line_note() const {
  return either_text(line_note_chinese, line_note_english);
}
std::string Index::notes() const {
  return either_text(notes_chinese, notes_english);
}

bool Index::may_be_in_force(Day on) const {
  return (!from_earliest || on >= *from_earliest) && (!to_latest || on <= *to_latest);
}

bool Index::is_surely_in_force(Day on) const {
  return from_latest && on >= *from_latest && (to_earliest ? on < *to_earliest : !to_latest);
}

const Precondition* Index::find_precondition(std::string_view code_or_fact) const {
  const std::string wanted = lower_ascii(code_or_fact);
  const auto found = std::ranges::find_if(
      preconditions, [&](const Precondition& one) { return one.fact == wanted || lower_ascii(one.code()) == wanted; });
  return found == preconditions.end() ? nullptr : &*found;
}

Result<Library> Library::load(const std::filesystem::path& assets) {
  const auto folder = assets / "green";
  KX_TRY(indexes, CsvTable::read(folder / "indexes.csv"));
  KX_TRY(levels, CsvTable::read(folder / "first-levels.csv"));
  KX_TRY(preconditions, CsvTable::read(folder / "preconditions.csv"));
  Library library;
  std::vector<std::string> borrowed;
  for (std::size_t row = 0; row < indexes.row_count(); ++row) {
    KX_TRY(index, read_index(indexes, row));
    if (library.find(index.id) != nullptr) {
      return indexes.error_at(row, 0, phrase("this id stands twice"));
    }
    borrowed.emplace_back(trim(indexes.cell(row, "preconditions_of")));
    library.indexes_.push_back(std::move(index));
  }
  const auto own = [&](const std::string& id) { return std::ranges::find(library.indexes_, id, &Index::id); };
  for (std::size_t row = 0; row < levels.row_count(); ++row) {
    KX_TRY(level, read_first_level(levels, row));
    const auto index = own(level.first);
    if (index == library.indexes_.end()) return levels.error_at(row, 0, phrase("no such index"));
    index->first_levels.push_back(std::move(level.second));
  }
  for (std::size_t row = 0; row < preconditions.row_count(); ++row) {
    KX_TRY(one, read_precondition(preconditions, row));
    const auto index = own(one.first);
    if (index == library.indexes_.end()) return preconditions.error_at(row, 0, phrase("no such index"));
    index->preconditions.push_back(std::move(one.second));
    index->has_own_preconditions = true;
  }
  for (std::size_t i = 0; i < borrowed.size(); ++i) {
    const auto lender = own(borrowed[i]);
    Index& index = library.indexes_[i];
    if (!index.has_own_preconditions && lender != library.indexes_.end()) index.preconditions = lender->preconditions;
  }
  return library;
}

const Index* Library::find(std::string_view id) const {
  const auto found = std::ranges::find(indexes_, id, &Index::id);
  return found == indexes_.end() ? nullptr : &*found;
}

Result<const Index*> Library::require(std::string_view id) const {
  if (const Index* index = find(id)) return index;
  std::vector<const Index*> all;
  for (const Index& index : indexes_) all.push_back(&index);
  return Error(ErrorCode::bad_input,
               phrase("there is no index \"{0}\"; known are: {1}", {excerpt(id, 40), ids_of(all)}));
}

Result<const Index*> Library::in_force(std::int64_t level, Day on) const {
  std::vector<const Index*> possible;
  for (const Index& index : indexes_) {
    if (index.level == level && index.may_be_in_force(on)) possible.push_back(&index);
  }
  if (possible.size() == 1) return possible.front();
  if (possible.empty()) {
    return Error(ErrorCode::bad_input,
                 phrase("no index of that level is known for {0}; name one with --index", {format_day(on)}));
  }
  return Error(ErrorCode::bad_input,
               phrase("which index was in force on {0} is not certain ({1}; the days are not verified); name one "
                      "with --index",
                      {format_day(on), ids_of(possible)}));
}

}  // namespace kuangxun::green
