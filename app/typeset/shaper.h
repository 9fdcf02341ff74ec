#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string_view>
#include <vector>

#include "app/typeset/document.h"
#include "db/base/result.h"

namespace kuangxun::typeset {

struct ShapedLine {
  // Keeps alive the whole layout that the line belongs to.
  std::shared_ptr<PangoLayoutLine> line;
  double height_pt = 0;
  // From the line's top.
  double baseline_pt = 0;
  // From the left edge of the box it was shaped for.
  double x_pt = 0;
};

// One text broken into lines for a box of a known width.
struct Shaped {
  std::vector<ShapedLine> lines;
  Color color;

  double height_pt() const;
};

// Pango with the fonts of this machine. One a document, used by one thread.
class Shaper {
 public:
  // unavailable when no installed font has Chinese characters.
  static Result<Shaper> open();

  Shaped shape(std::string_view text, const TextStyle& style, double width_pt);
  int characters_without_glyph() const { return characters_without_glyph_; }

 private:
  explicit Shaper(std::shared_ptr<PangoContext> context) : context_(std::move(context)) {}
  std::shared_ptr<PangoContext> context_;
  int characters_without_glyph_ = 0;
};

}  // namespace kuangxun::typeset
