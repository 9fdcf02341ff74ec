#include "sync/ledger/reshow.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/frames/frame.h"
#include "sync/ledger/display.h"
#include "sync/ledger/intake.h"
#include "sync/ledger/merge_batch.h"

// After a decision the records that it touches are worked out from nothing, from all their operations: to take one back
// out of what stands would have to know what it once superseded. Whatever order things came in, the outcome is that of
// a store that had known the decision from the start.
namespace kuangxun::ledger {
namespace {

// Records that are worked out together; caps what is held in memory when a laptop's whole chain is hidden.
constexpr std::size_t records_at_once_max = 256;

using OperationsOfRecord = std::map<history::OperationId, history::Operation>;

Result<std::optional<std::vector<history::Operation>>> read_frame(Bytes bytes) {
  KX_TRY(frame, frames::parse_frame(std::move(bytes)));
  auto operations = frames::decode_operations(frame);
  if (!operations.ok()) return std::optional<std::vector<history::Operation>>();
  return std::optional(std::move(operations).value());
}

// Of one run of a chain: the records that it touches. What became readable enters the index.
class TouchedRecords {
 public:
  explicit TouchedRecords(County& county) : county_(county) {}
  const std::set<ports::RecordKey>& records() const { return records_; }

  Status add(const history::WriterId& writer, const history::SequenceRange& range) {
    KX_TRY(chains, county_.store().chains({&writer, 1}));
    const std::uint64_t last = std::min(range.last, chains.front().merged_through);
    for (std::uint64_t next = range.first; next <= last;) {
      KX_TRY(found, county_.store().frames_of(writer, next, last, limits::apply_bytes_max));
      if (found.empty()) break;
      for (ports::StoredFrame& stored : found) {
        next = stored.last_sequence + 1;
        KX_CHECK(add_frame(std::move(stored), range));
      }
    }
    return {};
  }

 private:
  Status add_frame(ports::StoredFrame stored, const history::SequenceRange& range) {
    KX_TRY(operations, read_frame(std::move(stored.bytes)));
    if (!operations.has_value()) return {};
    KX_TRY(is_indexed, county_.store().is_indexed(stored.county_sequence));
    if (!is_indexed) {
      std::vector<ports::OperationEntry> entries;
      add_entries(entries, *operations, stored.county_sequence);
      KX_CHECK(county_.store().add_operations(entries));
    }
    for (const history::Operation& operation : *operations) {
      const std::uint64_t sequence = operation.id.sequence;
      if (is_indexed && (sequence < range.first || sequence > range.last)) continue;
      records_.insert({operation.record, operation.kind});
    }
    return {};
  }

  County& county_;
  std::set<ports::RecordKey> records_;
};

// Some records, from nothing.
class Reworking {
 public:
  explicit Reworking(County& county) : county_(county) {}

  Status run(const std::set<ports::RecordKey>& records) {
    KX_CHECK(read_operations(records));
    KX_CHECK(read_bases());
    settle();
    KX_CHECK(write_parked());
    return write_heads(records);
  }
  // Operations that nobody needs to wait for any more.
  const history::WriterRanges& freed() const { return freed_; }
  const std::set<history::WriterId>& writers() const { return writers_; }

 private:
  // Every operation on the records that has been merged.
  Status read_operations(const std::set<ports::RecordKey>& records) {
    KX_TRY(places, county_.store().places_of(records));
    std::set<std::uint64_t> sequences;
    for (std::size_t i = 0; i < places.size(); ++i) {
      sequences.insert(places[i].county_sequence);
      if (sequences.size() < limits::apply_frames_max && i + 1 < places.size()) continue;
      KX_CHECK(read_frames(sequences, records));
      sequences.clear();
    }
    return {};
  }

  Status read_frames(const std::set<std::uint64_t>& sequences, const std::set<ports::RecordKey>& records) {
    KX_TRY(found, county_.store().frames_at(sequences));
    std::set<history::WriterId> writers;
    for (const ports::StoredFrame& stored : found) writers.insert(stored.writer);
    KX_CHECK(read_progress(writers));
    writers_.merge(writers);
    for (ports::StoredFrame& stored : found) {
      if (stored.last_sequence > merged_through_[stored.writer]) continue;  // comes when it is applied
      KX_TRY(operations, read_frame(std::move(stored.bytes)));
      if (!operations.has_value()) continue;
      for (history::Operation& operation : *operations) {
        const ports::RecordKey record{operation.record, operation.kind};
        if (records.contains(record)) operations_.emplace(operation.id, std::move(operation));
      }
    }
    return {};
  }

  Status read_progress(const std::set<history::WriterId>& writers) {
    std::vector<history::WriterId> unknown;
    for (const history::WriterId& writer : writers) {
      if (!merged_through_.contains(writer)) unknown.push_back(writer);
    }
    if (unknown.empty()) return {};
    KX_TRY(chains, county_.store().chains(unknown));
    for (const ports::Chain& chain : chains) merged_through_[chain.writer] = chain.merged_through;
    return {};
  }

  Status read_bases() {
    std::set<history::OperationId> asked;
    std::set<history::WriterId> writers;
    for (const auto& [id, operation] : operations_) {
      asked.insert(id);
      asked.insert(operation.bases.begin(), operation.bases.end());
      for (const history::OperationId& base : operation.bases) writers.insert(base.writer);
    }
    KX_CHECK(read_progress(writers));
    KX_TRY(parked, county_.store().parked_among(asked));
    was_parked_ = std::move(parked);
    return {};
  }

  bool is_hidden(const history::Operation& operation) const {
    return county_.registry().visibility().is_hidden(operation.id, operation.kind);
  }

