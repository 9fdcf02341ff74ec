#include "sync/sql/sql_store.h"

#include "db/language/language.h"
#include "sync/rights/roles.h"
#include "sync/sql/sql_values.h"

// The county itself, who was invited, and how far each chain is.
namespace kuangxun::sql {
namespace {

const std::vector<SqlKey> writer_key = {{"device_id", SqlKey::Type::id}, {"epoch", SqlKey::Type::number}};

history::WriterId writer_of(const SqlValue& device, const SqlValue& epoch) {
  return {id_of(device), static_cast<std::uint32_t>(integer_of(epoch))};
}

std::vector<SqlRow> keys_of(std::span<const history::WriterId> writers) {
  std::vector<SqlRow> keys;
  for (const history::WriterId& writer : writers) keys.push_back({to_sql(writer.device), to_sql(writer.epoch)});
  return keys;
}

// From columns device_id, epoch, stored_through, last_frame, received_at_ms, receipt.
void read_stored(std::map<history::WriterId, ports::Chain>& chains, const std::vector<SqlRow>& rows) {
  for (const SqlRow& row : rows) {
    ports::Chain& chain = chains[writer_of(row[0], row[1])];
    chain.stored_through = unsigned_of(row[2]);
    chain.last_frame = hash_of(row[3]);
    chain.received_at_ms = integer_of(row[4]);
    chain.receipt = bytes_of(row[5]);
  }
}

// From columns device_id, epoch, merged_through, applied_through.
void read_progress(std::map<history::WriterId, ports::Chain>& chains, const std::vector<SqlRow>& rows) {
  for (const SqlRow& row : rows) {
    ports::Chain& chain = chains[writer_of(row[0], row[1])];
    chain.merged_through = unsigned_of(row[2]);
    chain.applied_through = unsigned_of(row[3]);
  }
}

constexpr const char* stored_columns = "device_id, epoch, stored_through, last_frame, received_at_ms, receipt";
constexpr const char* progress_columns = "device_id, epoch, merged_through, applied_through";

}  // namespace

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

Result<ports::CountyState> SqlStore::state() {
  std::string sql =
      "SELECT c.county_id, c.name, c.created_at_ms, c.incarnation, c.epoch, c.key_count, c.registry_sequence,"
      " c.frontier, a.applied_sequence FROM sync_county c LEFT JOIN sync_applied a ON a.county_id = c.county_id";
  std::vector<SqlValue> parameters;
  if (is_one_of_several_) {
    sql += " WHERE c.county_id = $1";
    parameters.push_back(county_);
  }
  KX_TRY(rows, run(sql, std::move(parameters)));
  if (rows.empty()) {
    return Error(ErrorCode::not_found, phrase("there is no county database here yet: run kuangxun-county init first"));
  }
  const SqlRow& row = rows.front();
  county_ = row[0];
  ports::CountyState state;
  state.county = id_of(row[0]);
  state.name = text_of(row[1]);
  state.created_at_ms = integer_of(row[2]);
  state.incarnation = static_cast<std::uint32_t>(integer_of(row[3]));
  state.epoch = static_cast<std::uint32_t>(integer_of(row[4]));
  state.key_count = static_cast<std::uint32_t>(integer_of(row[5]));
  state.registry_sequence = unsigned_of(row[6]);
  KX_TRY(frontier, frames::Frontier::decode(bytes_of(row[7])));
  state.frontier = std::move(frontier);
  state.applied_sequence = unsigned_of(row[8]);
  return state;
}

Status SqlStore::set_state(const ports::CountyState& state) {
  county_ = to_sql(state.county);
  return write(
      "INSERT INTO sync_county (county_id, name, created_at_ms, incarnation, epoch, key_count, latest_sequence,"
      " registry_sequence, frontier) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (county_id) DO UPDATE SET"
      " incarnation = excluded.incarnation, epoch = excluded.epoch, key_count = excluded.key_count,"
      " latest_sequence = excluded.latest_sequence, registry_sequence = excluded.registry_sequence,"
      " frontier = excluded.frontier",
      {county_, state.name, state.created_at_ms, to_sql(state.incarnation), to_sql(state.epoch),
       to_sql(state.key_count), to_sql(state.latest_sequence()), to_sql(state.registry_sequence),
       state.frontier.encode()});
}

Status SqlStore::set_applied(std::uint64_t applied_sequence) {
  return write(
      "INSERT INTO sync_applied (county_id, applied_sequence) VALUES ($1, $2) ON CONFLICT (county_id)"
      " DO UPDATE SET applied_sequence = excluded.applied_sequence",
      {county_, to_sql(applied_sequence)});
}

Result<std::vector<Bytes>> SqlStore::key_statements() {
  KX_TRY(rows, run("SELECT statement FROM sync_key_statement WHERE county_id = $1 ORDER BY position", {county_}));
  std::vector<Bytes> statements;
  for (const SqlRow& row : rows) statements.push_back(bytes_of(row[0]));
  return statements;
}

Status SqlStore::add_key_statement(const Bytes& sealed) {
  return write(
      "INSERT INTO sync_key_statement (county_id, position, statement) VALUES ($1, (SELECT"
      " coalesce(max(position), 0) + 1 FROM sync_key_statement WHERE county_id = $1), $2)",
      {county_, sealed});
}

Result<std::vector<ports::EnrolmentTicket>> SqlStore::tickets() {
  KX_TRY(rows, run("SELECT secret_hash, kind, name, certificate_number, role, person_id, created_at_ms, expires_at_ms,"
                   " used_by_device, used_by_epoch, used_key FROM sync_enrolment_code WHERE county_id = $1"
                   " ORDER BY created_at_ms, secret_hash",
                   {county_}));
  std::vector<ports::EnrolmentTicket> tickets;
  for (const SqlRow& row : rows) {
    ports::EnrolmentTicket ticket;
    ticket.secret_hash = hash_of(row[0]);
    ticket.kind = static_cast<ports::TicketKind>(integer_of(row[1]));
    ticket.name = text_of(row[2]);
    ticket.certificate_number = text_of(row[3]);
    ticket.role = rights::role_of_number(integer_of(row[4]));
    ticket.person = id_of(row[5]);
    ticket.created_at_ms = integer_of(row[6]);
    ticket.expires_at_ms = integer_of(row[7]);
    if (row[8].index() != 0) ticket.used_by = writer_of(row[8], row[9]);
    ticket.used_key = key_of(row[10]);
    tickets.push_back(std::move(ticket));
  }
  return tickets;
}

Status SqlStore::put_ticket(const ports::EnrolmentTicket& ticket) {
  SqlValue device;
  SqlValue epoch;
  if (ticket.used_by.has_value()) {
    device = to_sql(ticket.used_by->device);
    epoch = to_sql(ticket.used_by->epoch);
  }
  return write(
      "INSERT INTO sync_enrolment_code (county_id, secret_hash, kind, name, certificate_number, role, person_id,"
      " created_at_ms, expires_at_ms, used_by_device, used_by_epoch, used_key)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (county_id, secret_hash) DO UPDATE SET"
      " used_by_device = excluded.used_by_device, used_by_epoch = excluded.used_by_epoch,"
      " used_key = excluded.used_key",
      {county_, to_sql(ticket.secret_hash), to_sql(ticket.kind), ticket.name, ticket.certificate_number,
       to_sql(ticket.role), to_sql(ticket.person), ticket.created_at_ms, ticket.expires_at_ms, device, epoch,
       to_sql(ticket.used_key)});
}

Result<std::optional<ports::TokenBucket>> SqlStore::bucket(const Uuid& device) {
  KX_TRY(rows, run("SELECT tokens, filled_at_ms FROM sync_bucket WHERE county_id = $1 AND device_id = $2",
                   {county_, to_sql(device)}));
  if (rows.empty()) return std::optional<ports::TokenBucket>();
  return std::optional(ports::TokenBucket{integer_of(rows.front()[0]), integer_of(rows.front()[1])});
}

Status SqlStore::set_bucket(const Uuid& device, const ports::TokenBucket& bucket) {
  return write(
      "INSERT INTO sync_bucket (county_id, device_id, tokens, filled_at_ms) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (county_id, device_id) DO UPDATE SET tokens = excluded.tokens,"
      " filled_at_ms = excluded.filled_at_ms",
      {county_, to_sql(device), bucket.tokens, bucket.filled_at_ms});
}

Result<std::vector<ports::Chain>> SqlStore::chains(std::span<const history::WriterId> writers) {
  const std::vector<SqlRow> keys = keys_of(writers);
  std::map<history::WriterId, ports::Chain> found;
  KX_TRY(stored, database_->find_rows("sync_chain", stored_columns, county_, writer_key, keys));
  read_stored(found, stored);
  KX_TRY(progress, database_->find_rows("sync_progress", progress_columns, county_, writer_key, keys));
  read_progress(found, progress);
  std::vector<ports::Chain> chains;
  for (const history::WriterId& writer : writers) {
    chains.push_back(found[writer]);
    chains.back().writer = writer;
  }
  return chains;
}

Result<std::vector<ports::Chain>> SqlStore::all_chains() {
  std::map<history::WriterId, ports::Chain> found;
  KX_TRY(stored, run("SELECT " + std::string(stored_columns) + " FROM sync_chain WHERE county_id = $1", {county_}));
  read_stored(found, stored);
  KX_TRY(progress,
         run("SELECT " + std::string(progress_columns) + " FROM sync_progress WHERE county_id = $1", {county_}));
  read_progress(found, progress);
  std::vector<ports::Chain> chains;
  for (auto& [writer, chain] : found) {
    chain.writer = writer;
    chains.push_back(std::move(chain));
  }
  return chains;
}

Status SqlStore::set_chains(std::span<const ports::Chain> chains) {
  std::vector<SqlRow> rows;
  std::vector<SqlRow> receipts;
  for (const ports::Chain& chain : chains) {
    const SqlValue device = to_sql(chain.writer.device);
    const SqlValue epoch = to_sql(chain.writer.epoch);
    const SqlValue through = to_sql(chain.stored_through);
    rows.push_back({county_, device, epoch, through, to_sql(chain.last_frame), chain.received_at_ms, chain.receipt});
    if (!chain.receipt.empty()) receipts.push_back({county_, device, epoch, through, chain.receipt});
  }
  KX_CHECK(database_->replace_rows(
      "sync_chain", {"county_id", "device_id", "epoch", "stored_through", "last_frame", "received_at_ms", "receipt"}, 3,
      rows));
  return database_->append_rows("sync_receipt", {"county_id", "device_id", "epoch", "stored_through", "receipt"},
                                receipts);
}

Status SqlStore::set_progress(std::span<const ports::Chain> chains) {
  std::vector<SqlRow> rows;
  for (const ports::Chain& chain : chains) {
    rows.push_back({county_, to_sql(chain.writer.device), to_sql(chain.writer.epoch), to_sql(chain.merged_through),
                    to_sql(chain.applied_through)});
  }
  return database_->replace_rows("sync_progress",
                                 {"county_id", "device_id", "epoch", "merged_through", "applied_through"}, 3, rows);
}

}  // namespace kuangxun::sql
