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
#include "db/history/visibility.h"
#include "sync/server/typed_tables.h"
#include "sync/wire/messages.h"

// What the county keeps. Everything is decided above this port, once, for every database: a store only keeps and finds.
namespace kuangxun::server {

// About the county itself.
struct CountyState {
  Uuid county;  // also the device id under which the county writes
  std::string name;
  std::int64_t created_at_ms = 0;
  std::uint32_t incarnation = 1;  // of this store; grows when it was restored from a backup
  std::uint32_t epoch = 1;        // of the county's own chain that is written now
  std::uint32_t key_count = 0;    // key statements
  frames::Frontier frontier;      // a leaf for every frame: its size is the newest number of the county's sequence
  // The newest frame of any of the county's chains: who has read the registry up to here has read all of it.
  std::uint64_t registry_sequence = 0;
  std::uint64_t applied_sequence = 0;  // heads and typed tables show every frame up to here
  std::uint64_t latest_sequence() const { return frontier.size(); }
};

enum class TicketKind : std::uint8_t { device = 1, person = 2 };

// An enrolment code, by a hash of its secret part.
struct EnrolmentTicket {
  Hash secret_hash;
  TicketKind kind = TicketKind::device;
  std::string name;
  std::string certificate_number;  // of a person
  records::Role role = records::Role::officer;
  Uuid person;  // of a person
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::optional<history::WriterId> used_by;
  PublicKey used_key;  // of the device or the person; zero while it is unused
};

// What a device may still ask for. Processes take several tokens at once, so that not every request writes.
struct TokenBucket {
  std::int64_t tokens = 0;
  std::int64_t filled_at_ms = 0;
};

// How far the county is with one writer's chain. Zeros for a writer of whom nothing came.
struct Chain {
  history::WriterId writer;
  // Known to who stores.
  std::uint64_t stored_through = 0;
  Hash last_frame;
  std::int64_t received_at_ms = 0;  // of the newest frame
  Bytes receipt;                    // the newest
  // Known to who applies.
  std::uint64_t merged_through = 0;   // every operation up to here was applied, parked or found unreadable
  std::uint64_t applied_through = 0;  // before the first parked one
};

struct StoredFrame {
  std::uint64_t county_sequence = 0;
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  Hash hash;
  std::int64_t received_at_ms = 0;
  Bytes bytes;  // verbatim
};

// Another frame stands at its place: the laptop's data was copied or restored. Kept for ever, in no sequence.
struct Fork {
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  Hash hash;
  std::int64_t received_at_ms = 0;
  Bytes bytes;
};

// A record is its id and its kind: one id under two kinds is two records, here as on every laptop.
struct RecordKey {
  Uuid id;
  records::KindNumber kind = 0;
  auto operator<=>(const RecordKey&) const = default;
};

// Where an operation stands: the `position`-th of its frame, from 0.
struct OperationPlace {
  std::uint64_t county_sequence = 0;
  std::uint32_t position = 0;
  auto operator<=>(const OperationPlace&) const = default;
};

// A row of the operation index. The operation itself is in its frame and nowhere else.
struct OperationEntry {
  OperationPlace place;
  RecordKey record;
  records::GroupNumber group = 0;
  Uuid person;
  std::int64_t wall_ms = 0;
};

struct HeadKey {
  RecordKey record;
  records::GroupNumber group = 0;
  history::OperationId id;
  auto operator<=>(const HeadKey&) const = default;
};

// An operation whose bases have not come.
struct ParkedOperation {
  history::OperationId id;
  std::vector<history::OperationId> missing;
};

// What others are based on and the county does not have: operations of one writer, from `first_sequence` on.
struct AwaitedChain {
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t waiting = 0;  // operations that wait for any of them
  std::int64_t since_ms = 0;  // when the first of those was received
};

// A run of the county's sequence without gaps. Frames of the asker have no bytes.
struct FramePage {
  std::vector<StoredFrame> frames;
  bool has_more = false;
};
struct PageLimits {
  std::size_t bytes_max = 0;      // of frames with bytes together, but one of them comes whatever its size
  std::uint32_t frames_max = 0;   // with bytes
  std::uint32_t skipped_max = 0;  // without
};

struct CountyCounts {
  std::uint64_t frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t parked = 0;
  std::uint64_t forks = 0;
  std::uint64_t disputed_records = 0;
  std::uint64_t attachments_whole = 0;
  std::uint64_t attachments_partial = 0;
  std::int64_t oldest_unapplied_ms = 0;          // when the oldest frame was received that no table shows yet; 0: none
  std::map<std::string, std::uint64_t> records;  // by kind, voided ones too
};

// Storing and applying go on beside each other: what comes in never waits for what is being merged.
enum class Work : std::uint8_t {
  store,  // the county's sequence: state, keys, tickets, frames, index, chains (their first part), attachments
  apply,  // heads, typed tables, parked operations, chains (their second part)
};

// All calls of one store come from one thread. Writing calls stand inside a Transaction; it sees what it wrote.
class CountyStore {
 public:
  virtual ~CountyStore() = default;

  // A writing transaction; others for the same work, of other processes too, wait for it. Numbers of the county's
  // sequence that are given inside it are seen in the order of commits. Who applies may store as well (a decision), but
  // says so before it reads what storing changes; who only stores never applies.
  virtual Status begin(Work work) = 0;
  virtual Status also_store() = 0;
  virtual Status commit() = 0;
  virtual void rollback() = 0;

