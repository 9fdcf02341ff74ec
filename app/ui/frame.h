#pragma once

#include <string>
#include <string_view>

#include "app/ui/glyphs.h"
#include "app/ui/key.h"

namespace kuangxun::ui {

struct ContextState;

// One frame being drawn; handed to everything that draws. Widgets (widgets.h, edit.h, table.h, layout.h) are functions
// over it. Valid from Context::begin_frame to end_frame.
class Frame {
 public:
  explicit Frame(ContextState& state) : state_(&state) {}

  // Control names inside get "prefix." before them, while the object lives.
  class Scope {
   public:
    Scope(ContextState& state, std::string_view prefix);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    ContextState& state_;
    std::size_t length_before_;
  };
  Scope scope(std::string_view prefix) { return Scope(*state_, prefix); }

  // True in the frame in which the keys of an action were pressed; the first to ask gets it.
  bool shortcut(KeyPress press);
  // Draw again after this time even if nothing happens (an age in seconds that must move on).
  void wake_after_ms(int milliseconds);
  // 1 at 96 dots an inch; multiply lengths with it.
  float scale() const;
  float width_px() const;
  float height_px() const;

  ContextState& state() { return *state_; }

 private:
  ContextState* state_;
};

}  // namespace kuangxun::ui
