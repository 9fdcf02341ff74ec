#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "db/base/hash.h"
#include "db/base/result.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "db/history/operation.h"
#include "sync/server/typed_tables.h"
#include "sync/wire/messages.h"

// What the county keeps. Everything is decided above this port, once, for every database: a store only keeps and finds.
namespace kuangxun::server {

struct CountyIdentity {
  Uuid county;
  PublicKey key;  // answers and receipts are signed with it
  std::string name;
  std::int64_t created_at_ms = 0;
};

struct Device {
  history::WriterId writer;
  PublicKey key;
  std::string name;
  std::string role;
  bool is_revoked = false;
  std::int64_t enrolled_at_ms = 0;
};

struct EnrolmentTicket {
  Hash secret_hash;
  std::string name;
  std::string role;
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::optional<history::WriterId> used_by;
};

struct NewFrame {
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  Hash hash;
  Hash previous;
  Bytes bytes;
  std::int64_t received_at_ms = 0;
};

enum class FrameState : std::int64_t { stored = 0, applied = 1, quarantined = 2 };
enum class OperationState : std::int64_t { applied = 0, parked = 1, quarantined = 2 };

struct StoredOperation {
  history::Operation operation;
  std::uint64_t county_sequence = 0;  // of its frame
  OperationState state = OperationState::applied;
};

struct GroupHeads {
  Uuid record;
  records::GroupNumber group = 0;
  std::vector<history::OperationId> heads;
};

struct FramePage {
  std::vector<frames::SequencedFrame> frames;
  bool has_more = false;
};

// Kept, but not shown.
struct Quarantine {
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  wire::QuarantineCode code = wire::QuarantineCode::undecodable;
  std::string reason;  // for the people who run the county
  Hash frame;
  Bytes frame_bytes;  // of a fork only: other frames are in the sequence
  std::int64_t since_ms = 0;
};

struct CountyCounts {
  std::uint64_t devices = 0;
  std::uint64_t frames = 0;
  std::uint64_t latest_sequence = 0;
  std::uint64_t unapplied_frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t parked = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t disputed_records = 0;
  std::uint64_t attachments_whole = 0;
  std::uint64_t attachments_partial = 0;
  std::int64_t last_received_ms = 0;
  std::map<std::string, std::uint64_t> records;  // by kind, voided ones too
};

// All calls of one store come from one thread. Writing calls stand inside a Transaction.
class CountyStore {
 public:
  virtual ~CountyStore() = default;

  // A writing transaction: others, of other processes too, wait for it. Numbers given inside it are seen in the order
  // of commits.
  virtual Status begin() = 0;
  virtual Status commit() = 0;
  virtual void rollback() = 0;

  // not_found before create_identity.
  virtual Result<CountyIdentity> identity() = 0;
  virtual Status create_identity(const CountyIdentity& identity) = 0;

  virtual Status add_ticket(const EnrolmentTicket& ticket) = 0;
  virtual Result<std::vector<EnrolmentTicket>> tickets() = 0;
  virtual Status use_ticket(const Hash& secret_hash, const history::WriterId& by) = 0;
  virtual Status add_device(const Device& device) = 0;
  virtual Result<std::optional<Device>> find_device(const history::WriterId& writer) = 0;
  virtual Result<std::vector<Device>> devices() = 0;

  // Zeros for a writer that never pushed.
  virtual Result<wire::ChainState> chain(const history::WriterId& writer) = 0;
  virtual Status set_chain(const history::WriterId& writer, const wire::ChainState& chain) = 0;
  // Of the frame that begins there.
  virtual Result<std::optional<Hash>> frame_hash_at(const history::WriterId& writer, std::uint64_t first_sequence) = 0;
  // Gives the frame the next number of the county's sequence.
  virtual Result<std::uint64_t> add_frame(const NewFrame& frame) = 0;
  virtual Status set_frame_state(std::uint64_t county_sequence, FrameState state) = 0;
  virtual Result<std::uint64_t> latest_sequence() = 0;
  // Frames that were stored but not yet applied, in the county's order, at most `count_max`.
  virtual Result<std::vector<frames::SequencedFrame>> unapplied_frames(std::uint32_t count_max) = 0;
  // Frames after a place, in the county's order, without those of `without`: at most `bytes_max` bytes together (but
  // one frame at least) and `count_max` frames.
  virtual Result<FramePage> frames_after(std::uint64_t after, const history::WriterId& without, std::size_t bytes_max,
                                         std::uint32_t count_max) = 0;

  virtual Status add_operations(std::span<const StoredOperation> operations) = 0;
  virtual Status set_operation_state(const history::OperationId& id, OperationState state) = 0;
  // Those of `ids` that are applied.
  virtual Result<std::set<history::OperationId>> applied_among(const std::set<history::OperationId>& ids) = 0;
  // The operations that are the heads of these records.
  virtual Result<std::vector<history::Operation>> heads_of(const std::set<Uuid>& records) = 0;
  virtual Status set_heads(std::span<const GroupHeads> heads) = 0;
  // `missing` are the bases that the parked operation waits for.
  virtual Status park(const history::OperationId& id, const std::vector<history::OperationId>& missing) = 0;
  virtual Status unpark(const history::OperationId& id) = 0;
  // Parked operations that wait for one of `bases`.
  virtual Result<std::vector<history::Operation>> parked_on(const std::set<history::OperationId>& bases) = 0;
  // The first operation of a writer that is parked or in a frame that was not applied yet.
  virtual Result<std::optional<std::uint64_t>> first_waiting(const history::WriterId& writer) = 0;
  virtual Status add_quarantine(const Quarantine& quarantine) = 0;
  virtual Result<std::vector<Quarantine>> quarantines(const history::WriterId& writer, std::uint32_t count_max) = 0;

  virtual Status put_rows(std::span<const TypedRow> rows) = 0;

  virtual Result<wire::ChunkMap> chunk_map(const wire::AttachmentName& name) = 0;
  virtual Status put_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) = 0;
  // Empty when the chunk is not there.
  virtual Result<Bytes> chunk(const Hash& file, std::uint32_t index) = 0;
  virtual Status set_whole(const wire::AttachmentName& name) = 0;
  virtual Status drop_chunks(const Hash& file) = 0;
  // The size of a file that is there whole.
  virtual Result<std::optional<std::uint64_t>> whole_size_bytes(const Hash& file) = 0;

  virtual Result<CountyCounts> counts() = 0;
};

// Rolls back unless committed.
class [[nodiscard]] Transaction {
 public:
  static Result<Transaction> begin(CountyStore& store) {
    KX_CHECK(store.begin());
    return Transaction(store);
  }
  Transaction(Transaction&& other) noexcept : store_(other.store_) { other.store_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (store_ != nullptr) store_->rollback();
  }
  Status commit() {
    KX_CHECK(store_->commit());
    store_ = nullptr;
    return {};
  }

 private:
  explicit Transaction(CountyStore& store) : store_(&store) {}
  CountyStore* store_;
};

}  // namespace kuangxun::server
