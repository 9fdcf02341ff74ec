#include "app/shell/system_clipboard.h"

#include <SDL.h>

#include <memory>

namespace kuangxun::shell {

std::string SystemClipboard::read() {
  const std::unique_ptr<char, decltype(&SDL_free)> text(SDL_GetClipboardText(), SDL_free);
  return text ? std::string(text.get()) : std::string();
}

void SystemClipboard::write(const std::string& text) {
  SDL_SetClipboardText(text.c_str());
}

}  // namespace kuangxun::shell
