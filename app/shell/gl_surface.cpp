#include "app/shell/gl_surface.h"

#include <SDL.h>
#include <SDL_opengl.h>
#include <backends/imgui_impl_opengl3.h>

#include "db/language/language.h"

namespace kuangxun::shell {

// The few functions of OpenGL 1.1 that we call ourselves; the rest is the backend's.
struct GlSurface::Functions {
  decltype(&glBindTexture) bind_texture = nullptr;
  decltype(&glTexSubImage2D) write_texture = nullptr;
  decltype(&glPixelStorei) pixel_store = nullptr;
  decltype(&glViewport) viewport = nullptr;
  decltype(&glClearColor) clear_colour = nullptr;
  decltype(&glClear) clear = nullptr;
  decltype(&glReadPixels) read_pixels = nullptr;

  bool load() {
    return get(bind_texture, "glBindTexture") && get(write_texture, "glTexSubImage2D") &&
           get(pixel_store, "glPixelStorei") && get(viewport, "glViewport") && get(clear_colour, "glClearColor") &&
           get(clear, "glClear") && get(read_pixels, "glReadPixels");
  }

 private:
  template <class Function>
  static bool get(Function& function, const char* name) {
    function = reinterpret_cast<Function>(SDL_GL_GetProcAddress(name));
    return function != nullptr;
  }
};

GlSurface::GlSurface(std::unique_ptr<Functions> functions) : functions_(std::move(functions)) {}
GlSurface::~GlSurface() {
  ImGui_ImplOpenGL3_Shutdown();
}

Result<std::unique_ptr<GlSurface>> GlSurface::open(const char* glsl_version) {
  auto functions = std::make_unique<Functions>();
  if (!functions->load() || !ImGui_ImplOpenGL3_Init(glsl_version))
    return Error(ErrorCode::unavailable,
                 (phrase("the graphics driver has no OpenGL 3: try again with LIBGL_ALWAYS_SOFTWARE=1")));
  // Builds the shaders and uploads the glyph texture.
  ImGui_ImplOpenGL3_NewFrame();
  return std::unique_ptr<GlSurface>(new GlSurface(std::move(functions)));
}

void GlSurface::update_glyphs(std::uintptr_t texture, std::span<const ui::TextureUpdate> updates) {
  if (updates.empty()) return;
  functions_->bind_texture(GL_TEXTURE_2D, static_cast<GLuint>(texture));
  functions_->pixel_store(GL_UNPACK_ROW_LENGTH, 0);
  functions_->pixel_store(GL_UNPACK_ALIGNMENT, 4);
  std::vector<std::uint32_t> pixels;
  for (const ui::TextureUpdate& update : updates) {
    constexpr std::uint32_t white = 0x00FFFFFF;
    pixels.assign(update.coverage.size(), white);
    for (std::size_t index = 0; index < pixels.size(); ++index)
      pixels[index] |= static_cast<std::uint32_t>(update.coverage[index]) << 24;
    functions_->write_texture(GL_TEXTURE_2D, 0, update.left_px, update.top_px, update.width_px, update.height_px,
                              GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  }
}

void GlSurface::draw(ImDrawData* data, int width_px, int height_px) {
  functions_->viewport(0, 0, width_px, height_px);
  functions_->clear_colour(1, 1, 1, 1);
  functions_->clear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(data);
}

Picture GlSurface::read(int width_px, int height_px) {
  const std::size_t row_bytes = static_cast<std::size_t>(width_px) * 3;
  std::vector<std::uint8_t> upside_down(row_bytes * static_cast<std::size_t>(height_px));
  functions_->pixel_store(GL_PACK_ALIGNMENT, 1);
  functions_->read_pixels(0, 0, width_px, height_px, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
  Picture picture{width_px, height_px, {}};
  picture.pixels.reserve(upside_down.size());
  for (int row = height_px - 1; row >= 0; --row) {
    const auto from = upside_down.begin() + static_cast<std::ptrdiff_t>(row_bytes) * row;
    picture.pixels.insert(picture.pixels.end(), from, from + static_cast<std::ptrdiff_t>(row_bytes));
  }
  return picture;
}

}  // namespace kuangxun::shell
