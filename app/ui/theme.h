#pragma once

#include <cstdint>

namespace kuangxun::ui {

// What a colour says. Never the colour alone: a badge always carries its word.
enum class Tone : std::uint8_t { plain, good, bad, unsure, muted, accent };

struct ToneColours {
  std::uint32_t fill;  // 0xAABBGGRR, ImGui's order
  std::uint32_t border;
  std::uint32_t text;
};
ToneColours colours_of(Tone tone);

// Light, high contrast: readable in the sun (text on its ground at least 7:1, WCAG AAA).
void apply_theme(float scale);

}  // namespace kuangxun::ui
