#pragma once

#include <vector>

#include "db/base/clock.h"
#include "sync/server/county_store.h"

// What the county does with pushed frames, cheapest proof first; nothing is decoded before it is believed and kept.
namespace kuangxun::server {

// What is needed to believe and countersign: the county's own key, made by `init`.
struct CountyAuthority {
  CountyIdentity identity;
  const SigningKey& key;
  Clock& clock;
};

// Stores the raw frames of one writer (in its order), then applies all that is stored. Ends at the first frame that is
// not taken, and says why; those before it count.
Result<wire::PushAnswer> push(CountyStore& store, const CountyAuthority& authority, const Device& device,
                              const std::vector<Bytes>& frames);

// The registers: the one unsigned frame, believed by its hash. Does nothing when it is there already.
Status load_genesis(CountyStore& store, const CountyAuthority& authority, const frames::Frame& genesis);

// Applies frames that were stored but not applied, as after a kill between the two.
Status apply_stored(CountyStore& store, const CountyIdentity& identity, Clock& clock);

}  // namespace kuangxun::server
