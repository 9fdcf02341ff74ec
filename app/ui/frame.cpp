#include "app/ui/frame.h"

#include <algorithm>

#include "app/ui/context_state.h"

namespace kuangxun::ui {

Frame::Scope::Scope(ContextState& state, std::string_view prefix) : state_(state), length_before_(state.prefix.size()) {
  state_.prefix.append(prefix).push_back('.');
}

Frame::Scope::~Scope() {
  state_.prefix.resize(length_before_);
}

bool Frame::shortcut(KeyPress press) {
  auto& keys = state_->pressed_keys;
  const auto found = std::find(keys.begin(), keys.end(), press);
  if (found == keys.end()) return false;
  keys.erase(found);
  return true;
}

void Frame::wake_after_ms(int milliseconds) {
  state_->wake_after_ms = std::min(state_->wake_after_ms.value_or(milliseconds), milliseconds);
}

float Frame::scale() const {
  return state_->scale;
}
float Frame::width_px() const {
  return state_->display.width_px;
}
float Frame::height_px() const {
  return state_->display.height_px;
}

}  // namespace kuangxun::ui
