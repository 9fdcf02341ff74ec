#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "db/base/limits.h"
#include "db/frames/compression.h"
#include "db/frames/frame.h"
#include "db/frames/payload.h"
#include "tests/db/frames/hand_made.h"
#include "tests/db/frames/random_operations.h"

namespace {
std::atomic<std::size_t> allocated_bytes = 0;
}

// Every allocation of this program is counted. Not inlined: GCC would see malloc's memory handed to delete and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  allocated_bytes += size;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace kuangxun::frames {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

template <class Work>
std::size_t allocated_by(Work work) {
  const std::size_t before = allocated_bytes;
  work();
  return allocated_bytes - before;
}

SigningKey key() {
  return std::move(SigningKey::from_seed(Bytes(32, 1))).value();
}

}  // namespace

TEST_CASE("the count sees an allocation") {
  CHECK(allocated_by([] { Bytes bytes(mebibyte); }) >= mebibyte);
}

TEST_CASE("nine hostile bytes never make us allocate a mebibyte") {
  constexpr std::uint64_t seed = 9;
  CAPTURE(seed);
  tests::SeededRandom random(seed);
  constexpr std::uint8_t interesting[] = {0x00, 0x01, 0x20, 0x7f, 0x80, 0xff, 0xfe, 0x0f};
  std::size_t worst = 0;
  for (int round = 0; round < 50'000; ++round) {
    Bytes payload(9);
    random.fill(payload);
    for (std::uint8_t& byte : payload) {
      if (random.chance_percent(60)) byte = interesting[random.below(std::size(interesting))];
    }
    const auto count = static_cast<std::uint32_t>(1 + random.below(limits::frame_operations_max));
    worst = std::max(worst, allocated_by([&] { static_cast<void>(decode_payload(payload, {}, 1, count).ok()); }));
    worst = std::max(worst, allocated_by([&] {
                       history::Operation operation;
                       static_cast<void>(decode_content(payload, operation).ok());
                     }));
  }
  CHECK(worst < mebibyte);
}

TEST_CASE("nine hostile bytes in a well-signed frame that promises megabytes never make us allocate one") {
  const SigningKey signer = key();
  tests::SeededRandom random(10);
  std::size_t worst = 0;
  for (int round = 0; round < 3000; ++round) {
    Bytes packed = *from_hex("28b52ffda0000080002b000000");  // the beginning of a zstd frame of 8 MiB
    packed.resize(9);
    for (std::size_t i = 4; round > 0 && i < 9; ++i) packed[i] = static_cast<std::uint8_t>(random.below(256));
    HandMade hand(packed);
    hand.codec = 1;
    hand.raw_payload_bytes = limits::payload_bytes_max;
    hand.count = limits::frame_operations_max;
    const auto frame = parse_frame(hand.sealed(signer));
    REQUIRE(frame.ok());
    REQUIRE(verify_frame(*frame, signer.public_key()).ok());
    worst = std::max(worst, allocated_by([&] { CHECK(!decode_operations(*frame).ok()); }));
  }
  CHECK(worst < mebibyte);
}

TEST_CASE("a frame that is cut costs no more than its bytes") {
  const Frame frame = seal_frame(RandomOperations(2).make(50), {}, {}, key());
  for (std::size_t size = 0; size < frame.bytes.size(); size += 7) {
    Bytes cut(frame.bytes.begin(), frame.bytes.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(allocated_by([&] { CHECK(!parse_frame(std::move(cut)).ok()); }) < 64 * 1024);
  }
}

// Small frames that grow: what packs best is what costs most.
TEST_CASE("the worst payload of 8 MiB costs a bounded multiple of itself") {
  const std::string nil(32, '0');
  const auto filled = [&](const std::string& operation, const std::string& repeated) {
    Bytes payload = *from_hex("01" + std::string(32, '1') + "01" + "01" + nil + "01" + nil + "02" + operation);
    const Bytes unit = *from_hex(repeated);
    while (payload.size() + unit.size() <= limits::payload_bytes_max)
      payload.insert(payload.end(), unit.begin(), unit.end());
    return payload;
  };
  // 1,024 bases of another writer and no values; one value, each after 1 ms; nothing at all.
  std::string bases = "3000028008";
  for (unsigned i = 1; i <= 1024; ++i) {
    bases += "01" + to_hex(i < 128 ? Bytes{static_cast<std::uint8_t>(i)}
                                   : Bytes{static_cast<std::uint8_t>(i | 0x80), static_cast<std::uint8_t>(i >> 7)});
  }
  for (const Bytes& payload : {filled("", bases), filled("", "4002021101"), filled("", "000000")}) {
    const Bytes packed = compress(payload);
    HandMade hand(packed);
    hand.codec = 1;
    hand.count = limits::frame_operations_max;
    hand.raw_payload_bytes = static_cast<std::uint32_t>(payload.size());
    const auto frame = parse_frame(hand.sealed(key()));
    REQUIRE(frame.ok());
    const std::size_t cost = allocated_by([&] { CHECK(!decode_operations(*frame).ok()); });
    CHECK(cost < 4 * limits::payload_bytes_max);
  }
}

}  // namespace kuangxun::frames
