#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/base/random.h"
#include "db/sqlite/laptop_store.h"
#include "sync/certificates/certificate.h"

namespace kuangxun::client {

// What ties a laptop to its county beside the county's keys: where it is, whom its server must be certified by, and
// what this laptop shows there. Kept in the store's settings; the TLS key in tls.key (0600) beside the store, apart
// from the key that signs evidence.
struct CountyTies {
  std::string url;
  std::vector<certificates::Certificate> authorities;
  certificates::Certificate certificate;
  // The newest hour that the county told us: certificates are judged by it, never by this laptop's clock.
  std::int64_t known_ms = 0;
};

// Nothing when the laptop was never enrolled.
Result<std::optional<CountyTies>> read_ties(sqlite::LaptopStore& store);
Status keep_ties(sqlite::LaptopStore& store, const CountyTies& ties);
Status keep_authorities(sqlite::LaptopStore& store, const std::vector<Bytes>& authorities);
// The county's statements of its keys as sealed, the first one first; they were checked. A bundle is sealed to the key
// in the last one.
Status keep_statements(sqlite::LaptopStore& store, const std::vector<Bytes>& statements);
// Empty when the laptop was never enrolled.
Result<std::vector<Bytes>> read_statements(sqlite::LaptopStore& store);
Status keep_certificate(sqlite::LaptopStore& store, const Bytes& certificate);
// Never goes back.
Status keep_county_time(sqlite::LaptopStore& store, std::int64_t county_time_ms);

// Made when it is not there: a lost one costs an enrolment, no evidence.
Result<SigningKey> tls_key(const std::filesystem::path& folder, Random& random);

}  // namespace kuangxun::client
