#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/green/index.h"

// Item tables: what the office copies from the official text into a spreadsheet, because the text itself was not found.
namespace kuangxun::green {

struct Item {
  std::int64_t number = 0;
  std::string first_level;
  std::string second_level;
  std::string name;  // of the third level
  std::optional<std::int64_t> full_marks;
  bool is_veto = false;
  std::string scoring;
  std::string evidence;
  std::optional<std::int64_t> effort;  // hundredths of whatever the office counts in
  std::string effort_note;
  bool is_filled() const { return full_marks && !first_level.empty() && !second_level.empty() && !name.empty(); }
};

struct ItemTable {
  std::vector<Item> items;  // by number
  const Item* find(std::int64_t number) const;
  // In the order of their first items.
  std::vector<std::string> first_levels() const;
  // Of the items that have marks.
  std::int64_t marks_of(std::string_view first_level) const;
  std::int64_t marks() const;
};

// What still keeps a table from being whole, as finished sentences; none: totals may be made from it.
std::vector<std::string> gaps_of(const ItemTable& table, const Index& index);

struct TableReading {
  std::string index_id;
  ItemTable table;
  std::vector<std::string> faults;  // with line and column; any of them: nothing is imported
};
// Reads a filled template, with Chinese or English headings. An error when it is no table at all.
Result<TableReading> read_item_table(std::string_view csv, const std::string& file_name, const Library& library);

// The table to be filled, a row an item where their number is known, to open in a spreadsheet.
std::string template_of(const Index& index);

}  // namespace kuangxun::green
