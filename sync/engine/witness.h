#pragma once

#include <optional>
#include <span>

#include "db/frames/frame_store.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/messages.h"

// The laptop as a witness of the county: every frame of the sequence becomes a leaf of the laptop's own tree, and the
// county's signed checkpoints must say the same. Whoever rewrites history contradicts its own signature.
namespace kuangxun::engine {

// A checkpoint whose signature was checked.
struct SignedCheckpoint {
  wire::Checkpoint checkpoint;
  Bytes sealed;
};
Result<SignedCheckpoint> checked_checkpoint(const Bytes& sealed, const frames::KnownCounty& county);

// A checkpoint that another one of the county contradicts, or our own tree does.
struct Contradiction {
  Bytes checkpoint;
  Hash own_root;
};
// Whether a checkpoint of the size at which we stand says what we saw.
std::optional<Contradiction> contradiction_of(const frames::CountyMark& mark, const SignedCheckpoint& checkpoint);

// A page of the sequence, read but not applied.
struct ReadPage {
  frames::CountyMark after;
  std::optional<Bytes> checkpoint;             // checked, to be kept
  std::optional<Contradiction> contradiction;  // then the page must not be applied
};

// refused when the page is no unbroken run after `mark`; the error is the county's fault, nothing was changed.
// `promised` is what the county signed before it gave the page.
Result<ReadPage> read_page(const frames::CountyMark& mark, const wire::PullAnswer& page,
                           const frames::KnownCounty& county, std::span<const SignedCheckpoint> promised);

// Keeps what the county says of an own chain, when its receipt is for the frame that we have there.
Status note_chain(frames::FrameStore& store, const frames::KnownCounty& county, const history::WriterId& writer,
                  const wire::ChainState& chain);

Error broken_promise();
Error history_changed();

}  // namespace kuangxun::engine
