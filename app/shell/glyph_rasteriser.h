#pragma once

#include <array>
#include <memory>

#include "app/shell/font_files.h"
#include "app/ui/glyphs.h"

namespace kuangxun::shell {

// Draws single glyphs from font files with FreeType. The files are mapped, not read: opening takes about 2 ms, a glyph
// about 0.01 ms. Used by one thread at a time.
class GlyphRasteriser {
 public:
  // `scale` 1 is 96 dots an inch: 18 pixels for what is read, 24 for headings.
  static Result<std::unique_ptr<GlyphRasteriser>> open(const FontFiles& files, float scale);
  ~GlyphRasteriser();
  GlyphRasteriser(const GlyphRasteriser&) = delete;
  GlyphRasteriser& operator=(const GlyphRasteriser&) = delete;

  const std::array<ui::FaceMetrics, ui::face_count>& metrics() const;
  ui::Glyph draw(const ui::GlyphRequest& request);

 private:
  struct Faces;
  explicit GlyphRasteriser(std::unique_ptr<Faces> faces);
  std::unique_ptr<Faces> faces_;
};

}  // namespace kuangxun::shell