  bool is_known(const history::OperationId& base) const {
    if (county_.registry().visibility().is_covered(base)) return true;
    if (operations_.contains(base)) return standing_.contains(base);
    const auto through = merged_through_.find(base.writer);
    return through != merged_through_.end() && base.sequence <= through->second && !was_parked_.contains(base);
  }

  // Which operations stand: hidden, or with all bases known. Bases come before what is based on them, whatever the
  // order of the ids, so this goes on until nothing moves.
  void settle() {
    for (bool has_moved = true; has_moved;) {
      has_moved = false;
      for (const auto& [id, operation] : operations_) {
        if (standing_.contains(id)) continue;
        if (!is_hidden(operation) &&
            !std::ranges::all_of(operation.bases, [&](const auto& b) { return is_known(b); })) {
          continue;
        }
        standing_.insert(id);
        has_moved = true;
      }
    }
  }

  Status write_parked() {
    std::set<history::OperationId> unparked;
    std::vector<ports::ParkedOperation> parked;
    for (const auto& [id, operation] : operations_) {
      if (was_parked_.contains(id)) unparked.insert(id);
      if (standing_.contains(id)) {
        freed_[id.writer].push_back({id.sequence, id.sequence});
        continue;
      }
      ports::ParkedOperation waiting{id, {}};
      for (const history::OperationId& base : operation.bases) {
        if (!is_known(base)) waiting.missing.push_back(base);
      }
      parked.push_back(std::move(waiting));
    }
    KX_CHECK(county_.store().unpark(unparked));
    return county_.store().park(parked);
  }

  Status write_heads(const std::set<ports::RecordKey>& records) {
    std::map<ports::RecordKey, tables::RecordHeads> after;
    std::map<std::pair<ports::RecordKey, records::GroupNumber>, std::set<history::OperationId>> superseded;
    for (const auto& [id, operation] : operations_) {
      if (!standing_.contains(id) || is_hidden(operation)) continue;
      superseded[{{operation.record, operation.kind}, operation.group}].insert(operation.bases.begin(),
                                                                               operation.bases.end());
    }
    for (const auto& [id, operation] : operations_) {
      const ports::RecordKey record{operation.record, operation.kind};
      if (!standing_.contains(id) || is_hidden(operation) || superseded[{record, operation.group}].contains(id))
        continue;
      after[record][operation.group].push_back(operation);
    }
    KX_TRY(heads, county_.store().heads_of(records));
    std::map<ports::RecordKey, RecordChange> changes;
    for (const ports::RecordKey& record : records) {
      changes[record] = {record, false, {}, &after[record]};
      for (const auto& [group, group_heads] : after[record]) changes[record].before[group];
    }
    for (const history::Operation& head : heads) {
      RecordChange& change = changes[{head.record, head.kind}];
      change.was_shown = true;
      change.before[head.group].push_back(head.id);
    }
    std::vector<RecordChange> all;
    for (auto& [record, change] : changes) all.push_back(std::move(change));
    return display(county_, all);
  }

  County& county_;
  OperationsOfRecord operations_;
  std::map<history::WriterId, std::uint64_t> merged_through_;
  std::set<history::WriterId> writers_;
  std::set<history::OperationId> was_parked_;
  std::set<history::OperationId> standing_;
  history::WriterRanges freed_;
};

Status note_progress(ports::LogStore& log, ports::MergeStore& merge, const std::set<history::WriterId>& writers) {
  const std::vector<history::WriterId> all(writers.begin(), writers.end());
  KX_TRY(chains, log.chains(all));
  for (ports::Chain& chain : chains) {
    KX_TRY(first, merge.first_parked(chain.writer));
    chain.applied_through = first.has_value() ? *first - 1 : chain.merged_through;
  }
  return log.set_progress(chains);
}

}  // namespace

Status reshow(County& county, const history::WriterRanges& ranges) {
  TouchedRecords touched(county);
  for (const auto& [writer, of_writer] : ranges) {
    for (const history::SequenceRange& range : of_writer) KX_CHECK(touched.add(writer, range));
  }
  // Others may wait for what is covered now, in other records too.
  std::set<ports::RecordKey> records = touched.records();
  history::WriterRanges free = ranges;
  std::set<history::WriterId> writers;
  while (!records.empty() || !free.empty()) {
    std::set<ports::RecordKey> some;
    while (!records.empty() && some.size() < records_at_once_max) some.insert(records.extract(records.begin()));
    Reworking reworking(county);
    KX_CHECK(reworking.run(some));
    writers.insert(reworking.writers().begin(), reworking.writers().end());
    for (const auto& [writer, freed] : reworking.freed())
      free[writer].insert(free[writer].end(), freed.begin(), freed.end());
    if (!records.empty()) continue;
    KX_TRY(waiting, county.store().parked_on(free));
    free.clear();
    KX_TRY(operations, load_operations(county.store(), waiting));
    for (const auto& [id, operation] : operations) {
      const ports::RecordKey record{operation.record, operation.kind};
      if (!some.contains(record)) records.insert(record);
    }
  }
  return note_progress(county.store(), county.store(), writers);
}

Result<bool> can_read(ports::LogStore& store, const history::WriterId& writer, const history::SequenceRange& range) {
  for (std::uint64_t next = range.first; next <= range.last;) {
    KX_TRY(found, store.frames_of(writer, next, range.last, limits::apply_bytes_max));
    if (found.empty()) return true;
    for (ports::StoredFrame& stored : found) {
      next = stored.last_sequence + 1;
      KX_TRY(operations, read_frame(std::move(stored.bytes)));
      if (!operations.has_value()) return false;
    }
  }
  return true;
}

}  // namespace kuangxun::ledger
