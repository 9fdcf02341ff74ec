#include "app/criteria/lint_finding.h"

#include "db/language/language.h"

namespace kuangxun::criteria {

std::string LintFinding::text() const {
  if (line == 0) return file + say_text(": ") + message;
  std::string place = say_with("{0}, line {1}", {file, std::to_string(line)});
  if (column > 0) place += say_with(", column {0}", {std::to_string(column)});
  if (character > 0) place += say_with(", character {0}", {std::to_string(character)});
  if (!column_name.empty() && column > 0) place += say_with(" ({0})", {column_name});
  return place + say_text(": ") + message;
}

}  // namespace kuangxun::criteria
