#pragma once

#include <memory>

#include "sync/ports/county_store.h"
#include "sync/sql/sql_database.h"

namespace kuangxun::sql {

// The county store in SQL, the same statements for every database.
class SqlStore final : public ports::CountyStore {
 public:
  static constexpr std::int64_t schema_version = 2;
  // A database without our tables is given them when `may_create`; else not_found. Tables and columns that this program
  // knows and the database lacks are added. newer_version when a newer program made the tables; refused when the trial
  // version did.
  // A database may hold several counties (a prefecture's): `county` says which one this store is about.
  static Result<std::unique_ptr<SqlStore>> open(std::unique_ptr<SqlDatabase> database, bool may_create,
                                                const std::optional<Uuid>& county = std::nullopt);

  Status begin(ports::Work work) override { return database_->begin(work); }
  Status also_store() override { return database_->also_store(); }
  Status commit() override { return database_->commit(); }
  void rollback() override { database_->rollback(); }

  Result<ports::CountyState> state() override;
  Status set_state(const ports::CountyState& state) override;
  Status set_applied(std::uint64_t applied_sequence) override;
  Result<std::vector<Bytes>> key_statements() override;
  Status add_key_statement(const Bytes& sealed) override;
  Result<std::vector<ports::EnrolmentTicket>> tickets() override;
  Status put_ticket(const ports::EnrolmentTicket& ticket) override;
  Result<std::optional<ports::TokenBucket>> bucket(const Uuid& device) override;
  Status set_bucket(const Uuid& device, const ports::TokenBucket& bucket) override;

  Result<std::vector<ports::Chain>> chains(std::span<const history::WriterId> writers) override;
  Result<std::vector<ports::Chain>> all_chains() override;
  Status set_chains(std::span<const ports::Chain> chains) override;
  Status set_progress(std::span<const ports::Chain> chains) override;
  Status add_frames(std::span<const ports::StoredFrame> frames) override;
  Result<std::map<std::uint64_t, Hash>> frame_hashes(const history::WriterId& writer, std::uint64_t first,
                                                     std::uint64_t last) override;
  Result<ports::FramePage> page(std::uint64_t after, const history::WriterId& asker,
                                const ports::PageLimits& limits) override;
  Result<std::vector<ports::StoredFrame>> frames_of(const history::WriterId& writer, std::uint64_t first,
                                                    std::uint64_t last, std::size_t bytes_max) override;
  Result<std::vector<ports::StoredFrame>> frames_at(const std::set<std::uint64_t>& county_sequences) override;
  Status add_fork(const ports::Fork& fork) override;
  Result<std::vector<ports::Fork>> forks(std::uint32_t count_max) override;
  Result<bool> has_fork(const Hash& frame) override;
  Result<std::uint64_t> forked_through(const history::WriterId& writer) override;
  Status add_operations(std::span<const ports::OperationEntry> entries) override;
  Result<bool> is_indexed(std::uint64_t county_sequence) override;
  Result<std::vector<ports::OperationPlace>> places_of(const std::set<ports::RecordKey>& records) override;

  Result<std::vector<history::Operation>> heads_of(const std::set<ports::RecordKey>& records) override;
  Result<std::vector<history::Operation>> registry_heads() override;
  Status remove_heads(std::span<const ports::HeadKey> heads) override;
  Status add_heads(std::span<const history::Operation> heads) override;
  Result<bool> has_parked() override;
  Status park(std::span<const ports::ParkedOperation> parked) override;
  Status unpark(const std::set<history::OperationId>& ids) override;
  Result<std::set<history::OperationId>> parked_among(const std::set<history::OperationId>& ids) override;
  Result<std::set<history::OperationId>> parked_on(const history::WriterRanges& bases) override;
  Result<std::optional<std::uint64_t>> first_parked(const history::WriterId& writer) override;
  Result<std::vector<ports::AwaitedChain>> awaited_chains() override;
  Status add_rows(std::span<const tables::TypedRow> rows) override;
  Status replace_rows(std::span<const tables::TypedRow> rows) override;
  Status remove_rows(const std::set<ports::RecordKey>& records) override;

  Result<wire::ChunkMap> chunk_map(const wire::AttachmentName& name) override;
  Result<Bytes> chunk(const Hash& file, std::uint32_t index) override;
  Status set_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) override;
  Status set_whole(const wire::AttachmentName& name) override;
  Status drop_chunks(const Hash& file) override;
  Result<std::optional<std::uint64_t>> whole_size_bytes(const Hash& file) override;
  Result<ports::CountyCounts> counts() override;

  // All typed tables as text: equal in every database after the same frames.
  Result<std::string> dump();
  SqlDatabase& database() { return *database_; }

 private:
  explicit SqlStore(std::unique_ptr<SqlDatabase> database) : database_(std::move(database)) {}
  Status load_county();
  Result<std::vector<SqlRow>> run(const std::string& sql, std::vector<SqlValue> parameters);
  // Without rows.
  Status write(const std::string& sql, std::vector<SqlValue> parameters);
  Result<std::uint64_t> number(const std::string& sql, std::vector<SqlValue> parameters);
  // `condition` after the county's.
  Result<std::vector<ports::StoredFrame>> read_frames(const std::string& condition, std::vector<SqlValue> parameters);
  Status put_rows(std::span<const tables::TypedRow> rows, bool may_be_there);

  std::unique_ptr<SqlDatabase> database_;
  SqlValue county_;  // as text; null before there is an identity
  bool is_one_of_several_ = false;
};

}  // namespace kuangxun::sql
