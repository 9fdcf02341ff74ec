#pragma once

#include "sync/requests/exchange.h"
#include "tests/simulation/county_machine.h"
#include "tests/simulation/oracle.h"

namespace kuangxun::simulation {

// An enrolled laptop whose program is wrong: between good operations its chain holds frames that nobody can read,
// operations that contradict their description, that only the county may write, or that bear a wrong signature. All of
// it must be kept, none of it shown, and what stands behind it must go on. It keeps no store and never pulls.
class BadLaptop {
 public:
  struct Parts {
    VirtualTime& time;
    const Plan& plan;
    CountyMachine& county;
    Oracle& oracle;
    Tally& tally;
    const Trace& trace;
  };
  BadLaptop(const Parts& parts, int number);

  void write();
  // Gives the county what it has not; false when that did not work now.
  bool push();
  // What it could still give.
  const std::vector<history::Operation>& meant() const { return meant_; }

 private:
  history::Operation next_operation();
  history::Operation good();
  history::Operation bad();
  void seal_unreadable(history::Operation operation);
  void seal(const history::Operation& operation);
  // The answer's body when the county said yes.
  std::optional<wire::AnswerBody> ask(const Uuid& county, const wire::RequestBody& body);
  bool enrol();

  Parts parts_;
  MachineClock clock_;
  tests::SeededRandom random_;
  std::string name_;
  SigningKey key_;
  history::WriterId writer_;
  Uuid person_;
  Uuid record_;
  std::uint64_t sequence_ = 0;
  std::vector<Bytes> frames_;
  std::vector<std::uint64_t> last_of_frames_;
  Hash previous_;
  std::vector<history::OperationId> own_heads_;  // of the one group that it edits
  std::vector<history::Operation> meant_;
};

}  // namespace kuangxun::simulation
