#include "app/ui/glyph_store.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

namespace kuangxun::ui {
namespace {

// ImGui draws filled shapes with this patch of white; the glyphs' shelves begin below it.
constexpr int white_patch_px = 2;
constexpr int gap_px = 1;
constexpr ImWchar pending_character = 0x3000;  // the ideographic space: blank, as wide as a Chinese character

}  // namespace

GlyphStore::GlyphStore(ImFontAtlas& atlas, const std::array<FaceMetrics, face_count>& metrics, int edge_px)
    : atlas_(atlas), metrics_(metrics), edge_px_(edge_px) {
  atlas_.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  static unsigned char no_font_file = 0;  // AddFont wants data; ours come glyph by glyph
  for (std::size_t face = 0; face < face_count; ++face) {
    ImFontConfig config;
    config.FontData = &no_font_file;
    config.FontDataSize = 1;
    config.FontDataOwnedByAtlas = false;
    config.SizePixels = metrics_[face].line_height_px;
    fonts_[face] = atlas_.AddFont(&config);
  }
  atlas_.TexWidth = edge_px_;
  atlas_.TexHeight = edge_px_;
  atlas_.TexUvScale = ImVec2(1.0F / static_cast<float>(edge_px_), 1.0F / static_cast<float>(edge_px_));
  const auto pixel_count = static_cast<std::size_t>(edge_px_) * static_cast<std::size_t>(edge_px_);
  atlas_.TexPixelsAlpha8 = static_cast<unsigned char*>(ImGui::MemAlloc(pixel_count));
  std::memset(atlas_.TexPixelsAlpha8, 0, pixel_count);
  ImFontAtlasBuildInit(&atlas_);
  for (std::size_t face = 0; face < face_count; ++face) {
    ImFontConfig& config = atlas_.ConfigData[static_cast<int>(face)];
    ImFontAtlasBuildSetupFont(&atlas_, fonts_[face], &config, metrics_[face].ascent_px,
                              metrics_[face].ascent_px - metrics_[face].line_height_px);
  }
  for (ImFontAtlasCustomRect& rectangle : atlas_.CustomRects) rectangle.X = rectangle.Y = 0;
  start_empty();
  for (std::size_t face = 0; face < face_count; ++face) {
    const TextureUpdate box = draw_box(face);
    for (int row = 0; row < box.height_px; ++row)
      std::memcpy(atlas_.TexPixelsAlpha8 + (box.top_px + row) * edge_px_ + box.left_px,
                  box.coverage.data() + row * box.width_px, static_cast<std::size_t>(box.width_px));
  }
  ImFontAtlasBuildFinish(&atlas_);
}

void GlyphStore::start_empty() {
  shelf_left_px_ = gap_px;
  shelf_top_px_ = white_patch_px + gap_px;
  shelf_height_px_ = 0;
  missing_.clear();
  for (std::size_t face = 0; face < face_count; ++face) {
    Place& box = boxes_[face];
    box.width_px = static_cast<int>(metrics_[face].em_px * 0.8F);
    box.height_px = box.width_px;
    const bool placed = place(box.width_px, box.height_px, box.left_px, box.top_px);
    assert(placed && "the texture holds at least the boxes");
    static_cast<void>(placed);
    add_face(face);
  }
}

void GlyphStore::add_face(std::size_t face) {
  states_[face].assign(character_count, State::unknown);
  ImFont& font = *fonts_[face];
  font.Glyphs.clear();
  const float em = metrics_[face].em_px;
  for (const ImWchar blank : {ImWchar{' '}, pending_character}) {
    font.AddGlyph(nullptr, blank, 0, 0, 0, 0, 0, 0, 0, 0, blank == ' ' ? std::round(em * 0.25F) : em);
    states_[face][blank] = State::present;
  }
  states_[face]['\n'] = states_[face]['\r'] = states_[face]['\t'] = State::present;
  font.FallbackChar = pending_character;
  font.BuildLookupTable();
}

void GlyphStore::need(Face face, std::string_view screen_text, const ScreenText& characters) {
  auto& states = states_[static_cast<std::size_t>(face)];
  for (std::size_t position = 0; position < screen_text.size();) {
    const char32_t character = next_code_point(screen_text, position);
    if (character >= character_count || states[character] != State::unknown) continue;
    states[character] = State::asked;
    missing_.push_back({face, static_cast<char16_t>(character), characters.real_character(character)});
  }
}

std::vector<GlyphRequest> GlyphStore::take_missing() {
  return std::exchange(missing_, {});
}

bool GlyphStore::place(int width_px, int height_px, int& left_px, int& top_px) {
  if (shelf_left_px_ + width_px + gap_px > edge_px_) {
    shelf_top_px_ += shelf_height_px_ + gap_px;
    shelf_left_px_ = gap_px;
    shelf_height_px_ = 0;
  }
  if (shelf_top_px_ + height_px + gap_px > edge_px_ || width_px + 2 * gap_px > edge_px_) return false;
  left_px = shelf_left_px_;
  top_px = shelf_top_px_;
  shelf_left_px_ += width_px + gap_px;
  shelf_height_px_ = std::max(shelf_height_px_, height_px);
  return true;
}

std::vector<TextureUpdate> GlyphStore::add(std::span<const Glyph> glyphs) {
  std::vector<TextureUpdate> updates;
  for (const Glyph& glyph : glyphs) {
    if (add_one(glyph, updates)) continue;
    // Full. What is on the screen asks again in the next frame; old characters do not.
    ++times_emptied_;
    start_empty();
    updates.clear();
    for (std::size_t face = 0; face < face_count; ++face) updates.push_back(draw_box(face));
    return updates;
  }
  for (ImFont* font : fonts_)
    if (font->DirtyLookupTables) font->BuildLookupTable();
  return updates;
}

bool GlyphStore::add_one(const Glyph& glyph, std::vector<TextureUpdate>& updates) {
  const auto face = static_cast<std::size_t>(glyph.request.face);
  if (states_[face][glyph.request.on_screen] == State::present) return true;
  if (!glyph.found) {
    add_box(glyph.request, metrics_[face].em_px);
    return true;
  }
  int left = 0;
  int top = 0;
  const bool blank = glyph.width_px == 0 || glyph.height_px == 0;
  if (!blank && !place(glyph.width_px, glyph.height_px, left, top)) return false;
  const auto x = static_cast<float>(glyph.left_px);
  const float y = metrics_[face].ascent_px - static_cast<float>(glyph.above_baseline_px);
  const float scale = atlas_.TexUvScale.x;
  fonts_[face]->AddGlyph(nullptr, glyph.request.on_screen, x, y, x + static_cast<float>(glyph.width_px),
                         y + static_cast<float>(glyph.height_px), static_cast<float>(left) * scale,
                         static_cast<float>(top) * scale, static_cast<float>(left + glyph.width_px) * scale,
                         static_cast<float>(top + glyph.height_px) * scale, glyph.advance_px);
  states_[face][glyph.request.on_screen] = State::present;
  if (!blank) updates.push_back({left, top, glyph.width_px, glyph.height_px, glyph.coverage});
  return true;
}

void GlyphStore::add_box(const GlyphRequest& request, float advance_px) {
  const auto face = static_cast<std::size_t>(request.face);
  const Place& box = boxes_[face];
  const float x = std::round((advance_px - static_cast<float>(box.width_px)) / 2);
  const float y = metrics_[face].ascent_px - static_cast<float>(box.height_px);
  const float scale = atlas_.TexUvScale.x;
  fonts_[face]->AddGlyph(nullptr, request.on_screen, x, y, x + static_cast<float>(box.width_px),
                         y + static_cast<float>(box.height_px), static_cast<float>(box.left_px) * scale,
                         static_cast<float>(box.top_px) * scale, static_cast<float>(box.left_px + box.width_px) * scale,
                         static_cast<float>(box.top_px + box.height_px) * scale, advance_px);
  states_[face][request.on_screen] = State::present;
}

TextureUpdate GlyphStore::draw_box(std::size_t face) {
  const Place& box = boxes_[face];
  TextureUpdate update{box.left_px, box.top_px, box.width_px, box.height_px, {}};
  update.coverage.assign(static_cast<std::size_t>(box.width_px * box.height_px), 0);
  for (int row = 0; row < box.height_px; ++row)
    for (int column = 0; column < box.width_px; ++column)
      if (row == 0 || column == 0 || row == box.height_px - 1 || column == box.width_px - 1)
        update.coverage[static_cast<std::size_t>(row * box.width_px + column)] = 255;
  return update;
}

}  // namespace kuangxun::ui
