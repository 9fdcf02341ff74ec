#pragma once

#include <memory>

#include "sync/server/county_store.h"
#include "sync/server/sql_database.h"

namespace kuangxun::server {

// The county store in SQL, the same statements for every database.
class SqlStore final : public CountyStore {
 public:
  static constexpr std::int64_t schema_version = 1;
  // A database without our tables is given them when `may_create`; else not_found. newer_version when a newer program
  // made them.
  static Result<std::unique_ptr<SqlStore>> open(std::unique_ptr<SqlDatabase> database, bool may_create);

  Status begin() override { return database_->begin(); }
  Status commit() override { return database_->commit(); }
  void rollback() override { database_->rollback(); }
  Result<CountyIdentity> identity() override;
  Status create_identity(const CountyIdentity& identity) override;
  Status add_ticket(const EnrolmentTicket& ticket) override;
  Result<std::vector<EnrolmentTicket>> tickets() override;
  Status use_ticket(const Hash& secret_hash, const history::WriterId& by) override;
  Status add_device(const Device& device) override;
  Result<std::optional<Device>> find_device(const history::WriterId& writer) override;
  Result<std::vector<Device>> devices() override;
  Result<wire::ChainState> chain(const history::WriterId& writer) override;
  Status set_chain(const history::WriterId& writer, const wire::ChainState& chain) override;
  Result<std::optional<Hash>> frame_hash_at(const history::WriterId& writer, std::uint64_t first_sequence) override;
  Result<std::uint64_t> add_frame(const NewFrame& frame) override;
  Status set_frame_state(std::uint64_t county_sequence, FrameState state) override;
  Result<std::uint64_t> latest_sequence() override;
  Result<std::vector<frames::SequencedFrame>> unapplied_frames(std::uint32_t count_max) override;
  Result<FramePage> frames_after(std::uint64_t after, const history::WriterId& without, std::size_t bytes_max,
                                 std::uint32_t count_max) override;
  Status add_operations(std::span<const StoredOperation> operations) override;
  Status set_operation_state(const history::OperationId& id, OperationState state) override;
  Result<std::set<history::OperationId>> applied_among(const std::set<history::OperationId>& ids) override;
  Result<std::vector<history::Operation>> heads_of(const std::set<Uuid>& records) override;
  Status set_heads(std::span<const GroupHeads> heads) override;
  Status park(const history::OperationId& id, const std::vector<history::OperationId>& missing) override;
  Status unpark(const history::OperationId& id) override;
  Result<std::vector<history::Operation>> parked_on(const std::set<history::OperationId>& bases) override;
  Result<std::optional<std::uint64_t>> first_waiting(const history::WriterId& writer) override;
  Status add_quarantine(const Quarantine& quarantine) override;
  Result<std::vector<Quarantine>> quarantines(const history::WriterId& writer, std::uint32_t count_max) override;
  Status put_rows(std::span<const TypedRow> rows) override;
  Result<wire::ChunkMap> chunk_map(const wire::AttachmentName& name) override;
  Status put_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) override;
  Result<Bytes> chunk(const Hash& file, std::uint32_t index) override;
  Status set_whole(const wire::AttachmentName& name) override;
  Status drop_chunks(const Hash& file) override;
  Result<std::optional<std::uint64_t>> whole_size_bytes(const Hash& file) override;
  Result<CountyCounts> counts() override;

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

  std::unique_ptr<SqlDatabase> database_;
  SqlValue county_;  // as text; null before there is an identity
};

}  // namespace kuangxun::server
