#include "sync/ledger/merge_batch.h"

#include <algorithm>
#include <cassert>

#include "db/frames/frame.h"
#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "sync/ledger/display.h"

// The store is asked for heads once, for all records of a batch together, and written once at the end; in between
// everything happens in memory. Hidden operations and unreadable frames count as come, so that what is based on them
// does not wait for ever.
namespace kuangxun::ledger {
namespace {

// Who does not hold the county's key (a prefecture, a backup that is read in) follows the county's decisions, which
// stand in the sequence, and makes none.
bool may_decide(const County& county) {
  return county.key().public_key() == county.known().key_of(county.state().epoch);
}

}  // namespace

Result<std::map<history::OperationId, history::Operation>> load_operations(ports::LogStore& store,
                                                                           const std::set<history::OperationId>& ids) {
  std::map<history::OperationId, history::Operation> found;
  for (auto at = ids.begin(); at != ids.end();) {
    KX_TRY(holders, store.frames_of(at->writer, at->sequence, at->sequence, 1));
    const history::WriterId writer = at->writer;
    const std::uint64_t last = holders.empty() ? at->sequence : holders.front().last_sequence;
    std::vector<history::Operation> operations;
    if (!holders.empty()) {
      KX_TRY(frame, frames::parse_frame(std::move(holders.front().bytes)));
      if (auto decoded = frames::decode_operations(frame); decoded.ok()) operations = std::move(decoded).value();
    }
    for (; at != ids.end() && at->writer == writer && at->sequence <= last; ++at) {
      const auto one = std::ranges::find(operations, *at, &history::Operation::id);
      if (one != operations.end()) found.emplace(*at, std::move(*one));
    }
  }
  return found;
}

Status MergeBatch::load(std::span<const std::vector<history::Operation>> frames) {
  KX_TRY(has_parked, county_.store().has_parked());
  has_parked_ = has_parked;
  std::set<ports::RecordKey> records;
  std::set<history::OperationId> bases;
  std::set<history::WriterId> writers;
  for (const auto& operations : frames) {
    for (const history::Operation& operation : operations) {
      writers.insert(operation.id.writer);
      records.insert({operation.record, operation.kind});
      bases.insert(operation.bases.begin(), operation.bases.end());
    }
  }
  for (const history::WriterId& writer : writers) bases.insert({writer, 0});
  KX_CHECK(learn(bases));
  return load_records(records);
}

Status MergeBatch::load_records(const std::set<ports::RecordKey>& records) {
  std::set<ports::RecordKey> wanted;
  for (const ports::RecordKey& record : records) {
    if (records_.try_emplace(record).second) wanted.insert(record);
  }
  if (wanted.empty()) return {};
  KX_TRY(heads, county_.store().heads_of(wanted));
  for (history::Operation& head : heads) {
    RecordState& state = records_[{head.record, head.kind}];
    state.was_shown = true;
    state.heads[head.group].push_back(std::move(head));
  }
  for (const ports::RecordKey& record : wanted) {
    for (auto& [group, group_heads] : records_[record].heads) {
      std::ranges::sort(group_heads, {}, &history::Operation::id);
    }
  }
  return {};
}

Status MergeBatch::learn(const std::set<history::OperationId>& bases) {
  std::vector<history::WriterId> unknown;
  for (const history::OperationId& base : bases) {
    if (!merged_through_.contains(base.writer) && (unknown.empty() || unknown.back() != base.writer)) {
      unknown.push_back(base.writer);
    }
  }
  if (!unknown.empty()) {
    KX_TRY(chains, county_.store().chains(unknown));
    for (const ports::Chain& chain : chains) merged_through_[chain.writer] = chain.merged_through;
  }
  if (!has_parked_) return {};
  KX_TRY(parked, county_.store().parked_among(bases));
  parked_.merge(parked);
  return {};
}

bool MergeBatch::is_known(const history::OperationId& base) const {
  if (county_.registry().visibility().is_covered(base)) return true;
  const auto through = merged_through_.find(base.writer);
  return through != merged_through_.end() && base.sequence <= through->second && !parked_.contains(base);
}

std::vector<history::OperationId> MergeBatch::missing_bases(const history::Operation& operation) const {
  std::vector<history::OperationId> missing;
  for (const history::OperationId& base : operation.bases) {
    if (!is_known(base)) missing.push_back(base);
  }
  return missing;
}

void MergeBatch::object(const history::WriterId& writer, const history::SequenceRange& range,
                        rights::Objection objection) {
  if (!objections_.empty()) {
    ObjectionRun& last = objections_.back();
    if (last.writer == writer && last.range.last + 1 == range.first && last.objection == objection) {
      last.range.last = range.last;
      return;
    }
  }
  objections_.push_back({writer, range, std::move(objection)});
}

bool MergeBatch::is_hidden(const history::Operation& operation) {
  const rights::Registry& registry = county_.registry();
  if (registry.visibility().is_hidden(operation.id, operation.kind)) return true;
  const bool is_anybodys = county_.is_county(operation.id.writer) || operation.id.writer == frames::pinned_writer();
  if (is_anybodys || registry.is_decided(operation.id) || !may_decide(county_)) return false;
  auto objection = rights::find_objection(registry, operation);
  if (!objection.has_value()) return false;
  object(operation.id.writer, {operation.id.sequence, operation.id.sequence}, std::move(*objection));
  return true;
}

Status MergeBatch::merge(const std::vector<history::Operation>& operations) {
  for (const history::Operation& operation : operations) {
    touched_writers_.insert(operation.id.writer);
    const bool hidden = is_hidden(operation);
    if (!hidden && county_.registry().is_decided(operation.id)) {
      released_[operation.id.writer].push_back({operation.id.sequence, operation.id.sequence});
    }
    auto missing = hidden ? std::vector<history::OperationId>() : missing_bases(operation);
    std::uint64_t& through = merged_through_[operation.id.writer];
    through = std::max(through, operation.id.sequence);
    if (!missing.empty()) {
      has_parked_ = true;
      parked_.insert(operation.id);
      newly_parked_.push_back({operation.id, std::move(missing)});
      continue;
    }
    if (!hidden) show(operation);
    note_fresh(operation.id, operation.id.sequence);
  }
  return wake();
}

Status MergeBatch::pass_over(const history::WriterId& writer, const history::SequenceRange& range, std::string reason) {
  touched_writers_.insert(writer);
  KX_CHECK(learn({{writer, 0}}));
  std::uint64_t& through = merged_through_[writer];
  through = std::max(through, range.last);
  const history::OperationId first{writer, range.first};
  if (!county_.is_county(writer) && !county_.registry().is_decided(first) && may_decide(county_)) {
    object(writer, range, {records::decision_code::undecodable, std::move(reason)});
  }
  note_fresh(first, range.last);
  return wake();
}

void MergeBatch::note_fresh(const history::OperationId& id, std::uint64_t last) {
  if (!has_parked_) return;
  auto& ranges = fresh_[id.writer];
  if (!ranges.empty() && ranges.back().last + 1 == id.sequence) {
    ranges.back().last = last;
  } else {
    ranges.push_back({id.sequence, last});
  }
}

void MergeBatch::show(const history::Operation& operation) {
  RecordState& state = records_.at({operation.record, operation.kind});
  auto& heads = state.heads[operation.group];
  if (const auto [before, is_first] = state.before.try_emplace(operation.group); is_first) {
    for (const history::Operation& head : heads) before->second.push_back(head.id);
  }
  std::erase_if(heads,
                [&](const history::Operation& head) { return std::ranges::binary_search(operation.bases, head.id); });
  heads.insert(std::ranges::lower_bound(heads, operation.id, {}, &history::Operation::id), operation);
}

Status MergeBatch::wake() {
  if (!newly_parked_.empty()) KX_CHECK(county_.store().park(newly_parked_));
  newly_parked_.clear();
  while (!fresh_.empty()) {
    KX_TRY(waiting, county_.store().parked_on(fresh_));
    fresh_.clear();
    if (waiting.empty()) return {};
    KX_TRY(operations, load_operations(county_.store(), waiting));
    std::set<ports::RecordKey> records;
    std::set<history::OperationId> bases;
    for (const auto& [id, operation] : operations) {
      records.insert({operation.record, operation.kind});
      bases.insert(operation.bases.begin(), operation.bases.end());
      bases.insert({id.writer, 0});
    }
    KX_CHECK(load_records(records));
    KX_CHECK(learn(bases));
    std::set<history::OperationId> woken;
    for (const auto& [id, operation] : operations) {
      if (!missing_bases(operation).empty()) continue;
      woken.insert(id);
      touched_writers_.insert(id.writer);
      show(operation);
      note_fresh(id, id.sequence);
    }
    KX_CHECK(county_.store().unpark(woken));
    for (const history::OperationId& id : woken) parked_.erase(id);
  }
  return {};
}

Status MergeBatch::move_progress() {
  const std::vector<history::WriterId> writers(touched_writers_.begin(), touched_writers_.end());
  KX_TRY(chains, county_.store().chains(writers));
  for (ports::Chain& chain : chains) {
    chain.merged_through = std::max(chain.merged_through, merged_through_.at(chain.writer));
    chain.applied_through = chain.merged_through;
    if (!has_parked_) continue;
    KX_TRY(first, county_.store().first_parked(chain.writer));
    if (first.has_value()) chain.applied_through = *first - 1;
  }
  return county_.store().set_progress(chains);
}

Status MergeBatch::finish() {
  std::vector<RecordChange> changes;
  for (const auto& [record, state] : records_) {
    if (!state.before.empty()) changes.push_back({record, state.was_shown, state.before, &state.heads});
  }
  KX_CHECK(display(county_, changes));
  return move_progress();
}

}  // namespace kuangxun::ledger
