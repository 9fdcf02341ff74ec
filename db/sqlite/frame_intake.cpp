#include "db/sqlite/frame_intake.h"

#include <algorithm>
#include <cassert>

#include "db/base/limits.h"
#include "db/language/language.h"

// All frames come from the county. The order in which they come does not matter; of two different ones for the same
// place the county's later word counts, and the other is kept as evidence.
//
// A new laptop takes in a whole county like this: each page is proved, placed and kept durably as any other, so that a
// kill or a cut costs one page; but what it shows is worked out once, for all pages together, when the pull ends or
// somebody looks. Until then the tables lag behind the rows of operations, and a setting says so.

namespace kuangxun::sqlite {

using frames::ApplyCounts;
using frames::Frame;

namespace {

// A page of fewer operations is shown as fast one by one.
constexpr std::uint64_t bulk_operations_min = 1000;

}  // namespace

Result<ApplyCounts> FrameIntake::apply(const std::vector<frames::SequencedFrame>& sequenced,
                                       const frames::CountyMark* after, Showing showing) {
  ApplyCounts counts;
  KX_TRY(is_bulk, begins_bulk(after == nullptr ? 0 : frames::operations_in(sequenced)));
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    has_new_keys_ = false;
    if (is_bulk) {
      KX_CHECK(memory_.set_behind(true));
      parts_.log.defer();
    }
    parts_.log.begin_batch();
    for (const frames::SequencedFrame& frame : sequenced) KX_CHECK(take(frame, counts));
    KX_CHECK(parts_.log.end_batch());
    if (showing == Showing::later && parts_.log.is_deferred()) KX_CHECK(memory_.set_behind(true));
    KX_CHECK(settle());
    // Our own frames may come home after this laptop was restored from a backup.
    KX_CHECK(memory_.load_next_sequence());
    return after == nullptr ? Status() : parts_.county.set_mark(*after);
  }));
  return counts;
}

Status FrameIntake::take(const frames::SequencedFrame& sequenced, ApplyCounts& counts) {
  const auto frame = frames::parse_frame(sequenced.bytes);
  if (!frame.ok()) {
    ++counts.quarantined;
    KX_TRY(is_new, parts_.frames.set_aside(sequenced.bytes, nullptr, sequenced.county_sequence, SetAside::unbelieved,
                                           frame.error().message()));
    static_cast<void>(is_new);
    return {};
  }
  KX_TRY(fate, place(*frame, sequenced.county_sequence, counts));
  if (fate == Fate::known) ++counts.duplicates;
  if (fate == Fate::set_aside) ++counts.quarantined;
  if (fate != Fate::kept || !parts_.frames.has_set_aside()) return {};
  KX_TRY(writer, parts_.dictionary.writer_index(frame->header.writer));
  return has_new_keys_ ? retry_everybody(counts) : retry(writer, counts);
}

Result<FrameIntake::Fate> FrameIntake::place(const Frame& frame, std::uint64_t county_sequence, ApplyCounts& counts) {
  KX_TRY(writer, parts_.dictionary.writer_index(frame.header.writer));
  KX_TRY(held, parts_.frames.hash_at(writer, frame.header.first_sequence));
  if (held == frame.hash()) {
    KX_CHECK(parts_.frames.note_county_sequence(writer, frame.header.first_sequence, county_sequence));
    return Fate::known;
  }
  const auto aside = [&](SetAside state, const std::string& reason) {
    return set_aside(frame, county_sequence, state, reason);
  };
  KX_TRY(keys, keys_.of(frame.header.writer));
  if (keys.empty()) {
    return aside(SetAside::key_unknown, say_text("the county has not introduced the device that wrote it yet"));
  }
  const Status proof = keys_.prove(frame);
  if (!proof.ok()) return aside(SetAside::unbelieved, proof.error().message());
  KX_TRY(end, parts_.frames.end_of(writer));
  if (frame.header.writer == parts_.own_writer) {
    KX_TRY(last, parts_.rows.last_sequence(writer));
    if (frame.header.first_sequence <= std::max(end.through, last)) {
      return aside(SetAside::own_fork, say_text("this laptop wrote something else there: its data were copied or "
                                                "restored"));
    }
  }
  if (frame.header.first_sequence <= end.through) {
    KX_CHECK(displace(writer, frame.header.first_sequence));
    KX_TRY(left, parts_.frames.end_of(writer));
    end = left;
  }
  if (frame.header.first_sequence != end.through + 1 || frame.header.previous != end.last_frame) {
    return aside(SetAside::chain_gap, say_text("the frame that it continues has not come yet"));
  }
  KX_CHECK(keep(frame, county_sequence, counts));
  return Fate::kept;
}

// The county's copy of a chain counts. Ours, from before it was restored, becomes evidence and is not shown any more.
Status FrameIntake::displace(std::int64_t writer_index, std::uint64_t first_sequence) {
  KX_TRY(of_frame, parts_.frames.first_of_frame_with(writer_index, first_sequence));
  const std::uint64_t first = of_frame.value_or(first_sequence);
  KX_CHECK(parts_.log.show_batch());
  KX_CHECK(parts_.frames.fork_from(writer_index, first));
  KX_CHECK(parts_.rows.remove_between(operation_key(writer_index, first),
                                      operation_key(writer_index, limits::sequence_max)));
  parts_.log.defer();
  // Its own records decide what is done with the next frame already.
  return parts_.log.visibility().is_county(parts_.dictionary.writer(writer_index)) ? settle_now() : Status();
}

