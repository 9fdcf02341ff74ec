#include "db/frames/frame.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "db/base/limits.h"
#include "db/frames/compression.h"
#include "db/frames/payload.h"
#include "db/language/language.h"

// A frame is a stranger's until its signature holds, so the header is read by hand: it has one length, each field one
// place, and every number is held against its limit and the bytes that are there before anything is built from it.
namespace kuangxun::frames {
namespace {

// Offsets of the header, as FORMAT.md lists them.
constexpr std::array<std::uint8_t, 4> magic = {'K', 'X', 'F', '0'};
constexpr std::size_t version_at = 4;
constexpr std::size_t suite_at = 5;
constexpr std::size_t codec_at = 6;
constexpr std::size_t reserved_at = 7;
constexpr std::size_t device_at = 8;
constexpr std::size_t epoch_at = 24;
constexpr std::size_t first_sequence_at = 28;
constexpr std::size_t count_at = 36;
constexpr std::size_t payload_bytes_at = 40;
constexpr std::size_t raw_payload_bytes_at = 44;
constexpr std::size_t previous_at = 48;
constexpr std::size_t payload_hash_at = 80;
constexpr std::size_t county_receipt_at = 112;
constexpr std::size_t signature_at = 144;
constexpr std::size_t payload_at = 208;

template <class T>
void put(Bytes& bytes, std::size_t at, T value) {
  for (std::size_t i = 0; i < sizeof value; ++i) bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

template <class T>
T get(ByteView bytes, std::size_t at) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i)
    value = static_cast<T>(value | (static_cast<T>(bytes[at + i]) << (8 * i)));
  return value;
}

Error malformed(MessageId message) {
  return Error(ErrorCode::bad_input, phrase("not a whole frame of this program: {0}", {phrase(message)}));
}

Error disbelieved(MessageId message) {
  return Error(ErrorCode::refused, phrase("the frame is not trusted: {0}", {phrase(message)}));
}

void write_header(Bytes& bytes, const FrameHeader& header) {
  std::ranges::copy(magic, bytes.begin());
  bytes[version_at] = format_version;
  bytes[suite_at] = static_cast<std::uint8_t>(header.suite);
  bytes[codec_at] = static_cast<std::uint8_t>(header.codec);
  std::ranges::copy(header.writer.device.bytes, bytes.begin() + device_at);
  put(bytes, epoch_at, header.writer.epoch);
  put(bytes, first_sequence_at, header.first_sequence);
  put(bytes, count_at, header.count);
  put(bytes, payload_bytes_at, header.payload_bytes);
  put(bytes, raw_payload_bytes_at, header.raw_payload_bytes);
  std::ranges::copy(header.previous.bytes, bytes.begin() + previous_at);
  std::ranges::copy(header.payload.bytes, bytes.begin() + payload_hash_at);
  std::ranges::copy(header.county_receipt.bytes, bytes.begin() + county_receipt_at);
}

FrameHeader read_header(ByteView bytes) {
  FrameHeader header;
  header.suite = static_cast<Suite>(bytes[suite_at]);
  header.codec = static_cast<Codec>(bytes[codec_at]);
  header.writer.device = uuid_from_bytes(bytes.subspan(device_at, 16));
  header.writer.epoch = get<std::uint32_t>(bytes, epoch_at);
  header.first_sequence = get<std::uint64_t>(bytes, first_sequence_at);
  header.count = get<std::uint32_t>(bytes, count_at);
  header.payload_bytes = get<std::uint32_t>(bytes, payload_bytes_at);
  header.raw_payload_bytes = get<std::uint32_t>(bytes, raw_payload_bytes_at);
  header.previous = hash_from_bytes(bytes.subspan(previous_at, 32));
  header.payload = hash_from_bytes(bytes.subspan(payload_hash_at, 32));
  header.county_receipt = hash_from_bytes(bytes.subspan(county_receipt_at, 32));
  return header;
}

Status check_header(const FrameHeader& header, std::size_t frame_bytes) {
  if (header.suite != Suite::pinned && header.suite != Suite::ed25519) return malformed("unknown suite");
  if (header.codec != Codec::raw && header.codec != Codec::zstd) return malformed("unknown codec");
  if (header.count == 0 || header.count > limits::frame_operations_max || header.first_sequence == 0 ||
      header.first_sequence > limits::sequence_max - (header.count - 1)) {
    return malformed("operation numbers");
  }
  if (header.payload_bytes != frame_bytes - payload_at || header.raw_payload_bytes > limits::payload_bytes_max ||
      (header.codec == Codec::raw && header.raw_payload_bytes != header.payload_bytes)) {
    return malformed("lengths");
  }
  return {};
}

Frame build(std::span<const history::Operation> operations, FrameHeader header, bool may_compress) {
  assert(!operations.empty() && operations.size() <= limits::frame_operations_max);
  const Bytes raw = encode_payload(operations);
  Bytes payload = may_compress ? compress(raw) : raw;
  header.codec = Codec::zstd;
  if (!may_compress || payload.size() >= raw.size()) {
    payload = raw;
    header.codec = Codec::raw;
  }
  header.writer = operations.front().id.writer;
  header.first_sequence = operations.front().id.sequence;
  header.count = static_cast<std::uint32_t>(operations.size());
  header.payload_bytes = static_cast<std::uint32_t>(payload.size());
  header.raw_payload_bytes = static_cast<std::uint32_t>(raw.size());
  header.payload = sha256(payload);
  Frame frame;
  frame.header = header;
  frame.bytes.resize(payload_at);
  write_header(frame.bytes, header);
  frame.bytes.insert(frame.bytes.end(), payload.begin(), payload.end());
  return frame;
}

}  // namespace

