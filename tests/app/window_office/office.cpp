#include "tests/app/window_office/office.h"

#include <algorithm>

#include "db/registers/registers.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

std::filesystem::path assets() {
  return std::filesystem::path(source_folder()) / "assets";
}

const green::Library& green_library() {
  static const green::Library loaded = [] {
    auto result = green::Library::load(assets());
    REQUIRE_MESSAGE(result.ok(), result.error().message());
    return std::move(result).value();
  }();
  return loaded;
}

const geo::CountyLines& county_lines() {
  static const geo::CountyLines loaded = [] {
    auto result = geo::CountyLines::read(assets() / "orientation/county-line.csv");
    REQUIRE_MESSAGE(result.ok(), result.error().message());
    return std::move(result).value();
  }();
  return loaded;
}

// What other pages show within this one, but not within those.
std::vector<const blocks::Blocks*> insets_in(const blocks::Blocks& tree) {
  std::vector<const blocks::Blocks*> found;
  for (const blocks::Block& block : tree) {
    if (const auto* inset = std::get_if<blocks::Inset>(&block.shape)) {
      found.push_back(inset->tree.get());
    } else if (const blocks::Blocks* children = blocks::children_of(block)) {
      for (const blocks::Blocks* within : insets_in(*children)) found.push_back(within);
    }
  }
  return found;
}

const frames::Frame& genesis() {
  static const frames::Frame frame = [] {
    auto built = registers::build_genesis_frame(assets() / "registers");
    REQUIRE_MESSAGE(built.ok(), built.error().message());
    return std::move(built).value();
  }();
  return frame;
}

}  // namespace

RunningTime::RunningTime(ManualClock& clock)
    : thread_([this, &clock] {
        SystemClock real;
        std::int64_t then_ms = real.steady_ms();
        while (!stopping_) {
          std::this_thread::sleep_for(std::chrono::milliseconds(5));
          const std::int64_t now_ms = real.steady_ms();
          clock.advance_ms(now_ms - then_ms);
          then_ms = now_ms;
        }
      }) {}

RunningTime::~RunningTime() {
  stopping_ = true;
  thread_.join();
}

Office::Office() {
  {
    // Not by Office::create(): the registers' frame is built once for all tests.
    auto created = sqlite::LocalStore::create(folder / "data", {clock, random});
    REQUIRE_MESSAGE(created.ok(), created.error().message());
    REQUIRE((*created)->adopt_registers(genesis()).ok());
  }
  open_desk(folder / "data");
}

Office::~Office() {
  workbench.reset();
}

void Office::open_desk(const std::filesystem::path& data) {
  {
    // What was posted to a window that is gone.
    const std::lock_guard lock(mutex_);
    jobs_.clear();
  }
  desk.reset();
  office = std::make_unique<office::Office>(data, office::World{clock, random, link, assets(), built_ms});
  const auto opened = office->writer();
  REQUIRE_MESSAGE(opened.ok(), opened.error().message());
  store = static_cast<sqlite::LaptopStore*>(*opened);
  auto read = office->rules(*store);
  REQUIRE_MESSAGE(read.ok(), read.error().message());
  rules = std::move(read).value();
  desk = std::make_unique<inspect::Desk>(office->desk(*store, fixed_uuid("示例检查员"), nullptr));
  const auto post = [this](std::function<void()> job) {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    posted_.notify_all();
  };
  workbench = std::make_unique<screens::Workbench>(screens::World{
      *office, *desk, *rules, post, folder / "reports", assets() / "examples", county_lines(), green_library()});
}

void Office::kill_and_reopen() {
  // The dying window's workbench gets a store that takes nothing any more: closing it finishes nothing.
  const std::filesystem::path copy = folder / "after";
  std::filesystem::copy(folder / "data", copy, std::filesystem::copy_options::recursive);
  workbench.reset();
  open_desk(copy);
}

void Office::reopen() {
  const std::filesystem::path data = office->folder();
  workbench.reset();
  desk.reset();
  office.reset();  // the lock goes before the next takes it
  open_desk(data);
}

void Office::press(const blocks::Button& button) {
  CHECK_MESSAGE(button.enabled, button.name << ": " << button.hint);
  workbench->handle({{blocks::Event::What::press, button.name}});
}

const blocks::Blocks& Office::tree() const {
  const blocks::Blocks* open = view().page_blocks;
  REQUIRE_MESSAGE(open != nullptr, "no page of blocks is open");
  return *open;
}

