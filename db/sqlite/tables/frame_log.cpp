#include "db/sqlite/tables/frame_log.h"

#include "db/language/language.h"

namespace kuangxun::sqlite {
namespace {

Bytes copy_of(ByteView bytes) {
  return Bytes(bytes.begin(), bytes.end());
}

void bind_number_or_null(Statement& statement, int parameter, std::uint64_t number) {
  if (number == 0) return statement.bind_null(parameter);
  statement.bind(parameter, static_cast<std::int64_t>(number));
}

}  // namespace

Status FrameLog::load() {
  KX_TRY(count, database_.connection().query_integer("SELECT count(*) FROM quarantine"));
  set_aside_count_ = count;
  return {};
}

Result<FrameLog::End> FrameLog::end_of(std::int64_t writer_index) {
  KX_TRY(select, database_.statement("SELECT first_sequence + count - 1, hash FROM frame WHERE writer_index = ? "
                                     "ORDER BY first_sequence DESC LIMIT 1"));
  select->bind(0, writer_index);
  KX_TRY(row, select->step());
  End end;
  if (row) end = {static_cast<std::uint64_t>(select->integer(0)), hash_from_bytes(select->bytes(1))};
  select->reset();
  return end;
}

Result<std::optional<Hash>> FrameLog::hash_at(std::int64_t writer_index, std::uint64_t first_sequence) {
  KX_TRY(select, database_.statement("SELECT hash FROM frame WHERE writer_index = ? AND first_sequence = ?"));
  select->bind(0, writer_index);
  select->bind(1, static_cast<std::int64_t>(first_sequence));
  KX_TRY(row, select->step());
  std::optional<Hash> hash;
  if (row) hash = hash_from_bytes(select->bytes(0));
  select->reset();
  return hash;
}

Status FrameLog::insert(const frames::Frame& frame, std::uint64_t county_sequence, bool is_readable) {
  KX_TRY(writer, dictionary_.writer_index(frame.header.writer));
  KX_TRY(insert, database_.statement("INSERT INTO frame (writer_index, first_sequence, count, hash, county_sequence, "
                                     "is_readable, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  const Hash hash = frame.hash();
  insert->bind(0, writer);
  insert->bind(1, static_cast<std::int64_t>(frame.header.first_sequence));
  insert->bind(2, std::int64_t{frame.header.count});
  insert->bind(3, ByteView(hash.bytes));
  bind_number_or_null(*insert, 4, county_sequence);
  insert->bind(5, std::int64_t{is_readable ? 1 : 0});
  insert->bind(6, ByteView(frame.bytes));
  return insert->run();
}

Status FrameLog::note_readable(const frames::Frame& frame, bool is_readable) {
  KX_TRY(writer, dictionary_.writer_index(frame.header.writer));
  KX_TRY(update,
         database_.statement("UPDATE frame SET is_readable = ?1 WHERE writer_index = ?2 AND first_sequence = ?3 "
                             "AND is_readable <> ?1"));
  update->bind(0, std::int64_t{is_readable ? 1 : 0});
  update->bind(1, writer);
  update->bind(2, static_cast<std::int64_t>(frame.header.first_sequence));
  return update->run();
}

Status FrameLog::note_county_sequence(std::int64_t writer_index, std::uint64_t first_sequence,
                                      std::uint64_t county_sequence) {
  if (county_sequence == 0) return {};
  KX_TRY(update,
         database_.statement("UPDATE frame SET county_sequence = ? WHERE writer_index = ? AND first_sequence = ?"));
  update->bind(0, static_cast<std::int64_t>(county_sequence));
  update->bind(1, writer_index);
  update->bind(2, static_cast<std::int64_t>(first_sequence));
  return update->run();
}

Status FrameLog::forget_county_sequences() {
  return database_.connection().execute(
      "UPDATE frame SET county_sequence = NULL; UPDATE quarantine SET county_sequence = NULL");
}

Result<std::vector<Bytes>> FrameLog::frames_after(std::int64_t writer_index, std::uint64_t after_sequence,
                                                  std::size_t bytes_max) {
  KX_TRY(select, database_.statement("SELECT bytes FROM frame WHERE writer_index = ? AND first_sequence + count - 1 > "
                                     "? ORDER BY first_sequence"));
  select->bind(0, writer_index);
  select->bind(1, static_cast<std::int64_t>(after_sequence));
  std::vector<Bytes> frames;
  std::size_t total = 0;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    const ByteView bytes = select->bytes(0);
    if (!frames.empty() && total + bytes.size() > bytes_max) break;
    total += bytes.size();
    frames.push_back(copy_of(bytes));
  }
  select->reset();
  return frames;
}

Status FrameLog::for_each(const std::function<Status(frames::Frame)>& visit) {
  // Each frame is read by its own query: `visit` may use any statement, and one frame at a time is in memory.
  for (std::int64_t after = 0;;) {
    KX_TRY(kept, next_after(after));
    if (!kept.has_value()) return {};
    after = kept->index;
    KX_CHECK(visit(std::move(kept->frame)));
  }
}

Result<std::optional<FrameLog::Kept>> FrameLog::next_after(std::int64_t after) {
  KX_TRY(select, database_.statement("SELECT frame_index, bytes FROM frame WHERE frame_index > ? ORDER BY "
                                     "frame_index LIMIT 1"));
  select->bind(0, after);
  KX_TRY(row, select->step());
  if (!row) return std::optional<Kept>();
  const std::int64_t index = select->integer(0);
  Bytes copy = copy_of(select->bytes(1));
  select->reset();
  auto frame = frames::parse_frame(std::move(copy));
  if (!frame.ok()) return frame.error().within(phrase("a kept frame"));
  return std::optional(Kept{index, std::move(*frame)});
}

Result<std::optional<std::uint64_t>> FrameLog::first_of_frame_with(std::int64_t writer_index, std::uint64_t sequence) {
  KX_TRY(select, database_.statement("SELECT first_sequence FROM frame WHERE writer_index = ? AND first_sequence <= ? "
                                     "AND first_sequence + count > ?2 ORDER BY first_sequence DESC LIMIT 1"));
  select->bind(0, writer_index);
  select->bind(1, static_cast<std::int64_t>(sequence));
  KX_TRY(row, select->step());
  std::optional<std::uint64_t> first;
  if (row) first = static_cast<std::uint64_t>(select->integer(0));
  select->reset();
  return first;
}

Result<bool> FrameLog::has_frame(const history::WriterId& writer, std::uint64_t last_sequence, const Hash& hash) {
  const auto index = dictionary_.find_writer(writer);
  if (!index.has_value()) return false;
  KX_TRY(select,
         database_.statement("SELECT 1 FROM frame WHERE writer_index = ?1 AND first_sequence + count - 1 = ?2 "
                             "AND hash = ?3 UNION ALL SELECT 1 FROM fork WHERE writer_index = ?1 AND hash = ?3"));
  select->bind(0, *index);
  select->bind(1, static_cast<std::int64_t>(last_sequence));
  select->bind(2, ByteView(hash.bytes));
  KX_TRY(row, select->step());
  select->reset();
  return row;
}

Result<std::uint64_t> FrameLog::numbered_through(std::int64_t writer_index) {
  KX_TRY(select, database_.statement("SELECT max(first_sequence + count - 1) FROM frame WHERE writer_index = ? AND "
                                     "county_sequence IS NOT NULL"));
  select->bind(0, writer_index);
  KX_TRY(row, select->step());
  const auto through = row ? static_cast<std::uint64_t>(select->integer(0)) : 0;
  select->reset();
  return through;
}

Result<bool> FrameLog::set_aside(ByteView bytes, const frames::Frame* frame, std::uint64_t county_sequence,
                                 SetAside state, const std::string& reason) {
  const Hash hash = sha256(bytes);
  KX_TRY(update, database_.statement("UPDATE quarantine SET state = ?, reason = ?, county_sequence = "
                                     "coalesce(?, county_sequence) WHERE hash = ?"));
  update->bind(0, static_cast<std::int64_t>(state));
  update->bind(1, std::string_view(reason));
  bind_number_or_null(*update, 2, county_sequence);
  update->bind(3, ByteView(hash.bytes));
  KX_CHECK(update->run());
  if (database_.connection().changes() > 0) return false;
  KX_TRY(insert,
         database_.statement("INSERT INTO quarantine (writer_index, first_sequence, county_sequence, hash, state, "
                             "reason, since_ms, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  insert->bind_null(0);
  insert->bind_null(1);
  if (frame != nullptr) {
    KX_TRY(writer, dictionary_.writer_index(frame->header.writer));
    insert->bind(0, writer);
    insert->bind(1, static_cast<std::int64_t>(frame->header.first_sequence));
  }
  bind_number_or_null(*insert, 2, county_sequence);
  insert->bind(3, ByteView(hash.bytes));
  insert->bind(4, static_cast<std::int64_t>(state));
  insert->bind(5, std::string_view(reason));
  insert->bind(6, clock_.now_ms());
  insert->bind(7, bytes);
  KX_CHECK(insert->run());
  ++set_aside_count_;
  return true;
}

Result<std::vector<FrameLog::Waiting>> FrameLog::set_aside_until(std::int64_t writer_index,
                                                                 std::uint64_t first_sequence_max) {
  KX_TRY(select, database_.statement("SELECT quarantine_index, county_sequence, bytes FROM quarantine WHERE "
                                     "writer_index IS ? AND coalesce(first_sequence, 0) <= ? ORDER BY first_sequence, "
                                     "county_sequence IS NULL, county_sequence, quarantine_index"));
  bind_number_or_null(*select, 0, static_cast<std::uint64_t>(writer_index));
  select->bind(1, static_cast<std::int64_t>(first_sequence_max));
  std::vector<Waiting> waiting;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    waiting.push_back({select->integer(0), static_cast<std::uint64_t>(select->integer(1)), copy_of(select->bytes(2))});
  }
  select->reset();
  return waiting;
}

Result<std::vector<std::int64_t>> FrameLog::writers_set_aside() {
  KX_TRY(select, database_.statement("SELECT DISTINCT writer_index FROM quarantine WHERE writer_index IS NOT NULL "
                                     "ORDER BY writer_index"));
  std::vector<std::int64_t> writers;
  for (;;) {
    KX_TRY(row, select->step());
    if (!row) break;
    writers.push_back(select->integer(0));
  }
  select->reset();
  return writers;
}

Status FrameLog::drop_set_aside(std::int64_t index) {
  KX_TRY(remove, database_.statement("DELETE FROM quarantine WHERE quarantine_index = ?"));
  remove->bind(0, index);
  KX_CHECK(remove->run());
  set_aside_count_ -= database_.connection().changes();
  return {};
}

// Copied before they are deleted, in the caller's transaction: a kill leaves the chain or the evidence, never neither.
Status FrameLog::fork_from(std::int64_t writer_index, std::uint64_t first_sequence) {
  constexpr std::string_view those = " FROM frame WHERE writer_index = ?1 AND first_sequence + count > ?2";
  for (const std::string& sql :
       {"INSERT OR IGNORE INTO fork (writer_index, first_sequence, hash, since_ms, bytes) SELECT writer_index, "
        "first_sequence, hash, ?3, bytes" +
            std::string(those) + " ORDER BY first_sequence",
        "DELETE" + std::string(those) + " AND ?3 IS NOT NULL"}) {
    KX_TRY(statement, database_.statement(sql));
    statement->bind(0, writer_index);
    statement->bind(1, static_cast<std::int64_t>(first_sequence));
    statement->bind(2, clock_.now_ms());
    KX_CHECK(statement->run());
  }
  return {};
}

}  // namespace kuangxun::sqlite
