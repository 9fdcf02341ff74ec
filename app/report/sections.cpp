#include "app/report/sections.h"

#include <array>
#include <cassert>

#include "app/report/words.h"
#include "db/base/language.h"

namespace kuangxun::report {

typeset::Document& Sections::begin(const std::string& title) {
  constexpr std::array chinese_numbers = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"};
  assert(static_cast<std::size_t>(count_) < chinese_numbers.size());
  const std::string chinese_number = chinese_numbers[static_cast<std::size_t>(count_)];
  ++count_;
  document_.add_heading(say_with("{0}、{2}", "{1}. {2}", {chinese_number, std::to_string(count_), title}));
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
