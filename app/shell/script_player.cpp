#include "app/shell/script_player.h"

#include <SDL.h>

#include <cstdlib>

#include "app/shell/synthetic_input.h"
#include "app/shell/window.h"
#include "db/base/files.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::shell {

ScriptPlayer::ScriptPlayer(Window& window, std::vector<ScriptLine> lines)
    : window_(window), lines_(std::move(lines)), line_started_ms_(window.now_ms()) {}

Result<bool> ScriptPlayer::step() {
  if (current_ == lines_.size()) return false;
  const ScriptLine& line = lines_[current_];
  KX_TRY(progress, play(line));
  if (progress == Progress::done) {
    next_line();
  } else if (window_.now_ms() - line_started_ms_ > timeout_ms_) {
    return overdue(line);
  }
  return current_ < lines_.size();
}

void ScriptPlayer::next_line() {
  ++current_;
  stage_ = 0;
  last_area_.reset();
  line_started_ms_ = window_.now_ms();
}

Error ScriptPlayer::overdue(const ScriptLine& line) const {
  std::string shown = window_.context().all_text();
  shown = first_code_points(shown, 2000);
  return Error(ErrorCode::not_found,
               phrase("line {0} of the window script waited in vain for \"{1}\". The screen shows:\n{2}",
                      {std::to_string(line.number), line.name.empty() ? line.text : line.name, shown}));
}

Result<ScriptPlayer::Progress> ScriptPlayer::play(const ScriptLine& line) {
  ui::Context& context = window_.context();
  const auto until = [](bool condition) { return condition ? Progress::done : Progress::waiting; };
  switch (line.verb) {
    case ScriptVerb::press:
      return play_press(line.name);
    case ScriptVerb::type:
      return play_type(line);
    case ScriptVerb::clear:
      return play_clear(line);
    case ScriptVerb::choose:
      return play_choose(line);
    case ScriptVerb::compose:
      push_composition(window_.id(), line.text);
      return Progress::done;
    case ScriptVerb::key:
      push_key(window_.id(), *ui::parse_key(line.text));
      return Progress::done;
    case ScriptVerb::wait:
      return until(context.shows_text(line.text));
    case ScriptVerb::gone:
      return until(!context.shows_text(line.text));
    case ScriptVerb::see: {
      const ui::Control* control = context.find_control(line.name);
      return until(control != nullptr && control->enabled);
    }
    case ScriptVerb::timeout:
      timeout_ms_ = std::int64_t{1000} * std::atoi(line.text.c_str());
      return Progress::done;
    case ScriptVerb::idle:
      if (window_.now_ms() - line_started_ms_ < std::atoi(line.text.c_str())) {
        line_started_ms_ = std::min(line_started_ms_, window_.now_ms());
        timeout_ms_ = std::max<std::int64_t>(timeout_ms_, std::atoi(line.text.c_str()) + 1000);
        return Progress::waiting;
      }
      return Progress::done;
    case ScriptVerb::screenshot:
      KX_CHECK(window_.save_screenshot(line.text));
      return Progress::done;
    case ScriptVerb::dump:
      return play_dump(line);
    case ScriptVerb::quit:
      push_quit();
      return Progress::done;
  }
  return Progress::done;
}

Result<ScriptPlayer::Progress> ScriptPlayer::play_press(const std::string& name) {
  ui::Context& context = window_.context();
  const ui::Control* control = context.find_control(name);
  if (control == nullptr || !control->enabled) return Progress::waiting;
  if (control->visible_area.empty()) {
    context.scroll_to(name);
    window_.ask_for_frame();
    return Progress::waiting;
  }
  // What still moves would be missed.
  if (last_area_ != control->visible_area) {
    last_area_ = control->visible_area;
    window_.ask_for_frame();
    return Progress::waiting;
  }
  push_press(window_.id(), control->visible_area.middle_x(), control->visible_area.middle_y());
  return Progress::done;
}

Result<ScriptPlayer::Progress> ScriptPlayer::play_type(const ScriptLine& line) {
  if (stage_ == 0) {
    KX_TRY(progress, play_press(line.name));
    if (progress == Progress::done) stage_ = 1;
    return Progress::waiting;
  }
  const ui::Control* control = window_.context().find_control(line.name);
  if (control == nullptr || !control->focused || !window_.context().wants_text_input()) return Progress::waiting;
  push_text(window_.id(), line.text);
  return Progress::done;
}

Result<ScriptPlayer::Progress> ScriptPlayer::play_clear(const ScriptLine& line) {
  if (stage_ == 0) {
    KX_TRY(progress, play_press(line.name));
    if (progress == Progress::done) stage_ = 1;
    return Progress::waiting;
  }
  push_key(window_.id(), {.key = ui::Key::a, .control = true});
  push_key(window_.id(), {.key = ui::Key::erase});
  return Progress::done;
}

Result<ScriptPlayer::Progress> ScriptPlayer::play_choose(const ScriptLine& line) {
  if (stage_ == 0) {
    KX_TRY(progress, play_press(line.name));
    if (progress == Progress::done) {
      stage_ = 1;
      last_area_.reset();
    }
    return Progress::waiting;
  }
  return play_press(line.name + "." + line.text);
}

Result<ScriptPlayer::Progress> ScriptPlayer::play_dump(const ScriptLine& line) {
  std::string dump = window_.context().all_text() + "\n\n";
  for (const ui::Control& control : window_.context().controls())
    dump += control.name + (control.enabled ? "\n" : " (disabled)\n");
  KX_CHECK(write_file_durably(line.text, as_bytes(dump)));
  return Progress::done;
}

}  // namespace kuangxun::shell
