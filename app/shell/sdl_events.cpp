#include "app/shell/sdl_events.h"

#include <SDL.h>

#include <array>
#include <cfloat>
#include <utility>

#include "db/base/text.h"

namespace kuangxun::shell {
namespace {

constexpr std::array<std::pair<SDL_Keycode, ui::Key>, 21> key_table = {{
    {SDLK_TAB, ui::Key::tab},
    {SDLK_LEFT, ui::Key::left},
    {SDLK_RIGHT, ui::Key::right},
    {SDLK_UP, ui::Key::up},
    {SDLK_DOWN, ui::Key::down},
    {SDLK_PAGEUP, ui::Key::page_up},
    {SDLK_PAGEDOWN, ui::Key::page_down},
    {SDLK_HOME, ui::Key::home},
    {SDLK_END, ui::Key::end},
    {SDLK_INSERT, ui::Key::insert},
    {SDLK_DELETE, ui::Key::erase},
    {SDLK_BACKSPACE, ui::Key::backspace},
    {SDLK_SPACE, ui::Key::space},
    {SDLK_RETURN, ui::Key::enter},
    {SDLK_ESCAPE, ui::Key::escape},
    {SDLK_KP_ENTER, ui::Key::keypad_enter},
    {SDLK_EQUALS, ui::Key::equals},
    {SDLK_MINUS, ui::Key::minus},
    {SDLK_PLUS, ui::Key::equals},
    {SDLK_KP_PLUS, ui::Key::equals},
    {SDLK_KP_MINUS, ui::Key::minus},
}};

ui::Key key_after(ui::Key first, int offset) {
  return static_cast<ui::Key>(static_cast<int>(first) + offset);
}

ui::Key key_of(SDL_Keycode code) {
  for (const auto& [sdl_key, key] : key_table)
    if (sdl_key == code) return key;
  if (code >= SDLK_a && code <= SDLK_z) return key_after(ui::Key::a, code - SDLK_a);
  if (code >= SDLK_0 && code <= SDLK_9) return key_after(ui::Key::digit_0, code - SDLK_0);
  if (code >= SDLK_F1 && code <= SDLK_F12) return key_after(ui::Key::f1, code - SDLK_F1);
  return ui::Key::none;
}

EventMeaning take_key(const SDL_KeyboardEvent& event, ui::Context& context) {
  const auto modifiers = static_cast<unsigned>(event.keysym.mod);
  context.input().push(ui::KeyChange{{.key = key_of(event.keysym.sym),
                                      .control = (modifiers & KMOD_CTRL) != 0,
                                      .shift = (modifiers & KMOD_SHIFT) != 0,
                                      .alt = (modifiers & KMOD_ALT) != 0},
                                     event.type == SDL_KEYDOWN});
  return {.needs_frame = true};
}

EventMeaning take_button(const SDL_MouseButtonEvent& event, ui::Context& context) {
  const bool down = event.type == SDL_MOUSEBUTTONDOWN;
  const auto push = [&](ui::MouseButton button) { context.input().push(ui::MouseButtonChange{button, down}); };
  // The pointer may have come here without a move that we were told of.
  context.input().push(ui::MouseMove{static_cast<float>(event.x), static_cast<float>(event.y)});
  if (event.button == SDL_BUTTON_LEFT)
    push(ui::MouseButton::left);
  else if (event.button == SDL_BUTTON_RIGHT)
    push(ui::MouseButton::right);
  else if (event.button == SDL_BUTTON_MIDDLE)
    push(ui::MouseButton::middle);
  return {.needs_frame = true};
}

EventMeaning take_window_event(const SDL_WindowEvent& event, ui::Context& context) {
  switch (event.event) {
    case SDL_WINDOWEVENT_CLOSE:
      return {.close = true};
    case SDL_WINDOWEVENT_MINIMIZED:
    case SDL_WINDOWEVENT_HIDDEN:
      return {.went_dark = true};
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_MAXIMIZED:
      return {.needs_frame = true, .came_back = true};
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
      return {.needs_frame = true};
    case SDL_WINDOWEVENT_FOCUS_GAINED:
    case SDL_WINDOWEVENT_FOCUS_LOST:
      context.input().push(ui::FocusChange{event.event == SDL_WINDOWEVENT_FOCUS_GAINED});
      return {.needs_frame = true};
    case SDL_WINDOWEVENT_LEAVE:
      context.input().push(ui::MouseMove{-FLT_MAX, -FLT_MAX});
      return {.needs_frame = true};
    default:
      return {};
  }
}

EventMeaning take_composition(const char* text, ui::Context& context) {
  if (text != nullptr && is_clean_utf8(text)) context.set_composition(text);
  return {.needs_frame = true};
}

EventMeaning take_text(const char* text, ui::Context& context) {
  context.set_composition({});
  if (is_clean_utf8(text)) context.input().push(ui::TextInput{text});
  return {.needs_frame = true};
}

}  // namespace

EventMeaning take_event(const SDL_Event& event, ui::Context& context) {
  switch (event.type) {
    case SDL_QUIT:
      return {.close = true};
    case SDL_MOUSEMOTION:
      context.input().push(ui::MouseMove{static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)});
      return {.needs_frame = true};
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      return take_button(event.button, context);
    case SDL_MOUSEWHEEL:
      context.input().push(ui::MouseWheel{-event.wheel.preciseX, event.wheel.preciseY});
      return {.needs_frame = true};
    case SDL_KEYDOWN:
    case SDL_KEYUP:
      return take_key(event.key, context);
    case SDL_TEXTINPUT:
      return take_text(event.text.text, context);
    case SDL_TEXTEDITING:
      return take_composition(event.edit.text, context);
    case SDL_TEXTEDITING_EXT: {
      const EventMeaning meaning = take_composition(event.editExt.text, context);
      SDL_free(event.editExt.text);
      return meaning;
    }
    case SDL_WINDOWEVENT:
      return take_window_event(event.window, context);
    default:
      return {};
  }
}

}  // namespace kuangxun::shell
