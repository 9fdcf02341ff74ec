#include "db/sqlite/chain_keeper.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "db/base/limits.h"

// What was sealed is signed once and given away verbatim for ever; so sealing takes what is there in its order and
// never looks back, and giving away copies bytes.

namespace kuangxun::sqlite {
namespace {

// Payloads of a sealed frame stay near this size, so that a frame fits a bad link.
constexpr std::size_t sealed_bytes_soft_max = 1 << 20;

std::size_t weight_of(const history::Operation& operation) {
  std::size_t bytes = 64 + operation.bases.size() * 12;
  for (const records::FieldValue& value : operation.values) {
    if (const auto* text = std::get_if<std::string>(&value.value)) bytes += text->size();
    if (const auto* blob = std::get_if<Bytes>(&value.value)) bytes += blob->size();
    if (const auto* opaque = std::get_if<records::OpaqueValue>(&value.value)) bytes += opaque->bytes.size();
  }
  return bytes;
}

}  // namespace

Status ChainKeeper::seal() {
  KX_TRY(has_more, seal_some(std::numeric_limits<std::size_t>::max()));
  assert(!has_more);
  static_cast<void>(has_more);
  return {};
}

Result<bool> ChainKeeper::seal_some(std::size_t frames_max) {
  bool has_more = false;
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    KX_TRY(is_cut, seal_own(frames_max));
    has_more = is_cut;
    return {};
  }));
  return has_more;
}

Result<bool> ChainKeeper::seal_own(std::size_t frames_max) {
  const auto own = parts_.dictionary.find_writer(parts_.own_writer);
  if (!own.has_value()) return false;
  KX_TRY(end, parts_.frames.end_of(*own));
  KX_TRY(last, parts_.rows.last_sequence(*own));
  if (last <= end.through) return false;
  if (!parts_.key.has_value()) return Error(ErrorCode::unavailable, parts_.key_problem);
  KX_TRY(receipt, parts_.county.newest_receipt(0));
  const Hash held = receipt.empty() ? Hash{} : sha256(receipt);
  std::vector<history::Operation> batch;
  std::size_t weight = 0;
  for (std::uint64_t sequence = end.through + 1; sequence <= last; ++sequence) {
    KX_TRY(operation, parts_.rows.read(operation_key(*own, sequence)));
    weight += weight_of(operation);
    batch.push_back(std::move(operation));
    const bool is_full = batch.size() == limits::frame_operations_max || weight >= sealed_bytes_soft_max;
    if (!is_full && sequence != last) continue;
    const frames::Frame frame = frames::seal_frame(batch, end.last_frame, held, *parts_.key);
    KX_CHECK(parts_.frames.insert(frame, 0, true));
    end.last_frame = frame.hash();
    batch.clear();
    weight = 0;
    if (--frames_max == 0) return sequence != last;
  }
  return false;
}

Result<std::vector<Bytes>> ChainKeeper::frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                                     std::size_t bytes_max) {
  const auto index = parts_.dictionary.find_writer(writer);
  if (!index.has_value()) return std::vector<Bytes>();
  return parts_.frames.frames_after(*index, after_sequence, bytes_max);
}

Result<std::optional<frames::ChainHead>> ChainKeeper::head_of(std::int64_t writer_index) {
  KX_TRY(end, parts_.frames.end_of(writer_index));
  std::optional<frames::ChainHead> head;
  if (end.through > 0) head = frames::ChainHead{parts_.dictionary.writer(writer_index), end.through, end.last_frame};
  return head;
}

Result<std::vector<frames::ChainHead>> ChainKeeper::chains() {
  std::vector<frames::ChainHead> chains;
  for (std::size_t index = 1; index <= parts_.dictionary.writers(); ++index) {
    KX_TRY(head, head_of(static_cast<std::int64_t>(index)));
    if (head.has_value() && head->writer != frames::pinned_writer()) chains.push_back(*head);
  }
  // The county's first: what introduces devices and decides about them must be there before what it speaks of.
  const auto is_countys = [&](const frames::ChainHead& head) {
    return head.writer.device == parts_.county.known().county;
  };
  std::ranges::sort(chains, [&](const frames::ChainHead& a, const frames::ChainHead& b) {
    return is_countys(a) != is_countys(b) ? is_countys(a) : a.writer < b.writer;
  });
  return chains;
}

Result<std::vector<frames::ChainHead>> ChainKeeper::unsent_chains() {
  std::vector<frames::ChainHead> unsent;
  for (const OwnEpoch& epoch : parts_.epochs.all()) {
    const auto index = parts_.dictionary.find_writer({parts_.epochs.device(), epoch.epoch});
    if (epoch.state != EpochState::left || !index.has_value()) continue;
    KX_TRY(head, head_of(*index));
    KX_TRY(numbered, parts_.frames.numbered_through(*index));
    if (head.has_value() && head->through > std::max(numbered, epoch.stored_through)) unsent.push_back(*head);
  }
  return unsent;
}

// Every receipt is kept, also one that changes no number: the newest one's hash goes into the frames that are sealed
// next and says of them "not before".
Status ChainKeeper::note_progress(const frames::ChainProgress& progress) {
  const OwnEpoch* epoch = parts_.epochs.find(progress.writer);
  assert(epoch != nullptr && "progress is of our own chains");
  const bool is_same =
      epoch->stored_through == progress.stored_through && epoch->applied_through == progress.applied_through;
  return memory_.in_transaction([&]() -> Status {
    KX_TRY(writer, parts_.dictionary.writer_index(progress.writer));
    KX_CHECK(parts_.county.add_receipt(writer, progress.stored_through, progress.receipt));
    if (is_same) return {};
    return parts_.epochs.set_progress(progress.writer.epoch, progress.stored_through, progress.applied_through);
  });
}

Result<frames::ChainProgress> ChainKeeper::own_progress() {
  const OwnEpoch& epoch = parts_.epochs.current();
  frames::ChainProgress progress{parts_.own_writer, epoch.stored_through, epoch.applied_through, {}};
  const auto index = parts_.dictionary.find_writer(parts_.own_writer);
  if (!index.has_value()) return progress;
  KX_TRY(receipt, parts_.county.newest_receipt(*index));
  progress.receipt = std::move(receipt);
  return progress;
}

Status ChainKeeper::note_checkpoint(const Bytes& sealed) {
  return memory_.in_transaction([&] { return parts_.county.set_newest_checkpoint(sealed); });
}

Status ChainKeeper::note_promise(const Bytes& sealed) {
  return memory_.in_transaction([&] { return parts_.county.set_promised_checkpoint(sealed); });
}

Status ChainKeeper::start_over(std::uint32_t incarnation) {
  return memory_.in_transaction([&]() -> Status {
    KX_CHECK(parts_.county.retire_checkpoint());
    KX_CHECK(parts_.county.set_mark({incarnation, {}}));
    // The numbers were the old incarnation's, and what it stored may be gone.
    KX_CHECK(parts_.frames.forget_county_sequences());
    return parts_.epochs.forget_progress();
  });
}

Status ChainKeeper::note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) {
  return memory_.in_transaction([&] { return parts_.county.add_contradiction(sealed_checkpoint, own_root); });
}

}  // namespace kuangxun::sqlite
