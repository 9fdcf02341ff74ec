#pragma once

#include <imgui.h>

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "app/ui/glyphs.h"
#include "app/ui/screen_text.h"

namespace kuangxun::ui {

// The glyph texture of one scale. Starts nearly empty; what text needs is asked for (take_missing), drawn elsewhere and
// added between frames into free shelves of the same texture: a few glyphs cost a few glyphs, where rebuilding an atlas
// would draw all of them again. A full texture is emptied and fills again with what is on the screen. Until a glyph is
// there its place is kept blank: never a '?'. Window thread only; lives inside a Context.
class GlyphStore {
 public:
  // The atlas must be fresh; `edge_px` is the side of the square texture.
  GlyphStore(ImFontAtlas& atlas, const std::array<FaceMetrics, face_count>& metrics, int edge_px);
  ImFont* font(Face face) const { return fonts_[static_cast<std::size_t>(face)]; }
  const FaceMetrics& metrics(Face face) const { return metrics_[static_cast<std::size_t>(face)]; }

  // Notes every character of the screen's text that has no glyph yet.
  void need(Face face, std::string_view screen_text, const ScreenText& characters);
  bool has_missing() const { return !missing_.empty(); }
  std::vector<GlyphRequest> take_missing();
  // Returns what to write into the texture.
  std::vector<TextureUpdate> add(std::span<const Glyph> glyphs);
  std::size_t times_emptied() const { return times_emptied_; }

 private:
  enum class State : std::uint8_t { unknown, asked, present };
  static constexpr std::size_t character_count = 0x10000;

  void add_face(std::size_t face);
  void start_empty();
  bool place(int width_px, int height_px, int& left_px, int& top_px);
  void add_box(const GlyphRequest& request, float advance_px);
  TextureUpdate draw_box(std::size_t face);
  bool add_one(const Glyph& glyph, std::vector<TextureUpdate>& updates);

  ImFontAtlas& atlas_;
  std::array<FaceMetrics, face_count> metrics_;
  int edge_px_;
  std::array<ImFont*, face_count> fonts_{};
  std::array<std::vector<State>, face_count> states_;
  struct Place {
    int left_px;
    int top_px;
    int width_px;
    int height_px;
  };
  std::array<Place, face_count> boxes_{};
  std::vector<GlyphRequest> missing_;
  int shelf_left_px_ = 0;
  int shelf_top_px_ = 0;
  int shelf_height_px_ = 0;
  std::size_t times_emptied_ = 0;
};

}  // namespace kuangxun::ui
