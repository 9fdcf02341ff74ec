#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>

#include "db/language/language.h"
#include "tests/simulation/failure.h"
#include "tests/simulation/sqlite_stores.h"
#include "tests/simulation/world.h"

// Runs seeds of the simulated world. Exits 1 at the first seed that fails, and says which.
namespace {

using namespace kuangxun;
using namespace kuangxun::simulation;

// Written by the signal handler when an assertion stops the program.
volatile std::uint64_t seed_under_way = 0;

void tell_seed(int) {
  char text[64];
  const int size =
      std::snprintf(text, sizeof text, "\nstopped in seed %llu\n", static_cast<unsigned long long>(seed_under_way));
  if (size > 0) std::fwrite(text, 1, static_cast<std::size_t>(size), stderr);
  std::fflush(stderr);
}

struct Options {
  std::string seeds = "1..1000";
  std::string list;
  std::uint64_t seed = 0;
  int seconds = 0;
  bool trace = false;
  bool demand_all_faults = false;
  bool keep_going = false;
  bool twice = false;
  bool real_stores = false;
};

// Sticks are files; those of a simulation need no disk.
void use_memory_for_files() {
  if (std::filesystem::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 0);
}

bool all_faults_happened(const Tally& tally) {
  bool have_all = true;
  for (std::size_t i = 0; i < fault_count; ++i) {
    if (tally.faults[i] > 0) continue;
    std::cout << "never happened: " << name_of(static_cast<Fault>(i)) << "\n";
    have_all = false;
  }
  return have_all;
}

// The whole story of a seed as one number.
std::size_t story_of(std::uint64_t seed) {
  std::string story;
  const Plan plan = plan_of(seed);
  World world(plan, memory_stores(plan.strikes_between_calls),
              Trace([&](const std::string& line) { story += line + "\n"; }));
  world.run();
  return std::hash<std::string>()(story);
}

bool replays(std::uint64_t seed) {
  seed_under_way = seed;
  if (story_of(seed) == story_of(seed)) return true;
  std::cout << "seed " << seed << " FAILED: told twice it is another story\n";
  return false;
}

bool run_seed(std::uint64_t seed, const Options& options, Tally& tally) {
  seed_under_way = seed;
  Trace trace;
  if (options.trace) trace = Trace([](const std::string& line) { std::cout << line << "\n"; });
  const Plan plan = plan_of(seed);
  const Stores stores = options.real_stores ? sqlite_stores() : memory_stores(plan.strikes_between_calls);
  World world(plan, stores, std::move(trace));
  try {
    world.run();
  } catch (const Failure& failure) {
    std::cout << "seed " << seed << " FAILED: " << failure.what() << "\n"
              << "replay it with: --seed " << seed << " --trace\n"
              << std::flush;
    return false;
  }
  tally += world.tally();
  return true;
}

}  // namespace

int main(int argument_count, char** arguments) {
  CLI::App app{"Simulates laptops, a county and everything that goes wrong between them."};
  Options options;
  app.add_option("--seed", options.seed, "one seed");
  app.add_option("--seeds", options.seeds, "seeds A..B")->capture_default_str();
  app.add_option("--seconds", options.seconds, "stop after so long");
  app.add_flag("--trace", options.trace, "tell the story");
  app.add_flag("--demand-all-faults", options.demand_all_faults, "every kind of fault must have happened");
  app.add_flag("--real-stores", options.real_stores, "SQLite files, as the real programs have");
  app.add_flag("--twice", options.twice, "each seed twice more: the same story every time");
  app.add_flag("--keep-going", options.keep_going, "go on behind a seed that fails");
  CLI11_PARSE(app, argument_count, arguments);
  set_language(Language::english);
  use_memory_for_files();
  std::signal(SIGABRT, tell_seed);
  std::signal(SIGSEGV, [](int) {
    tell_seed(0);
    std::_Exit(139);
  });

  Tally tally;
  if (options.seed != 0) return run_seed(options.seed, options, tally) ? (std::cout << tally.text(), 0) : 1;
  const std::size_t dots = options.seeds.find("..");
  const std::uint64_t first = std::stoull(options.seeds.substr(0, dots));
  const std::uint64_t last = std::stoull(options.seeds.substr(dots + 2));
  bool has_failed = false;
  const auto begun = std::chrono::steady_clock::now();
  const auto elapsed_s = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  };
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    if (options.seconds > 0 && elapsed_s() > options.seconds) break;
    if (run_seed(seed, options, tally) && (!options.twice || replays(seed))) continue;
    has_failed = true;
    if (!options.keep_going) return 1;
  }
  std::cout << tally.text() << "wall time " << elapsed_s() << " s\n";
  if (options.demand_all_faults && !all_faults_happened(tally)) return 1;
  return has_failed ? 1 : 0;
}
