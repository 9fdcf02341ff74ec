#pragma once

#include "app/ui/frame.h"

namespace kuangxun::shell {

// What runs inside a window. All calls come on the window's thread.
class Application {
 public:
  virtual ~Application() = default;
  // Draws what the view-models say and keeps what the person asked for; changes nothing else: a frame may be drawn and
  // never shown.
  virtual void draw(ui::Frame& frame) = 0;
  // Does what draw() heard, after the frame is on the screen. True when something changed and must be drawn.
  virtual bool handle() = 0;
  // The person closes the window; false keeps it open (and draw() says why).
  virtual bool may_close() { return true; }
};

}  // namespace kuangxun::shell
