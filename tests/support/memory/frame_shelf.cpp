#include "tests/support/memory/frame_shelf.h"

namespace kuangxun::tests {

const FrameShelf::Content& FrameShelf::read(const frames::Frame& frame, const Hash& hash) {
  const auto [place, is_new] = contents_.try_emplace(hash);
  if (!is_new) return place->second;
  auto operations = frames::decode_operations(frame);
  if (!operations.ok()) return place->second;
  place->second.is_readable = true;
  for (history::Operation& operation : *operations) {
    place->second.operations.push_back(std::make_shared<const history::Operation>(std::move(operation)));
  }
  return place->second;
}

}  // namespace kuangxun::tests
