#include <SDL.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <thread>

#include "app/shell/window.h"
#include "tests/app/shell/demo_application.h"
#include "tests/support/virtual_display.h"

using namespace kuangxun;

// Through the X server, as a mouse and a keyboard would, not through SDL's queue.
TEST_CASE("a real pointer presses and a real keyboard types") {
  const tests::VirtualDisplay display;
  SystemClock clock;
  auto window = shell::Window::open({.title = "矿巡", .scale = 1.0F}, clock);
  REQUIRE(window.ok());
  tests::DemoApplication application;
  auto settle = shell::parse_script("see places.search\nquit");
  REQUIRE((*window)->run(application, std::move(settle).value()).ok());
  const ui::Control* search = (*window)->context().find_control("places.search");
  REQUIRE(search != nullptr);
  int left = 0;
  int top = 0;
  SDL_GetWindowPosition(SDL_GetWindowFromID((*window)->id()), &left, &top);
  left += static_cast<int>(search->area.middle_x());
  top += static_cast<int>(search->area.middle_y());
  const std::string command = "xdotool mousemove " + std::to_string(left) + " " + std::to_string(top) +
                              " sleep 0.1 click 1 sleep 0.5 type --delay 30 'mine 12'";
  int code = -1;
  std::thread hands([&] { code = std::system(command.c_str()); });
  auto wait = shell::parse_script("timeout 20\ngone 示例石灰岩矿\nidle 1500\nquit");
  const Status status = (*window)->run(application, std::move(wait).value());
  hands.join();
  CHECK(code == 0);
  CHECK(status.ok());
  CHECK(application.search == "mine 12");
}
