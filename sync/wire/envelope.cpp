#include "sync/wire/envelope.h"

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/wire/field_codec.h"

namespace kuangxun::wire {
namespace {

constexpr std::string_view request_magic = "KXRQ";
constexpr std::string_view answer_magic = "KXAN";
constexpr std::size_t signature_bytes = 64;
// magic, version, type, 2 zero bytes, the header's fields, body length
constexpr std::size_t request_header_bytes = 4 + 1 + 1 + 2 + bytes_min<RequestHeader>() + 4;
// magic, version, type, code, request hash, county time, county epoch, body length
constexpr std::size_t answer_header_bytes = 4 + 1 + 1 + 2 + 32 + 8 + 4 + 4;

Error malformed() {
  return Error(ErrorCode::bad_input, phrase("not a whole sync message"));
}

Error other_version(std::uint8_t version) {
  return Error(ErrorCode::newer_version,
               phrase("the sync message has version {0}, this program knows version {1}: update the program",
                      {std::to_string(version), std::to_string(wire_version)}));
}

// Whatever comes later comes as another type or another version: who asks learns the same of both.
Error other_type(std::uint8_t type) {
  return Error(
      ErrorCode::newer_version,
      phrase("this program does not know sync messages of type {0}: update the program", {std::to_string(type)}));
}

// Magic, version and type; the type is one we know.
Result<MessageType> take_start(ByteReader& in, std::string_view magic) {
  if (as_text(in.take(magic.size())) != magic) return malformed();
  const auto version = in.number<std::uint8_t>();
  const auto type = in.number<std::uint8_t>();
  if (in.is_bad()) return malformed();
  if (version != wire_version) return other_version(version);
  if (type == 0 || type > message_types) return other_type(type);
  return static_cast<MessageType>(type);
}

Bytes finish(ByteWriter out, ByteView body, const SigningKey& key) {
  out.counted(body);
  const Signature signature = key.sign(out.bytes());
  out.signature(signature);
  return std::move(out).bytes();
}

Bytes seal_any_answer(MessageType type, const AnswerHeader& header, ByteView body, const SigningKey& county_key) {
  ByteWriter out;
  out.raw(answer_magic);
  out.number(wire_version);
  out.number(static_cast<std::uint8_t>(type));
  out.number(static_cast<std::uint16_t>(header.code));
  out.hash(header.request);
  out.number(header.county_time_ms);
  out.number(header.county_epoch);
  return finish(std::move(out), body, county_key);
}

// The body's length fits what is there exactly; then the signature behind it.
bool take_end(ByteReader& in, Signature& signature) {
  in.counted(limits::http_body_bytes_max);
  signature = in.signature();
  return in.is_finished();
}

}  // namespace

ByteView Request::body() const {
  return signed_part().subspan(request_header_bytes);
}

ByteView Request::signed_part() const {
  return ByteView(bytes).first(bytes.size() - signature_bytes);
}

ByteView Answer::body() const {
  return signed_part().subspan(answer_header_bytes);
}

ByteView Answer::signed_part() const {
  return ByteView(bytes).first(bytes.size() - signature_bytes);
}

Bytes seal_request(const RequestHeader& header, const RequestBody& body, const SigningKey& device_key) {
  ByteWriter out;
  out.raw(request_magic);
  out.number(wire_version);
  out.number(static_cast<std::uint8_t>(type_of(body)));
  out.number(std::uint16_t{0});
  put_fields(out, header);
  return finish(std::move(out), encode_body(body), device_key);
}

Result<Request> parse_request(Bytes bytes) {
  ByteReader in(bytes);
  KX_TRY(type, take_start(in, request_magic));
  Request request;
  request.type = type;
  if (in.number<std::uint16_t>() != 0) return malformed();
  take_fields(in, request.header);
  if (!take_end(in, request.signature)) return malformed();
  request.bytes = std::move(bytes);
  return request;
}

bool is_signed_by(const Request& request, const PublicKey& key) {
  return verify_signature(key, request.signed_part(), request.signature);
}

Bytes seal_answer(MessageType type, const AnswerHeader& header, const AnswerBody& body, const SigningKey& county_key) {
  return seal_any_answer(type, header, encode_body(body), county_key);
}

Bytes seal_refusal(MessageType type, const AnswerHeader& header, const SigningKey& county_key) {
  return seal_any_answer(type, header, {}, county_key);
}

Result<Answer> parse_answer(Bytes bytes) {
  ByteReader in(bytes);
  KX_TRY(type, take_start(in, answer_magic));
  Answer answer;
  answer.type = type;
  const auto code = in.number<std::uint16_t>();
  if (code > static_cast<std::uint16_t>(AnswerCode::no_space)) {
    return Error(ErrorCode::newer_version,
                 phrase("the county refuses with code {0}, which this program does not know: update the program",
                        {std::to_string(code)}));
  }
  answer.header.code = static_cast<AnswerCode>(code);
  answer.header.request = in.hash();
  answer.header.county_time_ms = in.number<std::int64_t>();
  answer.header.county_epoch = in.number<std::uint32_t>();
  if (!take_end(in, answer.signature)) return malformed();
  answer.bytes = std::move(bytes);
  return answer;
}

bool is_signed_by(const Answer& answer, const PublicKey& key) {
  return verify_signature(key, answer.signed_part(), answer.signature);
}

}  // namespace kuangxun::wire
