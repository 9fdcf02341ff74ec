#pragma once

#include <cstdint>
#include <string_view>

#include "app/ui/key.h"

namespace kuangxun::shell {

// Puts events into SDL's queue as the window system would, for scripts and tests.
void push_press(std::uint32_t window_id, float x, float y);
void push_text(std::uint32_t window_id, std::string_view text);
void push_composition(std::uint32_t window_id, std::string_view text);
void push_key(std::uint32_t window_id, ui::KeyPress press);
void push_quit();

}  // namespace kuangxun::shell
