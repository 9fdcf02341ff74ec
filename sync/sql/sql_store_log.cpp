#include <algorithm>

#include "sync/sql/sql_store.h"
#include "sync/sql/sql_values.h"

// Frames, forks and the index of the operations.
namespace kuangxun::sql {
namespace {

// Rows that are looked at together while a page is filled.
constexpr std::int64_t page_slice_rows = 512;

constexpr const char* frame_columns =
    "county_sequence, device_id, epoch, first_sequence, last_sequence, frame_hash, received_at_ms, size_bytes";

ports::StoredFrame frame_of(const SqlRow& row) {
  ports::StoredFrame frame;
  frame.county_sequence = unsigned_of(row[0]);
  frame.writer = {id_of(row[1]), static_cast<std::uint32_t>(integer_of(row[2]))};
  frame.first_sequence = unsigned_of(row[3]);
  frame.last_sequence = unsigned_of(row[4]);
  frame.hash = hash_of(row[5]);
  frame.received_at_ms = integer_of(row[6]);
  return frame;
}

// Which frames a page holds, decided by their sizes alone.
class PageFilling {
 public:
  PageFilling(const history::WriterId& asker, const ports::PageLimits& limits) : asker_(asker), limits_(limits) {}
  bool is_full() const { return page_.has_more; }

  void offer(const SqlRow& row) {
    if (page_.has_more) return;
    ports::StoredFrame frame = frame_of(row);
    if (frame.writer == asker_) {
      page_.has_more = skipped_ == limits_.skipped_max;
      if (!page_.has_more) ++skipped_;
    } else {
      bytes_ += static_cast<std::size_t>(integer_of(row[7]));
      page_.has_more = given_ == limits_.frames_max || (given_ > 0 && bytes_ > limits_.bytes_max);
      if (!page_.has_more) ++given_;
    }
    if (!page_.has_more) page_.frames.push_back(std::move(frame));
  }
  ports::FramePage take() { return std::move(page_); }

