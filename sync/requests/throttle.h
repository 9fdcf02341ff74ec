#pragma once

#include <map>

#include "sync/ledger/county.h"

namespace kuangxun::requests {

// How much each device may ask for: a token bucket in the store, so that it holds over all processes. Each process
// takes a lease of several tokens at once.
class Throttle {
 public:
  explicit Throttle(ledger::County& county) : county_(county) {}
  // 0: go on. Otherwise the seconds to wait.
  Result<int> take(const Uuid& device);

 private:
  struct Lease {
    std::int64_t tokens = 0;
    std::int64_t until_ms = 0;  // steady; a lease is not hoarded
    std::int64_t refused_until_ms = 0;
  };
  Result<std::int64_t> take_from_store(const Uuid& device, std::int64_t wanted);

  ledger::County& county_;
  std::map<Uuid, Lease> leases_;
};

}  // namespace kuangxun::requests
