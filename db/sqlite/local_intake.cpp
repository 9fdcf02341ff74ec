#include <algorithm>

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/sqlite/local_store.h"

// How frames come in, all of them from the county. Each is proved, put at its place in its writer's chain, and shown;
// what cannot be placed yet waits. The order in which they come does not matter; of two different ones for the same
// place the county's later word counts, and the other is kept as evidence.
namespace kuangxun::sqlite {

using frames::ApplyCounts;
using frames::Frame;

Result<ApplyCounts> LocalStore::apply_pulled(const std::vector<frames::SequencedFrame>& sequenced,
                                             const frames::CountyMark& after) {
  return apply(sequenced, &after);
}

Result<ApplyCounts> LocalStore::apply_chain(const std::vector<frames::SequencedFrame>& sequenced) {
  KX_CHECK(show_pulled());
  return apply(sequenced, nullptr);
}

Result<ApplyCounts> LocalStore::apply(const std::vector<frames::SequencedFrame>& sequenced,
                                      const frames::CountyMark* after) {
  ApplyCounts counts;
  KX_TRY(is_bulk, begins_bulk(sequenced));
  KX_CHECK(in_transaction([&]() -> Status {
    if (is_bulk && after != nullptr) {
      KX_CHECK(set_behind(true));
      log_->defer();
    }
    log_->begin_batch();
    for (const frames::SequencedFrame& frame : sequenced) KX_CHECK(take(frame, counts));
    KX_CHECK(settle());
    // Our own frames may come home after this laptop was restored from a backup.
    KX_CHECK(load_next_sequence());
    return after == nullptr ? Status() : county_->set_mark(*after);
  }));
  return counts;
}

Status LocalStore::take(const frames::SequencedFrame& sequenced, ApplyCounts& counts) {
  const auto frame = frames::parse_frame(sequenced.bytes);
  if (!frame.ok()) {
    ++counts.quarantined;
    KX_TRY(is_new, frames_->set_aside(sequenced.bytes, nullptr, sequenced.county_sequence, SetAside::unbelieved,
                                      frame.error().message()));
    static_cast<void>(is_new);
    return {};
  }
  KX_TRY(fate, place(*frame, sequenced.county_sequence, counts));
  if (fate == Fate::known) ++counts.duplicates;
  if (fate == Fate::set_aside) ++counts.quarantined;
  if (fate != Fate::kept || !frames_->has_set_aside()) return {};
  KX_TRY(writer, dictionary_->writer_index(frame->header.writer));
  return has_new_keys_ ? retry_everybody(counts) : retry(writer, counts);
}

Result<std::vector<PublicKey>> LocalStore::keys_of(const history::WriterId& writer) {
  if (writer == frames::pinned_writer()) return std::vector{PublicKey{}};
  std::vector<PublicKey> keys;
  if (writer.device == county_->known().county) {
    if (const auto key = county_->known().key_of(writer.epoch)) keys.push_back(*key);
    return keys;
  }
  KX_TRY(introduced, log_->device_keys(writer));
  keys = std::move(introduced);
  // Another copy of this laptop may have taken an epoch of ours at a county that was restored: both count.
  if (const OwnEpoch* own = epochs_->find(writer)) keys.push_back(own->key);
  return keys;
}

Result<LocalStore::Fate> LocalStore::place(const Frame& frame, std::uint64_t county_sequence, ApplyCounts& counts) {
  KX_TRY(writer, dictionary_->writer_index(frame.header.writer));
  KX_TRY(held, frames_->hash_at(writer, frame.header.first_sequence));
  if (held == frame.hash()) {
    KX_CHECK(frames_->note_county_sequence(writer, frame.header.first_sequence, county_sequence));
    return Fate::known;
  }
  const auto aside = [&](SetAside state, const std::string& reason) {
    return set_aside(frame, county_sequence, state, reason);
  };
  KX_TRY(keys, keys_of(frame.header.writer));
  if (keys.empty()) {
    return aside(SetAside::key_unknown, say_text("县库还没有介绍写这个数据帧的设备",
                                                 "the county has not introduced the device that wrote it yet"));
  }
  const Status proof = prove_signature(frame);
  if (!proof.ok()) return aside(SetAside::unbelieved, proof.error().message());
  KX_TRY(end, frames_->end_of(writer));
  if (frame.header.writer == own_writer_) {
    KX_TRY(last, last_sequence(writer));
    if (frame.header.first_sequence <= std::max(end.through, last)) {
      return aside(SetAside::own_fork, say_text("本机在这个序号上写了别的内容：数据曾被复制或恢复",
                                                "this laptop wrote something else there: its data were copied or "
                                                "restored"));
    }
  }
  if (frame.header.first_sequence <= end.through) {
    KX_CHECK(displace(writer, frame.header.first_sequence));
    KX_TRY(left, frames_->end_of(writer));
    end = left;
  }
  if (frame.header.first_sequence != end.through + 1 || frame.header.previous != end.last_frame) {
    return aside(SetAside::chain_gap,
                 say_text("它所接续的数据帧还没有到", "the frame that it continues has not come yet"));
  }
  KX_CHECK(keep(frame, county_sequence, counts));
  return Fate::kept;
}

// The county's copy of a chain counts. Ours, from before it was restored, becomes evidence and is not shown any more.
Status LocalStore::displace(std::int64_t writer_index, std::uint64_t first_sequence) {
  KX_TRY(of_frame, frames_->first_of_frame_with(writer_index, first_sequence));
  const std::uint64_t first = of_frame.value_or(first_sequence);
  KX_CHECK(log_->show_batch());
  KX_CHECK(frames_->fork_from(writer_index, first));
  KX_CHECK(log_->remove_between(operation_key(writer_index, first), operation_key(writer_index, limits::sequence_max)));
  log_->defer();
  // Its own records decide what is done with the next frame already.
  return log_->visibility().is_county(dictionary_->writer(writer_index)) ? settle_now() : Status();
}

Result<LocalStore::Fate> LocalStore::set_aside(const Frame& frame, std::uint64_t county_sequence, SetAside state,
                                               const std::string& reason) {
  KX_TRY(is_new, frames_->set_aside(frame.bytes, &frame, county_sequence, state, reason));
  static_cast<void>(is_new);
  return Fate::set_aside;
}

Status LocalStore::keep(const Frame& frame, std::uint64_t county_sequence, ApplyCounts& counts) {
  const auto operations = frames::decode_operations(frame);
  KX_CHECK(frames_->insert(frame, county_sequence, operations.ok()));
  ++counts.frames;
  if (!operations.ok()) {
    // Signed and in its place: those behind it go on. A newer program may read it one day.
    ++counts.quarantined;
    return {};
  }
  for (const history::Operation& operation : *operations) {
    hybrid_clock_.observe(operation.time);
    KX_TRY(is_new, log_->append(operation));
    if (is_new) ++counts.operations;
  }
  if (!log_->take_county_change()) return {};
  KX_CHECK(log_->show_batch());
  has_new_keys_ = true;
  return refresh_visibility();
}

Status LocalStore::refresh_visibility() {
  KX_TRY(now, projection_->read_visibility(county_->known().county));
  if (now == log_->visibility()) return {};
  const history::Visibility& before = log_->visibility();
  // What becomes hidden matters when it is here or waited for. What is released may not be here, and those that were
  // shown on top of it must wait; and of a county that was not known before everything was hidden.
  if (now.county() != before.county() || !history::ranges_without(before, now).empty()) log_->defer();
  for (const auto& [writer, ranges] : history::ranges_without(now, before)) {
    const auto index = dictionary_->find_writer(writer);
    if (!index.has_value()) continue;
    for (const history::SequenceRange& range : ranges) {
      KX_TRY(is_touched, log_->is_touched(operation_key(*index, range.first), operation_key(*index, range.last)));
      if (is_touched) log_->defer();
    }
  }
  log_->set_visibility(std::move(now));
  return {};
}

Status LocalStore::retry(std::int64_t writer_index, ApplyCounts& counts) {
  for (bool has_kept = true; has_kept;) {
    has_kept = false;
    KX_TRY(end, frames_->end_of(writer_index));
    KX_TRY(waiting, frames_->set_aside_until(writer_index, end.through + 1));
    for (const FrameLog::Waiting& one : waiting) {
      KX_TRY(frame, frames::parse_frame(one.bytes));
      KX_TRY(fate, place(frame, one.county_sequence, counts));
      if (fate == Fate::set_aside) continue;
      KX_CHECK(frames_->drop_set_aside(one.index));
      has_kept = has_kept || fate == Fate::kept;
    }
  }
  return {};
}

Status LocalStore::retry_everybody(ApplyCounts& counts) {
  // What is taken up may introduce further writers.
  do {
    has_new_keys_ = false;
    KX_TRY(writers, frames_->writers_set_aside());
    for (const std::int64_t writer : writers) KX_CHECK(retry(writer, counts));
  } while (has_new_keys_);
  return {};
}

Status LocalStore::settle() {
  has_new_keys_ = false;
  KX_CHECK(log_->end_batch());
  return log_->is_deferred() && !is_behind_ ? reproject() : Status();
}

Status LocalStore::settle_now() {
  has_new_keys_ = false;
  KX_CHECK(log_->end_batch());
  return log_->is_deferred() ? reproject() : Status();
}

}  // namespace kuangxun::sqlite
