#include "sync/wire/messages.h"

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::wire {
namespace {

void put(ByteWriter& out, const EnrolRequest& body) {
  out.hash(body.proof);
  out.key(body.key);
  out.counted(body.name);
}

void put(ByteWriter&, const StatusRequest&) {}

void put(ByteWriter& out, const PushRequest& body) {
  out.number(static_cast<std::uint32_t>(body.frames.size()));
  for (const Bytes& frame : body.frames) out.counted(frame);
}

void put(ByteWriter& out, const PullRequest& body) {
  out.number(body.after);
  out.number(static_cast<std::uint8_t>(body.wants_own));
  out.number(body.bytes_max);
}

void put(ByteWriter& out, const AttachmentName& name) {
  out.hash(name.hash);
  out.number(name.size_bytes);
}

void put(ByteWriter& out, const AttachmentHaveRequest& body) {
  out.number(static_cast<std::uint32_t>(body.names.size()));
  for (const AttachmentName& name : body.names) put(out, name);
}

void put(ByteWriter& out, const AttachmentPutRequest& body) {
  put(out, body.name);
  out.number(body.index);
  out.counted(body.bytes);
}

void put(ByteWriter& out, const AttachmentGetRequest& body) {
  out.hash(body.hash);
  out.number(body.index);
}

void put(ByteWriter& out, const EnrolAnswer& body) {
  out.id(body.county);
  out.key(body.county_key);
  out.counted(body.name);
  out.counted(body.role);
}

void put(ByteWriter& out, const ChainState& chain) {
  out.number(chain.stored_through);
  out.number(chain.applied_through);
  out.hash(chain.last_frame);
  out.counted(chain.receipt);
}

void put(ByteWriter& out, const StatusAnswer& body) {
  put(out, body.chain);
  out.number(body.latest_sequence);
}

void put(ByteWriter& out, const PushAnswer& body) {
  put(out, body.chain);
  out.number(static_cast<std::uint8_t>(body.refusal));
  out.number(body.refused_sequence);
  out.number(static_cast<std::uint32_t>(body.quarantined.size()));
  for (const QuarantinedRange& range : body.quarantined) {
    out.number(range.first_sequence);
    out.number(range.last_sequence);
    out.number(static_cast<std::uint8_t>(range.code));
  }
}

void put(ByteWriter& out, const PullAnswer& body) {
  out.number(body.cursor);
  out.number(static_cast<std::uint8_t>(body.has_more));
  out.number(static_cast<std::uint32_t>(body.writers.size()));
  for (const WriterNote& note : body.writers) {
    out.id(note.writer.device);
    out.number(note.writer.epoch);
    out.key(note.key);
    out.counted(note.name);
  }
  out.number(static_cast<std::uint32_t>(body.frames.size()));
  for (const frames::SequencedFrame& frame : body.frames) {
    out.number(frame.county_sequence);
    out.counted(frame.bytes);
  }
}

void put(ByteWriter& out, const AttachmentHaveAnswer& body) {
  out.number(static_cast<std::uint32_t>(body.maps.size()));
  for (const ChunkMap& map : body.maps) {
    out.number(static_cast<std::uint8_t>(map.is_whole));
    out.counted(map.bits);
  }
}

void put(ByteWriter& out, const AttachmentPutAnswer& body) {
  out.number(static_cast<std::uint8_t>(body.outcome));
}

void put(ByteWriter& out, const AttachmentGetAnswer& body) {
  out.number(static_cast<std::uint8_t>(body.is_known));
  out.number(body.size_bytes);
  out.counted(body.bytes);
}

// A byte that may hold 0 to `last`.
template <class Choice>
Choice take_choice(ByteReader& in, std::uint8_t last) {
  const auto value = in.number<std::uint8_t>();
  if (value > last) in.fail();
  return static_cast<Choice>(in.is_bad() ? 0 : value);
}

std::string take_name(ByteReader& in) {
  std::string name = in.counted_text(limits::short_text_bytes_max);
  if (!is_clean_utf8(name)) in.fail();
  return name;
}

void take(ByteReader& in, EnrolRequest& body) {
  body.proof = in.hash();
  body.key = in.key();
  body.name = take_name(in);
}

void take(ByteReader&, StatusRequest&) {}

void take(ByteReader& in, PushRequest& body) {
  const std::uint32_t count = in.count(limits::push_frames_max, 4);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    body.frames.push_back(in.counted_bytes(limits::frame_bytes_max));
  }
}

void take(ByteReader& in, PullRequest& body) {
  body.after = in.number<std::uint64_t>();
  body.wants_own = take_choice<std::uint8_t>(in, 1) != 0;
  body.bytes_max = in.number<std::uint32_t>();
}

void take(ByteReader& in, AttachmentName& name) {
  name.hash = in.hash();
  name.size_bytes = in.number<std::uint64_t>();
  if (name.size_bytes > limits::attachment_bytes_max) in.fail();
}

void take(ByteReader& in, AttachmentHaveRequest& body) {
  const std::uint32_t count = in.count(limits::attachment_names_max, 40);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) take(in, body.names.emplace_back());
}

void take(ByteReader& in, AttachmentPutRequest& body) {
  take(in, body.name);
  body.index = in.number<std::uint32_t>();
  body.bytes = in.counted_bytes(limits::chunk_bytes);
  if (!in.is_bad() &&
      (body.index >= body.name.chunk_count() || body.bytes.size() != body.name.chunk_size_bytes(body.index))) {
    in.fail();
  }
}

