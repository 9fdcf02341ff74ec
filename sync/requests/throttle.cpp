#include "sync/requests/throttle.h"

#include <algorithm>

#include "db/base/limits.h"

namespace kuangxun::requests {
namespace {

constexpr std::int64_t lease_lifetime_ms = 10'000;
// A device that asked too fast waits so long, and does not cost the store anything meanwhile.
constexpr std::int64_t pause_ms = 2000;

}  // namespace

Result<int> Throttle::take(const Uuid& device) {
  Lease& lease = leases_[device];
  const std::int64_t now_ms = county_.clock().steady_ms();
  if (now_ms < lease.refused_until_ms) return static_cast<int>((lease.refused_until_ms - now_ms + 999) / 1000);
  if (lease.tokens == 0 || now_ms > lease.until_ms) {
    KX_TRY(taken, take_from_store(device, limits::device_requests_lease));
    lease.tokens = taken;
    lease.until_ms = now_ms + lease_lifetime_ms;
  }
  if (lease.tokens == 0) {
    lease.refused_until_ms = now_ms + pause_ms;
    return static_cast<int>(pause_ms / 1000);
  }
  --lease.tokens;
  return 0;
}

Result<std::int64_t> Throttle::take_from_store(const Uuid& device, std::int64_t wanted) {
  KX_TRY(transaction, ports::Transaction::begin(county_.store(), ports::Work::store));
  const std::int64_t now_ms = county_.clock().now_ms();
  KX_TRY(known, county_.store().bucket(device));
  ports::TokenBucket bucket = known.value_or(ports::TokenBucket{limits::device_requests_burst, now_ms});
  // A clock that was set back fills nothing; one that was set forward fills the bucket once.
  const std::int64_t passed_ms = std::clamp<std::int64_t>(now_ms - bucket.filled_at_ms, 0, 3'600'000);
  bucket.tokens =
      std::min(limits::device_requests_burst, bucket.tokens + passed_ms * limits::device_requests_per_s / 1000);
  bucket.filled_at_ms = now_ms;
  const std::int64_t taken = std::min(wanted, bucket.tokens);
  bucket.tokens -= taken;
  KX_CHECK(county_.store().set_bucket(device, bucket));
  KX_CHECK(transaction.commit());
  return taken;
}

}  // namespace kuangxun::requests
