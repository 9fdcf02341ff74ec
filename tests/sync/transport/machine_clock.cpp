#include "tests/sync/transport/machine_clock.h"

#include <openssl/asn1.h>
#include <openssl/x509.h>

#include <atomic>

namespace {

// 0: the real one.
std::atomic<std::time_t> pretended = 0;

}  // namespace

// Stands before the C library's for every library of this program.
extern "C" std::time_t time(std::time_t* into) noexcept {
  std::time_t now = pretended;
  if (now == 0) {
    std::timespec real{};
    std::timespec_get(&real, TIME_UTC);
    now = real.tv_sec;
  }
  if (into != nullptr) *into = now;
  return now;
}

namespace kuangxun::tests {

MachineClock::MachineClock(std::time_t now) {
  pretended = now;
}

MachineClock::~MachineClock() {
  pretended = 0;
}

bool is_past_for_openssl(std::time_t moment) {
  ASN1_TIME* const written = ASN1_TIME_set(nullptr, moment);
  const int order = X509_cmp_current_time(written);
  ASN1_TIME_free(written);
  return order < 0;
}

}  // namespace kuangxun::tests
