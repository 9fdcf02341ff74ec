#pragma once

#include "db/base/random.h"
#include "sync/certificates/certificate.h"

// What the county signs. The keys are those of key files: 32-byte seeds.
namespace kuangxun::certificates {

// Who signs: an authority's certificate and the key in it. Borrowed.
struct Issuer {
  const Certificate& certificate;
  const SigningKey& key;
};

// How long certificates hold. An authority outlives the evidence's first storage period; a server's is renewed by the
// county itself; a device's is renewed at half of its life.
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
constexpr std::int64_t authority_lifetime_ms = 30 * 365 * day_ms;
constexpr std::int64_t server_lifetime_ms = 90 * day_ms;
constexpr std::int64_t device_lifetime_ms = 365 * day_ms;

// From `now_ms` on, in whole seconds.
Validity valid_for(std::int64_t now_ms, std::int64_t lifetime_ms);

// Self-signed.
Result<Certificate> make_authority(const Uuid& county, const SigningKey& key, const Validity& validity, Random& random);

// The new authority's name and key, signed by the old one: a laptop that knows only the old one believes what the new
// one signed, when this certificate is in the server's chain.
Result<Certificate> cross_sign(const Certificate& new_authority, const Issuer& old, const Validity& validity,
                               Random& random);

// For a server with this TLS key, named server_host_name(county).
Result<Certificate> issue_server(const Issuer& issuer, const PublicKey& tls_key, const Validity& validity,
                                 Random& random);

// For a laptop with this TLS key. `name.role` has 1 to 32 small letters and hyphens.
Result<Certificate> issue_device(const Issuer& issuer, const DeviceName& name, const PublicKey& tls_key,
                                 const Validity& validity, Random& random);

}  // namespace kuangxun::certificates
