#include "sync/server/attachments.h"

#include <algorithm>

#include "db/base/limits.h"
#include "sync/wire/byte_reader.h"

namespace kuangxun::server {
namespace {

bool has_all(const wire::ChunkMap& map, const wire::AttachmentName& name) {
  for (std::uint32_t i = 0; i < name.chunk_count(); ++i) {
    if (!map.has(i)) return false;
  }
  return true;
}

Result<Hash> hash_of_chunks(CountyStore& store, const wire::AttachmentName& name) {
  Bytes file;
  file.reserve(static_cast<std::size_t>(name.size_bytes));
  for (std::uint32_t i = 0; i < name.chunk_count(); ++i) {
    KX_TRY(bytes, store.chunk(name.hash, i));
    file.insert(file.end(), bytes.begin(), bytes.end());
  }
  return sha256(file);
}

// What the county has of the chunk with what came; unchanged when there is a gap between them or nothing new.
Bytes joined(Bytes held, const wire::AttachmentPutRequest& request) {
  const std::size_t end = request.offset + request.bytes.size();
  if (request.offset > held.size() || end <= held.size()) return held;
  const auto fresh = request.bytes.begin() + static_cast<std::ptrdiff_t>(held.size() - request.offset);
  held.insert(held.end(), fresh, request.bytes.end());
  return held;
}

bool fits(const wire::AttachmentPutRequest& request) {
  if (request.name.size_bytes > limits::attachment_bytes_max || request.index >= request.name.chunk_count())
    return false;
  const std::size_t chunk_bytes = request.name.chunk_size_bytes(request.index);
  return request.offset < chunk_bytes && request.bytes.size() <= chunk_bytes - request.offset;
}

}  // namespace

Result<wire::AttachmentPutAnswer> keep_chunk(CountyStore& store, const wire::AttachmentPutRequest& request) {
  KX_TRY(transaction, Transaction::begin(store, Work::store));
  const std::size_t chunk_bytes = request.name.chunk_size_bytes(request.index);
  wire::AttachmentPutAnswer answer;
  answer.held_bytes = static_cast<std::uint32_t>(chunk_bytes);
  KX_TRY(whole, store.whole_size_bytes(request.name.hash));
  if (whole.has_value()) {
    answer.outcome = wire::PutOutcome::whole;
    return answer;
  }
  KX_TRY(held, store.chunk(request.name.hash, request.index));
  const std::size_t held_bytes = held.size();
  const Bytes now = joined(std::move(held), request);
  answer.held_bytes = static_cast<std::uint32_t>(now.size());
  if (now.size() == held_bytes) return answer;
  KX_CHECK(store.set_chunk(request.name, request.index, now));
  if (now.size() == chunk_bytes) {
    KX_TRY(map, store.chunk_map(request.name));
    if (has_all(map, request.name)) {
      KX_TRY(hash, hash_of_chunks(store, request.name));
      const bool is_right = hash == request.name.hash;
      answer.outcome = is_right ? wire::PutOutcome::whole : wire::PutOutcome::contradicted;
      if (!is_right) answer.held_bytes = 0;
      KX_CHECK(is_right ? store.set_whole(request.name) : store.drop_chunks(request.name.hash));
    }
  }
  KX_CHECK(transaction.commit());
  return answer;
}

Result<wire::AttachmentGetAnswer> read_chunk(CountyStore& store, const wire::AttachmentGetRequest& request) {
  wire::AttachmentGetAnswer answer;
  KX_TRY(size_bytes, store.whole_size_bytes(request.hash));
  answer.is_known = size_bytes.has_value();
  answer.size_bytes = size_bytes.value_or(0);
  if (!answer.is_known) return answer;
  KX_TRY(bytes, store.chunk(request.hash, request.index));
  if (request.offset >= bytes.size()) return answer;
  const std::size_t count = std::min<std::size_t>(request.bytes_max, bytes.size() - request.offset);
  const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(request.offset);
  answer.bytes.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
  return answer;
}

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

}  // namespace kuangxun::server
