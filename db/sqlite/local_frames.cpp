#include <algorithm>

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/sqlite/local_store.h"

// The half of the laptop's store that seals frames, gives them away, and keeps what the county says.
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

Result<std::uint64_t> LocalStore::last_sequence(std::int64_t writer_index) {
  KX_TRY(select,
         database_->statement("SELECT operation_key FROM operation WHERE operation_key > ? AND operation_key < ? "
                              "ORDER BY operation_key DESC LIMIT 1"));
  select->bind(0, writer_index << sequence_bits);
  select->bind(1, (writer_index + 1) << sequence_bits);
  KX_TRY(row, select->step());
  const std::uint64_t last = row ? sequence_of(select->integer(0)) : 0;
  select->reset();
  return last;
}

Status LocalStore::seal() {
  KX_CHECK(promote_pending());
  return in_transaction([&] { return seal_own(); });
}

Status LocalStore::seal_own() {
  const auto own = dictionary_->find_writer(own_writer_);
  if (!own.has_value()) return {};
  KX_TRY(end, frames_->end_of(*own));
  KX_TRY(last, last_sequence(*own));
  if (last <= end.through) return {};
  if (!key_.has_value()) return Error(ErrorCode::unavailable, key_problem_);
  KX_TRY(receipt, county_->newest_receipt(0));
  const Hash held = receipt.empty() ? Hash{} : sha256(receipt);
  std::vector<history::Operation> batch;
  std::size_t weight = 0;
  for (std::uint64_t sequence = end.through + 1; sequence <= last; ++sequence) {
    KX_TRY(operation, log_->read(operation_key(*own, sequence)));
    weight += weight_of(operation);
    batch.push_back(std::move(operation));
    const bool is_full = batch.size() == limits::frame_operations_max || weight >= sealed_bytes_soft_max;
    if (!is_full && sequence != last) continue;
    const frames::Frame frame = frames::seal_frame(batch, end.last_frame, held, *key_);
    KX_CHECK(frames_->insert(frame, 0, true));
    end.last_frame = frame.hash();
    batch.clear();
    weight = 0;
  }
  return {};
}

Result<std::vector<Bytes>> LocalStore::frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                                    std::size_t bytes_max) {
  const auto index = dictionary_->find_writer(writer);
  if (!index.has_value()) return std::vector<Bytes>();
  return frames_->frames_after(*index, after_sequence, bytes_max);
}

Result<std::optional<frames::ChainHead>> LocalStore::head_of(std::int64_t writer_index) {
  KX_TRY(end, frames_->end_of(writer_index));
  std::optional<frames::ChainHead> head;
  if (end.through > 0) head = frames::ChainHead{dictionary_->writer(writer_index), end.through, end.last_frame};
  return head;
}

Result<std::vector<frames::ChainHead>> LocalStore::chains() {
  std::vector<frames::ChainHead> chains;
  for (std::size_t index = 1; index <= dictionary_->writers(); ++index) {
    KX_TRY(head, head_of(static_cast<std::int64_t>(index)));
    if (head.has_value() && head->writer != frames::pinned_writer()) chains.push_back(*head);
  }
  const auto is_countys = [&](const frames::ChainHead& head) { return head.writer.device == county_->known().county; };
  std::ranges::sort(chains, [&](const frames::ChainHead& a, const frames::ChainHead& b) {
    return is_countys(a) != is_countys(b) ? is_countys(a) : a.writer < b.writer;
  });
  return chains;
}

Result<std::vector<frames::ChainHead>> LocalStore::unsent_chains() {
  std::vector<frames::ChainHead> unsent;
  for (const OwnEpoch& epoch : epochs_->all()) {
    const auto index = dictionary_->find_writer({epochs_->device(), epoch.epoch});
    if (epoch.state != EpochState::left || !index.has_value()) continue;
    KX_TRY(head, head_of(*index));
    KX_TRY(numbered, frames_->numbered_through(*index));
    if (head.has_value() && head->through > std::max(numbered, epoch.stored_through)) unsent.push_back(*head);
  }
  return unsent;
}

Status LocalStore::note_progress(const frames::ChainProgress& progress) {
  const OwnEpoch* epoch = epochs_->find(progress.writer);
  assert(epoch != nullptr && "progress is of our own chains");
  const bool is_same =
      epoch->stored_through == progress.stored_through && epoch->applied_through == progress.applied_through;
  return in_transaction([&]() -> Status {
    KX_TRY(writer, dictionary_->writer_index(progress.writer));
    KX_CHECK(county_->add_receipt(writer, progress.stored_through, progress.receipt));
    if (is_same) return {};
    return epochs_->set_progress(progress.writer.epoch, progress.stored_through, progress.applied_through);
  });
}

Result<frames::ChainProgress> LocalStore::own_progress() {
  const OwnEpoch& epoch = epochs_->current();
  frames::ChainProgress progress{own_writer_, epoch.stored_through, epoch.applied_through, {}};
  const auto index = dictionary_->find_writer(own_writer_);
  if (!index.has_value()) return progress;
  KX_TRY(receipt, county_->newest_receipt(*index));
  progress.receipt = std::move(receipt);
  return progress;
}

Status LocalStore::note_county(const frames::KnownCounty& county) {
  return in_transaction([&]() -> Status {
    frames::ApplyCounts counts;
    KX_CHECK(county_->add(county));
    KX_CHECK(refresh_visibility());
    KX_CHECK(retry_everybody(counts));
    return settle_now();
  });
}

Status LocalStore::note_checkpoint(const Bytes& sealed) {
  return in_transaction([&] { return county_->set_newest_checkpoint(sealed); });
}

Status LocalStore::note_promise(const Bytes& sealed) {
  return in_transaction([&] { return county_->set_promised_checkpoint(sealed); });
}

Status LocalStore::start_over(std::uint32_t incarnation) {
  return in_transaction([&]() -> Status {
    KX_CHECK(county_->retire_checkpoint());
    KX_CHECK(county_->set_mark({incarnation, {}}));
    // The numbers were the old incarnation's, and what it stored may be gone.
    KX_CHECK(frames_->forget_county_sequences());
    return epochs_->forget_progress();
  });
}

Status LocalStore::note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) {
  return in_transaction([&] { return county_->add_contradiction(sealed_checkpoint, own_root); });
}

Result<std::uint64_t> LocalStore::hidden_own() {
  std::uint64_t hidden = 0;
  for (const auto& [writer, ranges] : log_->visibility().ranges()) {
    const auto index = dictionary_->find_writer(writer);
    if (epochs_->find(writer) == nullptr || !index.has_value()) continue;
    for (const history::SequenceRange& range : ranges) {
      KX_TRY(count, log_->count_between(operation_key(*index, range.first), operation_key(*index, range.last)));
      hidden += count;
    }
  }
  return hidden;
}

Status LocalStore::adopt_registers(const frames::Frame& pinned) {
  KX_CHECK(frames::verify_frame(pinned, PublicKey{}));
  KX_TRY(operations, frames::decode_operations(pinned));
  KX_CHECK(show_pulled());
  return in_transaction([&]() -> Status {
    KX_TRY(writer, dictionary_->writer_index(pinned.header.writer));
    KX_TRY(last, last_sequence(writer));
    if (last > 0) return {};
    KX_CHECK(frames_->insert(pinned, 0, true));
    for (const history::Operation& operation : operations) {
      KX_TRY(is_new, log_->append(operation));
      assert(is_new);
      static_cast<void>(is_new);
    }
    return {};
  });
}

}  // namespace kuangxun::sqlite
