#include "sync/wire/messages.h"

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::wire {
namespace {

void put(ByteWriter& out, const history::WriterId& writer) {
  out.id(writer.device);
  out.number(writer.epoch);
}

void put(ByteWriter& out, const AttachmentName& name) {
  out.hash(name.hash);
  out.number(name.size_bytes);
}

void put(ByteWriter& out, const std::vector<Bytes>& list) {
  out.number(static_cast<std::uint32_t>(list.size()));
  for (const Bytes& bytes : list) out.counted(bytes);
}

void put(ByteWriter& out, const std::vector<frames::SequencedFrame>& frames) {
  out.number(static_cast<std::uint32_t>(frames.size()));
  for (const frames::SequencedFrame& frame : frames) {
    out.number(frame.county_sequence);
    out.counted(frame.bytes);
  }
}

void put(ByteWriter& out, const ChainState& chain) {
  out.number(chain.stored_through);
  out.number(chain.applied_through);
  out.hash(chain.last_frame);
  out.counted(chain.receipt);
}

void put(ByteWriter& out, const EnrolRequest& body) {
  out.hash(body.proof);
  out.key(body.key);
  out.key(body.tls_key);
  out.counted(body.name);
}

void put(ByteWriter& out, const StatusRequest& body) {
  out.number(body.incarnation);
  out.number(body.size);
  out.hash(body.root);
  out.number(body.receipt_through);
}

void put(ByteWriter& out, const PushRequest& body) {
  put(out, body.writer);
  put(out, body.frames);
}

void put(ByteWriter& out, const PullRequest& body) {
  out.number(body.incarnation);
  out.number(body.after);
  out.number(body.bytes_max);
}

void put(ByteWriter& out, const AttachmentHaveRequest& body) {
  out.number(static_cast<std::uint32_t>(body.names.size()));
  for (const AttachmentName& name : body.names) put(out, name);
}

void put(ByteWriter& out, const AttachmentPutRequest& body) {
  put(out, body.name);
  out.number(body.index);
  out.number(body.offset);
  out.counted(body.bytes);
}

void put(ByteWriter& out, const AttachmentGetRequest& body) {
  out.hash(body.hash);
  out.number(body.index);
  out.number(body.offset);
  out.number(body.bytes_max);
}

void put(ByteWriter& out, const ChainsRequest& body) {
  out.number(static_cast<std::uint32_t>(body.writers.size()));
  for (const history::WriterId& writer : body.writers) put(out, writer);
}

void put(ByteWriter& out, const ChainFramesRequest& body) {
  put(out, body.writer);
  out.number(body.after);
  out.number(body.bytes_max);
}

void put(ByteWriter& out, const ClaimRequest& body) {
  out.counted(body.checkpoint);
}

void put(ByteWriter& out, const NewEpochRequest& body) {
  out.number(body.epoch);
  out.key(body.key);
  out.signature(body.proof);
}

void put(ByteWriter&, const KeysRequest&) {}

void put(ByteWriter& out, const RenewCertificateRequest& body) {
  out.key(body.tls_key);
}

void put(ByteWriter& out, const EnrolPersonRequest& body) {
  out.hash(body.proof);
  out.key(body.key);
  out.signature(body.signature);
}

void put(ByteWriter& out, const EnrolAnswer& body) {
  out.id(body.county);
  put(out, body.keys);
  out.counted(body.name);
  out.counted(body.role);
  out.counted(body.certificate);
  put(out, body.trusted);
}

void put(ByteWriter& out, const StatusAnswer& body) {
  put(out, body.chain);
  out.number(body.latest_sequence);
  out.number(body.incarnation);
  out.number(body.key_count);
  out.counted(body.checkpoint);
}

void put(ByteWriter& out, const PushAnswer& body) {
  put(out, body.chain);
  out.number(static_cast<std::uint8_t>(body.refusal));
  out.number(body.refused_sequence);
}

void put(ByteWriter& out, const PullAnswer& body) {
  out.number(body.cursor);
  out.number(static_cast<std::uint8_t>(body.has_more));
  out.counted(body.checkpoint);
  out.number(static_cast<std::uint32_t>(body.skipped.size()));
  for (const SkippedFrame& skipped : body.skipped) {
    out.number(skipped.county_sequence);
    out.hash(skipped.hash);
  }
  put(out, body.frames);
}

void put(ByteWriter& out, const AttachmentHaveAnswer& body) {
  out.number(static_cast<std::uint32_t>(body.maps.size()));
  for (const ChunkMap& map : body.maps) {
    out.number(static_cast<std::uint8_t>(map.is_whole));
    out.counted(map.bits);
    out.number(map.partial_index);
    out.number(map.partial_bytes);
  }
}

void put(ByteWriter& out, const AttachmentPutAnswer& body) {
  out.number(static_cast<std::uint8_t>(body.outcome));
  out.number(body.held_bytes);
}

void put(ByteWriter& out, const AttachmentGetAnswer& body) {
  out.number(static_cast<std::uint8_t>(body.is_known));
  out.number(body.size_bytes);
  out.counted(body.bytes);
}

void put(ByteWriter& out, const ChainsAnswer& body) {
  out.number(static_cast<std::uint32_t>(body.ends.size()));
  for (const ChainEnd& end : body.ends) {
    out.number(end.stored_through);
    out.hash(end.last_frame);
  }
}

void put(ByteWriter& out, const ChainFramesAnswer& body) {
  out.number(static_cast<std::uint8_t>(body.has_more));
  put(out, body.frames);
}

void put(ByteWriter& out, const ClaimAnswer& body) {
  out.number(body.incarnation);
}

void put(ByteWriter&, const NewEpochAnswer&) {}

void put(ByteWriter& out, const KeysAnswer& body) {
  put(out, body.keys);
  put(out, body.trusted);
}

void put(ByteWriter& out, const RenewCertificateAnswer& body) {
  out.counted(body.certificate);
}

void put(ByteWriter& out, const EnrolPersonAnswer& body) {
  out.id(body.person);
  out.counted(body.name);
  out.counted(body.certificate_number);
  out.counted(body.role);
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

bool fits_chunk(const AttachmentPutRequest& body) {
  if (body.index >= body.name.chunk_count() || body.bytes.empty()) return false;
  const std::size_t chunk_bytes = body.name.chunk_size_bytes(body.index);
  return body.offset < chunk_bytes && body.bytes.size() <= chunk_bytes - body.offset;
}

bool take_flag(ByteReader& in) {
  return take_choice<std::uint8_t>(in, 1) != 0;
}

void take(ByteReader& in, history::WriterId& writer) {
  writer.device = in.id();
  writer.epoch = in.number<std::uint32_t>();
}

void take(ByteReader& in, AttachmentName& name) {
  name.hash = in.hash();
  name.size_bytes = in.number<std::uint64_t>();
  if (name.size_bytes > limits::attachment_bytes_max) in.fail();
}

void take(ByteReader& in, std::vector<Bytes>& list, std::uint32_t count_max, std::size_t bytes_max) {
  const std::uint32_t count = in.count(count_max, 4);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) list.push_back(in.counted_bytes(bytes_max));
}

void take(ByteReader& in, std::vector<frames::SequencedFrame>& list) {
  const std::uint32_t count = in.count(limits::pull_frames_max, 12);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    frames::SequencedFrame& frame = list.emplace_back();
    frame.county_sequence = in.number<std::uint64_t>();
    frame.bytes = in.counted_bytes(limits::frame_bytes_max);
  }
}

void take(ByteReader& in, ChainState& chain) {
  chain.stored_through = in.number<std::uint64_t>();
  chain.applied_through = in.number<std::uint64_t>();
  chain.last_frame = in.hash();
  chain.receipt = in.counted_bytes(limits::receipt_bytes_max);
}

void take(ByteReader& in, EnrolRequest& body) {
  body.proof = in.hash();
  body.key = in.key();
  body.tls_key = in.key();
  body.name = take_name(in);
}

void take(ByteReader& in, StatusRequest& body) {
  body.incarnation = in.number<std::uint32_t>();
  body.size = in.number<std::uint64_t>();
  body.root = in.hash();
  body.receipt_through = in.number<std::uint64_t>();
}

void take(ByteReader& in, PushRequest& body) {
  take(in, body.writer);
  take(in, body.frames, limits::push_frames_max, limits::frame_bytes_max);
}

void take(ByteReader& in, PullRequest& body) {
  body.incarnation = in.number<std::uint32_t>();
  body.after = in.number<std::uint64_t>();
  body.bytes_max = in.number<std::uint32_t>();
}

void take(ByteReader& in, AttachmentHaveRequest& body) {
  const std::uint32_t count = in.count(limits::attachment_names_max, 40);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) take(in, body.names.emplace_back());
}

