#include "app/office/seal_reader.h"

#include "sync/wire/checkpoint.h"
#include "sync/wire/receipt.h"

namespace kuangxun::office {

Result<sqlite::SealReader::Receipt> CountySealReader::read_receipt(ByteView sealed, const frames::KnownCounty& county) {
  KX_TRY(receipt, wire::open_receipt(sealed, county));
  return Receipt{receipt.writer, receipt.stored_through, receipt.frame};
}

Result<sqlite::SealReader::Checkpoint> CountySealReader::read_checkpoint(ByteView sealed,
                                                                         const frames::KnownCounty& county) {
  KX_TRY(checkpoint, wire::open_checkpoint(sealed, county));
  return Checkpoint{checkpoint.incarnation, checkpoint.size, checkpoint.root};
}

}  // namespace kuangxun::office
