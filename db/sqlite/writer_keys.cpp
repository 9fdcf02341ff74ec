#include "db/sqlite/writer_keys.h"

#include "db/language/language.h"

// A device may have several keys: another copy of this laptop may have taken an epoch of ours at a county that was
// restored, and the county may have given a record twice. A frame is believed when any of them signed it.

namespace kuangxun::sqlite {

Result<std::vector<PublicKey>> WriterKeys::of(const history::WriterId& writer) {
  if (writer == frames::pinned_writer()) return std::vector{PublicKey{}};
  std::vector<PublicKey> keys;
  if (writer.device == parts_.county.known().county) {
    if (const auto key = parts_.county.known().key_of(writer.epoch)) keys.push_back(*key);
    return keys;
  }
  KX_TRY(introduced, parts_.heads.device_keys(writer));
  keys = std::move(introduced);
  // Another copy of this laptop may have taken an epoch of ours at a county that was restored: both count.
  if (const OwnEpoch* own = parts_.epochs.find(writer)) keys.push_back(own->key);
  return keys;
}

Status WriterKeys::prove(const frames::Frame& frame) {
  KX_TRY(keys, of(frame.header.writer));
  Status proof =
      Error(ErrorCode::refused, phrase("there is no public key of this device, the signature cannot be checked"));
  for (const PublicKey& key : keys) {
    proof = frames::verify_frame(frame, key);
    if (proof.ok()) break;
  }
  return proof;
}

}  // namespace kuangxun::sqlite
