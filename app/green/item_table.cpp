#include "app/green/item_table.h"

#include <algorithm>
#include <set>

#include "app/green/table_columns.h"
#include "db/base/csv.h"
#include "db/language/language.h"

namespace kuangxun::green {

const Item* ItemTable::find(std::int64_t number) const {
  const auto found = std::ranges::find(items, number, &Item::number);
  return found == items.end() ? nullptr : &*found;
}

std::vector<std::string> ItemTable::first_levels() const {
  std::vector<std::string> names;
  for (const Item& item : items) {
    if (!item.first_level.empty() && std::ranges::find(names, item.first_level) == names.end()) {
      names.push_back(item.first_level);
    }
  }
  return names;
}

std::int64_t ItemTable::marks_of(std::string_view first_level) const {
  std::int64_t sum = 0;
  for (const Item& item : items) {
    if (item.first_level == first_level) sum += item.full_marks.value_or(0);
  }
  return sum;
}

std::int64_t ItemTable::marks() const {
  std::int64_t sum = 0;
  for (const Item& item : items) sum += item.full_marks.value_or(0);
  return sum;
}

std::vector<std::string> gaps_of(const ItemTable& table, const Index& index) {
  std::vector<std::string> gaps;
  const auto number = [](std::size_t count) { return std::to_string(count); };
  const std::size_t have = table.items.size();
  if (have == 0) gaps.push_back(say_text("no item is filled in"));
  if (index.item_count && have != static_cast<std::size_t>(*index.item_count)) {
    gaps.push_back(
        say_with("{0} items are filled in, there should be {1}", {number(have), std::to_string(*index.item_count)}));
  }
  const auto unfilled = std::ranges::count_if(table.items, [](const Item& item) { return !item.is_filled(); });
  if (unfilled > 0) {
    gaps.push_back(say_with("{0} items lack a name or their full marks", {std::to_string(unfilled)}));
  }
  if (!gaps.empty()) return gaps;
  const auto compare = [&](std::optional<std::int64_t> expected, std::size_t found, std::string_view chinese,
                           std::string_view english) {
    if (!expected || static_cast<std::size_t>(*expected) == found) return;
    gaps.push_back(say_with("there are {1} {0}, there should be {2}",
                            {either(chinese, english), number(found), std::to_string(*expected)}));
  };
  std::set<std::pair<std::string, std::string>> seconds;
  for (const Item& item : table.items) seconds.emplace(item.first_level, item.second_level);
  compare(index.first_level_count, table.first_levels().size(), "一级指标", "first levels");
  compare(index.second_level_count, seconds.size(), "二级指标", "second levels");
  for (const FirstLevel& level : index.first_levels) {
    if (!level.is_verified) continue;
    const auto in_level = [&](const auto& one) { return one.first == level.chinese; };
    const auto items = std::ranges::count(table.items, level.chinese, &Item::first_level);
    compare(level.second_levels, static_cast<std::size_t>(std::ranges::count_if(seconds, in_level)),
            "“" + level.chinese + "”的二级指标", "second levels of \"" + level.chinese + "\"");
    compare(level.items, static_cast<std::size_t>(items), "“" + level.chinese + "”的三级指标",
            "items of \"" + level.chinese + "\"");
    const std::int64_t marks = table.marks_of(level.chinese);
    if (level.full_marks && marks != *level.full_marks) {
      gaps.push_back(say_with("the marks of \"{0}\" sum to {1}, they should to {2}",
                              {level.chinese, format_marks(marks), format_marks(*level.full_marks)}));
    }
  }
  if (index.marks_total && table.marks() != *index.marks_total) {
    gaps.push_back(say_with("the marks sum to {0}, they should to {1}",
                            {format_marks(table.marks()), format_marks(*index.marks_total)}));
  }
  return gaps;
}

std::string template_of(const Index& index) {
  // The mark lets spreadsheets see that it is UTF-8.
  std::string text = "\xEF\xBB\xBF";
  for (const TableColumn& column : table_columns) {
    if (&column != &table_columns.front()) text += ',';
    text += either(column.chinese, column.english);
  }
  text += "\r\n";
  constexpr std::int64_t rows_when_unknown = 50;
  for (std::int64_t number = 1; number <= index.item_count.value_or(rows_when_unknown); ++number) {
    text += csv_cell(index.id) + "," + std::to_string(number);
    for (std::size_t i = 2; i < table_columns.size(); ++i) text += ',';
    text += "\r\n";
  }
  return text;
}

}  // namespace kuangxun::green
