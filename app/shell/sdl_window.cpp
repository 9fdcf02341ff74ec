#include "app/shell/sdl_window.h"

#include <SDL.h>

#include <algorithm>
#include <cmath>

#include "db/language/language.h"

namespace kuangxun::shell {
namespace {

Error cannot_open() {
  return Error(ErrorCode::unavailable,
               phrase("cannot open a window ({0}): a desktop with OpenGL 3 is needed; without a graphics driver "
                      "LIBGL_ALWAYS_SOFTWARE=1 may help",
                      {SDL_GetError()}));
}

}  // namespace

Result<std::unique_ptr<SdlWindow>> SdlWindow::open(const std::string& title, int width_px, int height_px) {
  SDL_SetHint(SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1");
  SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
  SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
  std::unique_ptr<SdlWindow> self(new SdlWindow());
  // Video only: with joysticks or sensors SDL would poll instead of sleep.
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return cannot_open();
  self->video_ = true;
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
  constexpr std::uint32_t flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  self->window_ =
      SDL_CreateWindow(title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width_px, height_px, flags);
  if (self->window_ == nullptr) return cannot_open();
  if (!self->open_gl(3, 2, "#version 150") && !self->open_gl(3, 0, "#version 130")) return cannot_open();
  SDL_GL_SetSwapInterval(1);
  SDL_SetWindowMinimumSize(self->window_, 800, 560);
  // SDL turns text input on by itself; ours is on only while a field has the keyboard.
  SDL_StopTextInput();
  return self;
}

SdlWindow::~SdlWindow() {
  if (gl_ != nullptr) SDL_GL_DeleteContext(gl_);
  if (window_ != nullptr) SDL_DestroyWindow(window_);
  if (video_) SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

bool SdlWindow::open_gl(int major, int minor, const char* glsl_version) {
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, major);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, minor);
  // Profiles exist since 3.2.
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, minor >= 2 ? SDL_GL_CONTEXT_PROFILE_CORE : 0);
  gl_ = SDL_GL_CreateContext(window_);
  glsl_version_ = glsl_version;
  return gl_ != nullptr && SDL_GL_MakeCurrent(window_, gl_) == 0;
}

float SdlWindow::scale() const {
  float dots_an_inch = 96;
  const int display = SDL_GetWindowDisplayIndex(window_);
  if (SDL_GetDisplayDPI(std::max(display, 0), nullptr, &dots_an_inch, nullptr) != 0) return 1;
  return std::clamp(std::round(dots_an_inch / 96 * 4) / 4, 1.0F, 3.0F);
}

void SdlWindow::swap() {
  SDL_GL_SwapWindow(window_);
}

}  // namespace kuangxun::shell
