#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "tests/simulation/bad_laptop.h"
#include "tests/simulation/county_machine.h"
#include "tests/simulation/courier.h"
#include "tests/simulation/laptop_machine.h"
#include "tests/simulation/network.h"
#include "tests/simulation/oracle.h"
#include "tests/simulation/people.h"
#include "tests/simulation/sync_run.h"

namespace kuangxun::simulation {

// Where the stores of a world lie.
struct Stores {
  std::function<std::unique_ptr<LaptopDisk>(const LaptopParts&, tests::FrameShelf&)> new_laptop;
  std::function<std::unique_ptr<CountyDisk>()> new_county;
};
Stores memory_stores(bool strikes_between_calls);

// What a world ended with, in words that do not depend on keys, so that two kinds of stores can be compared.
struct Ending {
  std::set<Identity> operations;
  std::set<Identity> gone;
  std::vector<std::string> shown;  // a line for each group that is shown, sorted
  bool operator==(const Ending&) const = default;
};

// One seed: thirty days of a county and its laptops, everything that goes wrong on the way, then quiet, then the
// questions of the oracle.
class World {
 public:
  World(const Plan& plan, const Stores& stores, Trace trace);
  ~World();
  // Throws Failure.
  void run();
  const Tally& tally() const { return tally_; }
  Ending ending();

 private:
  // Days of work (world.cpp).
  void join(int number);
  void plan_days(LaptopMachine& laptop, int from_day);
  void sync(LaptopMachine& laptop, const SyncRun::Finished& finished);
  void sync_finished(LaptopMachine& laptop, const SyncRun::Outcome& outcome);
  void ask_for_code(LaptopMachine& laptop);
  // One who is not reached by any network gives somebody a stick.
  void hand_over_stick(LaptopMachine& laptop);
  bool prepare(LaptopMachine& laptop);
  void taken_in(LaptopMachine& laptop);
  void run_applier();

  // What goes wrong (incidents.cpp).
  void plan_incidents();
  void at_some_time(const std::function<void()>& incident);
  void upset_clock(LaptopMachine& laptop);
  void restore_laptop();
  void clone_laptop();
  void revoke();
  void lose_key();
  void hammer();
  LaptopMachine* other_laptop(const LaptopMachine& laptop);
  void restore_county(bool is_announced);
  LaptopMachine* some_laptop(const std::function<bool(const LaptopMachine&)>& fits);
  void hardware_gone();

  // The end (quiet.cpp).
  void calm();
  void sync_by_stick();
  void sync_until_quiet();
  bool sync_round();
  bool is_quiet();
  void end_awaited_chains();
  void check();

  Plan plan_;
  Stores stores_;
  Trace trace_;
  Tally tally_;
  VirtualTime time_;
  tests::SeededRandom random_;
  tests::FrameShelf shelf_;
  Oracle oracle_;
  CountyMachine county_;
  Network network_;
  People people_;
  Courier courier_;
  std::vector<std::unique_ptr<LaptopMachine>> laptops_;
  std::vector<std::unique_ptr<BadLaptop>> bad_laptops_;
  struct Image {
    LaptopMachine* laptop = nullptr;
    std::unique_ptr<LaptopDisk> disk;
  };
  std::vector<Image> images_;
  std::vector<std::unique_ptr<CountyDisk>> backups_;
  bool is_calm_ = false;
};

}  // namespace kuangxun::simulation
