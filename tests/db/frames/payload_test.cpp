#include "db/frames/payload.h"

#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "tests/db/frames/random_operations.h"

namespace kuangxun::frames {
namespace {

using history::Operation;

history::WriterId writer_of(std::uint8_t number) {
  history::WriterId writer;
  writer.device.bytes.fill(number);
  writer.epoch = 1;
  return writer;
}

Operation simple(std::uint64_t sequence) {
  Operation operation;
  operation.id = {writer_of(1), sequence};
  operation.kind = 2;
  operation.group = 2;
  operation.values = {{2, std::int64_t{1}}};
  return operation;
}

bool is_refused(const Bytes& payload, std::uint32_t count = 1, std::uint64_t first_sequence = 1) {
  const auto operations = decode_payload(payload, writer_of(1), first_sequence, count);
  return !operations.ok() && operations.error().code() == ErrorCode::bad_input;
}

// A payload by hand: no other writers, one nil person, one nil record of kind 2, then what is given.
Bytes by_hand(const std::string& operations_hex) {
  const std::string nil(32, '0');
  return *from_hex(
      "00"
      "01" +
      nil + "01" + nil + "02" + operations_hex);
}

}  // namespace

TEST_CASE("a payload by hand is read as FORMAT.md says") {
  // Time +2 ms (zigzag 4), counter 1, person 0, record 0, group 2, no bases, one value: field 2, integer, -1 (zigzag
  // 1).
  const auto operations = decode_payload(by_hand("04"
                                                 "01"
                                                 "00"
                                                 "00"
                                                 "02"
                                                 "00"
                                                 "01"
                                                 "02"
                                                 "01"
                                                 "01"),
                                         writer_of(1), 9, 1);
  REQUIRE(operations.ok());
  const Operation& operation = operations->front();
  CHECK(operation.id == history::OperationId{writer_of(1), 9});
  CHECK(operation.time == history::HybridTime{2, 1});
  CHECK(operation.kind == 2);
  CHECK(operation.group == 2);
  CHECK(operation.bases.empty());
  CHECK(operation.values == std::vector<records::FieldValue>{{2, std::int64_t{-1}}});
  CHECK(encode_payload(*operations) == by_hand("04010000020001020101"));
}

TEST_CASE("every kind of malformed payload is refused") {
  CHECK(!is_refused(by_hand("04010000020001020101")));
  CHECK(is_refused({}));
  CHECK(is_refused(by_hand("")));
  CHECK(is_refused(by_hand("0401000002000102010100")));   // a byte left over
  CHECK(is_refused(by_hand("04010000020001020101"), 2));  // fewer operations than the header says
  CHECK(is_refused(by_hand("0401000002000102010104010000020001020101"), 1));
  CHECK(is_refused(by_hand("8400010000020001020101")));                  // a number not in its shortest form
  CHECK(is_refused(by_hand("ffffffffffffffffff02010000020001020101")));  // over 64 bits
  CHECK(is_refused(by_hand("ffffffffffffffffffff010000020001020101")));
  CHECK(is_refused(by_hand("04808004000002000102010100")));  // counter over 16 bits
  CHECK(is_refused(by_hand("04010100020001020101")));        // person 1 of 1
  CHECK(is_refused(by_hand("04010002020001020101")));        // record 1 of 1
  CHECK(is_refused(by_hand("04010001020001020101")));        // record -1
  CHECK(is_refused(by_hand("0401000080080001020101")));      // group 1024
  CHECK(is_refused(by_hand("04010000020001020001")));        // value tag 0
  CHECK(is_refused(by_hand("04010000020001020501")));        // value tag 5
  CHECK(is_refused(by_hand("0401000002000102020561")));      // text longer than the bytes left
}

TEST_CASE("values and bases out of order, twice, or too many are refused") {
  CHECK(!is_refused(by_hand("04010000020002020101030101")));
  CHECK(is_refused(by_hand("04010000020002030101020101")));  // fields 3, 2
  CHECK(is_refused(by_hand("04010000020002020101020101")));  // field 2 twice
  std::string many;
  for (int field = 1; field <= 33; ++field) many += to_hex(Bytes{static_cast<std::uint8_t>(field), 1, 0});
  CHECK(is_refused(by_hand("04010000020021" + many)));
  CHECK(!is_refused(by_hand("04010000020020" + many.substr(6))));
  // Bases of our own writer: 1 and 2 before.
  CHECK(!is_refused(by_hand("0401000002020002000101020101"), 1, 9));
  CHECK(is_refused(by_hand("0401000002020001000201020101"), 1, 9));  // descending
  CHECK(is_refused(by_hand("0401000002020001000101020101"), 1, 9));  // twice
  CHECK(is_refused(by_hand("040100000201000001020101"), 1, 9));      // itself
  CHECK(is_refused(by_hand("040100000201000901020101"), 1, 9));      // before the first
  CHECK(is_refused(by_hand("040100000201010101020101"), 1, 9));      // another writer, and there is none
}

TEST_CASE("the frame's own writer in the table of others is refused: an operation could follow itself") {
  const std::string own = to_hex(writer_of(1).device.bytes) + "01";
  const std::string other = to_hex(writer_of(2).device.bytes) + "01";
  const std::string nil(32, '0');
  const auto with_writer = [&](const std::string& writer, const std::string& base_sequence) {
    return *from_hex("01" + writer + "01" + nil + "01" + nil +
                     "02"
                     "0401000002"
                     "01"
                     "01" +
                     base_sequence + "01020101");
  };
  CHECK(!is_refused(with_writer(other, "07")));
  CHECK(!is_refused(with_writer(other, "ffffffffff1f")));  // 2^40 - 1
  CHECK(is_refused(with_writer(other, "808080808020")));   // 2^40
  CHECK(is_refused(with_writer(other, "00")));
  CHECK(is_refused(with_writer(own, "07")));
  CHECK(is_refused(with_writer(own, "09"), 1, 9));
}

TEST_CASE("cut anywhere, a payload is refused") {
  RandomOperations source(4);
  const auto operations = source.make(10);
  const Bytes payload = encode_payload(operations);
  for (std::size_t size = 0; size < payload.size(); ++size) {
    const auto decoded =
        decode_payload(ByteView(payload).first(size), operations[0].id.writer, operations[0].id.sequence, 10);
    if (decoded.ok()) FAIL(size);
  }
}

TEST_CASE("a changed payload is refused or means something that can be written again") {
  int readable = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    RandomOperations source(seed);
    const auto operations = source.make(6);
    const Bytes payload = encode_payload(operations);
    const history::OperationId& first = operations.front().id;
    for (int round = 0; round < 400; ++round) {
      Bytes changed = payload;
      for (std::uint64_t changes = 1 + source.random().below(3); changes > 0; --changes) {
        const auto at = static_cast<std::ptrdiff_t>(source.random().below(changed.size()));
        if (source.random().chance_percent(20)) {
          changed.erase(changed.begin() + at);
        } else if (source.random().chance_percent(20)) {
          changed.insert(changed.begin() + at, static_cast<std::uint8_t>(source.random().below(256)));
        } else {
          changed[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(source.random().below(256));
        }
      }
      const auto decoded = decode_payload(changed, first.writer, first.sequence, 6);
      if (!decoded.ok()) continue;
      ++readable;
      for (const Operation& operation : *decoded) REQUIRE(check_encodable(operation).ok());
      const auto again = decode_payload(encode_payload(*decoded), first.writer, first.sequence, 6);
      REQUIRE(again.ok());
      REQUIRE(*again == *decoded);
    }
  }
  CHECK(readable > 1000);  // the changes reach the values, not only the tables
}

TEST_CASE("values alone come back, and changed ones are refused or readable") {
  RandomOperations source(8);
  for (const Operation& operation : source.make(300)) {
    const Bytes bytes = encode_values(operation.values);
    CHECK(*decode_values(bytes) == operation.values);
    for (std::size_t size = 0; size < bytes.size(); ++size) CHECK(!decode_values(ByteView(bytes).first(size)).ok());
    Bytes longer = bytes;
    longer.push_back(0);
    CHECK(!decode_values(longer).ok());
  }
}

TEST_CASE("what a frame could not give back is refused before it is kept") {
  CHECK(check_encodable(simple(1)).ok());
  const auto refused = [](auto spoil) {
    Operation operation = simple(9);
    spoil(operation);
    const Status status = check_encodable(operation);
    return !status.ok() && status.error().code() == ErrorCode::bad_input;
  };
  CHECK(refused([](Operation& operation) { operation.id.sequence = 0; }));
  CHECK(refused([](Operation& operation) { operation.id.sequence = limits::sequence_max + 1; }));
  CHECK(refused([](Operation& operation) { operation.group = limits::group_number_max + 1; }));
  CHECK(refused([](Operation& operation) { operation.values = {{2, records::Value()}}; }));
  CHECK(refused([](Operation& operation) { operation.values = {{3, std::int64_t{1}}, {2, std::int64_t{1}}}; }));
  CHECK(refused([](Operation& operation) { operation.values = {{2, std::string(limits::value_bytes_max + 1, 'x')}}; }));
  CHECK(refused([](Operation& operation) {
    operation.values = {{2, Bytes(limits::value_bytes_max)}, {3, Bytes(limits::value_bytes_max)}};
  }));
  CHECK(refused([](Operation& operation) {
    operation.values.clear();
    for (int i = 1; i <= 33; ++i) operation.values.push_back({static_cast<records::FieldNumber>(i), std::int64_t{1}});
  }));
  CHECK(refused([](Operation& operation) { operation.bases = {{writer_of(1), 9}}; }));
  CHECK(refused([](Operation& operation) { operation.bases = {{writer_of(2), 0}}; }));
  CHECK(refused([](Operation& operation) { operation.bases = {{writer_of(2), 2}, {writer_of(2), 2}}; }));
  CHECK(refused([](Operation& operation) {
    for (std::uint64_t i = 1; i <= limits::bases_max + 1; ++i) operation.bases.push_back({writer_of(2), i});
  }));
  CHECK(!refused([](Operation& operation) {
    for (std::uint64_t i = 1; i <= limits::bases_max; ++i) operation.bases.push_back({writer_of(2), i});
  }));
}

}  // namespace kuangxun::frames
