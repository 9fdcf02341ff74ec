#include "app/columns/table.h"

#include <algorithm>

#include "db/base/text.h"

namespace kuangxun::columns {
namespace {

struct Span {
  char32_t first;
  char32_t last;
};
// East Asian Width W and F (Unicode TR 11), the blocks that our data can hold.
constexpr Span wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
                         {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
                         {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x20000, 0x3FFFD}};
constexpr Span no_width[] = {{0x0300, 0x036F}, {0x064B, 0x065F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}};

template <std::size_t count>
bool is_in(const Span (&spans)[count], char32_t point) {
  return std::ranges::any_of(spans, [&](const Span& span) { return point >= span.first && point <= span.last; });
}

std::size_t point_width(char32_t point) {
  if (is_in(no_width, point)) return 0;
  return is_in(wide, point) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char32_t point : code_points(text)) width += point_width(point);
  return width;
}

std::string fit_cell(std::string_view text, std::size_t width_max) {
  std::string line(text);
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = ' ';
  }
  if (display_width(line) <= width_max) return line;
  std::size_t width = 1;  // of the ellipsis
  std::size_t count = 0;
  for (const char32_t point : code_points(line)) {
    if (width + point_width(point) > width_max) break;
    width += point_width(point);
    ++count;
  }
  return std::string(first_code_points(line, count)) + "…";
}

namespace {

// Marks that must not begin a line.
bool is_closing(char32_t point) {
  constexpr std::u32string_view closing = U"，。；：、！？）》”〕】,.;:!?)]";
  return closing.find(point) != std::u32string_view::npos;
}

// Pieces that no line break may part: a Latin word with the blanks after it, or one wide character, each with the
// closing marks that follow.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  const std::u32string points = code_points(text);
  std::size_t begin = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool is_wide_pair = i > 0 && (point_width(points[i]) == 2 || point_width(points[i - 1]) == 2);
    const bool is_after_blank = i > 0 && points[i - 1] == U' ' && points[i] != U' ';
    if (at > begin && (is_after_blank || (is_wide_pair && points[i] != U' ')) && !is_closing(points[i])) {
      pieces.push_back(text.substr(begin, at - begin));
      begin = at;
    }
    at += first_code_points(text.substr(at), 1).size();
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

}  // namespace

std::vector<std::string> wrap_text(std::string_view text, std::size_t width) {
  const std::string line = fit_cell(text, std::string::npos);
  if (width == 0 || display_width(line) <= width) return {line};
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (const std::string_view piece : pieces_of(line)) {
    const std::size_t visible = display_width(piece.substr(0, piece.find_last_not_of(' ') + 1));
    if (used > 0 && used + visible > width) {
      lines.back().resize(lines.back().find_last_not_of(' ') + 1);
      lines.emplace_back();
      used = 0;
    }
    lines.back() += piece;
    used += display_width(piece);
  }
  return lines;
}

void Table::print(std::ostream& out, std::size_t cell_width_max) const {
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    auto& line = cells.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      line.push_back(fit_cell(row[i], cell_width_max));
      widths[i] = std::max(widths[i], display_width(line.back()));
    }
  }
  for (const auto& line : cells) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      text += line[i];
      if (i + 1 < line.size()) text.append(widths[i] - display_width(line[i]) + 2, ' ');
    }
    text.resize(text.find_last_not_of(' ') + 1);
    out << text << '\n';
  }
}

}  // namespace kuangxun::columns
