#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "app/shell/picture.h"
#include "app/ui/glyphs.h"
#include "db/base/result.h"

struct ImDrawData;

namespace kuangxun::shell {

// Draws ImGui's output with OpenGL 3 in the context that is current. Needs the ui::Context to be current too, and must
// go before it. Window thread only.
class GlSurface {
 public:
  static Result<std::unique_ptr<GlSurface>> open(const char* glsl_version);
  ~GlSurface();
  GlSurface(const GlSurface&) = delete;
  GlSurface& operator=(const GlSurface&) = delete;

  // `texture` is the one of the glyphs, as ImGui's backend named it.
  void update_glyphs(std::uintptr_t texture, std::span<const ui::TextureUpdate> updates);
  void draw(ImDrawData* data, int width_px, int height_px);
  // What was drawn last, before it is shown.
  Picture read(int width_px, int height_px);

 private:
  struct Functions;
  explicit GlSurface(std::unique_ptr<Functions> functions);
  std::unique_ptr<Functions> functions_;
};

}  // namespace kuangxun::shell
