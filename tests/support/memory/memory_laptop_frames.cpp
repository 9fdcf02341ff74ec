#include "tests/support/memory/memory_laptop_store.h"

#include <algorithm>
#include <cassert>

#include "db/base/limits.h"
#include "tests/support/memory/memory_laptop_transaction.h"

namespace kuangxun::tests {
using frames::Frame;
using history::OperationId;
using history::WriterId;

LaptopState MemoryLaptopStore::new_state(Clock& clock, Random& random) {
  LaptopState state;
  state.device = make_uuid(clock, random);
  state.key = std::make_shared<const SigningKey>(SigningKey::generate(random));
  state.own_keys[1] = state.key->public_key();
  return state;
}

MemoryLaptopStore::MemoryLaptopStore(World world, LaptopState state)
    : world_(world), state_(std::move(state)), visible_(state_), hybrid_(world.clock) {
  for (const auto& [id, operation] : state_.operations) hybrid_.observe(operation->time);
}

Status MemoryLaptopStore::write() {
  return world_.fault == nullptr ? Status() : world_.fault->before_write();
}

Status MemoryLaptopStore::add(OperationPointer operation) {
  KX_CHECK(write());
  hybrid_.observe(operation->time);
  state_.records[{operation->kind, operation->record}][operation->group].push_back(operation);
  if (operation->id.writer.device == state_.county.county) visible_.forget();
  state_.operations.emplace(operation->id, std::move(operation));
  return {};
}

void MemoryLaptopStore::take_away(const OperationId& id) {
  const auto found = state_.operations.find(id);
  if (found == state_.operations.end()) return;
  const OperationPointer operation = found->second;
  std::erase(state_.records.at({operation->kind, operation->record}).at(operation->group), operation);
  state_.operations.erase(found);
  visible_.forget();
}

Status MemoryLaptopStore::adopt_registers(const Frame& pinned) {
  KX_CHECK(frames::verify_frame(pinned, PublicKey{}));
  if (state_.through(pinned.header.writer) > 0) return {};
  Transaction transaction(*this);
  frames::ApplyCounts counts;
  const WaitingFrame arrived{std::make_shared<const Bytes>(pinned.bytes), 0};
  KX_TRY(taken, continue_chain(pinned, pinned.hash(), arrived, counts));
  assert(taken == Taken::applied);
  static_cast<void>(taken);
  transaction.commit();
  return {};
}

std::vector<PublicKey> MemoryLaptopStore::keys_of(const WriterId& writer) {
  std::vector<PublicKey> keys;
  if (writer == frames::pinned_writer()) return {PublicKey{}};
  if (writer.device == state_.county.county && !state_.county.county.is_nil()) {
    if (const auto key = state_.county.key_of(writer.epoch)) keys.push_back(*key);
    return keys;
  }
  keys = visible_.keys_of(writer);
  if (is_own(writer)) keys.push_back(state_.own_keys.at(writer.epoch));
  return keys;
}

Result<frames::ApplyCounts> MemoryLaptopStore::apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                                            const frames::CountyMark& after) {
  Transaction transaction(*this);
  frames::ApplyCounts counts;
  KX_CHECK(take_frames(frames, counts));
  KX_CHECK(write());
  state_.mark = after;
  transaction.commit();
  return counts;
}

Result<frames::ApplyCounts> MemoryLaptopStore::apply_chain(const std::vector<frames::SequencedFrame>& frames) {
  Transaction transaction(*this);
  frames::ApplyCounts counts;
  KX_CHECK(take_frames(frames, counts));
  transaction.commit();
  return counts;
}

Status MemoryLaptopStore::take_frames(const std::vector<frames::SequencedFrame>& frames, frames::ApplyCounts& counts) {
  for (const frames::SequencedFrame& frame : frames) {
    const WaitingFrame arrived{std::make_shared<const Bytes>(frame.bytes), frame.county_sequence};
    KX_TRY(taken, take(arrived, counts));
    if (taken == Taken::waiting) {
      KX_CHECK(write());
      ++counts.quarantined;
      const bool is_here = std::ranges::any_of(
          state_.waiting, [&](const WaitingFrame& waiting) { return *waiting.bytes == frame.bytes; });
      if (!is_here) state_.waiting.push_back(arrived);
    } else if (taken == Taken::not_believed) {
      KX_CHECK(write());
      ++counts.quarantined;
      state_.not_believed.insert(sha256(frame.bytes));
    }
    if (taken == Taken::applied) KX_CHECK(retry_waiting(counts));
  }
  return {};
}

