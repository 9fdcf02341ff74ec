#include "sync/requests/partial_put.h"

#include <algorithm>

#include "sync/wire/field_codec.h"

// Reads by hand what the message list reads whole: the end of the body is missing, and the bytes that came are wanted.
namespace kuangxun::requests {

std::optional<PartialPut> parse_partial_put(ByteView beginning) {
  // WIRE.md: the request's header, then the body of type 6 up to its bytes.
  wire::ByteReader in(beginning);
  PartialPut partial;
  const bool is_request = as_text(in.take(4)) == "KXRQ" && in.number<std::uint8_t>() == wire::wire_version;
  const bool is_put = in.number<std::uint8_t>() == static_cast<std::uint8_t>(wire::MessageType::attachment_put);
  const bool is_plain = in.number<std::uint16_t>() == 0;
  wire::take_fields(in, partial.header);
  in.number<std::uint32_t>();  // length of the body
  wire::take_fields(in, partial.request.name);
  partial.request.index = in.number<std::uint32_t>();
  partial.request.offset = in.number<std::uint32_t>();
  const auto promised = in.number<std::uint32_t>();
  if (in.is_bad() || !is_request || !is_put || !is_plain) return std::nullopt;
  constexpr std::size_t before_bytes =
      4 + 1 + 1 + 2 + wire::bytes_min<wire::RequestHeader>() + 4 + wire::bytes_min<wire::AttachmentName>() + 4 + 4 + 4;
  const ByteView came = beginning.subspan(before_bytes);
  const ByteView bytes = came.first(std::min<std::size_t>(came.size(), promised));
  partial.request.bytes.assign(bytes.begin(), bytes.end());
  if (!partial.request.is_sound()) return std::nullopt;
  return partial;
}

}  // namespace kuangxun::requests
