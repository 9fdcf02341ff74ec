#include "db/frames/frame.h"

#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "db/frames/compression.h"
#include "db/frames/payload.h"
#include "tests/db/frames/hand_made.h"
#include "tests/db/frames/random_operations.h"

namespace kuangxun::frames {
namespace {

SigningKey key_of(std::uint8_t number) {
  return std::move(SigningKey::from_seed(Bytes(32, number))).value();
}

// Parsed and believed, as a store does it.
bool is_accepted(Bytes bytes, const PublicKey& key) {
  const auto frame = parse_frame(std::move(bytes));
  return frame.ok() && verify_frame(*frame, key).ok();
}

ErrorCode code_of(Bytes bytes) {
  const auto frame = parse_frame(std::move(bytes));
  REQUIRE(!frame.ok());
  return frame.error().code();
}

// One operation that sets text field 2 of one record.
history::Operation small_operation(std::uint64_t sequence, const std::string& text) {
  history::Operation operation;
  operation.id.writer.device.bytes.fill(0xd1);
  operation.id.writer.epoch = 1;
  operation.id.sequence = sequence;
  operation.time = {1'777'593'600'000, 0};
  operation.person.bytes.fill(0xa1);
  operation.record.bytes.fill(0xb1);
  operation.kind = 2;
  operation.group = 2;
  operation.values = {{2, text}};
  return operation;
}

}  // namespace

TEST_CASE("random operations come back from their frame, which is believed under its key only") {
  const SigningKey key = key_of(1);
  const SigningKey stranger = key_of(2);
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    RandomOperations source(seed);
    const auto operations = source.make(1 + source.random().below(60));
    Hash previous;
    Hash receipt;
    source.random().fill(previous.bytes);
    source.random().fill(receipt.bytes);
    for (const auto& operation : operations) REQUIRE(check_encodable(operation).ok());
    const Frame sealed = seal_frame(operations, previous, receipt, key);
    const auto frame = parse_frame(sealed.bytes);
    REQUIRE(frame.ok());
    CHECK(frame->hash() == sealed.hash());
    CHECK(frame->header.writer == operations.front().id.writer);
    CHECK(frame->header.first_sequence == operations.front().id.sequence);
    CHECK(frame->header.last_sequence() == operations.back().id.sequence);
    CHECK(frame->header.previous == previous);
    CHECK(frame->header.county_receipt == receipt);
    CHECK(verify_frame(*frame, key.public_key()).ok());
    const Status strange = verify_frame(*frame, stranger.public_key());
    REQUIRE(!strange.ok());
    CHECK(strange.error().code() == ErrorCode::refused);
    const auto decoded = decode_operations(*frame);
    REQUIRE(decoded.ok());
    REQUIRE(*decoded == operations);
  }
}

TEST_CASE("a full frame of ordinary edits is small and comes back") {
  std::vector<history::Operation> operations;
  for (std::uint64_t i = 1; i <= limits::frame_operations_max; ++i) {
    operations.push_back(small_operation(i, "矿山" + std::to_string(i % 7)));
    operations.back().record.bytes[3] = static_cast<std::uint8_t>(i);
  }
  const SigningKey key = key_of(1);
  const Frame frame = seal_frame(operations, {}, {}, key);
  CHECK(frame.header.codec == Codec::zstd);
  CHECK(frame.bytes.size() < operations.size() * 20);
  CHECK(*decode_operations(*parse_frame(frame.bytes)) == operations);
}

TEST_CASE("one id under two kinds in one frame stays two records") {
  auto first = small_operation(1, "a");
  auto second = small_operation(2, "b");
  second.kind = 33;
  const auto decoded = decode_operations(seal_frame(std::vector{first, second}, {}, {}, key_of(1)));
  REQUIRE(decoded.ok());
  CHECK(*decoded == std::vector{first, second});
}

TEST_CASE("the largest operation that may be kept fits a frame after a nearly full one") {
  tests::SeededRandom random(5);
  Bytes noise(limits::value_bytes_max);
  random.fill(noise);
  auto large = small_operation(2, "");
  large.values = {{2, noise}, {3, std::string(200 << 10, 'x')}};
  CHECK(check_encodable(large).ok());
  auto before = small_operation(1, "");
  noise.resize((1 << 20) - 100);
  before.values = {{2, noise}};
  const Frame frame = seal_frame(std::vector{before, large}, {}, {}, key_of(1));
  CHECK(frame.bytes.size() <= limits::frame_bytes_max);
  const auto decoded = decode_operations(*parse_frame(frame.bytes));
  REQUIRE(decoded.ok());
  CHECK(*decoded == std::vector{before, large});
}

