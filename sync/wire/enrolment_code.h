#pragma once

#include <string>
#include <string_view>

#include "db/base/hash.h"
#include "db/base/random.h"
#include "db/base/signing.h"
#include "db/history/operation.h"

namespace kuangxun::wire {

// What an officer types once to join a laptop to the county: 32 characters of Crockford's base 32 in groups of four.
// 20 of them (100 bits) are the fingerprint of the county's CA, so that a stranger who answers in the county's place
// is found out; 11 (55 bits) are a secret that is good for one enrolment and never travels; the last one finds typing
// errors.
struct EnrolmentCode {
  std::string fingerprint;   // 20 characters
  std::string secret;        // 11 characters
  std::string text() const;  // with hyphens
};

EnrolmentCode make_enrolment_code(const PublicKey& ca_key, Random& random);
// As people type: small letters, O for 0, I and L for 1, spaces, missing hyphens. bad_input otherwise.
Result<EnrolmentCode> parse_enrolment_code(std::string_view text);
bool is_fingerprint_of(const std::string& fingerprint, const PublicKey& ca_key);

// What the county keeps instead of the secret.
Hash enrolment_secret_hash(const std::string& secret);
// Shows that whoever sends this device's key knows the secret, without saying it.
Hash enrolment_proof(const Hash& secret_hash, const history::WriterId& writer, const PublicKey& device_key);

}  // namespace kuangxun::wire
