#pragma once

#include <vector>

#include "sync/engine/context.h"

namespace kuangxun::engine {

// The turn for a county whose chain of ours does not end where ours passes: this laptop's data were copied or restored.
// What the county has is read from its start. Where we only have less, our own frames come home; where two hands wrote
// under one name, ours goes to the county as evidence and goes on under another epoch. Nothing is dropped on either
// side.
class ChainComparison {
 public:
  explicit ChainComparison(Context& context) : context_(context) {}

  // Whether a push was refused because the county has another chain of this name: then it is one, even where what the
  // county shows of it is ours.
  Turn begin(const wire::ChainState& theirs, bool is_refused_as_fork);
  Turn take(const wire::ChainFramesAnswer& answer);
  // What comes of a push that was evidence: the county keeps what it refuses, and ours is kept here as well.
  Turn take_evidence_push();
  Turn take_new_epoch();
  // The county knows the epoch that was asked for by another key.
  Turn ask_later_epoch();

 private:
  Turn next_frames();
  Turn finish();
  Turn bring_home();
  Turn ask_new_epoch(std::uint32_t after);

  Context& context_;
  wire::ChainState compared_;
  std::uint64_t compared_through_ = 0;
  std::vector<frames::SequencedFrame> missing_here_;
  bool is_refused_as_fork_ = false;
  std::uint64_t first_lost_ = 0;  // first own operation that the county has another one for; 0 for none
  frames::NextEpoch next_epoch_;
};

}  // namespace kuangxun::engine
