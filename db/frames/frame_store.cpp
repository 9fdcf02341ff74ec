#include "db/frames/frame_store.h"

#include <algorithm>

namespace kuangxun::frames {

std::uint64_t operations_in(std::span<const SequencedFrame> frames) {
  std::uint64_t operations = 0;
  for (const SequencedFrame& one : frames) {
    if (const auto frame = parse_frame(one.bytes); frame.ok()) operations += frame->header.count;
  }
  return operations;
}

std::optional<PublicKey> KnownCounty::key_of(std::uint32_t epoch) const {
  const auto after = std::ranges::find_if(signers, [&](const CountySigner& one) { return one.first_epoch > epoch; });
  if (after == signers.begin()) return std::nullopt;
  return std::prev(after)->key;
}

// It begins with its purpose, so that a signature over it can never pass for one over something else.
Bytes new_epoch_statement(const history::WriterId& current, std::uint32_t epoch, const PublicKey& key) {
  const std::string_view purpose = "kuangxun new epoch";
  Bytes bytes(purpose.begin(), purpose.end());
  bytes.insert(bytes.end(), current.device.bytes.begin(), current.device.bytes.end());
  for (const std::uint32_t number : {current.epoch, epoch}) {
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
  }
  bytes.insert(bytes.end(), key.bytes.begin(), key.bytes.end());
  return bytes;
}

}  // namespace kuangxun::frames
