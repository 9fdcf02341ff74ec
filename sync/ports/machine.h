#pragma once

#include <cstdint>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "db/base/signing.h"
#include "db/history/operation.h"

// What the county needs of the machine it runs on, besides its store.
namespace kuangxun::ports {

// Where the county's secret keys lie.
class SecretKeys {
 public:
  virtual ~SecretKeys() = default;
  // The secret half of one of the county's keys; not_found when it is not here.
  virtual Result<SigningKey> find(const PublicKey& key) = 0;
  // The statements that introduce the keys (sync/wire/county_keys.h), the first one first. They are kept beside the
  // secret halves, because a database that is restored from before a rotation has forgotten the newest key while the
  // laptops know it. Who keeps none gives none.
  virtual Status keep_statements(const std::vector<Bytes>& sealed) {
    static_cast<void>(sealed);
    return {};
  }
  virtual Result<std::vector<Bytes>> kept_statements() { return std::vector<Bytes>(); }
};

// Who signs the laptops' TLS certificates.
class CertificateAuthority {
 public:
  virtual ~CertificateAuthority() = default;
  // A certificate (DER) for a laptop's TLS key, valid from now on.
  virtual Result<Bytes> issue(const history::WriterId& device, const std::string& role, const PublicKey& tls_key,
                              std::int64_t now_ms) = 0;
  // The authorities whom laptops may believe (DER), the newest last.
  virtual Result<std::vector<Bytes>> trusted() = 0;
};

// Of the disk on which the store lies.
class DiskGauge {
 public:
  virtual ~DiskGauge() = default;
  virtual std::uint64_t free_bytes() = 0;
};

}  // namespace kuangxun::ports
