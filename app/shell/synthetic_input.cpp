#include "app/shell/synthetic_input.h"

#include <SDL.h>

#include <cstring>

#include "app/ui/screen_text.h"

namespace kuangxun::shell {
namespace {

SDL_Keycode code_of(ui::Key key) {
  const auto offset = [&](ui::Key first) { return static_cast<int>(key) - static_cast<int>(first); };
  if (key >= ui::Key::a && key <= ui::Key::z) return SDLK_a + offset(ui::Key::a);
  if (key >= ui::Key::digit_0 && key <= ui::Key::digit_9) return SDLK_0 + offset(ui::Key::digit_0);
  if (key >= ui::Key::f1 && key <= ui::Key::f12) return SDLK_F1 + offset(ui::Key::f1);
  switch (key) {
    case ui::Key::tab:
      return SDLK_TAB;
    case ui::Key::left:
      return SDLK_LEFT;
    case ui::Key::right:
      return SDLK_RIGHT;
    case ui::Key::up:
      return SDLK_UP;
    case ui::Key::down:
      return SDLK_DOWN;
    case ui::Key::page_up:
      return SDLK_PAGEUP;
    case ui::Key::page_down:
      return SDLK_PAGEDOWN;
    case ui::Key::home:
      return SDLK_HOME;
    case ui::Key::end:
      return SDLK_END;
    case ui::Key::insert:
      return SDLK_INSERT;
    case ui::Key::erase:
      return SDLK_DELETE;
    case ui::Key::backspace:
      return SDLK_BACKSPACE;
    case ui::Key::space:
      return SDLK_SPACE;
    case ui::Key::enter:
      return SDLK_RETURN;
    case ui::Key::escape:
      return SDLK_ESCAPE;
    case ui::Key::keypad_enter:
      return SDLK_KP_ENTER;
    case ui::Key::equals:
      return SDLK_EQUALS;
    case ui::Key::minus:
      return SDLK_MINUS;
    default:
      return SDLK_UNKNOWN;
  }
}

void push_button(std::uint32_t window_id, std::uint32_t type, int x, int y) {
  SDL_Event event{};
  event.button.type = type;
  event.button.windowID = window_id;
  event.button.button = SDL_BUTTON_LEFT;
  event.button.state = type == SDL_MOUSEBUTTONDOWN ? SDL_PRESSED : SDL_RELEASED;
  event.button.clicks = 1;
  event.button.x = x;
  event.button.y = y;
  SDL_PushEvent(&event);
}

void push_key_event(std::uint32_t window_id, std::uint32_t type, const ui::KeyPress& press) {
  SDL_Event event{};
  event.key.type = type;
  event.key.windowID = window_id;
  event.key.state = type == SDL_KEYDOWN ? SDL_PRESSED : SDL_RELEASED;
  event.key.keysym.sym = code_of(press.key);
  event.key.keysym.scancode = SDL_GetScancodeFromKey(event.key.keysym.sym);
  int modifiers = KMOD_NONE;
  if (press.control) modifiers |= KMOD_LCTRL;
  if (press.shift) modifiers |= KMOD_LSHIFT;
  if (press.alt) modifiers |= KMOD_LALT;
  event.key.keysym.mod = static_cast<std::uint16_t>(type == SDL_KEYDOWN ? modifiers : KMOD_NONE);
  SDL_PushEvent(&event);
}

// The first bytes of `text` that fit into an event and end with a whole character.
std::string_view piece_of(std::string_view text, std::size_t bytes_max) {
  std::size_t end = 0;
  for (std::size_t position = 0; position < text.size();) {
    ui::next_code_point(text, position);
    if (position > bytes_max) break;
    end = position;
  }
  return text.substr(0, end);
}

}  // namespace

void push_press(std::uint32_t window_id, float x, float y) {
  SDL_Event move{};
  move.motion.type = SDL_MOUSEMOTION;
  move.motion.windowID = window_id;
  move.motion.x = static_cast<int>(x);
  move.motion.y = static_cast<int>(y);
  SDL_PushEvent(&move);
  push_button(window_id, SDL_MOUSEBUTTONDOWN, move.motion.x, move.motion.y);
  push_button(window_id, SDL_MOUSEBUTTONUP, move.motion.x, move.motion.y);
}

void push_text(std::uint32_t window_id, std::string_view text) {
  while (!text.empty()) {
    SDL_Event event{};
    const std::string_view piece = piece_of(text, sizeof(event.text.text) - 1);
    event.text.type = SDL_TEXTINPUT;
    event.text.windowID = window_id;
    std::memcpy(event.text.text, piece.data(), piece.size());
    SDL_PushEvent(&event);
    text.remove_prefix(piece.size());
  }
}

void push_composition(std::uint32_t window_id, std::string_view text) {
  SDL_Event event{};
  const std::string_view piece = piece_of(text, sizeof(event.edit.text) - 1);
  event.edit.type = SDL_TEXTEDITING;
  event.edit.windowID = window_id;
  std::memcpy(event.edit.text, piece.data(), piece.size());
  SDL_PushEvent(&event);
}

void push_key(std::uint32_t window_id, ui::KeyPress press) {
  push_key_event(window_id, SDL_KEYDOWN, press);
  push_key_event(window_id, SDL_KEYUP, press);
}

void push_quit() {
  SDL_Event event{};
  event.type = SDL_QUIT;
  SDL_PushEvent(&event);
}

}  // namespace kuangxun::shell
