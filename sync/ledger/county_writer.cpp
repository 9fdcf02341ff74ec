#include "sync/ledger/county_writer.h"

#include <algorithm>

#include "db/base/limits.h"
#include "sync/ledger/intake.h"
#include "sync/ledger/merge_batch.h"
#include "sync/ledger/reshow.h"

namespace kuangxun::ledger {
namespace {

// Small frames, so that a laptop on a bad link gets each of them whole.
constexpr std::size_t county_frame_operations_max = 256;

// Based on the heads that the registry knows, like the edit of a person who saw them: so a decision replaces the one
// before it on every laptop by the same merge as everything else.
std::vector<history::Operation> compose(const County& county, std::span<const CountyEdit> edits,
                                        std::uint64_t first_sequence) {
  std::vector<history::Operation> operations;
  for (const CountyEdit& edit : edits) {
    history::Operation operation;
    operation.id = {county.writer(), first_sequence + operations.size()};
    operation.time = {county.clock().now_ms(), static_cast<std::uint16_t>(operations.size())};
    operation.record = edit.record;
    operation.kind = edit.kind;
    operation.group = edit.group;
    operation.bases = county.registry().seen(edit.record, edit.group);
    operation.values = edit.values;
    operations.push_back(std::move(operation));
  }
  return operations;
}

// What one of them covers and the other does not.
history::WriterRanges differences(const history::Visibility& before, const history::Visibility& after) {
  history::WriterRanges all = history::ranges_without(before, after);
  for (const auto& [writer, ranges] : history::ranges_without(after, before)) {
    all[writer].insert(all[writer].end(), ranges.begin(), ranges.end());
  }
  return all;
}

}  // namespace

Status write_as_county(County& county, CountyTransaction& transaction, std::span<const CountyEdit> edits) {
  KX_CHECK(transaction.also_store());
  county.begin_own_epoch();
  while (!edits.empty()) {
    const auto some = edits.first(std::min(edits.size(), county_frame_operations_max));
    edits = edits.subspan(some.size());
    Intake intake(county);
    KX_TRY(chain, intake.chain(county.writer()));
    std::vector<std::vector<history::Operation>> frames = {compose(county, some, chain->stored_through + 1)};
    frames::Frame frame = frames::seal_frame(frames.front(), chain->last_frame, Hash{}, county.key());
    const Hash hash = frame.hash();
    KX_CHECK(intake.take({std::move(frame), hash, frames.front()}));
    KX_CHECK(intake.finish());
    KX_CHECK(show_county_operations(county, frames));
  }
  return {};
}

Status show_county_operations(County& county, std::span<const std::vector<history::Operation>> frames) {
  MergeBatch batch(county);
  KX_CHECK(batch.load(frames));
  for (const auto& operations : frames) KX_CHECK(batch.merge(operations));
  KX_CHECK(batch.finish());
  const history::Visibility before = county.registry().visibility();
  KX_CHECK(county.reload_registry());
  return reshow(county, differences(before, county.registry().visibility()));
}

}  // namespace kuangxun::ledger
