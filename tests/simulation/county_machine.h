#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/bundle/read_bundle.h"
#include "sync/ledger/county_life.h"
#include "sync/requests/exchange.h"
#include "tests/simulation/county_disk.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/tally.h"
#include "tests/simulation/trace.h"
#include "tests/simulation/virtual_time.h"

namespace kuangxun::simulation {

// The county's computer: its disk, and the program while it runs.
class CountyMachine {
 public:
  struct Parts {
    VirtualTime& time;
    const Plan& plan;
    Tally& tally;
    const Trace& trace;
  };
  CountyMachine(const Parts& parts, std::unique_ptr<CountyDisk> disk);
  ~CountyMachine();

  void start();
  void stop();
  void kill();
  bool is_up() const { return program_ != nullptr; }
  const Uuid& id() const { return id_; }
  ledger::County& county();
  Strike& strike() { return strike_; }

  // Nothing when it is down, or died of it.
  std::optional<requests::Reply> answer(const Bytes& request, const requests::Peer& peer);
  void keep_partial(ByteView beginning, const requests::Peer& peer);
  // As `kuangxun-county bundle read` does; without `answers` none are written. Nothing when it is down, or died of it.
  std::optional<Result<bundle::ReadBundle>> read_bundle(const std::filesystem::path& path,
                                                        const std::filesystem::path& answers);
  // The applier's turn. True when nothing is left.
  bool apply_some();

  // A new enrolment code's secret.
  std::string invite(const std::string& name, records::Role role);
  void revoke(const history::WriterId& writer, std::uint64_t from_sequence);
  // Some decision that hides, if there is one.
  bool release_one(tests::SeededRandom& random);
  void rotate_key();
  void set_nearly_full(bool is_nearly_full);

  std::unique_ptr<CountyDisk> back_up();
  void restore(const CountyDisk& backup, bool is_announced);
  // Nobody strikes any more.
  void calm();

 private:
  class Secrets;
  class Authority;
  class Gauge;
  struct Program;

  ledger::County::Parts parts_of(ports::CountyStore& store);
  ledger::CountyKeyFacts new_key();
  // False when the program died of it.
  template <class Work>
  bool run(const Work& work);
  void die(Fault fault);

  Parts parts_;
  MachineClock clock_;
  tests::SeededRandom random_;
  Strike strike_;
  Uuid id_;
  std::unique_ptr<Secrets> secrets_;
  std::unique_ptr<Authority> authority_;
  std::unique_ptr<Gauge> gauge_;
  std::unique_ptr<CountyDisk> disk_;
  std::unique_ptr<Program> program_;
};

}  // namespace kuangxun::simulation
