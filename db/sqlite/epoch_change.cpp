#include "db/sqlite/epoch_change.h"

#include <algorithm>
#include <cassert>
#include <map>

#include "db/base/limits.h"
#include "db/language/language.h"

// The old chain stays as it was signed. What it cannot carry is written anew under the new key, with the bases mapped,
// and the old form is kept beside it: whoever asks can see that it is the same.

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

Result<frames::NextEpoch> EpochChange::prepare(std::uint32_t not_before) {
  const std::uint32_t after = std::max(not_before, newest_epoch_heard_of(parts_.dictionary, parts_.own_writer));
  const OwnEpoch* prepared = parts_.epochs.prepared();
  if (prepared == nullptr || prepared->epoch != after + 1 || !parts_.epochs.read_key(*prepared).ok()) {
    KX_CHECK(memory_.in_transaction([&]() -> Status {
      KX_CHECK(parts_.epochs.prepare(after + 1, parts_.random));
      return parts_.epochs.load();
    }));
    prepared = parts_.epochs.prepared();
  }
  KX_TRY(key, parts_.epochs.read_key(*prepared));
  const Bytes statement = frames::new_epoch_statement(parts_.own_writer, prepared->epoch, prepared->key);
  return frames::NextEpoch{prepared->epoch, prepared->key, key.sign(statement)};
}

std::optional<PublicKey> EpochChange::own_key(std::uint32_t epoch) const {
  const OwnEpoch* own = parts_.epochs.find({parts_.epochs.device(), epoch});
  return own == nullptr ? std::nullopt : std::optional(own->key);
}

Result<SigningKey> EpochChange::prepared_key() const {
  const OwnEpoch* prepared = parts_.epochs.prepared();
  if (prepared == nullptr) {
    return Error(ErrorCode::not_found, phrase("no new key is prepared"));
  }
  return parts_.epochs.read_key(*prepared);
}

Result<std::uint64_t> EpochChange::first_to_move(std::int64_t former, std::uint64_t first_lost) {
  // What was not sealed yet cannot be sealed under the old key any more; of what was, whole frames go.
  KX_TRY(end, parts_.frames.end_of(former));
  const std::uint64_t first = std::min(end.through + 1, std::max<std::uint64_t>(first_lost, 1));
  KX_TRY(of_frame, parts_.frames.first_of_frame_with(former, first));
  return of_frame.value_or(first);
}

Status EpochChange::enter(const frames::NextEpoch& next, std::uint64_t first_lost) {
  const OwnEpoch* prepared = parts_.epochs.prepared();
  if (prepared == nullptr || prepared->epoch != next.epoch || prepared->key != next.key) {
    return Error(ErrorCode::bad_input, phrase("this laptop has not prepared the key of this epoch"));
  }
  // Its key must be readable before anything relies on it.
  KX_TRY(key, parts_.epochs.read_key(*prepared));
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    const history::WriterId into{parts_.epochs.device(), next.epoch};
    KX_TRY(former, parts_.dictionary.writer_index(parts_.own_writer));
    KX_TRY(first, first_to_move(former, first_lost));
    const OperationKey first_key = operation_key(former, first);
    const OperationKey last_key = operation_key(former, limits::sequence_max);
    KX_TRY(keys, parts_.rows.keys_between(first_key, last_key));
    std::vector<Operation> operations;
    for (const OperationKey one : keys) {
      KX_TRY(operation, parts_.rows.read(one));
      operations.push_back(std::move(operation));
    }
    parts_.log.defer();
    KX_CHECK(parts_.frames.fork_from(former, first));
    KX_CHECK(parts_.rows.remove_between(first_key, last_key));
    KX_CHECK(rehome(operations, into));
    KX_CHECK(parts_.epochs.enter(next.epoch));
    parts_.own_writer = into;
    // What the county holds in the place of ours may have come already.
    frames::ApplyCounts counts;
    KX_CHECK(intake_.retry(former, counts));
    return intake_.settle();
  }));
  return memory_.load();
}

Status EpochChange::rehome(const std::vector<Operation>& operations, const history::WriterId& into) {
  std::map<OperationId, OperationId> mapped;
  KX_TRY(writer, parts_.dictionary.writer_index(into));
  KX_TRY(last, parts_.rows.last_sequence(writer));
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
    editor_.sign_for_person(operation);
    const bool has_lost_signature = original.person_signature.has_value() && !operation.person_signature.has_value();
    KX_TRY(record, parts_.dictionary.record_entry(operation.record, operation.kind));
    KX_TRY(bases, parts_.dictionary.keys_of(operation.bases));
    KX_TRY(key, parts_.dictionary.key_of(operation.id));
    KX_TRY(is_new, parts_.rows.insert(key, cell_key(record.index, operation.group), operation, bases));
    assert(is_new);
    static_cast<void>(is_new);
    KX_CHECK(parts_.rehomed.note(original, key, has_lost_signature));
  }
  return {};
}

}  // namespace kuangxun::sqlite
