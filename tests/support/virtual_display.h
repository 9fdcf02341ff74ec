#pragma once

#include <string>

namespace kuangxun::tests {

// A screen of its own in memory (Xvfb) with software OpenGL, for tests that open the real window. Sets DISPLAY while it
// lives. Throws when Xvfb is not installed.
class VirtualDisplay {
 public:
  VirtualDisplay(int width_px = 1600, int height_px = 1000);
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;
  const std::string& name() const { return name_; }

 private:
  int process_ = -1;
  std::string name_;
};

}  // namespace kuangxun::tests
