#include <doctest/doctest.h>

#include <atomic>

#include "db/base/limits.h"
#include "db/frames/compression.h"
#include "db/frames/frame.h"
#include "db/frames/payload.h"
#include "tests/db/frames/random_operations.h"
#include "tests/support/damage.h"

namespace kuangxun::frames {
namespace {

constexpr std::size_t corpus_bytes = 64 << 10;
constexpr double attempt_ms_max = 100;

const SigningKey& key() {
  static const SigningKey key = std::move(SigningKey::from_seed(Bytes(32, 1))).value();
  return key;
}

// One writer's chain of frames of 1 to 40 operations: some with values that do not compress, some with words that do.
struct Chain {
  std::vector<Frame> frames;
  std::vector<Bytes> bytes;
  std::size_t total = 0;

  explicit Chain(std::size_t bytes_wanted) {
    RandomOperations random(64);
    std::vector<history::Operation> operations = random.make(2000);
    Hash previous;
    for (std::size_t at = 0; total < bytes_wanted;) {
      const bool is_alone = frames.size() % 3 == 2;
      const std::size_t count = is_alone ? 1 : 1 + static_cast<std::size_t>(random.random().below(40));
      REQUIRE(at + count <= operations.size());
      const std::span<history::Operation> run(operations.data() + at, count);
      if (frames.size() % 2 == 0) put_words(run);
      frames.push_back(seal_frame(run, previous, sha256(Bytes{7}), key()));
      previous = frames.back().hash();
      bytes.push_back(frames.back().bytes);
      total += frames.back().bytes.size();
      at += count;
    }
  }

  static void put_words(std::span<history::Operation> run) {
    for (history::Operation& operation : run) {
      for (records::FieldValue& value : operation.values) value.value = std::string("示例：采场北侧，采场北侧");
    }
  }

  // As a store that holds all frames before this one decides.
  bool takes(std::size_t place, const Bytes& damaged) const {
    const auto frame = parse_frame(damaged);
    if (!frame.ok() || !verify_frame(*frame, key().public_key()).ok()) return false;
    const FrameHeader& expected = frames[place].header;
    return frame->header.writer == expected.writer && frame->header.previous == expected.previous &&
           frame->header.first_sequence == expected.first_sequence;
  }

  std::uint64_t count_of(Codec codec) const {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(frames, [&](const Frame& frame) { return frame.header.codec == codec; }));
  }
};

}  // namespace

TEST_CASE("of 64 KiB of frames, cut at every byte and with every bit flipped, none is taken") {
  const Chain chain(corpus_bytes);
  REQUIRE(chain.count_of(Codec::raw) > 0);
  REQUIRE(chain.count_of(Codec::zstd) > 0);
  for (std::size_t place = 0; place < chain.frames.size(); ++place) REQUIRE(chain.takes(place, chain.bytes[place]));
  const auto counts = tests::damage_everywhere(
      chain.bytes, [&](std::size_t place, const Bytes& damaged) { return chain.takes(place, damaged); });
  MESSAGE("frames, ", chain.frames.size(), " in ", counts.text());
  CHECK(counts.flips >= 8 * corpus_bytes);
  CHECK(counts.truncations == chain.total);
  CHECK(counts.accepted == 0);
  CHECK(counts.slowest_ms < attempt_ms_max);
}

TEST_CASE("a frame that stands elsewhere in the chain, or of another chain, is not taken") {
  const Chain chain(8 << 10);
  for (std::size_t place = 0; place < chain.frames.size(); ++place) {
    for (std::size_t other = 0; other < chain.frames.size(); ++other) {
      CHECK(chain.takes(place, chain.bytes[other]) == (place == other));
    }
  }
}

// What a device signed is damaged before it signs: nothing to be believed or not, but to be read without harm.
TEST_CASE("payloads that are damaged everywhere and then signed are read or refused in bounded time") {
  const Chain chain(24 << 10);
  std::vector<Bytes> payloads;
  for (const Frame& frame : chain.frames) payloads.emplace_back(frame.payload().begin(), frame.payload().end());
  std::atomic<std::uint64_t> read_otherwise = 0;
  std::atomic<std::uint64_t> beyond = 0;
  const auto counts = tests::damage_everywhere(payloads, [&](std::size_t place, const Bytes& damaged) {
    Frame frame = chain.frames[place];
    frame.bytes.resize(frame.bytes.size() - frame.payload().size());
    frame.bytes.insert(frame.bytes.end(), damaged.begin(), damaged.end());
    const auto operations = decode_operations(frame);
    if (!operations.ok()) return false;
    ++read_otherwise;
    for (const history::Operation& operation : *operations) {
      if (!check_encodable(operation).ok()) ++beyond;
    }
    return operations->size() != frame.header.count;
  });
  MESSAGE("payloads, ", read_otherwise.load(), " read with another meaning, ", counts.text());
  CHECK(read_otherwise > 0);  // a name or a number may be any: only the signature can tell
  CHECK(beyond == 0);
  CHECK(counts.accepted == 0);
  CHECK(counts.slowest_ms < attempt_ms_max);
}

}  // namespace kuangxun::frames
