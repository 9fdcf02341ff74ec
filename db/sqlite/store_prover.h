#pragma once

#include <functional>
#include <string_view>

#include "db/sqlite/store_reader.h"
#include "db/sqlite/verify_report.h"
#include "db/sqlite/writer_keys.h"

namespace kuangxun::sqlite {

// Proves what is signed, and that what is shown follows from it. Changes nothing.
class StoreProver {
 public:
  StoreProver(StoreParts& parts, StoreReader& reader, WriterKeys& keys) : parts_(parts), reader_(reader), keys_(keys) {}

  // With a reader of them, the county's receipts and checkpoints too.
  Result<VerifyReport> verify(SealReader* seals);
  // As LocalStore says.
  Status dump(const std::function<void(std::string_view)>& line);

 private:
  struct Proof;
  Status verify_file(Proof& proof);
  Status verify_frames(Proof& proof);
  Status verify_operation(const history::Operation& operation, Proof& proof);
  Status verify_rows(Proof& proof);
  Status verify_heads(Proof& proof);
  Status verify_tables(Proof& proof);
  Status verify_receipts(SealReader& seals, Proof& proof);
  Status verify_checkpoints(SealReader& seals, Proof& proof);
  Status verify_world(Proof& proof);
  Status dump_heads(const std::function<void(std::string_view)>& line);

  StoreParts& parts_;
  StoreReader& reader_;
  WriterKeys& keys_;
};

}  // namespace kuangxun::sqlite
