#include "sync/engine/witness.h"

#include "db/language/language.h"
#include "sync/wire/receipt.h"

// Two faults are told apart. An answer whose parts do not fit together ends the session, and nothing is kept of it. A
// signed checkpoint that says something else than what we saw is evidence, and is kept for ever.
namespace kuangxun::engine {

Error broken_promise() {
  return Error(ErrorCode::refused, phrase("the county's answers contradict each other; sync stopped, nothing on this "
                                          "laptop is lost"));
}

Error history_changed() {
  return Error(ErrorCode::refused,
               phrase("the county's history is not the one this laptop saw before (its own signatures contradict "
                      "each other); the evidence is kept: report it, nothing on this laptop is lost"));
}

Result<SignedCheckpoint> checked_checkpoint(const Bytes& sealed, const frames::KnownCounty& county) {
  KX_TRY(checkpoint, wire::open_checkpoint(sealed, county));
  return SignedCheckpoint{checkpoint, sealed};
}

std::optional<Contradiction> contradiction_of(const frames::CountyMark& mark, const SignedCheckpoint& checkpoint) {
  const wire::Checkpoint& said = checkpoint.checkpoint;
  if (said.incarnation != mark.incarnation || said.size != mark.sequence()) return std::nullopt;
  const Hash own_root = mark.frontier.root();
  if (said.root == own_root) return std::nullopt;
  return Contradiction{checkpoint.sealed, own_root};
}

Result<ReadPage> read_page(const frames::CountyMark& mark, const wire::PullAnswer& page,
                           const frames::KnownCounty& county, std::span<const SignedCheckpoint> promised) {
  ReadPage read;
  read.after = mark;
  auto frame = page.frames.begin();
  auto skipped = page.skipped.begin();
  while (frame != page.frames.end() || skipped != page.skipped.end()) {
    const std::uint64_t next = read.after.sequence() + 1;
    if (frame != page.frames.end() && frame->county_sequence == next) {
      read.after.frontier.append(frames::frame_hash(frame->bytes));
      ++frame;
    } else if (skipped != page.skipped.end() && skipped->county_sequence == next) {
      read.after.frontier.append(skipped->hash);
      ++skipped;
    } else {
      return broken_promise();
    }
    for (const SignedCheckpoint& one : promised) {
      if (!read.contradiction.has_value()) read.contradiction = contradiction_of(read.after, one);
    }
  }
  if (page.cursor != read.after.sequence() || (page.has_more && page.cursor == mark.sequence())) {
    return broken_promise();
  }
  if (page.has_more) return read;
  KX_TRY(last, checked_checkpoint(page.checkpoint, county));
  if (last.checkpoint.incarnation != mark.incarnation || last.checkpoint.size != page.cursor) return broken_promise();
  if (!read.contradiction.has_value()) read.contradiction = contradiction_of(read.after, last);
  read.checkpoint = page.checkpoint;
  return read;
}

Status note_chain(frames::FrameStore& store, const frames::KnownCounty& county, const history::WriterId& writer,
                  const wire::ChainState& chain) {
  KX_TRY(receipt, wire::open_receipt(chain.receipt, county));
  if (receipt.writer != writer || receipt.stored_through != chain.stored_through || receipt.frame != chain.last_frame ||
      chain.applied_through > chain.stored_through) {
    return broken_promise();
  }
  KX_TRY(own, store.frames_after(writer, chain.stored_through - 1, 1));
  if (own.empty() || frames::frame_hash(own.front()) != chain.last_frame) return broken_promise();
  return store.note_progress({writer, chain.stored_through, chain.applied_through, chain.receipt});
}

}  // namespace kuangxun::engine
