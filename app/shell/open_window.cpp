#include "app/shell/window.h"

#include "app/shell/window_parts.h"

namespace kuangxun::shell {
namespace {

// Room for about 2,000 Chinese characters at any scale; powers of two, which every OpenGL 3 takes.
int texture_edge_px(float scale) {
  return scale > 1.5F ? 2048 : 1024;
}

std::string printable_ascii() {
  std::string text;
  for (char character = ' '; character < 127; ++character) text.push_back(character);
  return text;
}

}  // namespace

Window::Window(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Window::~Window() = default;

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options, Clock& clock) {
  auto parts = std::make_unique<Parts>(clock);
  parts->opened_ms = parts->last_frame_ms = clock.steady_ms();
  KX_TRY(sdl, SdlWindow::open(options.title, options.width_px, options.height_px));
  parts->sdl = std::move(sdl);
  const float scale = options.scale.value_or(parts->sdl->scale());
  KX_TRY(files, find_fonts());
  KX_TRY(rasteriser, GlyphRasteriser::open(files, scale));
  parts->rasteriser = std::move(rasteriser);
  parts->context = std::make_unique<ui::Context>(parts->rasteriser->metrics(), scale, texture_edge_px(scale));
  parts->context->set_clipboard(&parts->clipboard);
  KX_TRY(surface, GlSurface::open(parts->sdl->glsl_version()));
  parts->surface = std::move(surface);
  parts->context->release_texture_pixels();
  parts->wake_event = SDL_RegisterEvents(1);
  const auto wake = [wake_event = parts->wake_event] {
    SDL_Event event{};
    event.type = wake_event;
    SDL_PushEvent(&event);
  };
  parts->mailbox = std::make_unique<Mailbox>(wake);
  parts->glyph_mailbox = std::make_unique<Mailbox>(wake);
  parts->context->need_glyphs(ui::Face::body, printable_ascii());
  return std::unique_ptr<Window>(new Window(std::move(parts)));
}

Mailbox& Window::mailbox() {
  return *parts_->mailbox;
}
ui::Context& Window::context() {
  return *parts_->context;
}
void Window::ask_for_frame() {
  parts_->frames_owed = std::max(parts_->frames_owed, 1);
}
std::uint32_t Window::id() const {
  return SDL_GetWindowID(parts_->sdl->get());
}
std::int64_t Window::now_ms() const {
  return parts_->clock.steady_ms();
}
std::uint64_t Window::frames_drawn() const {
  return parts_->frames_drawn;
}
std::optional<std::int64_t> Window::first_frame_after_ms() const {
  return parts_->first_frame_after_ms;
}

Picture Window::screenshot() {
  int width = 0;
  int height = 0;
  parts_->framebuffer_size(width, height);
  // What was shown is the window system's now: draw it once more and read it before it goes there.
  parts_->surface->draw(parts_->context->draw_data(), width, height);
  return parts_->surface->read(width, height);
}

Status Window::save_screenshot(const std::filesystem::path& path) {
  return write_png(screenshot(), path);
}

}  // namespace kuangxun::shell
