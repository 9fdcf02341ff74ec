#pragma once

#include "db/sqlite/verify_report.h"

namespace kuangxun::office {

// Reads the county's receipts and checkpoints for the store's proof, which lies below the wire and cannot.
class CountySealReader final : public sqlite::SealReader {
 public:
  Result<Receipt> read_receipt(ByteView sealed, const frames::KnownCounty& county) override;
  Result<Checkpoint> read_checkpoint(ByteView sealed, const frames::KnownCounty& county) override;
};

}  // namespace kuangxun::office
