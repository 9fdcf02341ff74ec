#pragma once

#include <cairo.h>

#include <memory>
#include <variant>
#include <vector>

#include "app/typeset/shaper.h"

namespace kuangxun::typeset {

// ISO 216 A4, 210 mm by 297 mm.
constexpr double page_width_pt = 210 / 25.4 * 72;
constexpr double page_height_pt = 297 / 25.4 * 72;
constexpr double margin_side_pt = 18 / 25.4 * 72;
constexpr double margin_top_pt = 19 / 25.4 * 72;
constexpr double margin_bottom_pt = 20 / 25.4 * 72;
constexpr double body_width_pt = page_width_pt - 2 * margin_side_pt;
constexpr double body_height_pt = page_height_pt - margin_top_pt - margin_bottom_pt;

// What a page carries, in drawing order, from the page's upper left corner.
struct TextMark {
  std::shared_ptr<PangoLayoutLine> line;
  double x_pt;
  double baseline_pt;
  Color color;
};
struct FillMark {
  double x_pt;
  double y_pt;
  double width_pt;
  double height_pt;
  Color color;
};
struct RuleMark {
  double from_x_pt;
  double from_y_pt;
  double to_x_pt;
  double to_y_pt;
  double thickness_pt = 0.5;
  Color color = {0.45, 0.45, 0.45};
};
struct ImageMark {
  std::shared_ptr<cairo_surface_t> surface;
  double x_pt;
  double y_pt;
  double width_pt;
  double height_pt;
};
using Mark = std::variant<TextMark, FillMark, RuleMark, ImageMark>;
using PageMarks = std::vector<Mark>;

// Fills the bodies of pages from the top down.
class Flow {
 public:
  Flow() : pages_(1) {}

  double left_pt() const { return margin_side_pt; }
  double y_pt() const { return margin_top_pt + used_pt_; }
  double remaining_pt() const { return body_height_pt - used_pt_; }
  bool at_top() const { return used_pt_ == 0; }
  void advance(double by_pt) { used_pt_ += by_pt; }
  void new_page();
  // A new page unless `height_pt` fits, or nothing would be gained by it.
  void need(double height_pt);
  void mark(Mark mark) { pages_.back().push_back(std::move(mark)); }
  // Draws lines [first, last) of a text with the top left corner at x, y.
  void mark_lines(const Shaped& text, std::size_t first, std::size_t last, double x_pt, double y_pt);
  void mark_text(const Shaped& text, double x_pt, double y_pt) { mark_lines(text, 0, text.lines.size(), x_pt, y_pt); }

  std::vector<PageMarks>& pages() { return pages_; }
  const std::vector<PageMarks>& pages() const { return pages_; }

 private:
  std::vector<PageMarks> pages_;
  double used_pt_ = 0;
};

// A block that has been shaped and only lacks its place.
class Piece {
 public:
  virtual ~Piece() = default;
  // What must fit below the block before it, for the two to stand together.
  virtual double start_height_pt() const = 0;
  virtual double whole_height_pt() const = 0;
  virtual bool keep_with_next() const { return false; }
  virtual void place(Flow& flow) const = 0;
};

}  // namespace kuangxun::typeset
