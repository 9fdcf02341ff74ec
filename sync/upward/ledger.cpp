#include "sync/upward/ledger.h"

#include "sync/sql/sql_values.h"

namespace kuangxun::upward {

using sql::to_sql;

Ledger::Ledger(sql::SqlStore& store, const Uuid& county) : store_(store), county_(to_sql(county)) {}

Result<std::vector<sql::SqlRow>> Ledger::run(const std::string& sql, std::vector<sql::SqlValue> parameters) {
  return store_.database().run(sql, parameters);
}

Result<Peer> Ledger::peer() {
  // A database that an older program made and nobody has opened for writing since.
  KX_TRY(is_there, store_.database().has_table("sync_upward"));
  if (!is_there) return Peer{};
  KX_TRY(rows, run("SELECT prefecture_key, every_ms, fingerprint FROM sync_upward WHERE county_id = $1", {county_}));
  Peer peer;
  if (rows.empty()) return peer;
  if (const PublicKey key = sql::key_of(rows.front()[0]); key != PublicKey{}) peer.prefecture = key;
  peer.every_ms = sql::integer_of(rows.front()[1]);
  peer.fingerprint = sql::text_of(rows.front()[2]);
  return peer;
}

Status Ledger::set_peer(const Peer& peer) {
  KX_CHECK(
      run("INSERT INTO sync_upward (county_id, prefecture_key, every_ms, fingerprint) VALUES ($1, $2, $3, $4)"
          " ON CONFLICT (county_id) DO UPDATE SET prefecture_key = excluded.prefecture_key,"
          " every_ms = excluded.every_ms, fingerprint = excluded.fingerprint",
          {county_, to_sql(peer.prefecture.value_or(PublicKey{})), peer.every_ms, peer.fingerprint}));
  return {};
}

Result<std::vector<PackageEntry>> Ledger::packages() {
  KX_TRY(is_there, store_.database().has_table("sync_upward_package"));
  std::vector<PackageEntry> entries;
  if (!is_there) return entries;
  KX_TRY(rows, run("SELECT incarnation, package_number, first_sequence, through_sequence, package_hash, written_at_ms,"
                   " frontier, receipt, receipted_at_ms FROM sync_upward_package WHERE county_id = $1"
                   " ORDER BY incarnation, package_number",
                   {county_}));
  for (sql::SqlRow& row : rows) {
    PackageEntry entry;
    entry.incarnation = static_cast<std::uint32_t>(sql::integer_of(row[0]));
    entry.number = sql::unsigned_of(row[1]);
    entry.first_sequence = sql::unsigned_of(row[2]);
    entry.through = sql::unsigned_of(row[3]);
    entry.hash = sql::hash_of(row[4]);
    entry.written_at_ms = sql::integer_of(row[5]);
    entry.frontier = sql::take_bytes(row[6]);
    entry.receipt = sql::take_bytes(row[7]);
    entry.receipted_at_ms = sql::integer_of(row[8]);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Status Ledger::put(const PackageEntry& entry) {
  KX_CHECK(run(
      "INSERT INTO sync_upward_package (county_id, incarnation, package_number, first_sequence,"
      " through_sequence, package_hash, written_at_ms, frontier, receipt, receipted_at_ms)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (county_id, incarnation, package_number) DO UPDATE SET"
      " first_sequence = excluded.first_sequence, through_sequence = excluded.through_sequence,"
      " package_hash = excluded.package_hash, written_at_ms = excluded.written_at_ms,"
      " frontier = excluded.frontier, receipt = excluded.receipt, receipted_at_ms = excluded.receipted_at_ms",
      {county_, to_sql(entry.incarnation), to_sql(entry.number), to_sql(entry.first_sequence), to_sql(entry.through),
       to_sql(entry.hash), entry.written_at_ms, entry.frontier, entry.receipt, entry.receipted_at_ms}));
  return {};
}

Status Ledger::add_photo(const PackageEntry& entry, const Hash& photo) {
  KX_CHECK(
      run("INSERT INTO sync_upward_photo (county_id, incarnation, package_number, file_hash)"
          " VALUES ($1, $2, $3, $4) ON CONFLICT (county_id, incarnation, package_number, file_hash) DO NOTHING",
          {county_, to_sql(entry.incarnation), to_sql(entry.number), to_sql(photo)}));
  return {};
}

Status Ledger::forget_photos() {
  KX_CHECK(run("DELETE FROM sync_upward_photo WHERE county_id = $1", {county_}));
  return {};
}

Result<std::vector<wire::AttachmentName>> Ledger::unreported_photos(std::size_t count_max) {
  KX_TRY(rows, run("SELECT a.file_hash, a.size_bytes FROM sync_attachment a WHERE a.county_id = $1 AND a.is_whole = 1"
                   " AND NOT EXISTS (SELECT 1 FROM sync_upward_photo p JOIN sync_upward_package k"
                   " ON k.county_id = p.county_id AND k.incarnation = p.incarnation"
                   " AND k.package_number = p.package_number WHERE p.county_id = a.county_id"
                   " AND p.file_hash = a.file_hash AND k.receipted_at_ms > 0) ORDER BY a.file_hash LIMIT $2",
                   {county_, to_sql(count_max)}));
  std::vector<wire::AttachmentName> names;
  for (const sql::SqlRow& row : rows) names.push_back({sql::hash_of(row[0]), sql::unsigned_of(row[1])});
  return names;
}

Result<std::vector<Uuid>> trusted_counties(sql::SqlStore& store) {
  KX_TRY(rows,
         store.database().run("SELECT county_id FROM sync_upward WHERE fingerprint <> '' ORDER BY county_id", {}));
  std::vector<Uuid> counties;
  for (const sql::SqlRow& row : rows) counties.push_back(sql::id_of(row[0]));
  return counties;
}

}  // namespace kuangxun::upward
