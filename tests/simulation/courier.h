#pragma once

#include <functional>
#include <memory>

#include "tests/simulation/county_machine.h"
#include "tests/simulation/laptop_machine.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::simulation {

// Carries sticks between laptops without a network and the county: real bundles in real files. A stick takes hours or
// days, is lost, damaged, read by another county, read twice, or read by a county that dies of it; the answers come
// home days later, to another laptop, damaged, or never.
class Courier {
 public:
  struct Parts {
    VirtualTime& time;
    const Plan& plan;
    CountyMachine& county;
    Tally& tally;
    const Trace& trace;
    // What follows when a laptop took something in, as after a sync.
    std::function<void(LaptopMachine&)> absorbed;
    // Some other laptop, to whom a stick is brought by mistake. Null when there is none.
    std::function<LaptopMachine*(const LaptopMachine&)> other_laptop;
  };
  explicit Courier(Parts parts) : parts_(std::move(parts)), random_(random_stream(parts_.plan.seed, 4)) {}

  // The laptop's program runs, it is enrolled and does not sync. False when nothing was written, or it died of it.
  bool take_from(LaptopMachine& laptop);
  // Takes no time, and nothing goes wrong. Throws Failure when the county or the laptop finds a damaged file.
  void round_trip(LaptopMachine& laptop);
  // What is on the road still arrives, but nothing more goes wrong on the way.
  void calm() { is_calm_ = true; }

 private:
  // One bundle under way.
  struct Stick {
    LaptopMachine* laptop = nullptr;
    std::string name;
    int readings = 0;  // that the county tried
  };
  std::optional<Stick> write(LaptopMachine& laptop);
  void bring(Stick stick);
  // The name of the answers' file; empty when there is none.
  std::string read_at_county(Stick& stick);
  void try_elsewhere(const Stick& stick);
  void bring_home(const Stick& stick, const std::string& answers);
  Status absorb(LaptopMachine& laptop, const std::string& answers, std::uint64_t& pulled);
  // A copy of a file with something wrong in it.
  std::string damage(const std::string& name);
  std::filesystem::path path(const std::string& name);
  bool chance(unsigned percent, Fault fault);
  // Hours, or days.
  std::int64_t road_ms();

  Parts parts_;
  tests::SeededRandom random_;
  std::unique_ptr<tests::TemporaryFolder> folder_;  // made with the first stick
  int sticks_ = 0;
  bool is_calm_ = false;
};

}  // namespace kuangxun::simulation
