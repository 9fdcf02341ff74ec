#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/frames/frame_store.h"

namespace kuangxun::sqlite {

struct VerifyReport {
  std::uint64_t frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t unsealed_operations = 0;
  std::uint64_t unreadable_frames = 0;    // in their place, for a newer program
  std::uint64_t person_signatures = 0;    // proved
  std::uint64_t unproved_signatures = 0;  // of people whose key the county has not introduced
  std::uint64_t receipts = 0;             // proved against the chain
  std::uint64_t checkpoints = 0;          // likewise
  std::vector<std::string> problems;      // finished sentences; empty when everything holds
  std::vector<std::string> notes;         // what is no fault, but worth knowing
  bool ok() const { return problems.empty(); }
};

// Receipts and checkpoints are sealed in forms that live above this folder; whoever verifies brings their reader. Each
// checks the county's signature and says what was signed.
class SealReader {
 public:
  struct Receipt {
    history::WriterId writer;
    std::uint64_t stored_through = 0;
    Hash frame;
  };
  struct Checkpoint {
    std::uint32_t incarnation = 0;
    std::uint64_t size = 0;
    Hash root;
  };
  virtual ~SealReader() = default;
  virtual Result<Receipt> read_receipt(ByteView sealed, const frames::KnownCounty& county) = 0;
  virtual Result<Checkpoint> read_checkpoint(ByteView sealed, const frames::KnownCounty& county) = 0;
};

}  // namespace kuangxun::sqlite
