#include <doctest/doctest.h>

#include "app/ui/screen_text.h"
#include "app/ui/widgets.h"
#include "tests/app/ui/bench_of_controls.h"

using namespace kuangxun;

namespace {

constexpr std::array<ui::FaceMetrics, ui::face_count> metrics = {{{19, 25, 18}, {26, 34, 24}}};

std::vector<ui::GlyphRequest> requests_for(ui::Context& context, std::string_view text) {
  ui::Frame frame = context.begin_frame({800, 600, 1}, 0.016);
  ui::text(frame, text);
  context.end_frame();
  return context.take_missing_glyphs();
}

}  // namespace

TEST_CASE("text asks for each missing character once") {
  ui::Context context(metrics, 1, 256);
  const auto requests = requests_for(context, "矿石矿石");
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].character == U'矿');
  CHECK(requests_for(context, "矿石").empty());
}

TEST_CASE("a stand-in asks for the real character's glyph") {
  ui::Context context(metrics, 1, 256);
  const auto requests = requests_for(context, "𠮷");
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].character == U'𠮷');
  CHECK(requests[0].on_screen >= ui::ScreenText::first_stand_in);
}

TEST_CASE("a glyph is written once into the texture, a missing one becomes a box") {
  ui::Context context(metrics, 1, 256);
  const auto requests = requests_for(context, "矿石");
  ui::Glyph found{requests[0], true, 2, 3, 0, 3, 18, {1, 2, 3, 4, 5, 6}};
  ui::Glyph missing{requests[1], false, 0, 0, 0, 0, 0, {}};
  const std::vector<ui::Glyph> glyphs = {found, missing};
  const auto updates = context.add_glyphs(glyphs);
  REQUIRE(updates.size() == 1);
  CHECK(updates[0].coverage == found.coverage);
  CHECK(updates[0].left_px + updates[0].width_px <= 256);
  CHECK(context.add_glyphs(glyphs).empty());
  CHECK(requests_for(context, "矿石").empty());
}

TEST_CASE("glyphs never overlap, and a full texture asks again for what is on the screen") {
  ui::Context context(metrics, 1, 128);
  std::vector<ui::TextureUpdate> placed;
  for (char32_t character = 0x4E00; context.times_texture_emptied() == 0; ++character) {
    REQUIRE(character < 0x4E00 + 200);
    ui::Glyph glyph{{ui::Face::body, static_cast<char16_t>(character), character}, true, 17, 16, 0, 16, 18, {}};
    glyph.coverage.assign(17 * 16, 9);
    const auto updates = context.add_glyphs({&glyph, 1});
    if (context.times_texture_emptied() > 0) break;
    for (const ui::TextureUpdate& update : updates) {
      for (const ui::TextureUpdate& other : placed) {
        const bool apart =
            update.left_px >= other.left_px + other.width_px || other.left_px >= update.left_px + update.width_px ||
            update.top_px >= other.top_px + other.height_px || other.top_px >= update.top_px + update.height_px;
        CHECK(apart);
      }
      placed.push_back(update);
    }
  }
  CHECK(placed.size() > 20);
  CHECK(requests_for(context, "一丁").size() == 2);
}
