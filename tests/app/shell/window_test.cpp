#include "app/shell/window.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "app/ui/screen_text.h"
#include "tests/app/shell/demo_application.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/virtual_display.h"
#include "tests/support/where.h"

using namespace kuangxun;
using tests::DemoApplication;

namespace {

struct Desk {
  tests::VirtualDisplay display;
  SystemClock clock;
  std::unique_ptr<shell::Window> window;
  DemoApplication application;

  explicit Desk(std::optional<float> scale = 1.0F) {
    auto opened = shell::Window::open({.title = "矿巡", .scale = scale}, clock);
    if (!opened) FAIL(opened.error().message());
    window = std::move(opened).value();
  }
  void play(const std::string& script) {
    auto lines = shell::parse_script(script + "\nquit\n");
    REQUIRE(lines.ok());
    const Status status = window->run(application, std::move(lines).value());
    if (!status) FAIL(status.error().message());
  }
};

std::size_t count_dark_pixels(const shell::Picture& picture) {
  std::size_t count = 0;
  for (std::size_t index = 0; index + 2 < picture.pixels.size(); index += 3)
    if (picture.pixels[index] < 90 && picture.pixels[index + 1] < 90 && picture.pixels[index + 2] < 90) ++count;
  return count;
}

}  // namespace

TEST_CASE("a place is found by typing Chinese and opened by a press") {
  Desk desk;
  desk.play("wait 请先选择\ntype places.search 石灰岩\ngone 示例砂石料场\npress places.row.1\nwait 示例石灰岩矿");
  CHECK(desk.application.search == "石灰岩");
  CHECK(desk.application.place == 1);
}

TEST_CASE("every kind of control answers to a press in the real window") {
  Desk desk;
  desk.play(
      "press page.visit\npress visit.answer.no\nchoose visit.method underground\npress visit.agreed\n"
      "type visit.note 坡顶有裂缝，长约 12 米。\npress visit.finish\npress save\nsee confirm.yes\npress confirm.yes\n"
      "gone 保存这次巡查\nkey F5");
  CHECK(desk.application.answer == 1);
  CHECK(desk.application.method == 1);
  CHECK(desk.application.agreed);
  CHECK(desk.application.note == "坡顶有裂缝，长约 12 米。");
  CHECK(desk.application.edits_left == 1);
  CHECK(desk.application.saves == 2);
  CHECK(desk.application.refreshes == 1);
}

TEST_CASE("a long commit of an input method arrives whole, with characters beyond 16 bits") {
  Desk desk;
  std::string text = "𠮷日矿业𠀀";
  for (int index = 0; index < 60; ++index) text += "巡查𪚥记录";
  desk.play("press page.visit\ntype visit.note " + text);
  CHECK(desk.application.note == text);
}

TEST_CASE("what an input method is composing is shown and not entered") {
  Desk desk;
  desk.play("press page.visit\npress visit.note\ncompose kuang xun\nwait kuang xun\nscreenshot " +
            (binary_folder() + "/window_composing.png"));
  CHECK(desk.application.note.empty());
}

TEST_CASE("Escape keeps what was typed") {
  Desk desk;
  desk.play("press page.visit\ntype visit.note 已写\nkey Escape\nwait 已记录：已写\nkey Escape");
  CHECK(desk.application.note == "已写");
  CHECK(desk.application.edits_left == 1);
}

TEST_CASE("an open dialog lets nothing behind it be pressed, and Escape leaves it") {
  Desk desk;
  desk.play("press save\nsee confirm.no\nkey Escape\ngone 保存这次巡查\npress page.visit");
  CHECK(desk.application.saves == 0);
  CHECK(desk.application.page == 1);
}

TEST_CASE("when nothing happens nothing is drawn") {
  Desk desk;
  desk.play("wait 请先选择");
  const auto before = desk.window->frames_drawn();
  desk.play("idle 1500");
  // Three frames for the move into the loop, three for the closing.
  CHECK(desk.window->frames_drawn() - before <= 6);
}

TEST_CASE("a worker's result wakes the sleeping window") {
  Desk desk;
  std::thread worker([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    desk.window->mailbox().post([&] { desk.application.extra_text = "县级已收到 3 条记录"; });
  });
  desk.play("wait 县级已收到 3 条记录");
  worker.join();
}

TEST_CASE("a frame may ask to be drawn again later") {
  Desk desk;
  desk.application.wake_ms = 100;
  desk.play("wait 请先选择");
  const int before = desk.application.draws;
  desk.play("idle 1000");
  const int drawn = desk.application.draws - before;
  CHECK(drawn >= 7);
  CHECK(drawn <= 20);
}

TEST_CASE("new characters are drawn when text needs them, and a full texture starts again") {
  Desk desk;
  desk.play("wait 请先选择");
  const std::size_t before = count_dark_pixels(desk.window->screenshot());
  for (int page = 0; page < 12; ++page) {
    desk.application.extra_text.clear();
    for (char32_t character = 0; character < 400; ++character)
      ui::append_utf8(desk.application.extra_text, 0x4E00 + static_cast<char32_t>(page) * 400 + character);
    desk.window->ask_for_frame();
    desk.play("idle 30");
  }
  CHECK(desk.window->context().times_texture_emptied() >= 1);
  CHECK(count_dark_pixels(desk.window->screenshot()) > before + 10'000);
  CHECK(desk.window->context().shows_text("请先选择"));
}

TEST_CASE("a script that waits in vain fails with its line and what is shown") {
  Desk desk;
  auto lines = shell::parse_script("timeout 1\nwait 没有这句话\n");
  const Status status = desk.window->run(desk.application, std::move(lines).value());
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().message().find("2") != std::string::npos);
  CHECK(status.error().message().find("请先选择") != std::string::npos);
}

TEST_CASE("the demo's pages are worth looking at") {
  for (const float scale : {1.0F, 2.0F}) {
    Desk desk(scale);
    const std::string folder = binary_folder();
    const std::string suffix = scale > 1 ? "_large.png" : ".png";
    desk.play("type places.search 示例\npress places.row.0\nscreenshot " + folder + "/window_dossier" + suffix +
              "\npress page.visit\npress visit.answer.yes\npress visit.method\nscreenshot " + folder + "/window_combo" +
              suffix + "\nkey Escape\ntype visit.note 坡顶有裂缝\nscreenshot " + folder + "/window_visit" + suffix +
              "\npress save\nscreenshot " + folder + "/window_dialog" + suffix);
    const auto picture = shell::read_png(folder + "/window_dossier" + suffix);
    REQUIRE(picture.ok());
    CHECK(picture->width_px == 1280);
    CHECK(count_dark_pixels(*picture) > 5000);
  }
}
