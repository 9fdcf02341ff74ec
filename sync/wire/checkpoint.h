#pragma once

#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "sync/wire/fields.h"

namespace kuangxun::wire {

// The county's signed word on everything it held at a moment: the root of the Merkle tree over its first `size` frames.
// Laptops keep the newest; a county that later shows another history contradicts its own signature.
struct Checkpoint {
  Uuid county;
  std::uint32_t incarnation = 0;
  std::uint64_t size = 0;
  Hash root;
  std::int64_t county_time_ms = 0;
  std::uint32_t county_epoch = 0;  // says which of the county's keys signed
  bool operator==(const Checkpoint&) const = default;
  static constexpr auto fields() {
    return std::tuple(field(&Checkpoint::county), field(&Checkpoint::incarnation), field(&Checkpoint::size),
                      field(&Checkpoint::root), field(&Checkpoint::county_time_ms), field(&Checkpoint::county_epoch));
  }
};

Bytes seal_checkpoint(const Checkpoint& checkpoint, const SigningKey& county_key);
// refused when it is not the county's, bad_input when it is no checkpoint.
Result<Checkpoint> open_checkpoint(ByteView bytes, const frames::KnownCounty& county);

}  // namespace kuangxun::wire