TEST_CASE("the header lies where FORMAT.md says") {
  const SigningKey key = key_of(1);
  Hash previous;
  Hash receipt;
  previous.bytes.fill(0x11);
  receipt.bytes.fill(0x22);
  const auto repetitive = std::vector{small_operation(77, std::string(500, 'a'))};
  auto noisy = std::vector{small_operation(77, "")};
  tests::SeededRandom random(1);
  Bytes noise(300);
  random.fill(noise);
  random.fill(noisy[0].person.bytes);
  random.fill(noisy[0].record.bytes);
  noisy[0].values = {{2, noise}};
  for (const auto& operations : {repetitive, noisy}) {
    const Frame sealed = seal_frame(operations, previous, receipt, key);
    CHECK((sealed.header.codec == Codec::zstd) == (operations == repetitive));  // packed only when that gains anything
    HandMade hand(Bytes(sealed.payload().begin(), sealed.payload().end()));
    hand.codec = static_cast<std::uint8_t>(sealed.header.codec);
    hand.raw_payload_bytes = static_cast<std::uint32_t>(encode_payload(operations).size());
    hand.device = operations[0].id.writer.device;
    hand.epoch = operations[0].id.writer.epoch;
    hand.first_sequence = operations[0].id.sequence;
    hand.previous = previous;
    hand.county_receipt = receipt;
    CHECK(to_hex(sealed.bytes) == to_hex(hand.sealed(key)));
    CHECK(sealed.hash() == sha256(ByteView(sealed.bytes).first(208)));
    CHECK(sealed.signed_part().size() == 144);
  }
}

TEST_CASE("a frame cut or lengthened anywhere is never believed") {
  const SigningKey key = key_of(1);
  RandomOperations source(3);
  for (const Frame& frame :
       {seal_frame(std::vector{small_operation(1, "a")}, {}, {}, key), seal_frame(source.make(12), {}, {}, key)}) {
    REQUIRE(is_accepted(frame.bytes, key.public_key()));
    for (std::size_t size = 0; size < frame.bytes.size(); ++size) {
      const Bytes cut(frame.bytes.begin(), frame.bytes.begin() + static_cast<std::ptrdiff_t>(size));
      const auto parsed = parse_frame(cut);
      CHECK(!parsed.ok());
      if (!parsed.ok()) CHECK(parsed.error().code() == ErrorCode::bad_input);
    }
    Bytes longer = frame.bytes;
    longer.push_back(0);
    CHECK(!is_accepted(longer, key.public_key()));
  }
}

TEST_CASE("a frame with any one bit flipped is never believed") {
  const SigningKey key = key_of(1);
  RandomOperations source(9);
  auto repeated = std::vector<history::Operation>();
  for (std::uint64_t i = 1; i <= 20; ++i) repeated.push_back(small_operation(i, "矿山核查"));
  Hash previous;
  previous.bytes.fill(7);
  for (const Frame& frame :
       {seal_frame(std::vector{small_operation(1, "a")}, {}, {}, key), seal_frame(repeated, previous, previous, key),
        seal_frame(source.make(8), {}, previous, key)}) {
    REQUIRE(is_accepted(frame.bytes, key.public_key()));
    for (std::size_t bit = 0; bit < frame.bytes.size() * 8; ++bit) {
      Bytes changed = frame.bytes;
      changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1 << (bit % 8)));
      if (is_accepted(std::move(changed), key.public_key())) FAIL("bit " << bit);
    }
  }
}

TEST_CASE("a frame of a newer program says so instead of calling it broken") {
  HandMade hand(Bytes{1});
  for (const int version : {2, 3, 255}) {
    hand.version = static_cast<std::uint8_t>(version);
    CHECK(code_of(hand.sealed(key_of(1))) == ErrorCode::newer_version);
  }
}

