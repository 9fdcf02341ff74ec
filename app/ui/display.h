#pragma once

#include <string>

namespace kuangxun::ui {

struct Display {
  float width_px = 0;
  float height_px = 0;
  // Framebuffer pixels for one window pixel.
  float framebuffer_scale = 1;
};

// The clipboard, which belongs to the window system.
class Clipboard {
 public:
  virtual ~Clipboard() = default;
  virtual std::string read() = 0;
  virtual void write(const std::string& text) = 0;
};

}  // namespace kuangxun::ui
