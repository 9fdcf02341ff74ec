#pragma once

#include <vector>

#include "app/screens/views.h"
#include "app/ui/frame.h"

namespace kuangxun::ui {

// Draws all of a window; what a person does in it comes back as events, in order.
std::vector<blocks::Event> draw_view(Frame& frame, const screens::View& view);

}  // namespace kuangxun::ui
