#pragma once

#include <vector>

#include "app/blocks/event.h"
#include "app/ui/frame.h"
#include "app/ui/theme.h"

namespace kuangxun::ui {

Tone tone_of(blocks::Tone tone);

// Draws the tree of a page; what a person does to its controls comes back as events, in order. Nothing is decided here.
std::vector<blocks::Event> draw_blocks(Frame& frame, const blocks::Blocks& page);

}  // namespace kuangxun::ui
