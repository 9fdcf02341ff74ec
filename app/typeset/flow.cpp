#include "app/typeset/flow.h"

namespace kuangxun::typeset {

void Flow::new_page() {
  pages_.emplace_back();
  used_pt_ = 0;
}

void Flow::need(double height_pt) {
  if (height_pt > remaining_pt() && !at_top()) new_page();
}

void Flow::mark_lines(const Shaped& text, std::size_t first, std::size_t last, double x_pt, double y_pt) {
  for (std::size_t i = first; i < last; ++i) {
    const ShapedLine& line = text.lines[i];
    mark(TextMark{line.line, x_pt + line.x_pt, y_pt + line.baseline_pt, text.color});
    y_pt += line.height_pt;
  }
}

}  // namespace kuangxun::typeset
