#pragma once

#include "sync/certificates/authority.h"
#include "sync/certificates/tls_server.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::tests {

// 2026-05-01T00:00:00Z
constexpr std::int64_t may_2026_ms = 1'777'593'600'000;
constexpr std::int64_t year_ms = 365 * certificates::day_ms;

struct HeldCertificate {
  SigningKey key;
  certificates::Certificate certificate;
};

// An example county that signs certificates; two made with the same seed have the same keys.
class ExampleAuthority {
 public:
  explicit ExampleAuthority(std::uint64_t seed, std::int64_t now_ms = may_2026_ms);

  const Uuid& county() const { return county_; }
  const SigningKey& key() const { return own_.key; }
  const certificates::Certificate& certificate() const { return own_.certificate; }
  certificates::Issuer issuer() const { return {own_.certificate, own_.key}; }
  std::string fingerprint() const { return certificates::authority_fingerprint(own_.key.public_key()); }

  // Another authority of the same county, as after a rotation.
  ExampleAuthority successor(std::int64_t now_ms = may_2026_ms);
  HeldCertificate server(std::int64_t now_ms = may_2026_ms);
  HeldCertificate device(std::uint32_t epoch = 1, std::int64_t now_ms = may_2026_ms);
  certificates::Certificate cross_signed(const ExampleAuthority& successor);
  Random& random() { return random_; }

 private:
  ExampleAuthority(const Uuid& county, std::uint64_t seed, std::int64_t now_ms);

  Uuid county_;
  SeededRandom random_;
  HeldCertificate own_;
};

}  // namespace kuangxun::tests
