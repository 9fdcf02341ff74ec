#include "app/report/sections.h"

#include <array>
#include <cassert>

#include "app/report/words.h"
#include "db/language/language.h"

namespace kuangxun::report {

namespace {

// 1 to 19: no paper has more sections.
std::string chinese_number(int number) {
  constexpr std::array ones = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  assert(0 < number && number < 20);
  return std::string(number < 10 ? "" : "十") + ones[static_cast<std::size_t>(number % 10)];
}

}  // namespace

typeset::Document& Sections::begin(const std::string& title) {
  ++count_;
  const bool is_chinese = language() == Language::chinese;
  const std::string number = is_chinese ? chinese_number(count_) : std::to_string(count_);
  document_.add_heading(say_with("{0}. {1}", {number, title}));
  return document_;
}

typeset::Row standing_row(std::vector<std::string> texts, const Standing& standing) {
  assert(!texts.empty());
  texts.front() = standing_text(standing) + texts.front();
  typeset::Row row;
  for (std::string& text : texts) {
    typeset::Cell cell{.text = std::move(text)};
    if (standing.is_voided) cell.color = typeset::Color{0.5, 0.5, 0.5};
    row.cells.push_back(std::move(cell));
  }
  return row;
}

}  // namespace kuangxun::report
