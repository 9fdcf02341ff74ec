#pragma once

#include <vector>

#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "sync/wire/fields.h"

// The keys that a county has had, each introduced by a statement which the key before signed: a laptop that knows one
// of them can believe all later ones. WIRE.md describes the bytes.
namespace kuangxun::wire {

struct KeyStatement {
  Uuid county;
  std::uint32_t first_epoch = 0;  // the key signs from this epoch of the county's chain on
  PublicKey key;                  // answers, receipts, checkpoints, decisions
  PublicKey bundle_key;           // X25519: bundles are sealed to it
  Hash authority;                 // SHA-256 of the CA certificate (DER) that belongs to it
  Hash previous;                  // SHA-256 of the statement before; zero for the first
  // The key before was lost: nobody could sign for the new one, and a laptop needs a new enrolment code to believe it.
  bool is_replacement = false;
  std::int64_t county_time_ms = 0;
  bool operator==(const KeyStatement&) const = default;
  static constexpr auto fields() {
    return std::tuple(field(&KeyStatement::county), field(&KeyStatement::first_epoch), field(&KeyStatement::key),
                      field(&KeyStatement::bundle_key), field(&KeyStatement::authority), field(&KeyStatement::previous),
                      field(&KeyStatement::is_replacement), field(&KeyStatement::county_time_ms));
  }
};

// `previous_key` is null for the first statement and for a replacement.
Bytes seal_key_statement(const KeyStatement& statement, const SigningKey& own, const SigningKey* previous_key);

// Reads a county's statements from the first to the newest. Believed when they are one unbroken chain and it holds a
// key of `known` (all before and after a replacement need their own: see is_replacement), or, for a laptop that knows
// nothing yet, as they are: TLS and the code's fingerprint have vouched for who sent them. bad_input when they are no
// chain; refused when what is known contradicts them or a replacement stands behind the last known key.
Result<std::vector<KeyStatement>> open_key_statements(const std::vector<Bytes>& sealed,
                                                      const frames::KnownCounty& known);
frames::KnownCounty known_county(const std::vector<KeyStatement>& statements);

}  // namespace kuangxun::wire
