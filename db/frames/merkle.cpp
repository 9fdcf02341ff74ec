#include "db/frames/merkle.h"

#include <bit>

#include "db/language/language.h"

namespace kuangxun::frames {
namespace {

Bytes joined(std::uint8_t prefix, const Hash& first, const Hash* second) {
  Bytes bytes = {prefix};
  bytes.insert(bytes.end(), first.bytes.begin(), first.bytes.end());
  if (second != nullptr) bytes.insert(bytes.end(), second->bytes.begin(), second->bytes.end());
  return bytes;
}

}  // namespace

// Leaf and node begin with different bytes (RFC 6962), so that nobody can pass an inner node off as a frame.
Hash merkle_leaf(const Hash& frame) {
  return sha256(joined(0, frame, nullptr));
}

Hash merkle_node(const Hash& left, const Hash& right) {
  return sha256(joined(1, left, &right));
}

void Frontier::append(const Hash& frame) {
  Hash subtree = merkle_leaf(frame);
  // Like a carry in binary addition: two subtrees of one size become one of the next.
  for (std::uint64_t bits = size_; (bits & 1) != 0; bits >>= 1) {
    subtree = merkle_node(peaks_.back(), subtree);
    peaks_.pop_back();
  }
  peaks_.push_back(subtree);
  ++size_;
}

// From the smallest subtree up: as RFC 6962 splits a list at the largest power of two, whatever its length.
Hash Frontier::root() const {
  if (peaks_.empty()) return sha256(ByteView());
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) root = merkle_node(*peak, root);
  return root;
}

Bytes Frontier::encode() const {
  Bytes bytes;
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::uint8_t>(size_ >> shift));
  for (const Hash& peak : peaks_) bytes.insert(bytes.end(), peak.bytes.begin(), peak.bytes.end());
  return bytes;
}

Result<Frontier> Frontier::decode(ByteView bytes) {
  Frontier frontier;
  if (bytes.size() >= 8) {
    for (std::size_t i = 0; i < 8; ++i) frontier.size_ |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
  }
  const auto peaks = static_cast<std::size_t>(std::popcount(frontier.size_));
  if (bytes.size() != 8 + peaks * 32) {
    return Error(ErrorCode::bad_input, phrase("the record of the county log's edge is damaged"));
  }
  for (std::size_t i = 0; i < peaks; ++i) frontier.peaks_.push_back(hash_from_bytes(bytes.subspan(8 + i * 32, 32)));
  return frontier;
}

}  // namespace kuangxun::frames
