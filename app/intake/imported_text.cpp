#include "app/intake/imported_text.h"

#include <charconv>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::intake {

std::string row_text(const Difference& difference) {
  return say_with("row {0}", {std::to_string(difference.row)});
}

std::string difference_text(const Difference& difference) {
  return say_with("{0}, {1}: here {2}, in the table {3}",
                  {difference.subject, difference.field, difference.here, difference.given});
}

std::string summary_text(const Imported& imported) {
  return say_with("rows read: {0}; new {1}, known {2}, edited {3}",
                  {std::to_string(imported.rows), std::to_string(imported.added), std::to_string(imported.known),
                   std::to_string(imported.replaced)});
}

Differences read_differences(std::string_view word) {
  if (word == "keep") return Differences::keep;
  return word == "replace" ? Differences::replace : Differences::stop;
}

Result<std::optional<int>> read_table_year(const std::string& text) {
  constexpr int year_min = 1990;
  constexpr int year_max = 2100;
  if (text.empty()) return std::optional<int>();
  int year = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (failure == std::errc() && end == text.data() + text.size() && year >= year_min && year <= year_max) {
    return std::optional<int>(year);
  }
  return Error(ErrorCode::usage, phrase("the year is one from 1990 to 2100, not \"{0}\"", {excerpt(text, 20)}));
}

}  // namespace kuangxun::intake
