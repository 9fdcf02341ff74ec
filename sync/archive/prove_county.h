#pragma once

#include <string>
#include <vector>

#include "sync/ports/county_store.h"

namespace kuangxun::archive {

struct Proof {
  std::uint64_t frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t receipts = 0;
  std::vector<std::string> problems;  // finished sentences; empty when everything holds
  bool ok() const { return problems.empty(); }
};

// Proves what the county keeps, from the stored bytes alone: key statements, every frame's hash and signature (devices'
// keys come from the county's own frames, which are proved first), every chain without a gap, receipts, the tree, and
// that every readable frame is in the operation index. Reads everything; changes nothing.
Result<Proof> prove_county(ports::CountyStore& store);

// A device's key in one epoch, as the county's own frames introduce it.
struct DeviceKey {
  history::WriterId writer;
  PublicKey key;
};
Result<std::vector<DeviceKey>> device_keys(ports::LogStore& log, const Uuid& county);

}  // namespace kuangxun::archive