const blocks::Blocks& Office::page() const {
  const blocks::Blocks* innermost = &tree();
  for (auto within = insets_in(*innermost); within.size() == 1; within = insets_in(*innermost)) {
    innermost = within.front();
  }
  return *innermost;
}

const blocks::Blocks& Office::dialog() const {
  REQUIRE_MESSAGE(has_dialog(), "no dialog is open");
  return *view().dialog->page;
}

std::vector<blocks::Fact> Office::facts() const {
  std::vector<blocks::Fact> found;
  blocks::walk(page(), [&](const blocks::Block& block) {
    if (const auto* fact = std::get_if<blocks::Fact>(&block.shape)) found.push_back(*fact);
  });
  return found;
}

std::string Office::page_problem() const {
  if (page().empty()) return {};
  const auto* notice = std::get_if<blocks::Notice>(&page().front().shape);
  return notice != nullptr && notice->tone == blocks::Tone::bad ? notice->words : std::string();
}

void Office::act(const blocks::Event& event) {
  const bool is_there = (has_dialog() && blocks::action_of(dialog(), event)) || blocks::action_of(tree(), event);
  CHECK_MESSAGE(is_there, event.name);
  workbench->handle({event});
}

void Office::fill(std::string_view name, const std::string& text) {
  act({blocks::Event::What::write, std::string(name), text});
}

void Office::enter(std::string_view name, const std::string& text) {
  const std::string of_entry(name);
  CHECK_MESSAGE(entry(name).enabled, of_entry);
  workbench->handle(
      {blocks::Event{blocks::Event::What::write, of_entry, text}, blocks::Event{blocks::Event::What::leave, of_entry}});
  clock.advance_ms(10);  // nobody is faster: records stand in the order in which they were begun
}

void Office::choose(std::string_view name, std::string_view key) {
  act({blocks::Event::What::choose, std::string(name), std::string(key)});
}

void Office::turn(std::string_view name, bool is_on) {
  act({blocks::Event::What::turn, std::string(name), is_on ? "yes" : ""});
}

void Office::wait(std::int64_t ms) {
  const std::int64_t until = clock.steady_ms() + ms;
  for (auto due = workbench->due_after_ms(); due && clock.steady_ms() + *due <= until;
       due = workbench->due_after_ms()) {
    clock.advance_ms(std::max(*due, 1));
    workbench->handle({});
  }
  clock.advance_ms(until - clock.steady_ms());
}

bool Office::wait_for(const std::function<bool()>& is_there) {
  for (int round = 0; round < 6000; ++round) {
    std::deque<std::function<void()>> jobs;
    {
      std::unique_lock lock(mutex_);
      posted_.wait_for(lock, std::chrono::milliseconds(10), [&] { return !jobs_.empty(); });
      jobs.swap(jobs_);
    }
    for (const std::function<void()>& job : jobs) job();
    workbench->handle({});
    if (is_there()) return true;
  }
  return false;
}

Uuid Office::mine(std::string_view key) const {
  return registers::register_id("mining-right", key);
}

void Office::open_example_place() {
  open_page("places");
  press("places.add");
  choose("dialog.place_kind", "legacy-site");
  fill("dialog.place_name", "示例采坑");
  turn("dialog.is_example", true);
  press("dialog.confirm");
  open_place_tab("restoration");
  press("place.add_unit");
  fill("dialog.unit_name", "示例一区");
  press("dialog.confirm");
  REQUIRE_MESSAGE(!has_dialog(), dialog_words());
  open_place_tab("register");
  REQUIRE_MESSAGE(message().empty(), message());
}

void Office::start_visit(std::string_view kind) {
  open_page("places");
  press("place.start_visit");
  choose("dialog.visit_kind", kind);
  press("dialog.confirm");
  REQUIRE_MESSAGE(!has_dialog(), dialog_words());
  REQUIRE(view().open_page == "visit");
}

void Office::confirm_void(const std::string& reason) {
  fill("dialog.void_reason", reason);
  press("dialog.confirm");
  REQUIRE_MESSAGE(!has_dialog(), dialog_words());
}

void Office::sync() {
  open_page("sync");
  press("sync.start");
  wait_until_idle();
}

void Office::wait_until_idle() {
  REQUIRE(wait_for([&] { return !workbench->is_busy(); }));
}

std::vector<std::string> Office::place_tabs() const {
  std::vector<std::string> tabs;
  for (const blocks::Option& tab : choice("place.tab").options) tabs.push_back(tab.key);
  return tabs;
}

}  // namespace kuangxun::tests
