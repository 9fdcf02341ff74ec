#include "app/typeset/table_piece.h"

#include <algorithm>
#include <cassert>

namespace kuangxun::typeset {
namespace {

constexpr double padding_side_pt = 3.5;
constexpr double padding_top_pt = 2.5;
constexpr double padding_bottom_pt = 3;
constexpr double padding_height_pt = padding_top_pt + padding_bottom_pt;
constexpr double after_pt = 6;
constexpr Color tint = {0.93, 0.94, 0.95};
// Rows up to this part of a page move on whole; the white space left behind is the smaller evil.
constexpr double whole_row_part = 0.3;
// A cut row shows at least this many lines before the break.
constexpr std::size_t lines_before_cut = 3;

double lines_height_pt(const Shaped& text, std::size_t first, std::size_t last) {
  double sum_pt = 0;
  for (std::size_t i = first; i < last; ++i) sum_pt += text.lines[i].height_pt;
  return sum_pt;
}

// The line after the last that fits; at least one more than `first`, so that a cut always gets on.
std::size_t fitting_lines(const Shaped& text, std::size_t first, double available_pt) {
  std::size_t last = first;
  double used_pt = 0;
  while (last < text.lines.size()) {
    used_pt += text.lines[last].height_pt;
    if (used_pt > available_pt && last > first) break;
    ++last;
  }
  return last;
}

void mark_box(Flow& flow, double x_pt, double y_pt, double width_pt, double height_pt) {
  const double right_pt = x_pt + width_pt;
  const double bottom_pt = y_pt + height_pt;
  flow.mark(RuleMark{x_pt, y_pt, right_pt, y_pt});
  flow.mark(RuleMark{x_pt, bottom_pt, right_pt, bottom_pt});
  flow.mark(RuleMark{x_pt, y_pt, x_pt, bottom_pt});
  flow.mark(RuleMark{right_pt, y_pt, right_pt, bottom_pt});
}

}  // namespace

TablePiece::TablePiece(const Table& table, Shaper& shaper) {
  double shares = 0;
  for (const Column& column : table.columns) shares += column.share;
  assert(shares > 0);
  edges_pt_ = {0};
  for (const Column& column : table.columns) {
    edges_pt_.push_back(edges_pt_.back() + body_width_pt * column.share / shares);
  }
  Row header;
  for (const Column& column : table.columns) header.cells.push_back(Cell{.text = column.header, .label = true});
  const bool has_header = std::any_of(table.columns.begin(), table.columns.end(),
                                      [](const Column& column) { return !column.header.empty(); });
  if (has_header) {
    header_.push_back(shape_row(header, table, shaper, true));
    header_height_pt_ = header_.front().height_pt;
  }
  for (const Row& row : table.rows) rows_.push_back(shape_row(row, table, shaper, false));
}

TablePiece::ShapedRow TablePiece::shape_row(const Row& row, const Table& table, Shaper& shaper, bool is_header) const {
  ShapedRow shaped;
  shaped.keep_with_next = row.keep_with_next;
  std::size_t column = 0;
  for (const Cell& cell : row.cells) {
    const std::size_t next = column + static_cast<std::size_t>(cell.span);
    assert(cell.span > 0 && next < edges_pt_.size());
    TextStyle style{.size_pt = table.size_pt, .bold = cell.bold || is_header};
    style.family = cell.label ? Family::sans : Family::serif;
    style.color = cell.color.value_or(Color{});
    style.align = is_header ? Align::center : table.columns[column].align;
    const double width_pt = edges_pt_[next] - edges_pt_[column];
    Shaped text = shaper.shape(cell.text, style, width_pt - 2 * padding_side_pt);
    shaped.height_pt = std::max(shaped.height_pt, text.height_pt() + padding_height_pt);
    shaped.cells.push_back({std::move(text), edges_pt_[column], width_pt, cell.label});
    column = next;
  }
  assert(column + 1 == edges_pt_.size());
  return shaped;
}

bool TablePiece::may_be_cut(const ShapedRow& row) const {
  return row.height_pt > whole_row_part * (body_height_pt - header_height_pt_);
}

double TablePiece::least_height_pt(const ShapedRow& row) const {
  if (!may_be_cut(row)) return row.height_pt;
  double least_pt = 0;
  for (const ShapedCell& cell : row.cells) {
    const std::size_t lines = std::min(lines_before_cut, cell.text.lines.size());
    least_pt = std::max(least_pt, lines_height_pt(cell.text, 0, lines));
  }
  return least_pt + padding_height_pt;
}

double TablePiece::needed_height_pt(std::size_t index) const {
  double needed_pt = 0;
  for (std::size_t i = index; i < rows_.size(); ++i) {
    if (!rows_[i].keep_with_next) return needed_pt + least_height_pt(rows_[i]);
    needed_pt += rows_[i].height_pt;
  }
  return needed_pt;
}

double TablePiece::start_height_pt() const {
  return header_height_pt_ + needed_height_pt(0);
}

double TablePiece::whole_height_pt() const {
  double sum_pt = header_height_pt_ + after_pt;
  for (const ShapedRow& row : rows_) sum_pt += row.height_pt;
  return sum_pt;
}

void TablePiece::place(Flow& flow) const {
  flow.need(start_height_pt());
  for (const ShapedRow& row : header_) place_row(flow, row);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    // On a page that holds the header alone nothing is gained by another page.
    if (needed_height_pt(i) > flow.remaining_pt() && flow.remaining_pt() < body_height_pt - header_height_pt_) {
      start_page(flow);
    }
    if (rows_[i].height_pt <= flow.remaining_pt()) {
      place_row(flow, rows_[i]);
    } else {
      place_cut_row(flow, rows_[i]);
    }
  }
  flow.advance(std::min(after_pt, flow.remaining_pt()));
}

