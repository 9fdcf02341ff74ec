// Start-up: from nothing open to the first frame of the window on a store with the county's registers, beside the least
// that any program pays for a window with OpenGL on this machine.
#include <SDL.h>
#include <SDL_opengl.h>
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>

#include "app/criteria/shelf.h"
#include "app/office/office.h"
#include "app/screens/workbench.h"
#include "app/shell/window.h"
#include "app/ui/draw_screens.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"
#include "tests/bench/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun {
namespace {

// Two cores are shared with whatever else runs: the best of so many rounds, taken in turns.
constexpr int rounds = 15;

double bare_window_ms(Clock& clock) {
  const std::int64_t begin = clock.steady_ms();
  if (SDL_Init(SDL_INIT_VIDEO) != 0) bench::give_up(std::string("SDL: ") + SDL_GetError());
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_Window* window = SDL_CreateWindow("bare", 0, 0, 1280, 800, SDL_WINDOW_OPENGL);
  if (window == nullptr) bench::give_up(std::string("SDL: ") + SDL_GetError());
  SDL_GLContext gl = SDL_GL_CreateContext(window);
  reinterpret_cast<decltype(&glClear)>(SDL_GL_GetProcAddress("glClear"))(GL_COLOR_BUFFER_BIT);
  SDL_GL_SwapWindow(window);
  const auto taken = static_cast<double>(clock.steady_ms() - begin);
  SDL_GL_DeleteContext(gl);
  SDL_DestroyWindow(window);
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
  return taken;
}

class NoCounty final : public office::CountyLink {
 public:
  Result<office::County> known(sqlite::LaptopStore&) override { return office::County{}; }
  Status enrol(sqlite::LaptopStore&, const std::string&, const std::string&, const Running&) override { return {}; }
  Result<people::Person> enrol_person(sqlite::LaptopStore&, const std::string&, const SigningKey&,
                                      const Running&) override {
    return people::Person{};
  }
  Result<office::Report> sync(sqlite::LaptopStore&, const std::filesystem::path&, const std::string&,
                              const Running&) override {
    return office::Report{};
  }
  Result<office::WrittenBundle> write_bundle(sqlite::LaptopStore&, const std::filesystem::path&,
                                             const std::filesystem::path&, const Running&) override {
    return office::WrittenBundle{};
  }
  Result<office::Report> read_answers(sqlite::LaptopStore&, const std::filesystem::path&, const std::filesystem::path&,
                                      const Running&) override {
    return office::Report{};
  }
};

class Application final : public shell::Application {
 public:
  explicit Application(screens::Workbench& workbench) : workbench_(workbench) {}
  void draw(ui::Frame& frame) override { (void)ui::draw_view(frame, workbench_.view()); }
  bool handle() override { return workbench_.handle({}); }

 private:
  screens::Workbench& workbench_;
};

// As app/main does it: rules, store, window, views, first frame.
double first_frame_ms(const std::filesystem::path& folder, Clock& clock, Random& random) {
  const std::filesystem::path assets = std::filesystem::path(source_folder()) / "assets";
  const std::int64_t begin = clock.steady_ms();
  NoCounty county;
  office::Office office(folder, office::World{clock, random, county, assets});
  const auto store = office.writer();
  bench::must_be_ok(store);
  auto rules = office.rules(**store);
  const auto county_lines = geo::CountyLines::read(assets / "orientation/county-line.csv");
  const auto green_indexes = green::Library::load(assets);
  bench::must_be_ok(rules, county_lines, green_indexes);
  const std::int64_t before_window_ms = clock.steady_ms() - begin;
  auto window = shell::Window::open({.title = "矿巡", .scale = 1.0F}, clock);
  bench::must_be_ok(window);
  inspect::Desk desk = office.desk(**store, {}, nullptr);
  screens::Workbench workbench(
      {office, desk, *rules, [](std::function<void()>) {}, folder, assets, *county_lines, *green_indexes});
  Application application(workbench);
  auto script = shell::parse_script("quit");
  bench::must_be_ok((*window)->run(application, std::move(script).value()));
  return static_cast<double>(before_window_ms + (*window)->first_frame_after_ms().value());
}

void window_start(benchmark::State& state) {
  const tests::TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  {
    auto store = sqlite::LocalStore::create(folder / "data", {clock, random});
    const auto registers = registers::build_genesis_frame(std::filesystem::path(source_folder()) / "assets/registers");
    bench::must_be_ok(store, registers);
    bench::must_be_ok((*store)->adopt_registers(*registers));
  }
  double best_bare = 1e9;
  double best_ours = 1e9;
  for (auto _ : state) {
    for (int round = 0; round < rounds; ++round) {
      best_bare = std::min(best_bare, bare_window_ms(clock));
      best_ours = std::min(best_ours, first_frame_ms(folder / "data", clock, random));
    }
  }
  state.counters["first_frame_ms"] = best_ours;
  state.counters["bare_ms"] = best_bare;
}
BENCHMARK(window_start)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun
