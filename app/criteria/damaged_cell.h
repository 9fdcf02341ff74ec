#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/base/calendar.h"

// What spreadsheets and input methods do to cells behind the back of whoever edits them. Only what can be read in one
// way is taken; a guess would change a rule unseen.
namespace kuangxun::criteria {

struct CellDamage {
  std::size_t character = 0;  // from 1; 0 for the cell as a whole
  std::string message;
};

// In a cell of whatever kind: the error of a formula, a column that was too narrow.
std::optional<CellDamage> find_spreadsheet_error(std::string_view cell);
// In a cell that the program reads and not only shows: full-width letters, digits and signs, curly quotes, characters
// that nobody sees. Inside '...' they are text.
std::optional<CellDamage> find_wide_character(std::string_view cell);
// The same of one character, for whoever reads a cell by himself; empty when it is none of them.
std::string wide_character_message(char32_t character);
// "2021-01-01", and what WPS and Excel make of it: "2021/1/1", "2021-1-1", "2021年1月1日". Whatever else they make of
// it is refused with what happened: 44197, 1-Jan-21, 1/1/2021.
Result<Day> read_day_cell(std::string_view cell);
// Why this cannot be the id of a rule; empty when it can. Ids begin with a letter, so that no spreadsheet takes them
// for numbers or dates.
std::string why_no_rule_id(std::string_view id);

}  // namespace kuangxun::criteria
