#include "app/shell/script_player.h"
#include "app/shell/sdl_events.h"
#include "app/shell/window_parts.h"

namespace kuangxun::shell {
namespace {

// A frame waits this long for its glyphs, so that a page mostly appears with its words at once.
constexpr int glyph_patience_ms = 8;
constexpr int unshown_frames_max = 3;
// An input method answers a key through D-Bus, which does not wake SDL: look often for a while after a key.
constexpr std::int64_t input_method_watch_ms = 2000;
constexpr int input_method_poll_ms = 20;
constexpr int script_poll_ms = 10;

SDL_SystemCursor cursor_of(ui::PointerShape shape) {
  switch (shape) {
    case ui::PointerShape::text:
      return SDL_SYSTEM_CURSOR_IBEAM;
    case ui::PointerShape::hand:
      return SDL_SYSTEM_CURSOR_HAND;
    case ui::PointerShape::resize_horizontal:
      return SDL_SYSTEM_CURSOR_SIZEWE;
    case ui::PointerShape::resize_vertical:
      return SDL_SYSTEM_CURSOR_SIZENS;
    case ui::PointerShape::arrow:
      break;
  }
  return SDL_SYSTEM_CURSOR_ARROW;
}

}  // namespace

Status Window::run(Application& application) {
  return run(application, {});
}

Status Window::run(Application& application, std::vector<ScriptLine> script) {
  ScriptPlayer player(*this, std::move(script));
  bool playing = true;
  parts_->closing = false;
  while (!parts_->closing) {
    turn(application, playing);
    if (!playing || parts_->closing || !is_settled()) continue;
    KX_TRY(more, player.step());
    playing = more;
  }
  return {};
}

void Window::turn(Application& application, bool script_waits) {
  Parts& parts = *parts_;
  wait_for_events(script_waits);
  parts.glyph_mailbox->run_all();
  if (parts.mailbox->run_all() > 0) parts.frames_owed = settling_frames;
  if (parts.close_asked) {
    parts.close_asked = false;
    parts.closing = application.may_close();
    parts.frames_owed = settling_frames;
  }
  if (parts.wake_at_ms && parts.clock.steady_ms() >= *parts.wake_at_ms) {
    parts.wake_at_ms.reset();
    ask_for_frame();
  }
  if (parts.frames_owed > 0 && !parts.dark && !parts.closing) draw_frame(application);
}

int Window::patience_ms(bool script_waits) const {
  const Parts& parts = *parts_;
  if (parts.frames_owed > 0 && !parts.dark) return 0;
  std::int64_t patience = -1;
  const auto at_most = [&](std::int64_t wait_ms) { patience = patience < 0 ? wait_ms : std::min(patience, wait_ms); };
  const std::int64_t now = parts.clock.steady_ms();
  if (parts.wake_at_ms) at_most(std::max<std::int64_t>(*parts.wake_at_ms - now, 1));
  if (SDL_IsTextInputActive() == SDL_TRUE && now - parts.last_key_ms < input_method_watch_ms)
    at_most(input_method_poll_ms);
  if (script_waits) at_most(script_poll_ms);
  constexpr std::int64_t longest = 60'000;
  return static_cast<int>(std::min(patience, longest));
}

void Window::wait_for_events(bool script_waits) {
  SDL_Event event{};
  const int patience = patience_ms(script_waits);
  // A negative time means for ever.
  if (SDL_WaitEventTimeout(&event, patience) == 0) return;
  take_one_event(event);
  while (SDL_PollEvent(&event) == 1) take_one_event(event);
}

void Window::take_one_event(const SDL_Event& event) {
  Parts& parts = *parts_;
  const EventMeaning meaning = take_event(event, *parts.context);
  if (event.type == SDL_KEYDOWN || event.type == SDL_TEXTEDITING) parts.last_key_ms = parts.clock.steady_ms();
  if (meaning.close) parts.close_asked = true;
  if (meaning.went_dark) parts.dark = true;
  if (meaning.came_back) parts.dark = false;
  if (meaning.needs_frame) parts.frames_owed = settling_frames;
}

void Window::draw_frame(Application& application) {
  Parts& parts = *parts_;
  const std::int64_t now = parts.clock.steady_ms();
  const double elapsed_s = static_cast<double>(now - parts.last_frame_ms) / 1000;
  parts.last_frame_ms = now;
  ui::Frame frame = parts.context->begin_frame(parts.display(), elapsed_s);
  application.draw(frame);
  parts.context->end_frame();
  --parts.frames_owed;
  if (parts.context->wants_another_frame()) ask_for_frame();
  const std::optional<int> wake = parts.context->wake_after_ms();
  parts.wake_at_ms = wake ? std::optional(now + *wake) : std::nullopt;
  // A frame whose glyphs came while it waited is drawn again instead of being shown with holes.
  const bool drawn_again = settle_glyphs() && ++parts.unshown_frames <= unshown_frames_max;
  if (!drawn_again) show_frame();
  serve_input_method();
  if (application.handle()) parts.frames_owed = settling_frames;
}

bool Window::settle_glyphs() {
  Parts& parts = *parts_;
  if (parts.rasteriser) {
    // The first frame: nothing is on the screen yet that could be held up.
    parts.draw_glyphs_here();
    parts.worker = std::make_unique<GlyphWorker>(std::move(parts.rasteriser), [&parts](std::vector<ui::Glyph> glyphs) {
      parts.glyph_mailbox->post([&parts, drawn = std::move(glyphs)] { parts.add_glyphs(drawn); });
    });
    return true;
  }
  std::vector<ui::GlyphRequest> missing = parts.context->take_missing_glyphs();
  if (missing.empty()) return false;
  parts.glyphs_pending += missing.size();
  parts.worker->draw(std::move(missing));
  if (!parts.worker->wait_until_delivered(glyph_patience_ms)) return false;
  parts.glyph_mailbox->run_all();
  return true;
}

void Window::show_frame() {
  Parts& parts = *parts_;
  int width = 0;
  int height = 0;
  parts.framebuffer_size(width, height);
  parts.surface->draw(parts.context->draw_data(), width, height);
  parts.sdl->swap();
  parts.unshown_frames = 0;
  ++parts.frames_drawn;
  if (!parts.first_frame_after_ms) parts.first_frame_after_ms = parts.clock.steady_ms() - parts.opened_ms;
}

void Window::serve_input_method() {
  Parts& parts = *parts_;
  const bool wanted = parts.context->wants_text_input();
  const bool active = SDL_IsTextInputActive() == SDL_TRUE;
  if (wanted) {
    const ui::Rectangle caret = parts.context->caret();
    const SDL_Rect place{static_cast<int>(caret.left), static_cast<int>(caret.top), static_cast<int>(caret.width),
                         static_cast<int>(caret.height)};
    if (!active || caret != parts.told_caret) SDL_SetTextInputRect(&place);
    parts.told_caret = caret;
    if (!active) SDL_StartTextInput();
  } else if (active) {
    SDL_StopTextInput();
    parts.context->set_composition({});
  }
  const ui::PointerShape shape = parts.context->pointer_shape();
  if (shape == parts.pointer) return;
  parts.pointer = shape;
  SDL_Cursor*& cursor = parts.pointers[static_cast<std::size_t>(shape)];
  if (cursor == nullptr) cursor = SDL_CreateSystemCursor(cursor_of(shape));
  SDL_SetCursor(cursor);
}

bool Window::is_settled() const {
  return parts_->frames_owed == 0 && parts_->glyphs_pending == 0 && parts_->context->input().empty();
}

}  // namespace kuangxun::shell