// Until none of them moves any more.
Status MemoryLaptopStore::retry_waiting(frames::ApplyCounts& counts) {
  for (std::size_t i = 0; i < state_.waiting.size();) {
    const WaitingFrame waiting = state_.waiting[i];
    KX_TRY(taken, take(waiting, counts));
    if (taken == Taken::waiting) {
      ++i;
      continue;
    }
    KX_CHECK(write());
    if (taken == Taken::not_believed) state_.not_believed.insert(sha256(*waiting.bytes));
    state_.waiting.erase(state_.waiting.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;
  }
  return {};
}

Result<MemoryLaptopStore::Taken> MemoryLaptopStore::take(const WaitingFrame& arrived, frames::ApplyCounts& counts) {
  const auto frame = frames::parse_frame(*arrived.bytes);
  if (!frame.ok()) return Taken::not_believed;
  const WriterId& writer = frame->header.writer;
  const Hash hash = frame->hash();
  auto& chain = state_.chains[writer];
  const auto place = std::ranges::lower_bound(chain, frame->header.first_sequence, {}, &HeldFrame::first);
  if (place != chain.end() && place->hash == hash) {
    ++counts.duplicates;
    if (arrived.county_sequence == 0) return Taken::duplicate;
    KX_CHECK(write());
    place->county_sequence = arrived.county_sequence;
    return Taken::duplicate;
  }
  const std::vector<PublicKey> keys = keys_of(writer);
  if (keys.empty()) return Taken::waiting;
  if (!std::ranges::any_of(keys, [&](const PublicKey& key) { return frames::verify_frame(*frame, key).ok(); })) {
    return Taken::not_believed;
  }
  return continue_chain(*frame, hash, arrived, counts);
}

Result<MemoryLaptopStore::Taken> MemoryLaptopStore::continue_chain(const Frame& frame, const Hash& hash,
                                                                   const WaitingFrame& arrived,
                                                                   frames::ApplyCounts& counts) {
  const WriterId& writer = frame.header.writer;
  auto& chain = state_.chains[writer];
  const std::uint64_t first = frame.header.first_sequence;
  if (first > state_.through(writer) + 1) return Taken::waiting;
  // Our own chain is ours: the session sees that it forked, and we go on in another epoch.
  const bool is_own = writer == own_writer();
  if (is_own && first <= state_.last_own()) return Taken::waiting;
  if (first <= state_.through(writer)) {
    // The county's copy of a chain counts; ours, from a county that was restored since, becomes evidence.
    KX_CHECK(write());
    displace(writer, first);
    if (first != state_.through(writer) + 1) return Taken::waiting;
  }
  const Hash previous = chain.empty() ? Hash{} : chain.back().hash;
  if (frame.header.previous != previous) return Taken::waiting;
  KX_CHECK(write());
  chain.push_back({arrived.bytes, first, frame.header.last_sequence(), hash, arrived.county_sequence});
  ++counts.frames;
  const FrameShelf::Content& content = world_.shelf.read(frame, hash);
  counts.quarantined += content.is_readable ? 0 : 1;
  for (const OperationPointer& operation : content.operations) {
    KX_CHECK(add(operation));
    ++counts.operations;
  }
  return Taken::applied;
}

void MemoryLaptopStore::displace(const WriterId& writer, std::uint64_t first_sequence) {
  auto& chain = state_.chains[writer];
  while (!chain.empty() && chain.back().last >= first_sequence) {
    for (std::uint64_t sequence = chain.back().first; sequence <= chain.back().last; ++sequence) {
      take_away({writer, sequence});
    }
    state_.forked.push_back(chain.back().bytes);
    chain.pop_back();
  }
}

Status MemoryLaptopStore::seal() {
  KX_CHECK(promote_pending());
  if (!has_key()) return Error(ErrorCode::refused, "the key is gone");
  Transaction transaction(*this);
  auto& chain = state_.chains[own_writer()];
  const Bytes& receipt = state_.progress[own_writer()].receipt;
  const Hash not_before = receipt.empty() ? Hash{} : sha256(receipt);
  std::vector<history::Operation> batch;
  for (auto one = state_.operations.lower_bound({own_writer(), state_.through(own_writer()) + 1});
       one != state_.operations.end() && one->first.writer == own_writer(); ++one) {
    batch.push_back(*one->second);
  }
  while (!batch.empty()) {
    const std::size_t count = std::min<std::size_t>(batch.size(), limits::frame_operations_max);
    const Frame frame = frames::seal_frame(std::span(batch).first(count), chain.empty() ? Hash{} : chain.back().hash,
                                           not_before, *state_.key);
    KX_CHECK(write());
    chain.push_back({std::make_shared<const Bytes>(frame.bytes), frame.header.first_sequence,
                     frame.header.last_sequence(), frame.hash(), 0});
    batch.erase(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count));
  }
  transaction.commit();
  return {};
}

