#include "sync/sql/sql_store.h"
#include "sync/sql/sql_values.h"

// Attachments and counts.
namespace kuangxun::sql {

Result<wire::ChunkMap> SqlStore::chunk_map(const wire::AttachmentName& name) {
  wire::ChunkMap map;
  KX_TRY(size_bytes, whole_size_bytes(name.hash));
  map.is_whole = size_bytes.has_value();
  if (map.is_whole) return map;
  map.bits.resize((name.chunk_count() + 7) / 8);
  KX_TRY(rows, run("SELECT chunk_index, length(chunk) FROM sync_attachment_chunk WHERE county_id = $1"
                   " AND file_hash = $2 ORDER BY chunk_index",
                   {county_, to_sql(name.hash)}));
  for (const SqlRow& row : rows) {
    const auto index = static_cast<std::uint32_t>(integer_of(row[0]));
    const auto held = static_cast<std::uint32_t>(integer_of(row[1]));
    if (index >= name.chunk_count()) continue;
    if (held == name.chunk_size_bytes(index)) {
      map.bits[index / 8] |= static_cast<std::uint8_t>(1U << (index % 8));
    } else if (map.partial_bytes == 0) {
      map.partial_index = index;
      map.partial_bytes = held;
    }
  }
  return map;
}

Status SqlStore::set_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) {
  KX_CHECK(
      write("INSERT INTO sync_attachment (county_id, file_hash, size_bytes, is_whole) VALUES ($1, $2, $3, 0)"
            " ON CONFLICT DO NOTHING",
            {county_, to_sql(name.hash), to_sql(name.size_bytes)}));
  return write(
      "INSERT INTO sync_attachment_chunk (county_id, file_hash, chunk_index, chunk) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (county_id, file_hash, chunk_index) DO UPDATE SET chunk = excluded.chunk",
      {county_, to_sql(name.hash), to_sql(index), to_sql(bytes)});
}

Result<Bytes> SqlStore::chunk(const Hash& file, std::uint32_t index) {
  KX_TRY(rows, run("SELECT chunk FROM sync_attachment_chunk WHERE county_id = $1 AND file_hash = $2"
                   " AND chunk_index = $3",
                   {county_, to_sql(file), to_sql(index)}));
  return rows.empty() ? Bytes() : bytes_of(rows.front().front());
}

Status SqlStore::set_whole(const wire::AttachmentName& name) {
  return write("UPDATE sync_attachment SET is_whole = 1, size_bytes = $1 WHERE county_id = $2 AND file_hash = $3",
               {to_sql(name.size_bytes), county_, to_sql(name.hash)});
}

Status SqlStore::drop_chunks(const Hash& file) {
  KX_CHECK(write("DELETE FROM sync_attachment_chunk WHERE county_id = $1 AND file_hash = $2", {county_, to_sql(file)}));
  return write("DELETE FROM sync_attachment WHERE county_id = $1 AND file_hash = $2", {county_, to_sql(file)});
}

Result<std::optional<std::uint64_t>> SqlStore::whole_size_bytes(const Hash& file) {
  KX_TRY(rows, run("SELECT size_bytes FROM sync_attachment WHERE county_id = $1 AND file_hash = $2 AND is_whole = 1",
                   {county_, to_sql(file)}));
  if (rows.empty()) return std::optional<std::uint64_t>();
  return std::optional<std::uint64_t>(unsigned_of(rows.front().front()));
}

Result<ports::CountyCounts> SqlStore::counts() {
  ports::CountyCounts counts;
  const auto count = [&](const std::string& what, std::uint64_t& into) -> Status {
    KX_TRY(found, number("SELECT " + what, {county_}));
    into += found;
    return {};
  };
  KX_CHECK(count("count(*) FROM sync_frame WHERE county_id = $1", counts.frames));
  KX_CHECK(
      count("CAST(coalesce(sum(last_sequence - first_sequence + 1), 0) AS bigint) FROM sync_frame"
            " WHERE county_id = $1",
            counts.operations));
  KX_CHECK(count("count(*) FROM (SELECT DISTINCT device_id, epoch, sequence FROM sync_parked WHERE county_id = $1) p",
                 counts.parked));
  KX_CHECK(count("count(*) FROM sync_fork WHERE county_id = $1", counts.forks));
  KX_CHECK(count("count(*) FROM sync_attachment WHERE county_id = $1 AND is_whole = 1", counts.attachments_whole));
  KX_CHECK(count("count(*) FROM sync_attachment WHERE county_id = $1 AND is_whole = 0", counts.attachments_partial));
  std::uint64_t oldest_ms = 0;
  KX_CHECK(
      count("coalesce(min(received_at_ms), 0) FROM sync_frame WHERE county_id = $1 AND device_id <> $1"
            " AND county_sequence > coalesce((SELECT applied_sequence FROM sync_applied WHERE county_id = $1), 0)",
            oldest_ms));
  counts.oldest_unapplied_ms = static_cast<std::int64_t>(oldest_ms);
  for (const tables::TypedTable& table : tables::typed_tables()) {
    const std::string from = "count(*) FROM \"" + table.name + "\" WHERE county_id = $1";
    KX_CHECK(count(from, counts.records[std::string(table.kind->name)]));
    KX_CHECK(count(from + " AND disputed_fields IS NOT NULL", counts.disputed_records));
  }
  return counts;
}

}  // namespace kuangxun::sql
