#include <SDL.h>
#include <SDL_opengl.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

#include "app/shell/window.h"
#include "tests/app/shell/demo_application.h"
#include "tests/support/virtual_display.h"

using namespace kuangxun;

namespace {

// The least any program pays for a window with OpenGL on this machine.
std::int64_t bare_window_ms(Clock& clock) {
  const std::int64_t start = clock.steady_ms();
  REQUIRE(SDL_Init(SDL_INIT_VIDEO) == 0);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_Window* window = SDL_CreateWindow("bare", 0, 0, 1280, 800, SDL_WINDOW_OPENGL);
  REQUIRE(window != nullptr);
  SDL_GLContext gl = SDL_GL_CreateContext(window);
  reinterpret_cast<decltype(&glClear)>(SDL_GL_GetProcAddress("glClear"))(GL_COLOR_BUFFER_BIT);
  SDL_GL_SwapWindow(window);
  const std::int64_t taken = clock.steady_ms() - start;
  SDL_GL_DeleteContext(gl);
  SDL_DestroyWindow(window);
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
  return taken;
}

std::int64_t first_frame_ms(Clock& clock) {
  auto window = shell::Window::open({.title = "矿巡", .scale = 1.0F}, clock);
  if (!window) FAIL(window.error().message());
  tests::DemoApplication application;
  auto script = shell::parse_script("quit");
  REQUIRE((*window)->run(application, std::move(script).value()).ok());
  return (*window)->first_frame_after_ms().value();
}

}  // namespace

TEST_CASE("the first frame stands at most 150 ms after a bare window's would") {
  const tests::VirtualDisplay display;
  SystemClock clock;
  // The best of several, because two cores are shared with whatever else runs.
  std::int64_t best_bare = bare_window_ms(clock);
  std::int64_t best_ours = first_frame_ms(clock);
  for (int round = 0; round < 20 && best_ours > best_bare + 150; ++round) {
    best_bare = std::min(best_bare, bare_window_ms(clock));
    best_ours = std::min(best_ours, first_frame_ms(clock));
  }
  MESSAGE("bare window " << best_bare << " ms, first frame " << best_ours << " ms");
  CHECK(best_ours <= best_bare + 150);
}
