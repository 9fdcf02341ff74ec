#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/shell/script.h"
#include "app/ui/control.h"

namespace kuangxun::shell {

class Window;

// Plays a script on a window through SDL's own events, at the places where the controls were drawn: what it does a
// person could do. A line starts when the window has settled after the one before.
class ScriptPlayer {
 public:
  ScriptPlayer(Window& window, std::vector<ScriptLine> lines);
  // One look at a settled window; whether there is more to do.
  Result<bool> step();

 private:
  enum class Progress { done, waiting };
  Result<Progress> play(const ScriptLine& line);
  Result<Progress> play_press(const std::string& name);
  Result<Progress> play_type(const ScriptLine& line);
  Result<Progress> play_clear(const ScriptLine& line);
  Result<Progress> play_choose(const ScriptLine& line);
  Result<Progress> play_dump(const ScriptLine& line);
  void next_line();
  Error overdue(const ScriptLine& line) const;

  Window& window_;
  std::vector<ScriptLine> lines_;
  std::size_t current_ = 0;
  int stage_ = 0;
  std::int64_t line_started_ms_ = 0;
  std::int64_t timeout_ms_ = 10'000;
  std::optional<ui::Rectangle> last_area_;
};

}  // namespace kuangxun::shell