void take(ByteReader& in, AttachmentGetRequest& body) {
  body.hash = in.hash();
  body.index = in.number<std::uint32_t>();
}

void take(ByteReader& in, EnrolAnswer& body) {
  body.county = in.id();
  body.county_key = in.key();
  body.name = take_name(in);
  body.role = take_name(in);
}

void take(ByteReader& in, ChainState& chain) {
  chain.stored_through = in.number<std::uint64_t>();
  chain.applied_through = in.number<std::uint64_t>();
  chain.last_frame = in.hash();
  chain.receipt = in.counted_bytes(limits::receipt_bytes_max);
}

void take(ByteReader& in, StatusAnswer& body) {
  take(in, body.chain);
  body.latest_sequence = in.number<std::uint64_t>();
}

void take(ByteReader& in, PushAnswer& body) {
  take(in, body.chain);
  body.refusal = take_choice<PushRefusal>(in, static_cast<std::uint8_t>(PushRefusal::fork));
  body.refused_sequence = in.number<std::uint64_t>();
  const std::uint32_t count = in.count(limits::quarantined_ranges_max, 17);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    QuarantinedRange& range = body.quarantined.emplace_back();
    range.first_sequence = in.number<std::uint64_t>();
    range.last_sequence = in.number<std::uint64_t>();
    range.code = take_choice<QuarantineCode>(in, static_cast<std::uint8_t>(QuarantineCode::fork));
    if (range.code < QuarantineCode::undecodable) in.fail();
  }
}

void take(ByteReader& in, PullAnswer& body) {
  body.cursor = in.number<std::uint64_t>();
  body.has_more = take_choice<std::uint8_t>(in, 1) != 0;
  const std::uint32_t writers = in.count(limits::pull_frames_max, 56);
  for (std::uint32_t i = 0; i < writers && !in.is_bad(); ++i) {
    WriterNote& note = body.writers.emplace_back();
    note.writer.device = in.id();
    note.writer.epoch = in.number<std::uint32_t>();
    note.key = in.key();
    note.name = take_name(in);
  }
  const std::uint32_t count = in.count(limits::pull_frames_max, 12);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    frames::SequencedFrame& frame = body.frames.emplace_back();
    frame.county_sequence = in.number<std::uint64_t>();
    frame.bytes = in.counted_bytes(limits::frame_bytes_max);
  }
}

void take(ByteReader& in, AttachmentHaveAnswer& body) {
  const std::uint32_t count = in.count(limits::attachment_names_max, 5);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    ChunkMap& map = body.maps.emplace_back();
    map.is_whole = take_choice<std::uint8_t>(in, 1) != 0;
    map.bits = in.counted_bytes(limits::attachment_bytes_max / limits::chunk_bytes / 8 + 1);
  }
}

void take(ByteReader& in, AttachmentPutAnswer& body) {
  body.outcome = take_choice<PutOutcome>(in, static_cast<std::uint8_t>(PutOutcome::contradicted));
}

void take(ByteReader& in, AttachmentGetAnswer& body) {
  body.is_known = take_choice<std::uint8_t>(in, 1) != 0;
  body.size_bytes = in.number<std::uint64_t>();
  body.bytes = in.counted_bytes(limits::chunk_bytes);
}

template <class Variant, std::size_t index = 0>
Result<Variant> decode_at(std::size_t wanted, ByteView bytes) {
  if constexpr (index < std::variant_size_v<Variant>) {
    if (index != wanted) return decode_at<Variant, index + 1>(wanted, bytes);
    std::variant_alternative_t<index, Variant> body;
    ByteReader in(bytes);
    take(in, body);
    if (in.is_finished()) return Variant(std::in_place_index<index>, std::move(body));
  }
  return Error(ErrorCode::bad_input, say_text("同步消息的内容不完整或有多余字节",
                                              "the content of a sync message is cut short or has bytes to spare"));
}

template <class Variant>
Bytes encode(const Variant& body) {
  ByteWriter out;
  std::visit([&](const auto& alternative) { put(out, alternative); }, body);
  return std::move(out).bytes();
}

}  // namespace

std::uint32_t AttachmentName::chunk_count() const {
  return static_cast<std::uint32_t>((size_bytes + limits::chunk_bytes - 1) / limits::chunk_bytes);
}

std::size_t AttachmentName::chunk_size_bytes(std::uint32_t index) const {
  const std::uint64_t begin = std::uint64_t{index} * limits::chunk_bytes;
  return begin >= size_bytes ? 0 : std::min<std::uint64_t>(limits::chunk_bytes, size_bytes - begin);
}

bool ChunkMap::has(std::uint32_t index) const {
  if (is_whole) return true;
  return index / 8 < bits.size() && ((bits[index / 8] >> (index % 8)) & 1) != 0;
}

MessageType type_of(const RequestBody& body) {
  return static_cast<MessageType>(body.index() + 1);
}

Bytes encode_body(const RequestBody& body) {
  return encode(body);
}

Bytes encode_body(const AnswerBody& body) {
  return encode(body);
}

Result<RequestBody> decode_request_body(MessageType type, ByteView bytes) {
  return decode_at<RequestBody>(static_cast<std::size_t>(type) - 1, bytes);
}

Result<AnswerBody> decode_answer_body(MessageType type, ByteView bytes) {
  return decode_at<AnswerBody>(static_cast<std::size_t>(type) - 1, bytes);
}

}  // namespace kuangxun::wire