void TablePiece::start_page(Flow& flow) const {
  flow.new_page();
  for (const ShapedRow& row : header_) place_row(flow, row);
}

void TablePiece::place_row(Flow& flow, const ShapedRow& row) const {
  for (const ShapedCell& cell : row.cells) {
    const double x_pt = flow.left_pt() + cell.x_pt;
    if (cell.tinted) flow.mark(FillMark{x_pt, flow.y_pt(), cell.width_pt, row.height_pt, tint});
    flow.mark_text(cell.text, x_pt + padding_side_pt, flow.y_pt() + padding_top_pt);
    mark_box(flow, x_pt, flow.y_pt(), cell.width_pt, row.height_pt);
  }
  flow.advance(row.height_pt);
}

void TablePiece::place_cut_row(Flow& flow, const ShapedRow& row) const {
  std::vector<std::size_t> done(row.cells.size(), 0);
  bool more = true;
  while (more) {
    const double available_pt = flow.remaining_pt() - padding_height_pt;
    std::vector<std::size_t> until(row.cells.size(), 0);
    double used_pt = 0;
    more = false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Shaped& text = row.cells[i].text;
      until[i] = fitting_lines(text, done[i], available_pt);
      used_pt = std::max(used_pt, lines_height_pt(text, done[i], until[i]));
      more = more || until[i] < text.lines.size();
    }
    const double height_pt = used_pt + padding_height_pt;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const ShapedCell& cell = row.cells[i];
      const double x_pt = flow.left_pt() + cell.x_pt;
      if (cell.tinted) flow.mark(FillMark{x_pt, flow.y_pt(), cell.width_pt, height_pt, tint});
      flow.mark_lines(cell.text, done[i], until[i], x_pt + padding_side_pt, flow.y_pt() + padding_top_pt);
      mark_box(flow, x_pt, flow.y_pt(), cell.width_pt, height_pt);
    }
    done = until;
    flow.advance(height_pt);
    if (more) start_page(flow);
  }
}

}  // namespace kuangxun::typeset