ByteView Frame::payload() const {
  return ByteView(bytes).subspan(payload_at);
}
ByteView Frame::signed_part() const {
  return ByteView(bytes).first(signature_at);
}
Hash Frame::hash() const {
  return frame_hash(bytes);
}

Hash frame_hash(ByteView bytes) {
  return bytes.size() < payload_at ? Hash{} : sha256(bytes.first(payload_at));
}

Result<Frame> parse_frame(Bytes bytes) {
  if (bytes.size() < payload_at || bytes.size() > limits::frame_bytes_max) return malformed("length");
  if (!std::ranges::equal(ByteView(bytes).first(magic.size()), magic)) return malformed("magic");
  if (bytes[version_at] < format_version) {
    return malformed("data of a trial version, which is not read any more");
  }
  if (bytes[version_at] > format_version) {
    return Error(ErrorCode::newer_version, phrase("the frame was written by a newer program; upgrade this one"));
  }
  if (bytes[reserved_at] != 0) return malformed("reserved byte");
  Frame frame;
  frame.header = read_header(bytes);
  KX_CHECK(check_header(frame.header, bytes.size()));
  std::ranges::copy(ByteView(bytes).subspan(signature_at, 64), frame.signature.bytes.begin());
  frame.bytes = std::move(bytes);
  return frame;
}

// The signature covers the header, and the payload only through its hash: until that hash is right, a good signature
// says nothing about what the frame holds.
Status verify_frame(const Frame& frame, const PublicKey& key) {
  if (sha256(frame.payload()) != frame.header.payload) return disbelieved("its content does not match its hash");
  if (frame.header.suite == Suite::pinned) {
    if (frame.hash() == pinned_hash()) return {};
    return disbelieved("not the registers this program was built with");
  }
  if (!verify_signature(key, frame.signed_part(), frame.signature)) return disbelieved("its signature is not valid");
  return {};
}

Result<std::vector<history::Operation>> decode_operations(const Frame& frame) {
  const FrameHeader& header = frame.header;
  if (header.codec == Codec::raw)
    return decode_payload(frame.payload(), header.writer, header.first_sequence, header.count);
  KX_TRY(raw, decompress(frame.payload(), header.raw_payload_bytes));
  return decode_payload(raw, header.writer, header.first_sequence, header.count);
}

Frame seal_frame(std::span<const history::Operation> operations, const Hash& previous, const Hash& county_receipt,
                 const SigningKey& key) {
  FrameHeader header;
  header.suite = Suite::ed25519;
  header.previous = previous;
  header.county_receipt = county_receipt;
  Frame frame = build(operations, header, true);
  frame.signature = key.sign(frame.signed_part());
  std::ranges::copy(frame.signature.bytes, frame.bytes.begin() + signature_at);
  return frame;
}

// Not compressed: another version of zstd may pack the same bytes differently, and the hash of this frame must be the
// same on every machine.
Frame seal_pinned_frame(std::span<const history::Operation> operations) {
  FrameHeader header;
  header.suite = Suite::pinned;
  return build(operations, header, false);
}

}  // namespace kuangxun::frames
