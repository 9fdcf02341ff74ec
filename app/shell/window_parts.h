#pragma once

#include <SDL.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "app/shell/gl_surface.h"
#include "app/shell/glyph_worker.h"
#include "app/shell/sdl_window.h"
#include "app/shell/system_clipboard.h"
#include "app/shell/window.h"

namespace kuangxun::shell {

// ImGui's layout follows what happened by a frame or two.
constexpr int settling_frames = 3;

// In order of construction; gone in the opposite order: the worker first, SDL last.
struct Window::Parts {
  explicit Parts(Clock& the_clock) : clock(the_clock) {}
  Clock& clock;
  std::int64_t opened_ms = 0;
  std::unique_ptr<SdlWindow> sdl;
  std::uint32_t wake_event = 0;
  SystemClipboard clipboard;
  std::unique_ptr<ui::Context> context;
  std::unique_ptr<GlSurface> surface;
  std::unique_ptr<Mailbox> mailbox;
  std::unique_ptr<Mailbox> glyph_mailbox;       // apart, because a frame may look into it while it is drawn
  std::unique_ptr<GlyphRasteriser> rasteriser;  // until the first frame stands, then the worker has it
  std::unique_ptr<GlyphWorker> worker;
  std::array<SDL_Cursor*, 5> pointers{};
  ui::PointerShape pointer = ui::PointerShape::arrow;

  int frames_owed = settling_frames;
  int unshown_frames = 0;
  std::size_t glyphs_pending = 0;  // asked of the worker and not in the texture yet
  bool dark = false;
  bool closing = false;
  bool close_asked = false;
  std::uint64_t frames_drawn = 0;
  std::int64_t last_frame_ms = 0;
  std::int64_t last_key_ms = 0;
  ui::Rectangle told_caret;
  std::optional<std::int64_t> wake_at_ms;
  std::optional<std::int64_t> first_frame_after_ms;

  ~Parts() {
    worker.reset();
    for (SDL_Cursor* cursor : pointers)
      if (cursor != nullptr) SDL_FreeCursor(cursor);
  }

  void add_glyphs(const std::vector<ui::Glyph>& glyphs) {
    glyphs_pending -= std::min(glyphs_pending, glyphs.size());
    surface->update_glyphs(context->glyph_texture(), context->add_glyphs(glyphs));
    frames_owed = std::max(frames_owed, 1);
  }
  void draw_glyphs_here() {
    std::vector<ui::Glyph> glyphs;
    for (const ui::GlyphRequest& request : context->take_missing_glyphs()) glyphs.push_back(rasteriser->draw(request));
    add_glyphs(glyphs);
  }
  void framebuffer_size(int& width_px, int& height_px) const {
    SDL_GL_GetDrawableSize(sdl->get(), &width_px, &height_px);
  }
  ui::Display display() const {
    int width = 0;
    int height = 0;
    SDL_GetWindowSize(sdl->get(), &width, &height);
    int drawable_width = 0;
    int drawable_height = 0;
    framebuffer_size(drawable_width, drawable_height);
    const float ratio = width > 0 ? static_cast<float>(drawable_width) / static_cast<float>(width) : 1;
    return {static_cast<float>(width), static_cast<float>(height), ratio};
  }
};

}  // namespace kuangxun::shell
