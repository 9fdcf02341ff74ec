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
  // One value, a counter; time +2 ms (zigzag 4); counter 1; group 2; field 2, integer; -1 (zigzag 1).
  const auto operations = decode_payload(by_hand("41"
                                                 "04"
                                                 "01"
                                                 "02"
                                                 "11"
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
  CHECK(!operation.person_signature.has_value());
  CHECK(encode_payload(*operations) == by_hand("410401021101"));
}

TEST_CASE("every kind of malformed payload is refused") {
  CHECK(!is_refused(by_hand("410401021101")));
  CHECK(is_refused({}));
  CHECK(is_refused(by_hand("")));
  CHECK(is_refused(by_hand("41040102110100")));   // a byte left over
  CHECK(is_refused(by_hand("410401021101"), 2));  // fewer operations than the header says
  CHECK(is_refused(by_hand("410401021101410401021101"), 1));
  CHECK(is_refused(by_hand("41840001021101")));                  // a number not in its shortest form
  CHECK(is_refused(by_hand("41ffffffffffffffffff0201021101")));  // over 64 bits
  CHECK(is_refused(by_hand("41ffffffffffffffffffff01021101")));
  CHECK(is_refused(by_hand("4104808004021101")));  // counter over 16 bits
  CHECK(is_refused(by_hand("410400021101")));      // a counter of 0, said at length
  CHECK(is_refused(by_hand("420401021101")));      // person 1 of 1
  CHECK(is_refused(by_hand("420400021101")));      // person 0 named again
  CHECK(is_refused(by_hand("440402021101")));      // record 1 of 1
  CHECK(is_refused(by_hand("440401021101")));      // record -1
  CHECK(is_refused(by_hand("440400021101")));      // record 0 named again
  CHECK(
      is_refused(by_hand("410401800811"
                         "01")));                // group 1024
  CHECK(is_refused(by_hand("410401021001")));    // value tag 0
  CHECK(is_refused(by_hand("41040102120561")));  // text longer than the bytes left
  CHECK(is_refused(by_hand("490401021101")));    // a signature that is not there
  CHECK(is_refused(by_hand("710401"
                           "02"
                           "02"
                           "0202"
                           "1101"),
                   1, 9));  // a count of bases that fits in the head
}

TEST_CASE("values of a kind that this program does not know are kept as they came") {
  for (const int tag : {5, 6, 7}) {
    const Bytes payload = by_hand(
        "410401"
        "02" +
        to_hex(Bytes{static_cast<std::uint8_t>(2 << 3 | tag)}) + "03616263");
    const auto operations = decode_payload(payload, writer_of(1), 9, 1);
    REQUIRE(operations.ok());
    const auto* opaque = std::get_if<records::OpaqueValue>(&operations->front().values.front().value);
    REQUIRE(opaque != nullptr);
    CHECK(opaque->tag == static_cast<std::uint32_t>(tag));
    CHECK(opaque->bytes == Bytes{'a', 'b', 'c'});
    CHECK(check_encodable(operations->front()).ok());
    CHECK(encode_payload(*operations) == payload);
  }
}

TEST_CASE("a person's signature travels with the operation and covers all that it says") {
  const auto key = SigningKey::from_seed(Bytes(32, 7));
  Operation operation = simple(9);
  operation.person_signature = key->sign(person_signed_bytes(operation));
  const auto back = decode_payload(encode_payload({&operation, 1}), writer_of(1), 9, 1);
  REQUIRE(back.ok());
  CHECK(back->front() == operation);
  CHECK(verify_signature(key->public_key(), person_signed_bytes(back->front()), *back->front().person_signature));
  const auto covers = [&](auto change) {
    Operation changed = operation;
    change(changed);
    return !verify_signature(key->public_key(), person_signed_bytes(changed), *changed.person_signature);
  };
  CHECK(covers([](Operation& changed) { ++changed.id.sequence; }));
  CHECK(covers([](Operation& changed) { ++changed.id.writer.epoch; }));
  CHECK(covers([](Operation& changed) { ++changed.time.wall_ms; }));
  CHECK(covers([](Operation& changed) { ++changed.time.counter; }));
  CHECK(covers([](Operation& changed) { changed.person.bytes[3] ^= 1; }));
  CHECK(covers([](Operation& changed) { changed.record.bytes[3] ^= 1; }));
  CHECK(covers([](Operation& changed) { ++changed.kind; }));
  CHECK(covers([](Operation& changed) { ++changed.group; }));
  CHECK(covers([](Operation& changed) { changed.bases = {{writer_of(2), 4}}; }));
  CHECK(covers([](Operation& changed) { changed.values.front().value = std::int64_t{2}; }));
}

TEST_CASE("values and bases out of order, twice, or too many are refused") {
  CHECK(
      !is_refused(by_hand("81010401021101"
                          "1901")));
  CHECK(
      is_refused(by_hand("81010401021901"
                         "1101")));  // fields 3, 2
  CHECK(
      is_refused(by_hand("81010401021101"
                         "1101")));  // field 2 twice
  std::string many;
  for (unsigned field = 1; field <= 33; ++field) {
    const unsigned key = field << 3 | 1;
    many += key < 128 ? to_hex(Bytes{static_cast<std::uint8_t>(key), 0})
                      : to_hex(Bytes{static_cast<std::uint8_t>(key | 0x80), static_cast<std::uint8_t>(key >> 7), 0});
  }
  CHECK(
      is_refused(by_hand("c110"
                         "040102" +
                         many)));  // 33 << 6 | 1
  CHECK(
      !is_refused(by_hand("8110"
                          "040102" +
                          many.substr(4))));  // 32 << 6 | 1
  // Bases of our own writer: 2 and 1 before (distance << 1).
  CHECK(!is_refused(by_hand("61040102"
                            "0402"
                            "1101"),
                    1, 9));
  CHECK(is_refused(by_hand("61040102"
                           "0204"
                           "1101"),
                   1, 9));  // descending
  CHECK(is_refused(by_hand("61040102"
                           "0202"
                           "1101"),
                   1, 9));  // twice
  CHECK(is_refused(by_hand("51040102"
                           "00"
                           "1101"),
                   1, 9));  // itself
  CHECK(is_refused(by_hand("51040102"
                           "12"
                           "1101"),
                   1, 9));  // before the first
  CHECK(is_refused(by_hand("51040102"
                           "0101"
                           "1101"),
                   1, 9));  // another writer, and there is none
}

TEST_CASE("the frame's own writer in the table of others is refused: an operation could follow itself") {
  const std::string own = to_hex(writer_of(1).device.bytes) + "01";
  const std::string other = to_hex(writer_of(2).device.bytes) + "01";
  const std::string nil(32, '0');
  const auto with_writer = [&](const std::string& writer, const std::string& base_sequence) {
    return *from_hex("01" + writer + "01" + nil + "01" + nil + "02" + "51040102" + "01" + base_sequence + "1101");
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

TEST_CASE("the content of an operation alone comes back, and cut or lengthened it is refused") {
  RandomOperations source(8);
  for (const Operation& operation : source.make(300)) {
    const Bytes bytes = encode_content(operation);
    Operation back;
    REQUIRE(decode_content(bytes, back).ok());
    CHECK(back.values == operation.values);
    CHECK(back.person_signature == operation.person_signature);
    Operation rest;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK(!decode_content(ByteView(bytes).first(size), rest).ok());
    }
    Bytes longer = bytes;
    longer.push_back(0);
    CHECK(!decode_content(longer, rest).ok());
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
  CHECK(refused([](Operation& operation) { operation.values = {{2, records::OpaqueValue{4, {}}}}; }));
  CHECK(refused([](Operation& operation) { operation.values = {{2, records::OpaqueValue{8, {}}}}; }));
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
