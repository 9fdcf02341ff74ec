#pragma once

#include <functional>
#include <memory>

#include "sync/ports/county_store.h"
#include "tests/support/memory/write_fault.h"

namespace kuangxun::tests {

// Everything that a county keeps, as a value: a copy of it is a backup.
struct CountyContent {
  std::optional<ports::CountyState> state;
  std::vector<Bytes> key_statements;
  std::map<Hash, ports::EnrolmentTicket> tickets;
  std::map<Uuid, ports::TokenBucket> buckets;
  std::map<history::WriterId, ports::Chain> chains;
  std::vector<Bytes> receipts;                                                       // all there ever were
  std::vector<std::shared_ptr<const ports::StoredFrame>> frames;                     // by their county sequence, from 1
  std::map<history::WriterId, std::map<std::uint64_t, std::uint64_t>> frame_places;  // first operation -> sequence
  std::vector<ports::Fork> forks;
  std::set<std::uint64_t> indexed;
  std::uint64_t operation_count = 0;
  std::map<ports::RecordKey, std::set<ports::OperationPlace>> places;
  using Heads =
      std::map<std::pair<records::GroupNumber, history::OperationId>, std::shared_ptr<const history::Operation>>;
  std::map<ports::RecordKey, Heads> heads;
  std::map<history::OperationId, std::vector<history::OperationId>> parked;
  std::map<ports::RecordKey, std::shared_ptr<const tables::TypedRow>> rows;
  struct Attachment {
    std::uint64_t size_bytes = 0;
    bool is_whole = false;
    std::map<std::uint32_t, Bytes> chunks;
  };
  std::map<Hash, Attachment> attachments;
};

// The county's store in memory, a map a thing. A transaction goes back to a copy of everything when it falls, and a
// fault may strike before any single write.
class MemoryCountyStore final : public ports::CountyStore {
 public:
  // `leave` is given what was committed when the store goes.
  using Leave = std::function<void(CountyContent)>;
  explicit MemoryCountyStore(CountyContent content = {}, WriteFault* fault = nullptr, Leave leave = {})
      : content_(std::move(content)), fault_(fault), leave_(std::move(leave)) {}
  ~MemoryCountyStore() override {
    rollback();
    if (leave_) leave_(std::move(content_));
  }
  const CountyContent& content() const { return content_; }

  Status begin(ports::Work work) override;
  Status also_store() override;
  Status commit() override;
  void rollback() override;
  Result<ports::CountyState> state() override;
  Status set_state(const ports::CountyState& state) override;
  Status set_applied(std::uint64_t applied_sequence) override;
  Result<std::vector<Bytes>> key_statements() override { return content_.key_statements; }
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
  Result<bool> has_parked() override { return !content_.parked.empty(); }
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

 private:
  // Before each write: it stands in a transaction for that work, and no fault strikes.
  Status write(ports::Work work);

  CountyContent content_;
  WriteFault* fault_ = nullptr;
  Leave leave_;
  std::optional<CountyContent> before_;
  std::uint64_t writes_ = 0;  // of the open transaction
  bool is_open_ = false;
  bool may_store_ = false;
  bool may_apply_ = false;
};

}  // namespace kuangxun::tests
