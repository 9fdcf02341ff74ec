#pragma once

#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "db/history/operation.h"
#include "sync/wire/fields.h"

namespace kuangxun::wire {

// The county's word that it holds a chain up to a frame, and since when: "not after". The frames name it back as "not
// before". It covers the whole chain, because each frame carries the hash of the one before.
struct Receipt {
  Uuid county;
  history::WriterId writer;
  std::uint64_t stored_through = 0;
  std::uint64_t county_sequence = 0;  // of the frame
  Hash frame;
  std::int64_t county_time_ms = 0;
  std::uint32_t county_epoch = 0;  // says which of the county's keys signed
  static constexpr auto fields() {
    return std::tuple(field(&Receipt::county), field(&Receipt::writer), field(&Receipt::stored_through),
                      field(&Receipt::county_sequence), field(&Receipt::frame), field(&Receipt::county_time_ms),
                      field(&Receipt::county_epoch));
  }
};

Bytes seal_receipt(const Receipt& receipt, const SigningKey& county_key);
// refused when it is not the county's, bad_input when it is no receipt.
Result<Receipt> open_receipt(ByteView bytes, const frames::KnownCounty& county);

}  // namespace kuangxun::wire
