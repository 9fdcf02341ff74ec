#include <algorithm>

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/frames/payload.h"
#include "db/sqlite/local_store.h"

// The epochs of this laptop: a new key after the old one was lost, or after it turned out that another copy of this
// laptop wrote under the same one.
namespace kuangxun::sqlite {

using history::Operation;
using history::OperationId;

namespace {

// A copy of this laptop may have gone on in a later epoch, and the county may have been restored from before it knew of
// that. What the copy wrote there, and what others base on it, must not be taken for ours.
std::uint32_t newest_epoch_heard_of(const Dictionary& dictionary, const history::WriterId& own) {
  std::uint32_t newest = own.epoch;
  for (std::size_t i = 1; i <= dictionary.writers(); ++i) {
    const history::WriterId& writer = dictionary.writer(static_cast<std::int64_t>(i));
    if (writer.device == own.device) newest = std::max(newest, writer.epoch);
  }
  return newest;
}

}  // namespace

Result<frames::NextEpoch> LocalStore::prepare_epoch(std::uint32_t not_before) {
  const std::uint32_t after = std::max(not_before, newest_epoch_heard_of(*dictionary_, own_writer_));
  const OwnEpoch* prepared = epochs_->prepared();
  if (prepared == nullptr || prepared->epoch != after + 1 || !epochs_->read_key(*prepared).ok()) {
    KX_CHECK(in_transaction([&]() -> Status {
      KX_CHECK(epochs_->prepare(after + 1, world_.random));
      return epochs_->load();
    }));
    prepared = epochs_->prepared();
  }
  KX_TRY(key, epochs_->read_key(*prepared));
  const Bytes statement = frames::new_epoch_statement(own_writer_, prepared->epoch, prepared->key);
  return frames::NextEpoch{prepared->epoch, prepared->key, key.sign(statement)};
}

std::optional<PublicKey> LocalStore::own_key(std::uint32_t epoch) {
  const OwnEpoch* own = epochs_->find({epochs_->device(), epoch});
  return own == nullptr ? std::nullopt : std::optional(own->key);
}

Result<SigningKey> LocalStore::prepared_key() {
  const OwnEpoch* prepared = epochs_->prepared();
  if (prepared == nullptr) {
    return Error(ErrorCode::not_found, say_text("没有准备好的新密钥", "no new key is prepared"));
  }
  return epochs_->read_key(*prepared);
}

Result<std::uint64_t> LocalStore::first_unsealed() {
  const auto own = dictionary_->find_writer(own_writer_);
  if (!own.has_value()) return std::uint64_t{1};
  KX_TRY(end, frames_->end_of(*own));
  return end.through + 1;
}

Status LocalStore::enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) {
  const OwnEpoch* prepared = epochs_->prepared();
  if (prepared == nullptr || prepared->epoch != next.epoch || prepared->key != next.key) {
    return Error(ErrorCode::bad_input,
                 say_text("本机没有准备过这个世代的密钥", "this laptop has not prepared the key of this epoch"));
  }
  // Its key must be readable before anything relies on it.
  KX_TRY(key, epochs_->read_key(*prepared));
  KX_CHECK(in_transaction([&]() -> Status {
    const history::WriterId into{epochs_->device(), next.epoch};
    KX_TRY(former, dictionary_->writer_index(own_writer_));
    // What was not sealed yet cannot be sealed under the old key any more; of what was, whole frames go.
    KX_TRY(first, first_unsealed());
    first = std::min(first, std::max<std::uint64_t>(first_lost, 1));
    KX_TRY(of_frame, frames_->first_of_frame_with(former, first));
    first = of_frame.value_or(first);
    const OperationKey first_key = operation_key(former, first);
    const OperationKey last_key = operation_key(former, limits::sequence_max);
    KX_TRY(keys, log_->keys_between(first_key, last_key));
    std::vector<Operation> operations;
    for (const OperationKey one : keys) {
      KX_TRY(operation, log_->read(one));
      operations.push_back(std::move(operation));
    }
    log_->defer();
    KX_CHECK(frames_->fork_from(former, first));
    KX_CHECK(log_->remove_between(first_key, last_key));
    KX_CHECK(rehome(operations, into));
    KX_CHECK(epochs_->enter(next.epoch));
    own_writer_ = into;
    // What the county holds in the place of ours may have come already.
    frames::ApplyCounts counts;
    KX_CHECK(retry(former, counts));
    return settle();
  }));
  return load();
}

Status LocalStore::rehome(const std::vector<Operation>& operations, const history::WriterId& into) {
  std::map<OperationId, OperationId> mapped;
  KX_TRY(writer, dictionary_->writer_index(into));
  KX_TRY(last, last_sequence(writer));
  for (const Operation& original : operations) {
    Operation operation = original;
    operation.id = {into, ++last};
    mapped[original.id] = operation.id;
    for (OperationId& base : operation.bases) {
      const auto known = mapped.find(base);
      if (known != mapped.end()) base = known->second;
    }
    std::ranges::sort(operation.bases);
    // The person signed the old place in the chain too.
    operation.person_signature.reset();
    sign_for_person(operation);
    const bool has_lost_signature = original.person_signature.has_value() && !operation.person_signature.has_value();
    KX_TRY(record, dictionary_->record_entry(operation.record, operation.kind));
    KX_TRY(bases, dictionary_->keys_of(operation.bases));
    KX_TRY(key, dictionary_->key_of(operation.id));
    KX_TRY(is_new, log_->insert_row(key, cell_key(record.index, operation.group), operation, bases));
    assert(is_new);
    static_cast<void>(is_new);
    KX_TRY(insert, database_->statement("INSERT INTO rehomed (former_key, operation_key, has_lost_signature, original) "
                                        "VALUES (?, ?, ?, ?)"));
    KX_TRY(former, dictionary_->key_of(original.id));
    const Bytes payload = frames::encode_payload({&original, 1});
    insert->bind(0, former);
    insert->bind(1, key);
    insert->bind(2, std::int64_t{has_lost_signature ? 1 : 0});
    insert->bind(3, ByteView(payload));
    KX_CHECK(insert->run());
  }
  return map_pending(mapped);
}

Status LocalStore::map_pending(const std::map<OperationId, OperationId>& mapped) {
  KX_TRY(rows, pending());
  for (history::PendingEdit& row : rows) {
    for (OperationId& seen : row.edit.seen) {
      const auto known = mapped.find(seen);
      if (known != mapped.end()) seen = known->second;
    }
    KX_CHECK(keep_pending(row));
  }
  return {};
}

}  // namespace kuangxun::sqlite