void take(ByteReader& in, AttachmentPutRequest& body) {
  take(in, body.name);
  body.index = in.number<std::uint32_t>();
  body.offset = in.number<std::uint32_t>();
  body.bytes = in.counted_bytes(limits::chunk_bytes);
  if (!in.is_bad() && !fits_chunk(body)) in.fail();
}

void take(ByteReader& in, AttachmentGetRequest& body) {
  body.hash = in.hash();
  body.index = in.number<std::uint32_t>();
  body.offset = in.number<std::uint32_t>();
  body.bytes_max = in.number<std::uint32_t>();
}

void take(ByteReader& in, ChainsRequest& body) {
  const std::uint32_t count = in.count(limits::chains_max, 20);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) take(in, body.writers.emplace_back());
}

void take(ByteReader& in, ChainFramesRequest& body) {
  take(in, body.writer);
  body.after = in.number<std::uint64_t>();
  body.bytes_max = in.number<std::uint32_t>();
}

void take(ByteReader& in, ClaimRequest& body) {
  body.checkpoint = in.counted_bytes(limits::receipt_bytes_max);
}

void take(ByteReader& in, NewEpochRequest& body) {
  body.epoch = in.number<std::uint32_t>();
  body.key = in.key();
  body.proof = in.signature();
}

void take(ByteReader&, KeysRequest&) {}

