#include "sync/local/requests.h"

#include "db/frames/payload.h"
#include "db/language/language.h"
#include "sync/wire/field_codec.h"

namespace kuangxun::local {
namespace {

Error not_understood() {
  return Error(ErrorCode::bad_input,
               phrase("the other program on this laptop said something that this one does not understand"));
}

template <std::size_t index = 0>
Result<Request> decode_body(std::size_t type, wire::ByteReader& in) {
  if constexpr (index < std::variant_size_v<Request>) {
    if (type != index) return decode_body<index + 1>(type, in);
    std::variant_alternative_t<index, Request> body;
    wire::take_fields(in, body);
    if (!in.is_finished()) return not_understood();
    return Request(std::in_place_index<index>, std::move(body));
  } else {
    return not_understood();
  }
}

}  // namespace

Bytes encode(const Request& request) {
  wire::ByteWriter out;
  out.number(static_cast<std::uint8_t>(request.index()));
  std::visit([&](const auto& body) { wire::put_fields(out, body); }, request);
  return std::move(out).bytes();
}

Bytes encode(const Answer& answer) {
  wire::ByteWriter out;
  wire::put_fields(out, answer);
  return std::move(out).bytes();
}

Result<Request> decode_request(ByteView bytes) {
  wire::ByteReader in(bytes);
  const auto type = in.number<std::uint8_t>();
  return decode_body(type, in);
}

Result<Answer> decode_answer(ByteView bytes) {
  wire::ByteReader in(bytes);
  Answer answer;
  wire::take_fields(in, answer);
  constexpr std::uint8_t code_max = 1 + static_cast<std::uint8_t>(ErrorCode::refused);
  if (!in.is_finished() || answer.code > code_max) return not_understood();
  return answer;
}

EditBody body_of(const history::Edit& edit) {
  history::Operation operation;
  operation.values = edit.values;
  wire::ByteWriter seen;
  for (const history::OperationId& id : edit.seen) {
    wire::put_value(seen, id.writer);
    seen.number(id.sequence);
  }
  return {edit.record, edit.kind, edit.group, frames::encode_content(operation), std::move(seen).bytes()};
}

Result<history::Edit> edit_of(const EditBody& body) {
  history::Operation operation;
  KX_CHECK(frames::decode_content(body.values, operation));
  history::Edit edit{body.record, body.kind, body.group, std::move(operation.values), {}};
  constexpr std::size_t id_bytes = 16 + 4 + 8;
  if (body.seen.size() % id_bytes != 0) return not_understood();
  wire::ByteReader seen(body.seen);
  for (std::size_t count = body.seen.size() / id_bytes; count > 0; --count) {
    history::OperationId& id = edit.seen.emplace_back();
    wire::take_value(seen, id.writer);
    id.sequence = seen.number<std::uint64_t>();
  }
  return edit;
}

}  // namespace kuangxun::local
