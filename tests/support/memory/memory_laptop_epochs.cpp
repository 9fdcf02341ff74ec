#include <algorithm>
#include <cassert>

#include "tests/support/memory/memory_laptop_store.h"
#include "tests/support/memory/memory_laptop_transaction.h"

// How a memory laptop goes on in another epoch.
namespace kuangxun::tests {
using history::OperationId;

Result<frames::NextEpoch> MemoryLaptopStore::prepare_epoch(std::uint32_t not_before) {
  std::uint32_t newest = std::max(state_.epoch, not_before);
  const auto hear_of = [&](const history::WriterId& writer) {
    if (writer.device == own_writer().device) newest = std::max(newest, writer.epoch);
  };
  for (const auto& [writer, frames] : state_.chains) hear_of(writer);
  for (const auto& [id, operation] : state_.operations) {
    for (const OperationId& base : operation->bases) hear_of(base.writer);
  }
  const std::uint32_t epoch = newest + 1;
  if (state_.prepared_epoch != epoch) {
    Transaction transaction(*this);
    KX_CHECK(write());
    state_.prepared_key = std::make_shared<const SigningKey>(SigningKey::generate(world_.random));
    state_.prepared_epoch = epoch;
    transaction.commit();
  }
  const PublicKey& key = state_.prepared_key->public_key();
  return frames::NextEpoch{epoch, key,
                           state_.prepared_key->sign(frames::new_epoch_statement(own_writer(), epoch, key))};
}

Status MemoryLaptopStore::enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) {
  assert(next.epoch == state_.prepared_epoch && next.key == state_.prepared_key->public_key());
  Transaction transaction(*this);
  KX_CHECK(rehome(next.epoch, state_.prepared_key, first_lost));
  state_.prepared_key.reset();
  state_.prepared_epoch = 0;
  frames::ApplyCounts counts;
  KX_CHECK(retry_waiting(counts));
  transaction.commit();
  return {};
}

std::optional<PublicKey> MemoryLaptopStore::own_key(std::uint32_t epoch) {
  const auto known = state_.own_keys.find(epoch);
  return known == state_.own_keys.end() ? std::nullopt : std::optional(known->second);
}

Result<SigningKey> MemoryLaptopStore::prepared_key() {
  if (state_.prepared_key == nullptr) return Error(ErrorCode::not_found, "no new key is prepared");
  return SigningKey::from_seed(state_.prepared_key->seed());
}

// Own operations from `first_lost` on are written anew with their bases mapped; frames that held them are evidence.
Status MemoryLaptopStore::rehome(std::uint32_t epoch, std::shared_ptr<const SigningKey> key, std::uint64_t first_lost) {
  const history::WriterId before = own_writer();
  // A frame is lost as a whole.
  for (const HeldFrame& frame : state_.chains[before]) {
    if (frame.first <= first_lost && first_lost <= frame.last) first_lost = frame.first;
  }
  std::vector<OperationPointer> lost;
  for (auto one = state_.operations.lower_bound({before, first_lost});
       one != state_.operations.end() && one->first.writer == before; ++one) {
    lost.push_back(one->second);
  }
  KX_CHECK(write());
  displace(before, first_lost);
  for (const OperationPointer& operation : lost) take_away(operation->id);
  KX_CHECK(write());
  state_.epoch = epoch;
  state_.own_keys[epoch] = key->public_key();
  state_.key = std::move(key);
  std::map<OperationId, OperationId> moved;
  for (const OperationPointer& operation : lost) {
    history::Operation again = *operation;
    again.id = {own_writer(), moved.size() + 1};
    for (OperationId& base : again.bases) {
      if (const auto found = moved.find(base); found != moved.end()) base = found->second;
    }
    std::ranges::sort(again.bases);
    again.person_signature.reset();  // it named the old place
    moved.emplace(operation->id, again.id);
    assert(!state_.operations.contains(again.id) && "nobody has written under the new epoch");
    KX_CHECK(add(std::make_shared<const history::Operation>(std::move(again))));
  }
  // What is being typed names what the person saw, under its old name.
  for (auto& [name, pending] : state_.pending) {
    for (OperationId& base : pending.edit.seen) {
      if (const auto found = moved.find(base); found != moved.end()) base = found->second;
    }
    std::ranges::sort(pending.edit.seen);
  }
  visible_.forget();
  return {};
}

}  // namespace kuangxun::tests
