#include "tests/support/memory_county/memory_county_store.h"

#include <algorithm>
#include <cassert>

namespace kuangxun::tests {
using history::OperationId;
using history::WriterId;
using ports::Work;

Status MemoryCountyStore::begin(Work work) {
  assert(!is_open_ && "one transaction at a time");
  if (fault_ != nullptr && fault_->may_strike()) before_ = content_;
  writes_ = 0;
  is_open_ = true;
  may_store_ = work == Work::store;
  may_apply_ = work == Work::apply;
  return {};
}

Status MemoryCountyStore::also_store() {
  assert(is_open_ && may_apply_);
  may_store_ = true;
  return {};
}

Status MemoryCountyStore::commit() {
  assert(is_open_);
  if (fault_ != nullptr) KX_CHECK(fault_->before_write());
  is_open_ = false;
  before_.reset();
  return {};
}

void MemoryCountyStore::rollback() {
  // Copying everything for each transaction would be too slow; nothing but a fault makes one fall that has written.
  assert(!is_open_ || before_.has_value() || writes_ == 0);
  if (is_open_ && before_.has_value()) content_ = std::move(*before_);
  before_.reset();
  is_open_ = false;
}

Status MemoryCountyStore::write(Work work) {
  assert(is_open_ && "writing stands inside a transaction");
  assert((work == Work::store ? may_store_ : may_apply_) && "a transaction for other work");
  static_cast<void>(work);
  ++writes_;
  return fault_ == nullptr ? Status() : fault_->before_write();
}

Result<ports::CountyState> MemoryCountyStore::state() {
  if (!content_.state.has_value()) return Error(ErrorCode::not_found, "no county");
  return *content_.state;
}

Status MemoryCountyStore::set_state(const ports::CountyState& state) {
  KX_CHECK(write(Work::store));
  const std::uint64_t applied = content_.state.has_value() ? content_.state->applied_sequence : 0;
  content_.state = state;
  content_.state->applied_sequence = applied;
  return {};
}

Status MemoryCountyStore::set_applied(std::uint64_t applied_sequence) {
  KX_CHECK(write(Work::apply));
  content_.state->applied_sequence = applied_sequence;
  return {};
}

Status MemoryCountyStore::add_key_statement(const Bytes& sealed) {
  KX_CHECK(write(Work::store));
  content_.key_statements.push_back(sealed);
  return {};
}

Result<std::vector<ports::EnrolmentTicket>> MemoryCountyStore::tickets() {
  std::vector<ports::EnrolmentTicket> tickets;
  for (const auto& [hash, ticket] : content_.tickets) tickets.push_back(ticket);
  return tickets;
}

Status MemoryCountyStore::put_ticket(const ports::EnrolmentTicket& ticket) {
  KX_CHECK(write(Work::store));
  content_.tickets[ticket.secret_hash] = ticket;
  return {};
}

Result<std::optional<ports::TokenBucket>> MemoryCountyStore::bucket(const Uuid& device) {
  const auto found = content_.buckets.find(device);
  if (found == content_.buckets.end()) return std::optional<ports::TokenBucket>();
  return std::optional(found->second);
}

Status MemoryCountyStore::set_bucket(const Uuid& device, const ports::TokenBucket& bucket) {
  KX_CHECK(write(Work::store));
  content_.buckets[device] = bucket;
  return {};
}

Result<std::vector<ports::Chain>> MemoryCountyStore::chains(std::span<const WriterId> writers) {
  std::vector<ports::Chain> chains;
  for (const WriterId& writer : writers) {
    const auto found = content_.chains.find(writer);
    chains.push_back(found == content_.chains.end() ? ports::Chain{} : found->second);
    chains.back().writer = writer;
  }
  return chains;
}

Result<std::vector<ports::Chain>> MemoryCountyStore::all_chains() {
  std::vector<ports::Chain> chains;
  for (const auto& [writer, chain] : content_.chains) chains.push_back(chain);
  return chains;
}

Status MemoryCountyStore::set_chains(std::span<const ports::Chain> chains) {
  for (const ports::Chain& given : chains) {
    KX_CHECK(write(Work::store));
    ports::Chain& chain = content_.chains[given.writer];
    const ports::Chain before = chain;
    chain = given;
    chain.merged_through = before.merged_through;
    chain.applied_through = before.applied_through;
    if (given.receipt != before.receipt) content_.receipts.push_back(given.receipt);
  }
  return {};
}

Status MemoryCountyStore::set_progress(std::span<const ports::Chain> chains) {
  for (const ports::Chain& given : chains) {
    KX_CHECK(write(Work::apply));
    ports::Chain& chain = content_.chains[given.writer];
    chain.writer = given.writer;
    chain.merged_through = given.merged_through;
    chain.applied_through = given.applied_through;
  }
  return {};
}

Status MemoryCountyStore::add_frames(std::span<const ports::StoredFrame> frames) {
  for (const ports::StoredFrame& frame : frames) {
    KX_CHECK(write(Work::store));
    assert(frame.county_sequence == content_.frames.size() + 1);
    const bool is_new = content_.frame_places[frame.writer].emplace(frame.first_sequence, frame.county_sequence).second;
    assert(is_new && "one frame at a place of a chain");
    static_cast<void>(is_new);
    content_.frames.push_back(std::make_shared<const ports::StoredFrame>(frame));
  }
  return {};
}

Result<std::map<std::uint64_t, Hash>> MemoryCountyStore::frame_hashes(const WriterId& writer, std::uint64_t first,
                                                                      std::uint64_t last) {
  std::map<std::uint64_t, Hash> hashes;
  const auto places = content_.frame_places.find(writer);
  if (places == content_.frame_places.end()) return hashes;
  for (auto place = places->second.lower_bound(first); place != places->second.end() && place->first <= last; ++place) {
    hashes[place->first] = content_.frames[place->second - 1]->hash;
  }
  return hashes;
}

Result<ports::FramePage> MemoryCountyStore::page(std::uint64_t after, const WriterId& asker,
                                                 const ports::PageLimits& limits) {
  ports::FramePage page;
  std::size_t bytes = 0;
  std::uint32_t count = 0;
  std::uint32_t skipped = 0;
  for (std::uint64_t at = after; at < content_.frames.size(); ++at) {
    const ports::StoredFrame& frame = *content_.frames[at];
    const bool is_own = frame.writer == asker;
    const bool is_full =
        is_own ? skipped == limits.skipped_max
               : count == limits.frames_max || (count > 0 && bytes + frame.bytes.size() > limits.bytes_max);
    if (is_full) {
      page.has_more = true;
      break;
    }
    page.frames.push_back(frame);
    if (is_own) {
      page.frames.back().bytes.clear();
      ++skipped;
    } else {
      bytes += frame.bytes.size();
      ++count;
    }
  }
  return page;
}

Result<std::vector<ports::StoredFrame>> MemoryCountyStore::frames_of(const WriterId& writer, std::uint64_t first,
                                                                     std::uint64_t last, std::size_t bytes_max) {
  std::vector<ports::StoredFrame> frames;
  std::size_t bytes = 0;
  for (const auto& [begins, place] : content_.frame_places[writer]) {
    const ports::StoredFrame& frame = *content_.frames[place - 1];
    if (frame.last_sequence < first || frame.first_sequence > last) continue;
    bytes += frame.bytes.size();
    if (!frames.empty() && bytes > bytes_max) break;
    frames.push_back(frame);
  }
  return frames;
}

Result<std::vector<ports::StoredFrame>> MemoryCountyStore::frames_at(const std::set<std::uint64_t>& county_sequences) {
  std::vector<ports::StoredFrame> frames;
  for (const std::uint64_t sequence : county_sequences) {
    if (sequence >= 1 && sequence <= content_.frames.size()) frames.push_back(*content_.frames[sequence - 1]);
  }
  return frames;
}

Status MemoryCountyStore::add_fork(const ports::Fork& fork) {
  KX_CHECK(write(Work::store));
  const bool is_here = std::ranges::any_of(content_.forks, [&](const auto& known) { return known.hash == fork.hash; });
  if (!is_here) content_.forks.push_back(fork);
  return {};
}

Result<std::vector<ports::Fork>> MemoryCountyStore::forks(std::uint32_t count_max) {
  std::vector<ports::Fork> forks = content_.forks;
  if (forks.size() > count_max) forks.resize(count_max);
  return forks;
}

Result<bool> MemoryCountyStore::has_fork(const Hash& frame) {
  return std::ranges::any_of(content_.forks, [&](const ports::Fork& fork) { return fork.hash == frame; });
}

Result<std::uint64_t> MemoryCountyStore::forked_through(const history::WriterId& writer) {
  std::uint64_t through = 0;
  for (const ports::Fork& fork : content_.forks) {
    if (fork.writer == writer) through = std::max(through, fork.last_sequence);
  }
  return through;
}

}  // namespace kuangxun::tests
