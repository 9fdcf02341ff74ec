#include "db/frames/merkle.h"

#include <doctest/doctest.h>

#include "tests/support/seeded_random.h"

namespace kuangxun::frames {
namespace {

Hash frame_number(std::uint64_t number) {
  Bytes bytes;
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
  return sha256(bytes);
}

// RFC 6962 §2.1 word for word: split at the largest power of two below n.
Hash slow_root(const std::vector<Hash>& frames) {
  if (frames.empty()) return sha256(ByteView());
  if (frames.size() == 1) return merkle_leaf(frames.front());
  std::size_t half = 1;
  while (half * 2 < frames.size()) half *= 2;
  const auto middle = frames.begin() + static_cast<std::ptrdiff_t>(half);
  return merkle_node(slow_root({frames.begin(), middle}), slow_root({middle, frames.end()}));
}

}  // namespace

TEST_CASE("the tree's root is that of RFC 6962, however many frames there are") {
  Frontier frontier;
  std::vector<Hash> frames;
  CHECK(frontier.root().text() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::uint64_t i = 1; i <= 300; ++i) {
    frames.push_back(frame_number(i));
    frontier.append(frames.back());
    CHECK(frontier.size() == i);
    CHECK(frontier.root() == slow_root(frames));
  }
}

TEST_CASE("the known vectors of certificate transparency: leaves of 0 and 1 byte") {
  // RFC 6962 hashing of the leaf "" and of the first two entries of its test tree ("", 0x00).
  const auto leaf = [](const Bytes& data) {
    Bytes bytes = {0};
    bytes.insert(bytes.end(), data.begin(), data.end());
    return sha256(bytes);
  };
  CHECK(leaf({}).text() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(merkle_node(leaf({}), leaf({0})).text() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

TEST_CASE("one frame changed, left out, put in or exchanged anywhere gives another root") {
  std::vector<Hash> frames;
  for (std::uint64_t i = 1; i <= 37; ++i) frames.push_back(frame_number(i));
  const auto root_of = [](const std::vector<Hash>& list) {
    Frontier frontier;
    for (const Hash& frame : list) frontier.append(frame);
    return frontier.root();
  };
  const Hash root = root_of(frames);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    auto changed = frames;
    changed[i].bytes[i % 32] ^= 1;
    CHECK(root_of(changed) != root);
    auto shorter = frames;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(root_of(shorter) != root);
    auto longer = frames;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), frame_number(99));
    CHECK(root_of(longer) != root);
    auto exchanged = frames;
    std::swap(exchanged[i], exchanged[(i + 1) % frames.size()]);
    CHECK(root_of(exchanged) != root);
  }
}

TEST_CASE("the edge is kept and goes on growing; damaged, it is refused") {
  Frontier frontier;
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    frontier.append(frame_number(i));
    auto kept = Frontier::decode(frontier.encode());
    REQUIRE(kept.ok());
    CHECK(*kept == frontier);
  }
  const Bytes bytes = frontier.encode();
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK(!Frontier::decode(ByteView(bytes).first(size)).ok());
  Bytes longer = bytes;
  longer.push_back(0);
  CHECK(!Frontier::decode(longer).ok());
}

}  // namespace kuangxun::frames
