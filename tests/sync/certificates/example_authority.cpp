#include "tests/sync/certificates/example_authority.h"

#include <doctest/doctest.h>

namespace kuangxun::tests {
namespace {

template <class T>
T taken(Result<T> made) {
  REQUIRE_MESSAGE(made.ok(), (made.ok() ? std::string() : made.error().message()));
  return std::move(made).value();
}

HeldCertificate make_own(const Uuid& county, std::int64_t now_ms, Random& random) {
  SigningKey key = SigningKey::generate(random);
  auto certificate = taken(certificates::make_authority(
      county, key, certificates::valid_for(now_ms, certificates::authority_lifetime_ms), random));
  return {std::move(key), std::move(certificate)};
}

}  // namespace

ExampleAuthority::ExampleAuthority(std::uint64_t seed, std::int64_t now_ms)
    : ExampleAuthority(fixed_uuid("example county " + std::to_string(seed)), seed, now_ms) {}

ExampleAuthority::ExampleAuthority(const Uuid& county, std::uint64_t seed, std::int64_t now_ms)
    : county_(county), random_(seed), own_(make_own(county_, now_ms, random_)) {}

ExampleAuthority ExampleAuthority::successor(std::int64_t now_ms) {
  return ExampleAuthority(county_, random_.below(1'000'000) + 1'000'000, now_ms);
}

HeldCertificate ExampleAuthority::server(std::int64_t now_ms) {
  SigningKey key = SigningKey::generate(random_);
  auto certificate = taken(certificates::issue_server(
      issuer(), key.public_key(), certificates::valid_for(now_ms, certificates::server_lifetime_ms), random_));
  return {std::move(key), std::move(certificate)};
}

HeldCertificate ExampleAuthority::device(std::uint32_t epoch, std::int64_t now_ms) {
  SigningKey key = SigningKey::generate(random_);
  const certificates::DeviceName name{fixed_uuid("example device"), epoch, "officer"};
  auto certificate = taken(certificates::issue_device(
      issuer(), name, key.public_key(), certificates::valid_for(now_ms, certificates::device_lifetime_ms), random_));
  return {std::move(key), std::move(certificate)};
}

certificates::Certificate ExampleAuthority::cross_signed(const ExampleAuthority& successor) {
  return taken(certificates::cross_sign(successor.certificate(), issuer(),
                                        certificates::valid_for(may_2026_ms, 2 * year_ms), random_));
}

}  // namespace kuangxun::tests
