#pragma once

#include <memory>
#include <string>

#include "db/base/result.h"

struct SDL_Window;

namespace kuangxun::shell {

// SDL's video, one window and its OpenGL context: opened together, closed in the right order.
class SdlWindow {
 public:
  static Result<std::unique_ptr<SdlWindow>> open(const std::string& title, int width_px, int height_px);
  ~SdlWindow();
  SdlWindow(const SdlWindow&) = delete;
  SdlWindow& operator=(const SdlWindow&) = delete;

  SDL_Window* get() const { return window_; }
  const char* glsl_version() const { return glsl_version_; }
  // 1 at 96 dots an inch, in steps of a quarter, from 1 to 3.
  float scale() const;
  void swap();

 private:
  SdlWindow() = default;
  bool open_gl(int major, int minor, const char* glsl_version);
  SDL_Window* window_ = nullptr;
  void* gl_ = nullptr;
  const char* glsl_version_ = nullptr;
  bool video_ = false;
};

}  // namespace kuangxun::shell
