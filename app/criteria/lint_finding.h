#pragma once

#include <cstddef>
#include <string>

namespace kuangxun::criteria {

// What is wrong in a catalogue, for whoever edits it in a spreadsheet.
struct LintFinding {
  std::string file;
  std::size_t line = 1;       // of the row; 0 when the file as a whole is wrong
  std::size_t column = 1;     // of the table; 0 when the row as a whole is wrong
  std::string column_name;    // may be empty
  std::size_t character = 0;  // in the cell; 0 when the cell as a whole is wrong
  std::string message;
  std::string text() const;  // "FILE line 3, column 7, character 12: ..."
};

}  // namespace kuangxun::criteria
