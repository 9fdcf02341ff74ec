#include "app/ui/line_break.h"

#include "app/ui/screen_text.h"

namespace kuangxun::ui {
namespace {

constexpr std::u32string_view never_first = U"，。、；：？！）》」』】〕”’…%‰℃,.;:?!)]}·";
constexpr std::u32string_view never_last = U"（《「『【〔“‘([{";

bool is_word(char32_t character) {
  return character > 0x20 && character < 0x2E80 && never_first.find(character) == never_first.npos &&
         never_last.find(character) == never_last.npos;
}

bool may_break_between(char32_t before, char32_t after) {
  if (before == ' ') return true;
  if (after == ' ' || never_first.find(after) != never_first.npos) return false;
  if (never_last.find(before) != never_last.npos) return false;
  // "13.246", "3,000", "a.b": a mark between word characters stays inside the word.
  if (before < 0x80 && after < 0x80) return false;
  return !(is_word(before) && is_word(after));
}

std::string_view trimmed_end(std::string_view line) {
  while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
  return line;
}

}  // namespace

std::vector<std::string_view> break_lines(std::string_view text, float width,
                                          const std::function<float(char32_t)>& advance) {
  std::vector<std::string_view> lines;
  std::size_t line_start = 0;
  std::size_t break_at = 0;  // the last place where this line may end
  float used = 0;
  float used_at_break = 0;
  char32_t before = 0;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t start = position;
    const char32_t character = next_code_point(text, position);
    if (character == '\n') {
      lines.push_back(text.substr(line_start, start - line_start));
      line_start = break_at = position;
      used = used_at_break = 0;
      before = 0;
      continue;
    }
    if (before != 0 && may_break_between(before, character)) {
      break_at = start;
      used_at_break = used;
    }
    const float step = advance(character);
    if (used + step > width && start > line_start && character != ' ') {
      const bool cut_word = break_at == line_start;
      const std::size_t end = cut_word ? start : break_at;
      lines.push_back(trimmed_end(text.substr(line_start, end - line_start)));
      used = cut_word ? 0 : used - used_at_break;
      line_start = break_at = end;
      used_at_break = 0;
    }
    used += step;
    before = character;
  }
  lines.push_back(text.substr(line_start));
  return lines;
}

std::string elide(std::string_view text, float width, const std::function<float(char32_t)>& advance) {
  constexpr char32_t dots = U'…';
  float used = 0;
  std::size_t fits = 0;  // bytes that leave room for the dots
  for (std::size_t position = 0; position < text.size();) {
    used += advance(next_code_point(text, position));
    if (used > width) {
      std::string cut(text.substr(0, fits));
      append_utf8(cut, dots);
      return cut;
    }
    if (used + advance(dots) <= width) fits = position;
  }
  return std::string(text);
}

}  // namespace kuangxun::ui