void take(ByteReader& in, RenewCertificateRequest& body) {
  body.tls_key = in.key();
}

void take(ByteReader& in, EnrolPersonRequest& body) {
  body.proof = in.hash();
  body.key = in.key();
  body.signature = in.signature();
}

void take(ByteReader& in, EnrolAnswer& body) {
  body.county = in.id();
  take(in, body.keys, limits::county_keys_max, limits::statement_bytes_max);
  body.name = take_name(in);
  body.role = take_name(in);
  body.certificate = in.counted_bytes(limits::certificate_bytes_max);
  take(in, body.trusted, limits::county_keys_max, limits::certificate_bytes_max);
}

void take(ByteReader& in, StatusAnswer& body) {
  take(in, body.chain);
  body.latest_sequence = in.number<std::uint64_t>();
  body.incarnation = in.number<std::uint32_t>();
  body.key_count = in.number<std::uint32_t>();
  body.checkpoint = in.counted_bytes(limits::receipt_bytes_max);
}

void take(ByteReader& in, PushAnswer& body) {
  take(in, body.chain);
  body.refusal = take_choice<PushRefusal>(in, static_cast<std::uint8_t>(PushRefusal::newer_version));
  body.refused_sequence = in.number<std::uint64_t>();
}

void take(ByteReader& in, PullAnswer& body) {
  body.cursor = in.number<std::uint64_t>();
  body.has_more = take_flag(in);
  body.checkpoint = in.counted_bytes(limits::receipt_bytes_max);
  const std::uint32_t count = in.count(limits::skipped_frames_max, 40);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    SkippedFrame& skipped = body.skipped.emplace_back();
    skipped.county_sequence = in.number<std::uint64_t>();
    skipped.hash = in.hash();
  }
  take(in, body.frames);
}

void take(ByteReader& in, AttachmentHaveAnswer& body) {
  const std::uint32_t count = in.count(limits::attachment_names_max, 13);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    ChunkMap& map = body.maps.emplace_back();
    map.is_whole = take_flag(in);
    map.bits = in.counted_bytes(limits::attachment_bytes_max / limits::chunk_bytes / 8 + 1);
    map.partial_index = in.number<std::uint32_t>();
    map.partial_bytes = in.number<std::uint32_t>();
    if (map.partial_bytes > limits::chunk_bytes) in.fail();
  }
}

void take(ByteReader& in, AttachmentPutAnswer& body) {
  body.outcome = take_choice<PutOutcome>(in, static_cast<std::uint8_t>(PutOutcome::contradicted));
  body.held_bytes = in.number<std::uint32_t>();
}

void take(ByteReader& in, AttachmentGetAnswer& body) {
  body.is_known = take_flag(in);
  body.size_bytes = in.number<std::uint64_t>();
  body.bytes = in.counted_bytes(limits::chunk_bytes);
}

void take(ByteReader& in, ChainsAnswer& body) {
  const std::uint32_t count = in.count(limits::chains_max, 40);
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    ChainEnd& end = body.ends.emplace_back();
    end.stored_through = in.number<std::uint64_t>();
    end.last_frame = in.hash();
  }
}

void take(ByteReader& in, ChainFramesAnswer& body) {
  body.has_more = take_flag(in);
  take(in, body.frames);
}

void take(ByteReader& in, ClaimAnswer& body) {
  body.incarnation = in.number<std::uint32_t>();
}

void take(ByteReader&, NewEpochAnswer&) {}

void take(ByteReader& in, KeysAnswer& body) {
  take(in, body.keys, limits::county_keys_max, limits::statement_bytes_max);
  take(in, body.trusted, limits::county_keys_max, limits::certificate_bytes_max);
}

void take(ByteReader& in, RenewCertificateAnswer& body) {
  body.certificate = in.counted_bytes(limits::certificate_bytes_max);
}

void take(ByteReader& in, EnrolPersonAnswer& body) {
  body.person = in.id();
  body.name = take_name(in);
  body.certificate_number = take_name(in);
  body.role = take_name(in);
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
