#include "app/ui/input_queue.h"

#include <cstdint>

namespace kuangxun::ui {
namespace {

// What one frame has taken so far, and whether it can still take one more.
struct Taken {
  bool moved = false;
  bool wheeled = false;
  bool text = false;
  std::uint32_t buttons = 0;
  std::uint64_t keys_low = 0;
  std::uint64_t keys_high = 0;
  bool any_key() const { return keys_low != 0 || keys_high != 0; }

  bool fits(const MouseMove&) { return buttons == 0 && !wheeled && (moved = true); }
  bool fits(const MouseButtonChange& change) {
    const std::uint32_t bit = 1U << static_cast<unsigned>(change.button);
    if (wheeled || text || any_key() || (buttons & bit) != 0) return false;
    buttons |= bit;
    return true;
  }
  bool fits(const MouseWheel&) { return buttons == 0 && !moved && (wheeled = true); }
  bool fits(const KeyChange& change) {
    const auto index = static_cast<unsigned>(change.press.key);
    std::uint64_t& keys = index < 64 ? keys_low : keys_high;
    const std::uint64_t bit = std::uint64_t{1} << (index % 64);
    if (text || buttons != 0 || (keys & bit) != 0) return false;
    keys |= bit;
    return true;
  }
  bool fits(const TextInput&) { return !any_key() && buttons == 0 && (text = true); }
  bool fits(const FocusChange&) { return true; }
};

}  // namespace

std::vector<InputEvent> InputQueue::take_for_one_frame() {
  std::vector<InputEvent> events;
  Taken taken;
  while (!events_.empty() && std::visit([&](const auto& event) { return taken.fits(event); }, events_.front())) {
    events.push_back(std::move(events_.front()));
    events_.pop_front();
  }
  return events;
}

}  // namespace kuangxun::ui
