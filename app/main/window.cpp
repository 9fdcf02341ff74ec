#include "app/main/window.h"

#include "app/cli/visit_paper.h"
#include "app/geo/county_lines.h"
#include "app/main/window_links.h"
#include "app/screens/workbench.h"
#include "app/shell/window.h"
#include "app/ui/draw_screens.h"
#include "db/base/language.h"
#include "db/base/limits.h"

namespace kuangxun {
namespace {

// Called on a worker: reads through a connection of its own, which sees what was committed.
class PaperWriter final : public screens::PaperMaker {
 public:
  explicit PaperWriter(const WindowWorld& world) : world_(world) {}

  Result<int> write_visit(const Uuid& visit, const std::filesystem::path& file) override {
    KX_TRY(store, sqlite::LocalStore::open_read_only(world_.workplace.folder(), {world_.clock, world_.random}));
    const AttachmentFolder attachments(world_.workplace.folder() / "attachments");
    criteria::CatalogueShelf shelf(world_.assets, world_.workplace.folder() / "criteria");
    KX_CHECK(shelf.read(*store));
    KX_TRY(pdf, cli::make_visit_paper(*store, attachments, shelf, visit));
    if (file.has_parent_path()) KX_CHECK(make_folder(file.parent_path()));
    KX_CHECK(write_file_durably(file, pdf.bytes));
    return pdf.pages;
  }

 private:
  const WindowWorld& world_;
};

class WindowApplication final : public shell::Application {
 public:
  explicit WindowApplication(screens::Workbench& workbench) : workbench_(workbench) {}

  void draw(ui::Frame& frame) override {
    for (screens::Intent& intent : ui::draw_view(frame, workbench_.view())) intents_.push_back(std::move(intent));
    if (const auto due_ms = workbench_.due_after_ms()) frame.wake_after_ms(*due_ms);
  }
  bool handle() override {
    const std::vector<screens::Intent> heard = std::move(intents_);
    intents_.clear();
    return workbench_.handle(heard);
  }
  bool may_close() override { return workbench_.may_close(); }

 private:
  screens::Workbench& workbench_;
  std::vector<screens::Intent> intents_;
};

Result<std::vector<shell::ScriptLine>> read_script(const std::filesystem::path& path) {
  if (path.empty()) return std::vector<shell::ScriptLine>();
  KX_TRY(text, read_text_file(path, limits::window_script_bytes_max));
  return shell::parse_script(text);
}

}  // namespace

Result<int> run_window(const WindowWorld& world) {
  KX_TRY(script, read_script(world.script));
  KX_TRY(green_indexes, green::Library::load(world.assets));
  KX_TRY(county_lines, geo::CountyLines::read(world.assets / "orientation/county-line.csv"));
  KX_TRY(store, world.workplace.writable_store());
  criteria::CatalogueShelf rules(world.assets, world.workplace.folder() / "criteria");
  KX_CHECK(rules.read(*store));
  KX_TRY(window, shell::Window::open({.title = say_text("矿巡", "Kuangxun")}, world.clock));
  inspect::Desk desk{*store, world.workplace.attachments(), world.clock, world.random, world.person};
  CountyLink link(world.workplace, *store, world.log);
  LaptopPeopleLink people(world.workplace, *store);
  PaperWriter papers(world);
  screens::Workbench workbench(
      {desk, rules, link, people, papers,
       [&mailbox = window->mailbox()](std::function<void()> job) { mailbox.post(std::move(job)); },
       std::filesystem::absolute(world.workplace.folder()) / "reports", world.assets / "examples", county_lines,
       &green_indexes, world.workplace.folder() / "thumbnails"});
  WindowApplication application(workbench);
  world.log(world.workplace.folder(), "window opened");
  const Status ran = window->run(application, std::move(script));
  world.log(world.workplace.folder(), ran.ok() ? "window closed" : "window error: " + ran.error().message());
  KX_CHECK(ran);
  return 0;
}

}  // namespace kuangxun
