#pragma once

#include <optional>
#include <vector>

#include "db/frames/merkle.h"
#include "sync/sql/sql_store.h"
#include "sync/wire/messages.h"

namespace kuangxun::upward {

// A package that was written (at the county) or read (at the prefecture).
struct PackageEntry {
  std::uint32_t incarnation = 0;
  std::uint64_t number = 0;
  std::uint64_t first_sequence = 0;
  std::uint64_t through = 0;
  Hash hash;  // zero while the county is writing it
  std::int64_t written_at_ms = 0;
  Bytes frontier;  // at the prefecture: the county's tree up to `through`, encoded
  Bytes receipt;   // empty until there is one
  std::int64_t receipted_at_ms = 0;
};

// At the county, whom it reports to; at the prefecture, which key of the county was believed.
struct Peer {
  std::optional<PublicKey> prefecture;
  std::int64_t every_ms = 0;  // 0: nobody said
  std::string fingerprint;
};

// What both sides remember of a county's packages: three tables beside the county's (sync/sql/TABLES.md). Writing
// calls stand inside a transaction of the store.
class Ledger {
 public:
  Ledger(sql::SqlStore& store, const Uuid& county);

  Result<Peer> peer();
  Status set_peer(const Peer& peer);
  // Ascending by incarnation and number.
  Result<std::vector<PackageEntry>> packages();
  // Adds it, or replaces the one of its number.
  Status put(const PackageEntry& entry);
  Status add_photo(const PackageEntry& entry, const Hash& photo);
  // The prefecture lost what it had: no photo counts as reported any more.
  Status forget_photos();
  // Photos that are whole here and in no package that was receipted, at most `count_max`.
  Result<std::vector<wire::AttachmentName>> unreported_photos(std::size_t count_max);

 private:
  Result<std::vector<sql::SqlRow>> run(const std::string& sql, std::vector<sql::SqlValue> parameters);
  sql::SqlStore& store_;
  sql::SqlValue county_;
};

// The counties of which a prefecture's database knows.
Result<std::vector<Uuid>> trusted_counties(sql::SqlStore& store);

}  // namespace kuangxun::upward
