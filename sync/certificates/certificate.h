#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "db/base/signing.h"
#include "db/base/uuid.h"

// X.509 certificates (RFC 5280) of one county: its own authorities (CA), its servers, its devices. All keys are Ed25519
// (RFC 8410). OpenSSL's certificates and TLS are known in this folder only; no certificate of the machine's own store
// is ever trusted, and the hour is always given by the caller.
namespace kuangxun::certificates {

// One certificate as it travels and is kept: DER.
struct Certificate {
  Bytes der;
  bool operator==(const Certificate&) const = default;
};

enum class Purpose { authority, server, device };

// Whole seconds.
struct Validity {
  std::int64_t not_before_ms = 0;
  std::int64_t not_after_ms = 0;
  bool operator==(const Validity&) const = default;
  bool has_ended(std::int64_t now_ms) const { return now_ms > not_after_ms; }
};

// What a device certificate says of its holder. The role is what the county knew when it signed; its store has the
// present one.
struct DeviceName {
  Uuid device;
  std::uint32_t epoch = 0;
  std::string role;
  bool operator==(const DeviceName&) const = default;
};

struct CertificateFacts {
  Purpose purpose = Purpose::authority;
  Uuid county;
  PublicKey key;
  Validity validity;
  std::optional<DeviceName> device;  // of a device certificate only
};

// corrupt when the bytes are no certificate of this shape. Says nothing about who signed it: see check_chain.
Result<CertificateFacts> read_certificate(ByteView der);

// "1f0c...-....county.kuangxun": the name in the county's server certificate, whatever address it is reached at.
std::string server_host_name(const Uuid& county);

// The first 100 bits of SHA-256("kuangxun county ca" + key): 20 characters of to_base32, as in an enrolment code.
std::string authority_fingerprint(const PublicKey& key);

struct Chain {
  const Certificate& leaf;
  std::span<const Certificate> between;  // in any order; more than needed does no harm
  std::span<const Certificate> trusted;  // authorities
};
// Whether the leaf leads to a trusted authority, serves `purpose` (server or device), and nothing on the way had ended
// by `known_ms`. That is the newest hour that the caller is sure of; the present may be long after it, so a certificate
// that begins later is none the worse. refused otherwise.
Status check_chain(const Chain& chain, Purpose purpose, std::int64_t known_ms);

// The form of files and of other programs: "-----BEGIN CERTIFICATE-----".
std::string to_pem(const std::vector<Certificate>& certificates);
// All certificates of a text, in order; corrupt when there is none, or one is broken.
Result<std::vector<Certificate>> from_pem(std::string_view text);

}  // namespace kuangxun::certificates
