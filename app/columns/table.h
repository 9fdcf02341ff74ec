#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::columns {

// Columns that a terminal needs for a text: two for a Chinese character, none for a combining mark.
std::size_t display_width(std::string_view text);
// One line for one cell: line breaks and control characters become blanks, what is longer than `width_max` columns ends
// in "…".
std::string fit_cell(std::string_view text, std::size_t width_max);

// The lines of a text of at most `width` columns: broken at blanks and between Chinese characters, never before a
// closing mark; a word that is too long stands alone. 0: one line.
std::vector<std::string> wrap_text(std::string_view text, std::size_t width);

// Aligned columns for people; the first row is the heading.
class Table {
 public:
  explicit Table(std::vector<std::string> heading) { rows_.push_back(std::move(heading)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void print(std::ostream& out, std::size_t cell_width_max = 44) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace kuangxun::columns
