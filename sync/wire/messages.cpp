#include "sync/wire/messages.h"

#include "db/language/language.h"
#include "sync/wire/field_codec.h"

namespace kuangxun::wire {
namespace {

template <class Variant, std::size_t index = 0>
Result<Variant> decode_at(std::size_t wanted, ByteView bytes) {
  if constexpr (index < std::variant_size_v<Variant>) {
    if (index != wanted) return decode_at<Variant, index + 1>(wanted, bytes);
    std::variant_alternative_t<index, Variant> body;
    ByteReader in(bytes);
    take_fields(in, body);
    if (in.is_finished()) return Variant(std::in_place_index<index>, std::move(body));
  }
  return Error(ErrorCode::bad_input, phrase("the content of a sync message is cut short or has bytes to spare"));
}

template <class Variant>
Bytes encode(const Variant& body) {
  ByteWriter out;
  std::visit([&](const auto& alternative) { put_fields(out, alternative); }, body);
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

bool AttachmentName::is_sound() const {
  return size_bytes <= limits::attachment_bytes_max;
}

bool ChunkMap::is_sound() const {
  return partial_bytes <= limits::chunk_bytes;
}

bool AttachmentPutRequest::is_sound() const {
  if (index >= name.chunk_count() || bytes.empty()) return false;
  const std::size_t chunk_bytes = name.chunk_size_bytes(index);
  return offset < chunk_bytes && bytes.size() <= chunk_bytes - offset;
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