Result<std::vector<Bytes>> MemoryLaptopStore::frames_after(const WriterId& writer, std::uint64_t after_sequence,
                                                           std::size_t bytes_max) {
  std::vector<Bytes> given;
  const auto chain = state_.chains.find(writer);
  if (chain == state_.chains.end()) return given;
  std::size_t bytes = 0;
  for (const HeldFrame& frame : chain->second) {
    if (frame.last <= after_sequence) continue;
    bytes += frame.bytes->size();
    if (!given.empty() && bytes > bytes_max) break;
    given.push_back(*frame.bytes);
  }
  return given;
}

Result<std::vector<frames::ChainHead>> MemoryLaptopStore::chains() {
  std::vector<frames::ChainHead> heads;
  for (const auto& [writer, chain] : state_.chains) {
    if (chain.empty() || writer == frames::pinned_writer()) continue;
    heads.push_back({writer, chain.back().last, chain.back().hash});
  }
  std::ranges::stable_partition(
      heads, [&](const frames::ChainHead& head) { return head.writer.device == state_.county.county; });
  return heads;
}

Result<std::vector<frames::ChainHead>> MemoryLaptopStore::unsent_chains() {
  std::vector<frames::ChainHead> heads;
  for (const auto& [writer, chain] : state_.chains) {
    if (chain.empty() || !is_own(writer) || writer.epoch == state_.epoch) continue;
    const auto progress = state_.progress.find(writer);
    const std::uint64_t stored = progress == state_.progress.end() ? 0 : progress->second.stored_through;
    const bool is_unsent = std::ranges::any_of(
        chain, [&](const HeldFrame& frame) { return frame.last > stored && frame.county_sequence == 0; });
    if (is_unsent) heads.push_back({writer, chain.back().last, chain.back().hash});
  }
  return heads;
}

bool MemoryLaptopStore::is_own(const WriterId& writer) const {
  return writer.device == state_.device && state_.own_keys.contains(writer.epoch);
}

Status MemoryLaptopStore::note_progress(const frames::ChainProgress& progress) {
  assert(is_own(progress.writer) && "progress is of our own chains");
  Transaction transaction(*this);
  KX_CHECK(write());
  const Bytes receipt = state_.progress[progress.writer].receipt;
  state_.progress[progress.writer] = progress;
  if (progress.receipt.empty()) state_.progress[progress.writer].receipt = receipt;
  transaction.commit();
  return {};
}

Result<frames::ChainProgress> MemoryLaptopStore::own_progress() {
  const auto found = state_.progress.find(own_writer());
  frames::ChainProgress progress = found == state_.progress.end() ? frames::ChainProgress{} : found->second;
  progress.writer = own_writer();
  return progress;
}

Status MemoryLaptopStore::note_county(const frames::KnownCounty& county) {
  Transaction transaction(*this);
  KX_CHECK(write());
  state_.county = county;
  visible_.forget();
  transaction.commit();
  return {};
}

Status MemoryLaptopStore::note_checkpoint(const Bytes& sealed) {
  Transaction transaction(*this);
  KX_CHECK(write());
  state_.checkpoint = sealed;
  transaction.commit();
  return {};
}

Status MemoryLaptopStore::note_promise(const Bytes& sealed) {
  Transaction transaction(*this);
  KX_CHECK(write());
  state_.promise = sealed;
  transaction.commit();
  return {};
}

Status MemoryLaptopStore::start_over(std::uint32_t incarnation) {
  Transaction transaction(*this);
  KX_CHECK(write());
  state_.mark = {incarnation, {}};
  if (!state_.checkpoint.empty()) state_.old_checkpoints.push_back(state_.checkpoint);
  state_.checkpoint.clear();
  state_.promise.clear();
  for (auto& [writer, chain] : state_.chains) {
    for (HeldFrame& frame : chain) frame.county_sequence = 0;
  }
  transaction.commit();
  return {};
}

Status MemoryLaptopStore::note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) {
  Transaction transaction(*this);
  KX_CHECK(write());
  state_.contradictions.emplace_back(sealed_checkpoint, own_root);
  transaction.commit();
  return {};
}

Result<std::uint64_t> MemoryLaptopStore::hidden_own() {
  std::uint64_t count = 0;
  for (auto own = state_.operations.lower_bound({{state_.device, 0}, 0});
       own != state_.operations.end() && own->first.writer.device == state_.device; ++own) {
    count += visible_.is_hidden(*own->second) ? 1 : 0;
  }
  return count;
}

}  // namespace kuangxun::tests
