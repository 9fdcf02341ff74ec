#include "tests/fuzz/entrances.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/frames/compression.h"
#include "db/frames/frame.h"
#include "db/frames/merkle.h"
#include "db/frames/payload.h"
#include "db/records/track_block.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/enrolment_code.h"
#include "sync/wire/envelope.h"
#include "sync/wire/receipt.h"
#include "tests/fuzz/examples.h"
#include "tests/fuzz/wire_examples.h"

namespace kuangxun::fuzz {
namespace {

Bytes owned(ByteView bytes) {
  return Bytes(bytes.begin(), bytes.end());
}

Bytes start(std::string_view magic) {
  Bytes bytes = owned(as_bytes(magic));
  bytes.push_back(1);  // version
  return bytes;
}

void add_frame_entrances(std::vector<Entrance>& all) {
  all.push_back({"frame", {start("KXF0")}, [](ByteView bytes) { return frames::parse_frame(owned(bytes)).ok(); }});
  for (const std::uint32_t count : {1U, 2U, limits::frame_operations_max}) {
    all.push_back({"payload of " + std::to_string(count), {{0, 1}, {0, 0, 1}}, [count](ByteView bytes) {
                     return frames::decode_payload(bytes, example_writer(), 1, count).ok();
                   }});
  }
  all.push_back({"content", {{0}}, [](ByteView bytes) {
                   history::Operation operation;
                   return frames::decode_content(bytes, operation).ok();
                 }});
  const Bytes zstd = {0x28, 0xb5, 0x2f, 0xfd};
  for (const std::size_t promised_bytes : {std::size_t{9}, std::size_t{393'215}, limits::payload_bytes_max}) {
    all.push_back({"decompressor, promised " + std::to_string(promised_bytes),
                   {zstd, {0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0x80, 0}},
                   [promised_bytes](ByteView bytes) { return frames::decompress(bytes, promised_bytes).ok(); }});
  }
  all.push_back({"track points", {{1, 60, 0x24, 2}, {1, 0x90, 0x1c}}, [](ByteView bytes) {
                   return records::decode_track_block(bytes, 0).ok();
                 }});
  all.push_back({"frontier", {Bytes(8)}, [](ByteView bytes) { return frames::Frontier::decode(bytes).ok(); }});
}

void add_message_entrances(std::vector<Entrance>& all) {
  all.push_back({"request", {start("KXRQ")}, [](ByteView bytes) { return wire::parse_request(owned(bytes)).ok(); }});
  all.push_back({"answer", {start("KXAN")}, [](ByteView bytes) { return wire::parse_answer(owned(bytes)).ok(); }});
  for (std::size_t type = 1; type <= std::variant_size_v<wire::RequestBody>; ++type) {
    const auto message = static_cast<wire::MessageType>(type);
    all.push_back({"request body " + std::to_string(type), {{0xff, 0xff}}, [message](ByteView bytes) {
                     return wire::decode_request_body(message, bytes).ok();
                   }});
    all.push_back({"answer body " + std::to_string(type), {{0xff, 0xff}}, [message](ByteView bytes) {
                     return wire::decode_answer_body(message, bytes).ok();
                   }});
  }
  all.push_back(
      {"receipt", {start("KXRC")}, [](ByteView bytes) { return wire::open_receipt(bytes, example_county()).ok(); }});
  all.push_back({"checkpoint", {start("KXCP")}, [](ByteView bytes) {
                   return wire::open_checkpoint(bytes, example_county()).ok();
                 }});
  all.push_back({"key statement", {start("KXCK")}, [](ByteView bytes) {
                   return wire::open_key_statements({owned(bytes)}, example_county()).ok();
                 }});
  all.push_back({"enrolment code", {owned(as_bytes("ABCD-"))}, [](ByteView bytes) {
                   return wire::parse_enrolment_code(as_text(bytes)).ok();
                 }});
}

}  // namespace

const std::vector<Entrance>& all_entrances() {
  static const std::vector<Entrance> entrances = [] {
    std::vector<Entrance> all;
    add_frame_entrances(all);
    add_message_entrances(all);
    return all;
  }();
  return entrances;
}

Bytes nine_hostile_bytes(const Entrance& entrance, std::uint64_t number) {
  constexpr std::uint8_t edges[] = {0x00, 0x01, 0x02, 0x0f, 0x20, 0x7f, 0x80, 0xfe, 0xff};
  tests::SeededRandom random(number);
  Bytes bytes(9);
  random.fill(bytes);
  for (std::uint8_t& byte : bytes) {
    if (random.chance_percent(60)) byte = edges[random.below(std::size(edges))];
  }
  if (!entrance.beginnings.empty() && random.chance_percent(60)) {
    const Bytes& beginning = entrance.beginnings[random.below(entrance.beginnings.size())];
    std::copy_n(beginning.begin(), std::min<std::size_t>(beginning.size(), bytes.size()), bytes.begin());
  }
  return bytes;
}

}  // namespace kuangxun::fuzz