 private:
  history::WriterId asker_;
  ports::PageLimits limits_;
  ports::FramePage page_;
  std::uint32_t given_ = 0;
  std::uint32_t skipped_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Status SqlStore::add_frames(std::span<const ports::StoredFrame> frames) {
  std::vector<SqlRow> rows;
  for (const ports::StoredFrame& frame : frames) {
    rows.push_back({county_, to_sql(frame.county_sequence), to_sql(frame.writer.device), to_sql(frame.writer.epoch),
                    to_sql(frame.first_sequence), to_sql(frame.last_sequence), to_sql(frame.hash), frame.received_at_ms,
                    to_sql(frame.bytes.size()), frame.bytes});
  }
  return database_->append_rows("sync_frame",
                                {"county_id", "county_sequence", "device_id", "epoch", "first_sequence",
                                 "last_sequence", "frame_hash", "received_at_ms", "size_bytes", "frame"},
                                rows);
}

Result<std::map<std::uint64_t, Hash>> SqlStore::frame_hashes(const history::WriterId& writer, std::uint64_t first,
                                                             std::uint64_t last) {
  KX_TRY(rows, run("SELECT first_sequence, frame_hash FROM sync_frame WHERE county_id = $1 AND device_id = $2"
                   " AND epoch = $3 AND first_sequence BETWEEN $4 AND $5",
                   {county_, to_sql(writer.device), to_sql(writer.epoch), to_sql(first), to_sql(last)}));
  std::map<std::uint64_t, Hash> hashes;
  for (const SqlRow& row : rows) hashes[unsigned_of(row[0])] = hash_of(row[1]);
  return hashes;
}

Result<ports::FramePage> SqlStore::page(std::uint64_t after, const history::WriterId& asker,
                                        const ports::PageLimits& limits) {
  PageFilling filling(asker, limits);
  for (std::uint64_t from = after; !filling.is_full();) {
    KX_TRY(rows, run("SELECT " + std::string(frame_columns) +
                         " FROM sync_frame WHERE county_id = $1"
                         " AND county_sequence > $2 ORDER BY county_sequence LIMIT $3",
                     {county_, to_sql(from), page_slice_rows}));
    for (const SqlRow& row : rows) filling.offer(row);
    if (rows.size() < static_cast<std::size_t>(page_slice_rows)) break;
    from = unsigned_of(rows.back()[0]);
  }
  ports::FramePage page = filling.take();
  if (page.frames.empty()) return page;
  KX_TRY(rows, run("SELECT county_sequence, frame FROM sync_frame WHERE county_id = $1 AND county_sequence BETWEEN $2"
                   " AND $3 AND NOT (device_id = $4 AND epoch = $5)",
                   {county_, to_sql(page.frames.front().county_sequence), to_sql(page.frames.back().county_sequence),
                    to_sql(asker.device), to_sql(asker.epoch)}));
  // Numbers have no gaps.
  for (SqlRow& row : rows) {
    const std::size_t index = unsigned_of(row[0]) - page.frames.front().county_sequence;
    if (index < page.frames.size()) page.frames[index].bytes = take_bytes(row[1]);
  }
  return page;
}

Result<std::vector<ports::StoredFrame>> SqlStore::read_frames(const std::string& condition,
                                                              std::vector<SqlValue> parameters) {
  KX_TRY(rows,
         run("SELECT " + std::string(frame_columns) + ", frame FROM sync_frame WHERE county_id = $1 AND " + condition,
             std::move(parameters)));
  std::vector<ports::StoredFrame> frames;
  for (SqlRow& row : rows) {
    frames.push_back(frame_of(row));
    frames.back().bytes = take_bytes(row[8]);
  }
  return frames;
}

Result<std::vector<ports::StoredFrame>> SqlStore::frames_of(const history::WriterId& writer, std::uint64_t first,
                                                            std::uint64_t last, std::size_t bytes_max) {
  const SqlValue device = to_sql(writer.device);
  const SqlValue epoch = to_sql(writer.epoch);
  // From the frame that holds the first operation.
  KX_TRY(begin, number("SELECT coalesce(max(first_sequence), 1) FROM sync_frame WHERE county_id = $1 AND device_id = $2"
                       " AND epoch = $3 AND first_sequence <= $4",
                       {county_, device, epoch, to_sql(first)}));
  KX_TRY(sizes, run("SELECT first_sequence, last_sequence, size_bytes FROM sync_frame WHERE county_id = $1"
                    " AND device_id = $2 AND epoch = $3 AND first_sequence BETWEEN $4 AND $5"
                    " ORDER BY first_sequence LIMIT $6",
                    {county_, device, epoch, to_sql(begin), to_sql(last), page_slice_rows}));
  std::size_t total_bytes = 0;
  std::optional<std::uint64_t> end;
  for (const SqlRow& row : sizes) {
    if (unsigned_of(row[1]) < first) continue;
    total_bytes += static_cast<std::size_t>(integer_of(row[2]));
    if (end.has_value() && total_bytes > bytes_max) break;
    end = unsigned_of(row[0]);
  }
  if (!end.has_value()) return std::vector<ports::StoredFrame>();
  return read_frames(
      "device_id = $2 AND epoch = $3 AND first_sequence BETWEEN $4 AND $5 AND last_sequence >= $6"
      " ORDER BY first_sequence",
      {county_, device, epoch, to_sql(begin), to_sql(*end), to_sql(first)});
}

Result<std::vector<ports::StoredFrame>> SqlStore::frames_at(const std::set<std::uint64_t>& county_sequences) {
  std::vector<SqlRow> keys;
  for (const std::uint64_t sequence : county_sequences) keys.push_back({to_sql(sequence)});
  KX_TRY(rows, database_->find_rows("sync_frame", std::string(frame_columns) + ", frame", county_,
                                    {{"county_sequence", SqlKey::Type::number}}, keys));
  std::vector<ports::StoredFrame> frames;
  for (SqlRow& row : rows) {
    frames.push_back(frame_of(row));
    frames.back().bytes = take_bytes(row[8]);
  }
  std::ranges::sort(frames, {}, &ports::StoredFrame::county_sequence);
  return frames;
}

Status SqlStore::add_fork(const ports::Fork& fork) {
  return write(
      "INSERT INTO sync_fork (county_id, device_id, epoch, first_sequence, last_sequence, frame_hash,"
      " received_at_ms, frame) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
      {county_, to_sql(fork.writer.device), to_sql(fork.writer.epoch), to_sql(fork.first_sequence),
       to_sql(fork.last_sequence), to_sql(fork.hash), fork.received_at_ms, fork.bytes});
}

Result<std::vector<ports::Fork>> SqlStore::forks(std::uint32_t count_max) {
  KX_TRY(rows, run("SELECT device_id, epoch, first_sequence, last_sequence, frame_hash, received_at_ms, frame"
                   " FROM sync_fork WHERE county_id = $1 ORDER BY received_at_ms, frame_hash LIMIT $2",
                   {county_, to_sql(count_max)}));
  std::vector<ports::Fork> forks;
  for (SqlRow& row : rows) {
    forks.push_back({{id_of(row[0]), static_cast<std::uint32_t>(integer_of(row[1]))},
                     unsigned_of(row[2]),
                     unsigned_of(row[3]),
                     hash_of(row[4]),
                     integer_of(row[5]),
                     take_bytes(row[6])});
  }
  return forks;
}

Result<bool> SqlStore::has_fork(const Hash& frame) {
  KX_TRY(rows, run("SELECT 1 FROM sync_fork WHERE county_id = $1 AND frame_hash = $2", {county_, to_sql(frame)}));
  return !rows.empty();
}

Result<std::uint64_t> SqlStore::forked_through(const history::WriterId& writer) {
  KX_TRY(through, number("SELECT coalesce(max(last_sequence), 0) FROM sync_fork WHERE county_id = $1"
                         " AND device_id = $2 AND epoch = $3",
                         {county_, to_sql(writer.device), to_sql(writer.epoch)}));
  return through;
}

Status SqlStore::add_operations(std::span<const ports::OperationEntry> entries) {
  std::vector<SqlRow> rows;
  rows.reserve(entries.size());
  for (const ports::OperationEntry& entry : entries) {
    rows.push_back({county_, to_sql(entry.place.county_sequence), to_sql(entry.place.position), to_sql(entry.record.id),
                    to_sql(entry.record.kind), to_sql(entry.group), to_sql(entry.person), entry.wall_ms});
  }
  return database_->append_rows(
      "sync_operation",
      {"county_id", "county_sequence", "position", "record_id", "kind", "group_number", "person_id", "wall_ms"}, rows);
}

Result<bool> SqlStore::is_indexed(std::uint64_t county_sequence) {
  KX_TRY(rows, run("SELECT position FROM sync_operation WHERE county_id = $1 AND county_sequence = $2 LIMIT 1",
                   {county_, to_sql(county_sequence)}));
  return !rows.empty();
}

Result<std::vector<ports::OperationPlace>> SqlStore::places_of(const std::set<ports::RecordKey>& records) {
  std::vector<SqlRow> keys;
  for (const ports::RecordKey& record : records) keys.push_back({to_sql(record.id), to_sql(record.kind)});
  KX_TRY(rows, database_->find_rows("sync_operation", "county_sequence, position", county_,
                                    {{"record_id", SqlKey::Type::id}, {"kind", SqlKey::Type::number}}, keys));
  std::vector<ports::OperationPlace> places;
  for (const SqlRow& row : rows)
    places.push_back({unsigned_of(row[0]), static_cast<std::uint32_t>(integer_of(row[1]))});
  std::ranges::sort(places);
  return places;
}

}  // namespace kuangxun::sql
