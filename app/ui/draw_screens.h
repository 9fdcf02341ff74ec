#pragma once

#include <vector>

#include "app/screens/views.h"
#include "app/ui/frame.h"

namespace kuangxun::ui {

// Draws a view-model; what a person does in it comes back as intents, in order.
std::vector<screens::Intent> draw_view(Frame& frame, const screens::View& view);

}  // namespace kuangxun::ui
