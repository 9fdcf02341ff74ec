#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace kuangxun::ui {

// body: what is read; heading: titles and what must be seen first (bold, larger).
enum class Face : std::uint8_t { body, heading };
constexpr std::size_t face_count = 2;

// Pixels at the size the face is drawn in; whole numbers, so that text stands on pixels.
struct FaceMetrics {
  float ascent_px = 0;       // from the top of a line to the baseline
  float line_height_px = 0;  // from line to line
  float em_px = 0;           // the size of the font, and the width of an ideograph
};

// `on_screen` is what ImGui asks for, `character` the one to draw for it (see ScreenText).
struct GlyphRequest {
  Face face = Face::body;
  char16_t on_screen = 0;
  char32_t character = 0;
  auto operator<=>(const GlyphRequest&) const = default;
};

// A drawn glyph: coverage 0..255 by rows, and where it stands from the pen and the baseline.
struct Glyph {
  GlyphRequest request;
  bool found = false;  // no font has it: an empty box is shown, so that a person sees that something stands there
  int width_px = 0;
  int height_px = 0;
  int left_px = 0;
  int above_baseline_px = 0;
  float advance_px = 0;
  std::vector<std::uint8_t> coverage;
};

// A rectangle of the glyph texture to write: one byte of coverage a pixel.
struct TextureUpdate {
  int left_px = 0;
  int top_px = 0;
  int width_px = 0;
  int height_px = 0;
  std::vector<std::uint8_t> coverage;
};

}  // namespace kuangxun::ui
