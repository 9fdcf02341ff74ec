#pragma once

#include <string>

#include "app/ui/context.h"

union SDL_Event;

namespace kuangxun::shell {

// What an event of SDL means to the window beyond the input it gives to the user interface.
struct EventMeaning {
  bool needs_frame = false;
  bool close = false;
  bool went_dark = false;  // minimised or hidden: nobody sees a frame
  bool came_back = false;
};

// Hands input to the user interface, in SDL's order. Text that is not clean UTF-8 is dropped.
EventMeaning take_event(const SDL_Event& event, ui::Context& context);

}  // namespace kuangxun::shell
