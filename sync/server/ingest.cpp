#include "sync/server/ingest.h"

#include "db/base/limits.h"
#include "sync/server/merge_batch.h"
#include "sync/wire/receipt.h"

namespace kuangxun::server {
namespace {

constexpr std::uint32_t frames_applied_at_once_max = 64;

NewFrame facts_of(const frames::Frame& frame, std::int64_t now_ms) {
  NewFrame facts;
  facts.writer = frame.header.writer;
  facts.first_sequence = frame.header.first_sequence;
  facts.last_sequence = frame.header.last_sequence();
  facts.hash = frame.hash();
  facts.previous = frame.header.previous;
  facts.bytes = frame.bytes;
  facts.received_at_ms = now_ms;
  return facts;
}

// How a believed frame fits the chain that the county has.
enum class ChainFit { next, known, gap, fork };

Result<ChainFit> fit(CountyStore& store, const wire::ChainState& chain, const NewFrame& frame) {
  if (frame.first_sequence > chain.stored_through + 1) return ChainFit::gap;
  if (frame.first_sequence == chain.stored_through + 1) {
    return frame.previous == chain.last_frame ? ChainFit::next : ChainFit::fork;
  }
  KX_TRY(known, store.frame_hash_at(frame.writer, frame.first_sequence));
  return known.has_value() && *known == frame.hash ? ChainFit::known : ChainFit::fork;
}

Status keep_fork(CountyStore& store, const NewFrame& frame) {
  Quarantine entry;
  entry.writer = frame.writer;
  entry.first_sequence = frame.first_sequence;
  entry.last_sequence = frame.last_sequence;
  entry.code = wire::QuarantineCode::fork;
  entry.reason = "another frame stands at this place of the chain";
  entry.frame = frame.hash;
  entry.frame_bytes = frame.bytes;
  entry.since_ms = frame.received_at_ms;
  return store.add_quarantine(entry);
}

// Gives a frame its place in the county's sequence and countersigns the chain up to it.
Status store_frame(CountyStore& store, const CountyAuthority& authority, const NewFrame& frame,
                   wire::ChainState& chain) {
  KX_TRY(county_sequence, store.add_frame(frame));
  chain.stored_through = frame.last_sequence;
  chain.last_frame = frame.hash;
  chain.receipt = wire::seal_receipt(
      {authority.identity.county, frame.writer, frame.last_sequence, county_sequence, frame.hash, frame.received_at_ms},
      authority.key);
  return store.set_chain(frame.writer, chain);
}

// Proofs and storing of one frame. `chain` moves along.
Result<wire::PushRefusal> take_frame(CountyStore& store, const CountyAuthority& authority, const Device& device,
                                     const Bytes& bytes, wire::ChainState& chain, std::uint64_t& first_sequence) {
  const auto parsed = frames::parse_frame(bytes);
  if (!parsed.ok()) return wire::PushRefusal::malformed;
  first_sequence = parsed->header.first_sequence;
  if (parsed->header.writer != device.writer || parsed->header.suite != frames::Suite::ed25519) {
    return wire::PushRefusal::wrong_writer;
  }
  if (!frames::verify_frame(*parsed, device.key).ok()) return wire::PushRefusal::damaged;
  const NewFrame frame = facts_of(*parsed, authority.clock.now_ms());
  KX_TRY(how, fit(store, chain, frame));
  switch (how) {
    case ChainFit::known:
      return wire::PushRefusal::none;
    case ChainFit::gap:
      return wire::PushRefusal::gap;
    case ChainFit::fork:
      KX_CHECK(keep_fork(store, frame));
      return wire::PushRefusal::fork;
    case ChainFit::next:
      break;
  }
  KX_CHECK(store_frame(store, authority, frame, chain));
  return wire::PushRefusal::none;
}

Status quarantine_frame(CountyStore& store, const frames::Frame& frame, const std::string& reason,
                        std::int64_t now_ms) {
  Quarantine entry;
  entry.writer = frame.header.writer;
  entry.first_sequence = frame.header.first_sequence;
  entry.last_sequence = frame.header.last_sequence();
  entry.code = wire::QuarantineCode::undecodable;
  entry.reason = reason;
  entry.frame = frame.hash();
  entry.since_ms = now_ms;
  return store.add_quarantine(entry);
}

// What cannot be read is kept and blocks nothing behind it.
Status apply_frame(CountyStore& store, MergeBatch& batch, const frames::SequencedFrame& stored, std::int64_t now_ms) {
  KX_TRY(frame, frames::parse_frame(stored.bytes));
  const auto operations = frames::decode_operations(frame);
  if (!operations.ok()) {
    KX_CHECK(quarantine_frame(store, frame, operations.error().message(), now_ms));
    return store.set_frame_state(stored.county_sequence, FrameState::quarantined);
  }
  KX_CHECK(batch.merge(*operations, stored.county_sequence, frame.hash()));
  return store.set_frame_state(stored.county_sequence, FrameState::applied);
}

// Everything before the first operation that waits has been dealt with.
Status move_applied_through(CountyStore& store, const std::set<history::WriterId>& writers) {
  for (const history::WriterId& writer : writers) {
    KX_TRY(chain, store.chain(writer));
    KX_TRY(waiting, store.first_waiting(writer));
    chain.applied_through = waiting.has_value() ? *waiting - 1 : chain.stored_through;
    KX_CHECK(store.set_chain(writer, chain));
  }
  return {};
}

Result<bool> apply_some(CountyStore& store, const CountyIdentity& identity, Clock& clock) {
  KX_TRY(transaction, Transaction::begin(store));
  KX_TRY(waiting, store.unapplied_frames(frames_applied_at_once_max));
  if (waiting.empty()) return false;
  MergeBatch batch(store, identity, clock.now_ms());
  std::set<history::WriterId> writers;
  for (const frames::SequencedFrame& stored : waiting) {
    KX_TRY(frame, frames::parse_frame(stored.bytes));
    writers.insert(frame.header.writer);
    KX_CHECK(apply_frame(store, batch, stored, clock.now_ms()));
  }
  KX_CHECK(batch.finish());
  writers.insert(batch.touched_writers().begin(), batch.touched_writers().end());
  KX_CHECK(move_applied_through(store, writers));
  KX_CHECK(transaction.commit());
  return true;
}

}  // namespace

Status apply_stored(CountyStore& store, const CountyIdentity& identity, Clock& clock) {
  for (;;) {
    KX_TRY(has_applied, apply_some(store, identity, clock));
    if (!has_applied) return {};
  }
}

Result<wire::PushAnswer> push(CountyStore& store, const CountyAuthority& authority, const Device& device,
                              const std::vector<Bytes>& frames) {
  wire::PushAnswer answer;
  {
    KX_TRY(transaction, Transaction::begin(store));
    KX_TRY(chain, store.chain(device.writer));
    for (const Bytes& bytes : frames) {
      std::uint64_t first_sequence = 0;
      KX_TRY(refusal, take_frame(store, authority, device, bytes, chain, first_sequence));
      answer.refusal = refusal;
      answer.refused_sequence = refusal == wire::PushRefusal::none ? 0 : first_sequence;
      if (refusal != wire::PushRefusal::none) break;
    }
    KX_CHECK(transaction.commit());
  }
  KX_CHECK(apply_stored(store, authority.identity, authority.clock));
  KX_TRY(chain, store.chain(device.writer));
  answer.chain = chain;
  KX_TRY(quarantines, store.quarantines(device.writer, limits::quarantined_ranges_max));
  for (const Quarantine& entry : quarantines) {
    answer.quarantined.push_back({entry.first_sequence, entry.last_sequence, entry.code});
  }
  return answer;
}

Status load_genesis(CountyStore& store, const CountyAuthority& authority, const frames::Frame& genesis) {
  KX_CHECK(frames::verify_frame(genesis, PublicKey{}));
  {
    KX_TRY(transaction, Transaction::begin(store));
    const NewFrame frame = facts_of(genesis, authority.clock.now_ms());
    KX_TRY(chain, store.chain(frame.writer));
    KX_TRY(how, fit(store, chain, frame));
    if (how == ChainFit::known) return {};
    KX_CHECK(store_frame(store, authority, frame, chain));
    KX_CHECK(transaction.commit());
  }
  return apply_stored(store, authority.identity, authority.clock);
}

}  // namespace kuangxun::server
