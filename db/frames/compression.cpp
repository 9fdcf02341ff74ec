#include "db/frames/compression.h"

#include <zstd.h>

#include <cassert>

#include "db/language/language.h"

namespace kuangxun::frames {
namespace {
constexpr int level = 3;  // zstd's own default
// RFC 8878: a block takes at least 4 bytes and gives at most 128 KiB.
constexpr std::size_t block_bytes_min = 4;
constexpr std::size_t block_raw_bytes_max = 128 << 10;

Error cannot() {
  return Error(ErrorCode::bad_input, phrase("the frame cannot be decompressed"));
}
}  // namespace

Bytes compress(ByteView raw) {
  Bytes packed(ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), level);
  assert(ZSTD_isError(size) == 0);
  packed.resize(size);
  return packed;
}

Result<Bytes> decompress(ByteView packed, std::size_t raw_bytes) {
  // Nine hostile bytes must not make us allocate megabytes.
  if (raw_bytes / block_raw_bytes_max > packed.size() / block_bytes_min) return cannot();
  Bytes raw(raw_bytes);
  const std::size_t size = ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) != 0 || size != raw_bytes) {
    return cannot();
  }
  return raw;
}

}  // namespace kuangxun::frames
