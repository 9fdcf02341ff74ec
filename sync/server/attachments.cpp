#include "sync/server/attachments.h"

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

}  // namespace

Result<wire::PutOutcome> keep_chunk(CountyStore& store, const wire::AttachmentPutRequest& request) {
  KX_TRY(transaction, Transaction::begin(store));
  KX_TRY(before, store.chunk_map(request.name));
  if (before.is_whole) return wire::PutOutcome::whole;
  KX_CHECK(store.put_chunk(request.name, request.index, request.bytes));
  KX_TRY(map, store.chunk_map(request.name));
  wire::PutOutcome outcome = wire::PutOutcome::kept;
  if (has_all(map, request.name)) {
    KX_TRY(hash, hash_of_chunks(store, request.name));
    const bool fits = hash == request.name.hash;
    outcome = fits ? wire::PutOutcome::whole : wire::PutOutcome::contradicted;
    KX_CHECK(fits ? store.set_whole(request.name) : store.drop_chunks(request.name.hash));
  }
  KX_CHECK(transaction.commit());
  return outcome;
}

}  // namespace kuangxun::server
