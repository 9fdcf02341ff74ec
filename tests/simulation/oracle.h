#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sync/ports/county_store.h"
#include "tests/simulation/laptop_machine.h"
#include "tests/simulation/merge_model.h"
#include "tests/support/memory/frame_shelf.h"

namespace kuangxun::simulation {

// What an operation says, whoever's chain it stands in: one that was written anew in another epoch is the same.
using Identity = std::uint64_t;
Identity identity_of(const history::Operation& operation);

// Knows everything that people ever committed, and what must hold when all is quiet.
class Oracle {
 public:
  explicit Oracle(tests::FrameShelf& shelf) : shelf_(shelf) {}

  // A laptop said that it is kept.
  void committed(const std::string& who, const history::Operation& operation);
  // Written by a program that means it, but nobody may show it.
  void must_be_hidden(const history::OperationId& id) { must_be_hidden_.insert(id); }
  // The county released a decision: nothing is known any more about what must be hidden.
  void released() { must_be_hidden_.clear(); }
  // A disk is gone, or a laptop was revoked: what none of these holders has cannot be asked for.
  void hardware_gone(const std::set<Identity>& still_held);
  std::uint64_t gone_count() const { return gone_.size(); }
  std::uint64_t committed_count() const { return committed_.size(); }
  const std::set<Identity>& gone() const { return gone_; }

  // The county's whole sequence.
  struct Log {
    std::vector<ports::StoredFrame> frames;
    MergeModel::Operations operations;
    frames::Frontier frontier;
    std::set<Identity> forked;  // kept aside, because another frame stands at their place
  };
  Log read_log(ports::CountyStore& store) const;

  // Each throws Failure.
  void check_chains(const Log& log, const frames::KnownCounty& county) const;
  void check_nothing_lost(const Log& log) const;
  void check_hidden(const Log& log, const MergeModel& model) const;
  void check_county(ports::CountyStore& store, const Log& log, const MergeModel& model) const;
  void check_laptop(LaptopMachine& laptop, const Log& log, const MergeModel& model,
                    const ports::CountyState& county) const;

 private:
  struct Commit {
    std::string who;
    history::OperationId id;
  };
  tests::FrameShelf& shelf_;
  std::map<Identity, Commit> committed_;
  std::set<Identity> gone_;
  std::set<history::OperationId> must_be_hidden_;
};

}  // namespace kuangxun::simulation
