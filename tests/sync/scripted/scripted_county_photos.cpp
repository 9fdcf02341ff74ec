#include "db/base/limits.h"
#include "tests/sync/scripted/scripted_county.h"

namespace kuangxun::tests {
namespace {

Bytes joined(const CountyBooks::Photo& photo) {
  Bytes file;
  for (const auto& [index, bytes] : photo.chunks) file.insert(file.end(), bytes.begin(), bytes.end());
  return file;
}

}  // namespace

wire::AttachmentHaveAnswer CountyBooks::answer(const wire::AttachmentHaveRequest& request) {
  wire::AttachmentHaveAnswer answer;
  for (const wire::AttachmentName& name : request.names) {
    const CountyBooks::Photo& photo = photos[name];
    wire::ChunkMap map;
    map.is_whole = photo.is_whole;
    if (!map.is_whole) map.bits.resize((name.chunk_count() + 7) / 8);
    for (const auto& [index, bytes] : photo.chunks) {
      if (map.is_whole) break;
      if (bytes.size() == name.chunk_size_bytes(index)) {
        map.bits[index / 8] = static_cast<std::uint8_t>(map.bits[index / 8] | 1U << (index % 8));
      } else if (map.partial_bytes == 0) {
        map.partial_index = index;
        map.partial_bytes = static_cast<std::uint32_t>(bytes.size());
      }
    }
    answer.maps.push_back(map);
  }
  return answer;
}

wire::AttachmentPutAnswer CountyBooks::answer(const wire::AttachmentPutRequest& request) {
  CountyBooks::Photo& photo = photos[request.name];
  if (photo.is_whole) return {wire::PutOutcome::whole, 0};
  Bytes& chunk = photo.chunks[request.index];
  // Bytes behind a gap are not kept; the answer says what is.
  if (request.offset <= chunk.size()) {
    chunk.resize(request.offset);
    chunk.insert(chunk.end(), request.bytes.begin(), request.bytes.end());
  }
  const auto held = static_cast<std::uint32_t>(chunk.size());
  const Bytes file = joined(photo);
  if (file.size() < request.name.size_bytes) {
    return {wire::PutOutcome::kept, held};
  }
  if (sha256(file) == request.name.hash) {
    photo.is_whole = true;
    return {wire::PutOutcome::whole, held};
  }
  photo.chunks.clear();
  return {wire::PutOutcome::contradicted, 0};
}

wire::AttachmentGetAnswer CountyBooks::answer(const wire::AttachmentGetRequest& request) const {
  for (const auto& [name, photo] : photos) {
    if (name.hash != request.hash || !photo.is_whole) continue;
    const Bytes& chunk = photo.chunks.at(request.index);
    const std::size_t end = std::min<std::size_t>(chunk.size(), std::size_t{request.offset} + request.bytes_max);
    return {true, name.size_bytes,
            Bytes(chunk.begin() + request.offset, chunk.begin() + static_cast<std::ptrdiff_t>(end))};
  }
  return {};
}

}  // namespace kuangxun::tests
