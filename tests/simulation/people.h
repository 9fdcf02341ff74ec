#pragma once

#include "tests/simulation/laptop_machine.h"
#include "tests/simulation/oracle.h"

namespace kuangxun::simulation {

// What officers do with a laptop that is running: visits of their own, and the few places that everybody edits.
class People {
 public:
  struct Parts {
    const Plan& plan;
    Oracle& oracle;
    Tally& tally;
  };
  explicit People(const Parts& parts);

  // One thing, chosen by the laptop's own stream. The program may die of it.
  void act(LaptopMachine& laptop);
  // Tells the oracle what the laptop has kept since the last time; call it whenever the program runs again.
  void observe(LaptopMachine& laptop);

 private:
  void edit_place(LaptopMachine& laptop);
  void record_visit(LaptopMachine& laptop);
  void void_something(LaptopMachine& laptop);
  void settle(LaptopMachine& laptop);
  void type_something(LaptopMachine& laptop);
  void commit(LaptopMachine& laptop, std::vector<history::Edit> edits);
  history::Edit new_edit(LaptopMachine& laptop, const Uuid& record, const records::KindDescription& kind,
                         records::GroupNumber group);
  std::string words(LaptopMachine& laptop);

  Parts parts_;
  std::vector<std::pair<Uuid, const records::KindDescription*>> places_;
  std::map<int, std::vector<std::pair<Uuid, const records::KindDescription*>>> own_;  // records by laptop
};

}  // namespace kuangxun::simulation
