#include "sync/requests/partial_put.h"

#include <algorithm>

#include "db/base/limits.h"
#include "sync/wire/byte_reader.h"

// Reads by hand what the message list reads whole: the end of the body is missing, and the bytes that came are wanted.
namespace kuangxun::requests {
namespace {

bool fits(const wire::AttachmentPutRequest& request) {
  if (request.name.size_bytes > limits::attachment_bytes_max || request.index >= request.name.chunk_count())
    return false;
  const std::size_t chunk_bytes = request.name.chunk_size_bytes(request.index);
  return request.offset < chunk_bytes && request.bytes.size() <= chunk_bytes - request.offset;
}

}  // namespace

std::optional<PartialPut> parse_partial_put(ByteView beginning) {
  // WIRE.md: the request's header, then the body of type 6 up to its bytes.
  wire::ByteReader in(beginning);
  PartialPut partial;
  const bool is_request = as_text(in.take(4)) == "KXRQ" && in.number<std::uint8_t>() == wire::wire_version;
  const bool is_put = in.number<std::uint8_t>() == static_cast<std::uint8_t>(wire::MessageType::attachment_put);
  const bool is_plain = in.number<std::uint16_t>() == 0;
  partial.header.county = in.id();
  partial.header.writer.device = in.id();
  partial.header.writer.epoch = in.number<std::uint32_t>();
  partial.header.sent_at_ms = in.number<std::int64_t>();
  in.number<std::uint32_t>();  // length of the body
  partial.request.name.hash = in.hash();
  partial.request.name.size_bytes = in.number<std::uint64_t>();
  partial.request.index = in.number<std::uint32_t>();
  partial.request.offset = in.number<std::uint32_t>();
  const auto promised = in.number<std::uint32_t>();
  if (in.is_bad() || !is_request || !is_put || !is_plain) return std::nullopt;
  constexpr std::size_t before_bytes = 4 + 1 + 1 + 2 + 16 + 16 + 4 + 8 + 4 + 32 + 8 + 4 + 4 + 4;
  const ByteView came = beginning.subspan(before_bytes);
  const ByteView bytes = came.first(std::min<std::size_t>(came.size(), promised));
  partial.request.bytes.assign(bytes.begin(), bytes.end());
  if (bytes.empty() || !fits(partial.request)) return std::nullopt;
  return partial;
}

}  // namespace kuangxun::requests
