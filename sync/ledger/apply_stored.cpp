#include "sync/ledger/apply_stored.h"

#include "db/base/limits.h"
#include "db/frames/frame.h"
#include "sync/ledger/county_writer.h"
#include "sync/ledger/decisions.h"
#include "sync/ledger/merge_batch.h"
#include "sync/ledger/reshow.h"

// In the order of the county's sequence, whichever process applies, so that what comes out does not depend on who did.
// What the county objects to is written into its chain in the same transaction: nobody ever sees it neither shown nor
// decided about.
namespace kuangxun::ledger {
namespace {

// A frame on its way into the tables.
struct Waiting {
  ports::StoredFrame stored;
  std::size_t operations = 0;  // its place in the list of those that could be read
  std::string trouble;         // why it could not
};

struct Batch {
  std::vector<Waiting> frames;
  std::vector<std::vector<history::Operation>> operations;
};

Result<Batch> read_batch(const County& county, std::vector<ports::StoredFrame> found) {
  Batch batch;
  for (ports::StoredFrame& stored : found) {
    if (county.is_county(stored.writer)) continue;  // shown when it was stored
    KX_TRY(frame, frames::parse_frame(std::move(stored.bytes)));
    stored.bytes.clear();
    Waiting waiting{std::move(stored), batch.operations.size(), {}};
    auto operations = frames::decode_operations(frame);
    if (operations.ok()) {
      batch.operations.push_back(std::move(operations).value());
    } else {
      waiting.trouble = operations.error().message();
    }
    batch.frames.push_back(std::move(waiting));
  }
  return batch;
}

std::vector<CountyEdit> decide(const County& county, const std::vector<ObjectionRun>& runs) {
  std::vector<CountyEdit> edits;
  for (const ObjectionRun& run : runs) {
    for (CountyEdit& edit : hiding_edits(county, run.writer, run.range, run.objection))
      edits.push_back(std::move(edit));
  }
  return edits;
}

// Whether a frame is the county's own and was not shown when it was stored, as those are that a backup or a package
// from below brought.
Result<bool> is_unshown(County& county, const ports::StoredFrame& stored) {
  if (!county.is_county(stored.writer)) return false;
  KX_TRY(chains, county.store().chains({&stored.writer, 1}));
  return stored.last_sequence > chains.front().merged_through;
}

// Shows one such frame in its place in the sequence, so that what comes behind it finds people's keys and decisions as
// they were.
Status show_late(County& county, CountyTransaction& transaction, ports::StoredFrame stored) {
  KX_CHECK(transaction.also_store());
  KX_TRY(frame, frames::parse_frame(std::move(stored.bytes)));
  auto operations = frames::decode_operations(frame);
  if (operations.ok()) {
    const std::vector<std::vector<history::Operation>> one = {std::move(operations).value()};
    KX_CHECK(show_county_operations(county, one));
  }
  return county.store().set_applied(stored.county_sequence);
}

}  // namespace

Result<ApplyProgress> apply_stored(County& county, std::uint32_t frames_max) {
  // Looked at first without the lock: mostly there is nothing to do.
  KX_CHECK(county.refresh());
  if (county.state().applied_sequence >= county.state().latest_sequence()) return ApplyProgress{};
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  const std::uint64_t after = county.state().applied_sequence;
  KX_TRY(page, county.store().page(after, {}, {limits::apply_bytes_max, frames_max, 0}));
  if (page.frames.empty()) return ApplyProgress{};
  for (std::size_t i = 0; i < page.frames.size(); ++i) {
    KX_TRY(is_late, is_unshown(county, page.frames[i]));
    if (!is_late) continue;
    if (i == 0) {
      KX_CHECK(show_late(county, transaction, std::move(page.frames.front())));
      KX_CHECK(transaction.commit());
      return ApplyProgress{1, page.frames.size() == 1 && !page.has_more};
    }
    page.frames.resize(i);
    page.has_more = true;
    break;
  }
  const std::uint64_t through = page.frames.back().county_sequence;
  ApplyProgress progress{static_cast<std::uint32_t>(page.frames.size()), !page.has_more};
  KX_TRY(batch, read_batch(county, std::move(page.frames)));
  MergeBatch merge(county);
  KX_CHECK(merge.load(batch.operations));
  for (const Waiting& waiting : batch.frames) {
    const ports::StoredFrame& stored = waiting.stored;
    KX_CHECK(waiting.trouble.empty()
                 ? merge.merge(batch.operations[waiting.operations])
                 : merge.pass_over(stored.writer, {stored.first_sequence, stored.last_sequence}, waiting.trouble));
  }
  KX_CHECK(merge.finish());
  if (!merge.released().empty()) KX_CHECK(reshow(county, merge.released()));
  KX_CHECK(county.store().set_applied(through));
  if (const auto edits = decide(county, merge.objections()); !edits.empty()) {
    KX_CHECK(write_as_county(county, transaction, edits));
  }
  KX_CHECK(transaction.commit());
  return progress;
}

Status apply_all(County& county) {
  for (;;) {
    KX_TRY(progress, apply_stored(county, limits::apply_frames_max));
    if (progress.is_done) return {};
  }
}

}  // namespace kuangxun::ledger
