#include "sync/server/sql_store.h"

#include <map>

#include "db/base/language.h"
#include "sync/server/sql_schema.h"
#include "sync/server/sql_values.h"

namespace kuangxun::server {
namespace {

Error no_county() {
  return Error(ErrorCode::not_found, say_text("这里还没有县库；请先运行 kuangxun-county init",
                                              "there is no county database here yet: run kuangxun-county init first"));
}

Status create_tables(SqlDatabase& database) {
  for (const OwnTable& table : own_tables(database)) {
    for (const std::string& statement : table.statements) KX_CHECK(database.run(statement, {}));
    KX_CHECK(database.comment_table(table.name, table.comment));
  }
  KX_CHECK(database.create_typed_tables());
  const SqlValue version = SqlStore::schema_version;
  KX_CHECK(database.run("INSERT INTO schema_version (version) VALUES ($1)", {&version, 1}));
  return {};
}

// Two programs may come to an empty database at once: the second finds the tables when it is its turn.
Status create_tables_once(SqlDatabase& database) {
  KX_CHECK(database.begin());
  const auto is_there = database.has_table("schema_version");
  Status created = is_there.ok() ? Status() : Status(is_there.error());
  if (created.ok() && !*is_there) created = create_tables(database);
  if (created.ok()) created = database.commit();
  if (!created.ok()) database.rollback();
  return created;
}

}  // namespace

Result<std::unique_ptr<SqlStore>> SqlStore::open(std::unique_ptr<SqlDatabase> database, bool may_create) {
  KX_TRY(is_there, database->has_table("schema_version"));
  if (!is_there) {
    if (!may_create) return no_county();
    KX_CHECK(create_tables_once(*database));
  }
  KX_TRY(rows, database->run("SELECT max(version) FROM schema_version", {}));
  const std::int64_t version = rows.empty() ? 0 : integer_of(rows.front().front());
  if (version != schema_version) {
    return Error(version > schema_version ? ErrorCode::newer_version : ErrorCode::corrupt,
                 say_with("县库的表结构版本是 {0}，本程序需要 {1}；请更新程序",
                          "the county database has schema version {0}, this program needs {1}: update the program",
                          {std::to_string(version), std::to_string(schema_version)}));
  }
  std::unique_ptr<SqlStore> store(new SqlStore(std::move(database)));
  KX_CHECK(store->load_county());
  return store;
}

Status SqlStore::load_county() {
  KX_TRY(rows, run("SELECT county_id FROM sync_county", {}));
  if (!rows.empty()) county_ = rows.front().front();
  return {};
}

Result<std::vector<SqlRow>> SqlStore::run(const std::string& sql, std::vector<SqlValue> parameters) {
  return database_->run(sql, parameters);
}

Status SqlStore::write(const std::string& sql, std::vector<SqlValue> parameters) {
  KX_CHECK(database_->run(sql, parameters));
  return {};
}

Result<std::uint64_t> SqlStore::number(const std::string& sql, std::vector<SqlValue> parameters) {
  KX_TRY(rows, database_->run(sql, parameters));
  return rows.empty() ? std::uint64_t{0} : unsigned_of(rows.front().front());
}

Result<CountyIdentity> SqlStore::identity() {
  KX_TRY(rows, run("SELECT county_id, public_key, name, created_at_ms FROM sync_county", {}));
  if (rows.empty()) return no_county();
  const SqlRow& row = rows.front();
  county_ = row[0];
  return CountyIdentity{id_of(row[0]), key_of(row[1]), text_of(row[2]), integer_of(row[3])};
}

Status SqlStore::create_identity(const CountyIdentity& identity) {
  KX_CHECK(
      write("INSERT INTO sync_county (county_id, public_key, name, created_at_ms, latest_sequence)"
            " VALUES ($1, $2, $3, $4, 0)",
            {to_sql(identity.county), to_sql(identity.key), identity.name, identity.created_at_ms}));
  county_ = to_sql(identity.county);
  return {};
}

Status SqlStore::add_ticket(const EnrolmentTicket& ticket) {
  return write(
      "INSERT INTO sync_enrolment_code (county_id, secret_hash, name, role, created_at_ms, expires_at_ms)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      {county_, to_sql(ticket.secret_hash), ticket.name, ticket.role, ticket.created_at_ms, ticket.expires_at_ms});
}

Result<std::vector<EnrolmentTicket>> SqlStore::tickets() {
  KX_TRY(rows, run("SELECT secret_hash, name, role, created_at_ms, expires_at_ms, used_by_device, used_by_epoch"
                   " FROM sync_enrolment_code WHERE county_id = $1 ORDER BY created_at_ms",
                   {county_}));
  std::vector<EnrolmentTicket> tickets;
  for (const SqlRow& row : rows) {
    EnrolmentTicket ticket{hash_of(row[0]),    text_of(row[1]),    text_of(row[2]),
                           integer_of(row[3]), integer_of(row[4]), {}};
    if (row[5].index() != 0) {
      ticket.used_by = history::WriterId{id_of(row[5]), static_cast<std::uint32_t>(integer_of(row[6]))};
    }
    tickets.push_back(std::move(ticket));
  }
  return tickets;
}

Status SqlStore::use_ticket(const Hash& secret_hash, const history::WriterId& by) {
  return write(
      "UPDATE sync_enrolment_code SET used_by_device = $1, used_by_epoch = $2"
      " WHERE county_id = $3 AND secret_hash = $4",
      {to_sql(by.device), to_sql(by.epoch), county_, to_sql(secret_hash)});
}

Status SqlStore::add_device(const Device& device) {
  return write(
      "INSERT INTO sync_device (county_id, device_id, epoch, public_key, name, role, is_revoked,"
      " enrolled_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {county_, to_sql(device.writer.device), to_sql(device.writer.epoch), to_sql(device.key), device.name, device.role,
       to_sql(device.is_revoked), device.enrolled_at_ms});
}

Result<std::optional<Device>> SqlStore::find_device(const history::WriterId& writer) {
  KX_TRY(all, devices());
  for (Device& device : all) {
    if (device.writer == writer) return std::optional<Device>(std::move(device));
  }
  return std::optional<Device>();
}

Result<std::vector<Device>> SqlStore::devices() {
  KX_TRY(rows, run("SELECT device_id, epoch, public_key, name, role, is_revoked, enrolled_at_ms FROM sync_device"
                   " WHERE county_id = $1 ORDER BY enrolled_at_ms, device_id, epoch",
                   {county_}));
  std::vector<Device> devices;
  for (const SqlRow& row : rows) {
    devices.push_back({{id_of(row[0]), static_cast<std::uint32_t>(integer_of(row[1]))},
                       key_of(row[2]),
                       text_of(row[3]),
                       text_of(row[4]),
                       integer_of(row[5]) != 0,
                       integer_of(row[6])});
  }
  return devices;
}

Result<wire::ChainState> SqlStore::chain(const history::WriterId& writer) {
  KX_TRY(rows, run("SELECT stored_through, applied_through, last_frame, receipt FROM sync_chain"
                   " WHERE county_id = $1 AND device_id = $2 AND epoch = $3",
                   {county_, to_sql(writer.device), to_sql(writer.epoch)}));
  if (rows.empty()) return wire::ChainState();
  const SqlRow& row = rows.front();
  return wire::ChainState{unsigned_of(row[0]), unsigned_of(row[1]), hash_of(row[2]), bytes_of(row[3])};
}

Status SqlStore::set_chain(const history::WriterId& writer, const wire::ChainState& chain) {
  KX_CHECK(
      write("INSERT INTO sync_chain (county_id, device_id, epoch, stored_through, applied_through, last_frame,"
            " receipt) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (county_id, device_id, epoch) DO UPDATE SET"
            " stored_through = excluded.stored_through, applied_through = excluded.applied_through,"
            " last_frame = excluded.last_frame, receipt = excluded.receipt",
            {county_, to_sql(writer.device), to_sql(writer.epoch), to_sql(chain.stored_through),
             to_sql(chain.applied_through), to_sql(chain.last_frame), chain.receipt}));
  return write(
      "INSERT INTO sync_receipt (county_id, device_id, epoch, stored_through, receipt)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      {county_, to_sql(writer.device), to_sql(writer.epoch), to_sql(chain.stored_through), chain.receipt});
}

Result<std::optional<Hash>> SqlStore::frame_hash_at(const history::WriterId& writer, std::uint64_t first_sequence) {
  KX_TRY(rows, run("SELECT frame_hash FROM sync_frame WHERE county_id = $1 AND device_id = $2 AND epoch = $3"
                   " AND first_sequence = $4",
                   {county_, to_sql(writer.device), to_sql(writer.epoch), to_sql(first_sequence)}));
  if (rows.empty()) return std::optional<Hash>();
  return std::optional<Hash>(hash_of(rows.front().front()));
}

Result<std::uint64_t> SqlStore::add_frame(const NewFrame& frame) {
  KX_TRY(sequence, number("UPDATE sync_county SET latest_sequence = latest_sequence + 1 WHERE county_id = $1"
                          " RETURNING latest_sequence",
                          {county_}));
  KX_CHECK(
      write("INSERT INTO sync_frame (county_id, county_sequence, device_id, epoch, first_sequence, last_sequence,"
            " frame_hash, previous_hash, state, received_at_ms, size_bytes, frame)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            {county_, to_sql(sequence), to_sql(frame.writer.device), to_sql(frame.writer.epoch),
             to_sql(frame.first_sequence), to_sql(frame.last_sequence), to_sql(frame.hash), to_sql(frame.previous),
             to_sql(FrameState::stored), frame.received_at_ms, to_sql(frame.bytes.size()), frame.bytes}));
  return sequence;
}

Status SqlStore::set_frame_state(std::uint64_t county_sequence, FrameState state) {
  return write("UPDATE sync_frame SET state = $1 WHERE county_id = $2 AND county_sequence = $3",
               {to_sql(state), county_, to_sql(county_sequence)});
}

Result<std::uint64_t> SqlStore::latest_sequence() {
  return number("SELECT latest_sequence FROM sync_county WHERE county_id = $1", {county_});
}

Result<std::vector<frames::SequencedFrame>> SqlStore::unapplied_frames(std::uint32_t count_max) {
  KX_TRY(rows, run("SELECT county_sequence, frame FROM sync_frame WHERE county_id = $1 AND state = 0"
                   " ORDER BY county_sequence LIMIT $2",
                   {county_, to_sql(count_max)}));
  std::vector<frames::SequencedFrame> found;
  for (const SqlRow& row : rows) found.push_back({unsigned_of(row[0]), bytes_of(row[1])});
  return found;
}

Result<FramePage> SqlStore::frames_after(std::uint64_t after, const history::WriterId& without, std::size_t bytes_max,
                                         std::uint32_t count_max) {
  // Sizes first, so that no more bytes are read than are given.
  KX_TRY(sizes, run("SELECT county_sequence, size_bytes FROM sync_frame WHERE county_id = $1 AND county_sequence > $2"
                    " AND NOT (device_id = $3 AND epoch = $4) ORDER BY county_sequence LIMIT $5",
                    {county_, to_sql(after), to_sql(without.device), to_sql(without.epoch), to_sql(count_max + 1)}));
  FramePage page;
  std::size_t total_bytes = 0;
  for (const SqlRow& row : sizes) {
    total_bytes += static_cast<std::size_t>(integer_of(row[1]));
    if (page.frames.size() == count_max || (total_bytes > bytes_max && !page.frames.empty())) {
      page.has_more = true;
      break;
    }
    KX_TRY(bytes, run("SELECT frame FROM sync_frame WHERE county_id = $1 AND county_sequence = $2", {county_, row[0]}));
    if (!bytes.empty()) page.frames.push_back({unsigned_of(row[0]), bytes_of(bytes.front().front())});
  }
  return page;
}

}  // namespace kuangxun::server
