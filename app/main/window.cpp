#include "app/main/window.h"

#include "app/criteria/shelf.h"
#include "app/geo/county_lines.h"
#include "app/screens/workbench.h"
#include "app/shell/window.h"
#include "app/ui/draw_screens.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/local/door.h"

namespace kuangxun {
namespace {

class WindowApplication final : public shell::Application {
 public:
  explicit WindowApplication(screens::Workbench& workbench) : workbench_(workbench) {}

  void draw(ui::Frame& frame) override {
    for (blocks::Event& event : ui::draw_view(frame, workbench_.view())) events_.push_back(std::move(event));
    if (const auto due_ms = workbench_.due_after_ms()) frame.wake_after_ms(*due_ms);
  }
  bool handle() override {
    const std::vector<blocks::Event> heard = std::move(events_);
    events_.clear();
    return workbench_.handle(heard);
  }
  bool may_close() override { return workbench_.may_close(); }

 private:
  screens::Workbench& workbench_;
  std::vector<blocks::Event> events_;
};

Result<std::vector<shell::ScriptLine>> read_script(const std::filesystem::path& path) {
  if (path.empty()) return std::vector<shell::ScriptLine>();
  KX_TRY(text, read_text_file(path, limits::window_script_bytes_max));
  return shell::parse_script(text);
}

}  // namespace

Result<int> run_window(office::Office& office, const Uuid& person, const std::filesystem::path& script) {
  const office::World& world = office.world();
  KX_TRY(lines, read_script(script));
  KX_TRY(green_indexes, green::Library::load(world.assets));
  KX_TRY(county_lines, geo::CountyLines::read(world.assets / "orientation/county-line.csv"));
  // Two windows on one folder would be in each other's way: the second is told so.
  KX_CHECK(office.hand().hold());
  KX_TRY(store, office.writer());
  KX_TRY(rules, office.rules(*store));
  KX_TRY(window, shell::Window::open({.title = say_text("Kuangxun")}, world.clock));
  inspect::Desk desk = office.desk(*store, person, nullptr);
  screens::Workbench workbench(
      {office, desk, rules, [&mailbox = window->mailbox()](std::function<void()> job) { mailbox.post(std::move(job)); },
       std::filesystem::absolute(office.folder()) / "reports", world.assets / "examples", county_lines, green_indexes,
       office.folder() / "thumbnails"});
  WindowApplication application(workbench);
  KX_TRY(door, office.hand().serve([&mailbox = window->mailbox(), &workbench] {
    mailbox.post([&workbench] { workbench.note_changes(); });
  }));
  for (const std::string& problem : language_problems()) office.log("words: " + problem);
  office.log("window opened");
  const Status ran = window->run(application, std::move(lines));
  office.log(ran.ok() ? "window closed" : "window error: " + ran.error().message());
  KX_CHECK(ran);
  return 0;
}

}  // namespace kuangxun
