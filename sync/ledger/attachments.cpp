#include "sync/ledger/attachments.h"

#include <algorithm>

// A photo comes in pieces, in any order, from whoever has it, and only the whole can be proved. So nothing of it counts
// before its last byte, and when the hash is another one nobody can tell which piece was wrong: all of them go.
namespace kuangxun::ledger {
namespace {

bool has_all(const wire::ChunkMap& map, const wire::AttachmentName& name) {
  for (std::uint32_t i = 0; i < name.chunk_count(); ++i) {
    if (!map.has(i)) return false;
  }
  return true;
}

Result<Hash> hash_of_chunks(ports::ChunkStore& store, const wire::AttachmentName& name) {
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

}  // namespace

Result<wire::AttachmentPutAnswer> keep_chunk(ports::CountyStore& store, const wire::AttachmentPutRequest& request) {
  KX_TRY(transaction, ports::Transaction::begin(store, ports::Work::store));
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

Result<wire::AttachmentGetAnswer> read_chunk(ports::ChunkStore& store, const wire::AttachmentGetRequest& request) {
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

}  // namespace kuangxun::ledger