TEST_CASE("a header that lies is refused before anything else is looked at") {
  const SigningKey key = key_of(1);
  const Bytes payload = encode_payload(std::vector{small_operation(1, "a")});
  const auto refused = [&](auto lie) {
    HandMade hand(payload);
    lie(hand);
    return code_of(hand.sealed(key)) == ErrorCode::bad_input;
  };
  REQUIRE(is_accepted(HandMade(payload).sealed(key), key.public_key()));
  CHECK(refused([](HandMade& hand) { hand.magic = "KXF1"; }));
  CHECK(refused([](HandMade& hand) { hand.magic = "PK\3\4"; }));
  CHECK(refused([](HandMade& hand) { hand.suite = 2; }));
  CHECK(refused([](HandMade& hand) { hand.suite = 255; }));
  CHECK(refused([](HandMade& hand) { hand.codec = 2; }));
  CHECK(refused([](HandMade& hand) { hand.reserved = 1; }));
  CHECK(refused([](HandMade& hand) { hand.count = 0; }));
  CHECK(refused([](HandMade& hand) { hand.count = limits::frame_operations_max + 1; }));
  CHECK(refused([](HandMade& hand) { hand.count = 0xffffffff; }));
  CHECK(refused([](HandMade& hand) { hand.first_sequence = 0; }));
  CHECK(refused([](HandMade& hand) { hand.first_sequence = limits::sequence_max + 1; }));
  CHECK(refused([](HandMade& hand) { hand.first_sequence = ~std::uint64_t{0}; }));
  CHECK(refused([](HandMade& hand) { hand.first_sequence = limits::sequence_max, hand.count = 2; }));
  CHECK(refused([](HandMade& hand) { hand.payload_bytes += 1; }));
  CHECK(refused([](HandMade& hand) { hand.payload_bytes = 0xffffffff; }));
  CHECK(refused([](HandMade& hand) { hand.raw_payload_bytes += 1; }));
  CHECK(refused([](HandMade& hand) { hand.codec = 1, hand.raw_payload_bytes = limits::payload_bytes_max + 1; }));
  CHECK(code_of(Bytes(limits::frame_bytes_max + 1)) == ErrorCode::bad_input);
  CHECK(code_of({}) == ErrorCode::bad_input);
}

TEST_CASE("a well-signed frame whose content is not what its header says cannot be read") {
  const SigningKey key = key_of(1);
  const auto operation = small_operation(1, "a");
  const Bytes payload = encode_payload(std::vector{operation});
  HandMade two(payload);
  two.count = 2;
  auto frame = parse_frame(two.sealed(key));
  REQUIRE(frame.ok());
  CHECK(verify_frame(*frame, key.public_key()).ok());
  CHECK(decode_operations(*frame).error().code() == ErrorCode::bad_input);

  const Bytes packed = compress(payload);
  for (const std::size_t raw_bytes :
       {payload.size() - 1, payload.size() + 1, std::size_t{0}, limits::payload_bytes_max}) {
    CAPTURE(raw_bytes);
    HandMade lying(packed);
    lying.codec = 1;
    lying.raw_payload_bytes = static_cast<std::uint32_t>(raw_bytes);
    frame = parse_frame(lying.sealed(key));
    REQUIRE(frame.ok());
    CHECK(decode_operations(*frame).error().code() == ErrorCode::bad_input);
  }
  HandMade noise(Bytes(100, 0x5a));
  noise.codec = 1;
  frame = parse_frame(noise.sealed(key));
  REQUIRE(frame.ok());
  CHECK(decode_operations(*frame).error().code() == ErrorCode::bad_input);
}

TEST_CASE("another pinned frame than the one this program was built with is refused, signed or not") {
  const std::vector operations = {small_operation(1, "a")};
  const Frame pinned = seal_pinned_frame(operations);
  CHECK(pinned.bytes == seal_pinned_frame(operations).bytes);
  CHECK(*decode_operations(pinned) == operations);
  CHECK(pinned.hash() != pinned_hash());
  const SigningKey key = key_of(1);
  const auto parsed = parse_frame(pinned.bytes);
  REQUIRE(parsed.ok());
  CHECK(verify_frame(*parsed, key.public_key()).error().code() == ErrorCode::refused);
  HandMade hand(encode_payload(operations));
  hand.suite = 0;
  CHECK(!is_accepted(hand.sealed(key), key.public_key()));
}

TEST_CASE("a chain of frames: each names the one before, and none can be put elsewhere") {
  const SigningKey key = key_of(1);
  std::vector<Frame> chain;
  for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) {
    const Hash previous = chain.empty() ? Hash{} : chain.back().hash();
    chain.push_back(seal_frame(std::vector{small_operation(sequence, "a")}, previous, {}, key));
  }
  CHECK(chain.front().header.previous.is_zero());
  for (std::size_t i = 1; i < chain.size(); ++i) {
    CHECK(chain[i].header.previous == chain[i - 1].hash());
    CHECK(chain[i].header.first_sequence == chain[i - 1].header.last_sequence() + 1);
    Bytes moved = chain[i].bytes;
    std::ranges::fill(moved.begin() + 48, moved.begin() + 80, std::uint8_t{0});
    CHECK(!is_accepted(moved, key.public_key()));
  }
}

}  // namespace kuangxun::frames
