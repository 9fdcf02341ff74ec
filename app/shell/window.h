#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/shell/application.h"
#include "app/shell/mailbox.h"
#include "app/shell/picture.h"
#include "app/shell/script.h"
#include "app/ui/context.h"
#include "db/base/clock.h"
#include "db/base/result.h"

union SDL_Event;

namespace kuangxun::shell {

struct WindowOptions {
  std::string title;
  int width_px = 1280;
  int height_px = 800;
  // Without it, what the screen's dots an inch say.
  std::optional<float> scale{};
};

// The window: sleeps until a person, a worker or a wish of the last frame wakes it, draws three frames so that the
// layout settles, sleeps again. One thread, the one that opened it, except Mailbox::post.
class Window {
 public:
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options, Clock& clock);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Until the person closes the window and the application agrees.
  Status run(Application& application);
  // The same while a script plays; its failure ends the run. What follows the script's last line is up to the person.
  Status run(Application& application, std::vector<ScriptLine> script);

  Mailbox& mailbox();
  ui::Context& context();
  // Draws soon even though nothing happened.
  void ask_for_frame();
  Status save_screenshot(const std::filesystem::path& path);
  Picture screenshot();

  std::uint32_t id() const;
  std::int64_t now_ms() const;
  std::uint64_t frames_drawn() const;
  // From open() to the first frame on the screen; nothing before that.
  std::optional<std::int64_t> first_frame_after_ms() const;

 private:
  struct Parts;
  explicit Window(std::unique_ptr<Parts> parts);
  void turn(Application& application, bool script_waits);
  int patience_ms(bool script_waits) const;
  void wait_for_events(bool script_waits);
  void take_one_event(const SDL_Event& event);
  void draw_frame(Application& application);
  bool settle_glyphs();
  void show_frame();
  void serve_input_method();
  bool is_settled() const;

  std::unique_ptr<Parts> parts_;
};

}  // namespace kuangxun::shell
