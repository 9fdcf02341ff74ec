#include "sync/server/sql_store.h"
#include "sync/server/sql_values.h"

// Attachments and counts.
namespace kuangxun::server {

Result<wire::ChunkMap> SqlStore::chunk_map(const wire::AttachmentName& name) {
  wire::ChunkMap map;
  KX_TRY(size_bytes, whole_size_bytes(name.hash));
  map.is_whole = size_bytes.has_value();
  if (map.is_whole) return map;
  map.bits.resize((name.chunk_count() + 7) / 8);
  KX_TRY(rows, run("SELECT chunk_index FROM sync_attachment_chunk WHERE county_id = $1 AND file_hash = $2",
                   {county_, to_sql(name.hash)}));
  for (const SqlRow& row : rows) {
    const std::uint64_t index = unsigned_of(row.front());
    if (index < name.chunk_count()) map.bits[index / 8] |= static_cast<std::uint8_t>(1U << (index % 8));
  }
  return map;
}

Status SqlStore::put_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) {
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

Result<CountyCounts> SqlStore::counts() {
  CountyCounts counts;
  const auto count = [&](const std::string& what, std::uint64_t& into) -> Status {
    KX_TRY(found, number("SELECT " + what + " WHERE county_id = $1", {county_}));
    into = found;
    return {};
  };
  std::uint64_t last_received_ms = 0;
  KX_CHECK(count("count(*) FROM sync_device", counts.devices));
  KX_CHECK(count("count(*) FROM sync_frame", counts.frames));
  KX_CHECK(count("max(received_at_ms) FROM sync_frame", last_received_ms));
  KX_CHECK(count("count(*) FROM sync_operation", counts.operations));
  KX_CHECK(count("count(*) FROM sync_quarantine", counts.quarantined));
  KX_CHECK(count("latest_sequence FROM sync_county", counts.latest_sequence));
  counts.last_received_ms = static_cast<std::int64_t>(last_received_ms);
  const auto count_where = [&](const std::string& what, const std::string& condition, std::uint64_t& into) -> Status {
    KX_TRY(found, number("SELECT count(*) FROM " + what + " WHERE county_id = $1 AND " + condition, {county_}));
    into += found;
    return {};
  };
  KX_CHECK(count_where("sync_frame", "state = 0", counts.unapplied_frames));
  KX_CHECK(count_where("sync_operation", "state = 1", counts.parked));
  KX_CHECK(count_where("sync_attachment", "is_whole = 1", counts.attachments_whole));
  KX_CHECK(count_where("sync_attachment", "is_whole = 0", counts.attachments_partial));
  for (const TypedTable& table : typed_tables()) {
    std::uint64_t records = 0;
    KX_CHECK(count("count(*) FROM \"" + table.name + "\"", records));
    counts.records[std::string(table.kind->name)] = records;
    KX_CHECK(count_where("\"" + table.name + "\"", "disputed_fields IS NOT NULL", counts.disputed_records));
  }
  return counts;
}

}  // namespace kuangxun::server
