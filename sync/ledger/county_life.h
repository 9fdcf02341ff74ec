#pragma once

#include <string>

#include "sync/ledger/county.h"

// How a county begins, and what may happen to its keys and its store. The secret halves are already where SecretKeys
// finds them: a statement is only written when its key is safe.
namespace kuangxun::ledger {

struct CountyKeyFacts {
  PublicKey key;         // signs
  PublicKey bundle_key;  // X25519
  Hash authority;        // SHA-256 of the CA certificate (DER)
};

// A new county. bad_input when the store has one.
Status found_county(const County::Parts& parts, const Uuid& county, const std::string& name,
                    const CountyKeyFacts& keys);
// Another key from now on, introduced by the present one. A new epoch of the county's chain begins.
Status rotate_key(County& county, const CountyKeyFacts& keys);
// The present key is lost: nobody can sign for the new one, and every laptop needs a new enrolment code. Needs no
// County, which could not be opened without the key.
Status replace_lost_key(const County::Parts& parts, const CountyKeyFacts& keys);
// The store was restored from a backup: laptops will offer again what it lost. `seen` is the incarnation, and
// `seen_epoch` the county's epoch, that somebody saw of it; 0 when nobody has.
Status begin_incarnation(County& county, std::uint32_t seen, std::uint32_t seen_epoch);

}  // namespace kuangxun::ledger
