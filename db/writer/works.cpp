#include "db/writer/works.h"

#include <algorithm>
#include <cassert>

namespace kuangxun::writer {
namespace {

// A laptop writes some 20,000 operations a second and makes a commit durable in a few milliseconds: so many a step keep
// well under Work::step_ms_max, and the commits cost a tenth of the work.
constexpr std::size_t edits_per_step = 400;
constexpr std::uint64_t operations_per_step = 600;

}  // namespace

Acting::Acting(sqlite::LocalStore& store, const Actor& actor) : store_(store) {
  store_.lock();
  if (actor.key == nullptr) return;
  auto key = SigningKey::from_seed(actor.key->seed());
  assert(key.ok() && "the seed of a key makes that key");
  if (key.ok()) store_.unlock(actor.person, std::move(*key));
}

Result<bool> CommitWork::step(sqlite::LocalStore& store, Progress& progress) {
  progress.records_total = wholes_.size();
  std::vector<history::Edit> edits;
  std::size_t until = done_;
  while (until < wholes_.size() && (edits.empty() || edits.size() + wholes_[until].size() <= edits_per_step)) {
    edits.insert(edits.end(), wholes_[until].begin(), wholes_[until].end());
    ++until;
  }
  const Acting acting(store, actor_);
  KX_CHECK(store.commit(edits, actor_.person));
  done_ = until;
  progress.records = done_;
  return done_ < wholes_.size();
}

Result<bool> SealWork::step(sqlite::LocalStore& store, Progress&) {
  return store.seal_next();
}

Result<bool> ShowWork::step(sqlite::LocalStore& store, Progress&) {
  return store.show_some();
}

Result<bool> RebuildWork::step(sqlite::LocalStore& store, Progress&) {
  if (stage_ == Stage::show) return store.show_some();
  if (stage_ == Stage::seal && !store.has_key()) stage_ = Stage::renew;
  KX_TRY(has_more, stage_ == Stage::seal ? store.seal_next() : store.renew_some(renewed_));
  if (!has_more) stage_ = stage_ == Stage::seal ? Stage::renew : Stage::show;
  return true;
}

ApplyWork::ApplyWork(std::vector<frames::SequencedFrame> frames, std::optional<frames::CountyMark> after,
                     frames::ApplyCounts& counts)
    : frames_(std::move(frames)), after_(std::move(after)), counts_(counts) {}

std::vector<frames::SequencedFrame> ApplyWork::next_part() {
  std::vector<frames::SequencedFrame> part;
  std::uint64_t operations = 0;
  for (; done_ < frames_.size(); ++done_) {
    const std::uint64_t more = frames::operations_in({&frames_[done_], 1});
    if (!part.empty() && operations + more > operations_per_step) break;
    operations += more;
    part.push_back(std::move(frames_[done_]));
  }
  return part;
}

Result<bool> ApplyWork::step(sqlite::LocalStore& store, Progress& progress) {
  if (is_showing_) return store.show_some();
  if (done_ == 0) {
    progress.records_total = frames_.size();
    if (after_.has_value()) KX_CHECK(store.begin_page(frames::operations_in(frames_)));
    was_behind_ = store.is_shown_behind();
  }
  const std::vector<frames::SequencedFrame> part = next_part();
  const bool is_last = done_ == frames_.size();
  KX_TRY(counts, store.apply_part(part, is_last && after_.has_value() ? &*after_ : nullptr));
  counts_.frames += counts.frames;
  counts_.operations += counts.operations;
  counts_.duplicates += counts.duplicates;
  counts_.quarantined += counts.quarantined;
  progress.records = done_;
  for (const frames::SequencedFrame& one : part) progress.bytes += one.bytes.size();
  is_showing_ = is_last && !was_behind_ && store.is_shown_behind();
  return !is_last || is_showing_;
}

}  // namespace kuangxun::writer