  // not_found before the first set_state. County, name and time of creation never change; applied_sequence is written
  // by set_applied only.
  virtual Result<CountyState> state() = 0;
  virtual Status set_state(const CountyState& state) = 0;
  virtual Status set_applied(std::uint64_t applied_sequence) = 0;
  // As sealed (sync/wire/county_keys.h), the first one first.
  virtual Result<std::vector<Bytes>> key_statements() = 0;
  virtual Status add_key_statement(const Bytes& sealed) = 0;

  virtual Result<std::vector<EnrolmentTicket>> tickets() = 0;
  // Adds it, or replaces the one with its secret_hash.
  virtual Status put_ticket(const EnrolmentTicket& ticket) = 0;
  virtual Result<std::optional<TokenBucket>> bucket(const Uuid& device) = 0;
  virtual Status set_bucket(const Uuid& device, const TokenBucket& bucket) = 0;

  // One for each writer asked, in that order.
  virtual Result<std::vector<Chain>> chains(std::span<const history::WriterId> writers) = 0;
  // Of everybody who ever wrote, ascending by writer.
  virtual Result<std::vector<Chain>> all_chains() = 0;
  // The first part of each, and its receipt, which is kept for ever.
  virtual Status set_chains(std::span<const Chain> chains) = 0;
  // The second part.
  virtual Status set_progress(std::span<const Chain> chains) = 0;

  // Their numbers continue the county's sequence.
  virtual Status add_frames(std::span<const StoredFrame> frames) = 0;
  // The hashes of one chain's frames that begin within these operations, by their first operation.
  virtual Result<std::map<std::uint64_t, Hash>> frame_hashes(const history::WriterId& writer, std::uint64_t first,
                                                             std::uint64_t last) = 0;
  virtual Result<FramePage> page(std::uint64_t after, const history::WriterId& asker, const PageLimits& limits) = 0;
  // Frames of one chain that hold any of these operations, in its order, at most `bytes_max` together (but one).
  virtual Result<std::vector<StoredFrame>> frames_of(const history::WriterId& writer, std::uint64_t first,
                                                     std::uint64_t last, std::size_t bytes_max) = 0;
  // By their county sequence, ascending; numbers that are not there are left out.
  virtual Result<std::vector<StoredFrame>> frames_at(const std::set<std::uint64_t>& county_sequences) = 0;
  virtual Status add_fork(const Fork& fork) = 0;  // once, however often it comes
  virtual Result<std::vector<Fork>> forks(std::uint32_t count_max) = 0;
  virtual Result<bool> has_fork(const Hash& frame) = 0;
  // The last operation of a writer that a fork holds; 0 for none.
  virtual Result<std::uint64_t> forked_through(const history::WriterId& writer) = 0;

  virtual Status add_operations(std::span<const OperationEntry> entries) = 0;
  // Whether the operations of a frame are in the index.
  virtual Result<bool> is_indexed(std::uint64_t county_sequence) = 0;
  // Every operation on these records, ascending by place.
  virtual Result<std::vector<OperationPlace>> places_of(const std::set<RecordKey>& records) = 0;

  // Heads are whole operations. Those of these records; those of all records that only the county writes.
  virtual Result<std::vector<history::Operation>> heads_of(const std::set<RecordKey>& records) = 0;
  virtual Result<std::vector<history::Operation>> registry_heads() = 0;
  virtual Status remove_heads(std::span<const HeadKey> heads) = 0;
  virtual Status add_heads(std::span<const history::Operation> heads) = 0;

  virtual Result<bool> has_parked() = 0;
  virtual Status park(std::span<const ParkedOperation> parked) = 0;
  virtual Status unpark(const std::set<history::OperationId>& ids) = 0;
  // Those of `ids` that are parked.
  virtual Result<std::set<history::OperationId>> parked_among(const std::set<history::OperationId>& ids) = 0;
  // Parked operations that wait for one of `bases`.
  virtual Result<std::set<history::OperationId>> parked_on(const history::WriterRanges& bases) = 0;
  virtual Result<std::optional<std::uint64_t>> first_parked(const history::WriterId& writer) = 0;
  // Ascending by writer.
  virtual Result<std::vector<AwaitedChain>> awaited_chains() = 0;

  // The tables people read. Rows that are not there yet; rows that are, or may be; rows to take away.
  virtual Status add_rows(std::span<const TypedRow> rows) = 0;
  virtual Status replace_rows(std::span<const TypedRow> rows) = 0;
  virtual Status remove_rows(const std::set<RecordKey>& records) = 0;

  virtual Result<wire::ChunkMap> chunk_map(const wire::AttachmentName& name) = 0;
  // A chunk, or its beginning as far as it came; empty when nothing is there.
  virtual Result<Bytes> chunk(const Hash& file, std::uint32_t index) = 0;
  // In place of what was there of this chunk.
  virtual Status set_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) = 0;
  virtual Status set_whole(const wire::AttachmentName& name) = 0;
  virtual Status drop_chunks(const Hash& file) = 0;
  // The size of a file that is there whole.
  virtual Result<std::optional<std::uint64_t>> whole_size_bytes(const Hash& file) = 0;

  virtual Result<CountyCounts> counts() = 0;
};

// Rolls back unless committed.
class [[nodiscard]] Transaction {
 public:
  static Result<Transaction> begin(CountyStore& store, Work work) {
    KX_CHECK(store.begin(work));
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
