#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sync/engine/dialogue.h"
#include "sync/wire/county_keys.h"
#include "tests/simulation/laptop_disk.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/tally.h"
#include "tests/simulation/trace.h"
#include "tests/simulation/virtual_time.h"

namespace kuangxun::simulation {

// A laptop: its disk, the program while it runs, its clock, the officers who share it.
class LaptopMachine {
 public:
  struct Parts {
    VirtualTime& time;
    const Plan& plan;
    Tally& tally;
    const Trace& trace;
  };
  using MakeDisk = std::function<std::unique_ptr<LaptopDisk>(const LaptopParts&)>;
  LaptopMachine(const Parts& parts, int number, const MakeDisk& make_disk);

  int number() const { return number_; }
  const std::string& name() const { return name_; }
  MachineClock& clock() { return clock_; }
  Strike& strike() { return strike_; }
  tests::SeededRandom& people() { return people_; }
  const std::vector<Uuid>& persons() const { return persons_; }

  // Starts the program when it does not run. False when it died of it.
  bool start();
  void stop();
  bool is_running() const { return program_ != nullptr; }
  LaptopProgram& program() { return *program_; }
  LaptopDisk& disk() { return *disk_; }
  void replace_disk(std::unique_ptr<LaptopDisk> disk);
  // Changes whenever the program ends: what was begun before is over.
  unsigned life() const { return life_; }

  // Runs something that may be killed or meet a full disk. False when the program died of it.
  template <class Work>
  bool run(const Work& work) {
    try {
      work();
    } catch (const tests::Killed&) {
      die(Fault::laptop_killed_writing);
      return false;
    }
    note_full();
    return true;
  }
  void die(Fault fault);
  void calm();
  // Remembers the county's statements, as the real program does beside its store.
  engine::Dialogue::KeepKeys keep_keys();
  // Starts the program for it, which is not struck meanwhile.
  std::vector<history::Operation> everything();

  template <class What>
  void tell(const What& what) const {
    parts_.trace.tell(parts_.time.now_ms(), name_, what);
  }

  bool is_enrolled = false;
  bool is_revoked = false;  // by the county; nobody cares any more
  bool is_syncing = false;
  bool is_without_network = false;             // once it is enrolled: sticks only
  std::vector<wire::KeyStatement> statements;  // of the county's keys
  bool is_calm = false;                        // nothing strikes it any more
  std::string code;                            // the secret of an enrolment code that the officer holds
  std::uint32_t epochs_taken = 0;              // by another copy of this laptop, as the county said
  int refusals = 0;            // sessions in a row that the county refused: it does not know this laptop
  history::WriterId observed;  // own operations of this writer are known to the oracle
  std::uint64_t observed_through = 0;
  std::vector<history::Edit> attempted;  // edits that were given to a store since

 private:
  void note_full();

  Parts parts_;
  int number_;
  std::string name_;
  MachineClock clock_;
  tests::SeededRandom keys_;
  tests::SeededRandom people_;
  Strike strike_;
  std::vector<Uuid> persons_;
  std::unique_ptr<LaptopDisk> disk_;
  std::unique_ptr<LaptopProgram> program_;
  unsigned life_ = 0;
};

}  // namespace kuangxun::simulation