Result<FrameIntake::Fate> FrameIntake::set_aside(const Frame& frame, std::uint64_t county_sequence, SetAside state,
                                                 const std::string& reason) {
  KX_TRY(is_new, parts_.frames.set_aside(frame.bytes, &frame, county_sequence, state, reason));
  static_cast<void>(is_new);
  return Fate::set_aside;
}

Status FrameIntake::keep(const Frame& frame, std::uint64_t county_sequence, ApplyCounts& counts) {
  const auto operations = frames::decode_operations(frame);
  KX_CHECK(parts_.frames.insert(frame, county_sequence, operations.ok()));
  ++counts.frames;
  if (!operations.ok()) {
    // Signed and in its place: those behind it go on. A newer program may read it one day.
    ++counts.quarantined;
    return {};
  }
  for (const history::Operation& operation : *operations) {
    parts_.hybrid_clock.observe(operation.time);
    KX_TRY(is_new, parts_.log.append(operation));
    if (is_new) ++counts.operations;
  }
  if (!parts_.log.take_county_change()) return {};
  KX_CHECK(parts_.log.show_batch());
  has_new_keys_ = true;
  return refresh_visibility();
}

Status FrameIntake::refresh_visibility() {
  KX_TRY(now, parts_.projection.read_visibility(parts_.county.known().county));
  if (now == parts_.log.visibility()) return {};
  const history::Visibility& before = parts_.log.visibility();
  // What becomes hidden matters when it is here or waited for. What is released may not be here, and those that were
  // shown on top of it must wait; and of a county that was not known before everything was hidden.
  if (now.county() != before.county() || !history::ranges_without(before, now).empty()) parts_.log.defer();
  for (const auto& [writer, ranges] : history::ranges_without(now, before)) {
    const auto index = parts_.dictionary.find_writer(writer);
    if (!index.has_value()) continue;
    for (const history::SequenceRange& range : ranges) {
      KX_TRY(is_touched, parts_.log.is_touched(operation_key(*index, range.first), operation_key(*index, range.last)));
      if (is_touched) parts_.log.defer();
    }
  }
  parts_.log.set_visibility(std::move(now));
  return {};
}

Status FrameIntake::retry(std::int64_t writer_index, ApplyCounts& counts) {
  for (bool has_kept = true; has_kept;) {
    has_kept = false;
    KX_TRY(end, parts_.frames.end_of(writer_index));
    KX_TRY(waiting, parts_.frames.set_aside_until(writer_index, end.through + 1));
    for (const FrameLog::Waiting& one : waiting) {
      KX_TRY(frame, frames::parse_frame(one.bytes));
      KX_TRY(fate, place(frame, one.county_sequence, counts));
      if (fate == Fate::set_aside) continue;
      KX_CHECK(parts_.frames.drop_set_aside(one.index));
      has_kept = has_kept || fate == Fate::kept;
    }
  }
  return {};
}

Status FrameIntake::retry_everybody(ApplyCounts& counts) {
  // What is taken up may introduce further writers.
  do {
    has_new_keys_ = false;
    KX_TRY(writers, parts_.frames.writers_set_aside());
    for (const std::int64_t writer : writers) KX_CHECK(retry(writer, counts));
  } while (has_new_keys_);
  return {};
}

Status FrameIntake::settle() {
  has_new_keys_ = false;
  KX_CHECK(parts_.log.end_batch());
  return parts_.log.is_deferred() && !parts_.is_behind ? builder_.reproject() : Status();
}

Status FrameIntake::settle_now() {
  has_new_keys_ = false;
  KX_CHECK(parts_.log.end_batch());
  return parts_.log.is_deferred() ? builder_.reproject() : Status();
}

Status FrameIntake::begin_page(std::uint64_t operations) {
  KX_TRY(is_bulk, begins_bulk(operations));
  if (!is_bulk) return {};
  return memory_.in_transaction([&]() -> Status {
    KX_CHECK(memory_.set_behind(true));
    parts_.log.defer();
    return {};
  });
}

Result<bool> FrameIntake::begins_bulk(std::uint64_t arriving) {
  if (parts_.is_behind) return false;
  if (arriving < bulk_operations_min) return false;
  // Showing everything anew must not cost more than showing the page.
  std::uint64_t here = 0;
  for (std::size_t writer = 1; writer <= parts_.dictionary.writers(); ++writer) {
    KX_TRY(last, parts_.rows.last_sequence(static_cast<std::int64_t>(writer)));
    here += last;
  }
  return here < arriving;
}

Status FrameIntake::note_county(const frames::KnownCounty& county) {
  return memory_.in_transaction([&]() -> Status {
    has_new_keys_ = false;
    frames::ApplyCounts counts;
    KX_CHECK(parts_.county.add(county));
    KX_CHECK(refresh_visibility());
    KX_CHECK(retry_everybody(counts));
    return settle_now();
  });
}

Status FrameIntake::adopt_registers(const frames::Frame& pinned) {
  KX_CHECK(frames::verify_frame(pinned, PublicKey{}));
  KX_TRY(operations, frames::decode_operations(pinned));
  return memory_.in_transaction([&]() -> Status {
    KX_TRY(writer, parts_.dictionary.writer_index(pinned.header.writer));
    KX_TRY(last, parts_.rows.last_sequence(writer));
    if (last > 0) return {};
    KX_CHECK(parts_.frames.insert(pinned, 0, true));
    for (const history::Operation& operation : operations) {
      KX_TRY(is_new, parts_.log.append(operation));
      assert(is_new);
      static_cast<void>(is_new);
    }
    return {};
  });
}

}  // namespace kuangxun::sqlite
