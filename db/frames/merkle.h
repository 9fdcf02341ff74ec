#pragma once

#include <cstdint>
#include <vector>

#include "db/base/hash.h"
#include "db/base/result.h"

namespace kuangxun::frames {

// The right edge of a Merkle tree over the county's frames, hashed as RFC 6962 §2.1 says (leaf: SHA-256(0x00 + data),
// node: SHA-256(0x01 + left + right)); the data of leaf n - 1 is the hash of the frame at county sequence n. It grows
// leaf by leaf, knows its root, and takes at most 64 hashes: whoever follows the sequence from the start needs no
// proofs to see that the county did not change what it had shown.
class Frontier {
 public:
  void append(const Hash& frame);
  // How many leaves there are.
  std::uint64_t size() const { return size_; }
  // Of no leaves: SHA-256 of nothing.
  Hash root() const;

  // size as u64 little-endian, then the hashes of the complete subtrees, largest first.
  Bytes encode() const;
  // bad_input unless it is exactly what encode() gives.
  static Result<Frontier> decode(ByteView bytes);
  bool operator==(const Frontier&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;  // one for each bit of size_, largest subtree first
};

Hash merkle_leaf(const Hash& frame);
Hash merkle_node(const Hash& left, const Hash& right);

}  // namespace kuangxun::frames
