// What an edit weighs in a frame, everything included, and beside it what SQLite's session extension makes of the same
// edits. A figure says so when the session is smaller: its changesets hold the change alone, a frame also what it was
// based on, who made it and when, the chain and the signature.
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <map>
#include <string>

#include "db/base/clock.h"
#include "db/frames/compression.h"
#include "db/frames/frame.h"
#include "db/records/kinds.h"
#include "tests/bench/must.h"
#include "tests/support/seeded_random.h"

namespace kuangxun {
namespace {

constexpr int frames_total = 200;
constexpr int edits_each_frame = 100;
constexpr int columns_total = 12;

// What fields the edits choose from: their groups stand alone.
constexpr records::FieldNumber numeric_fields[] = {9, 10, 11};
constexpr records::FieldNumber text_field = 12;
enum class Values { numbers_and_short_texts, four_characters };

struct Sizes {
  std::size_t raw = 0;
  std::size_t packed = 0;
  std::size_t edits = 0;
  double raw_each() const { return static_cast<double>(raw) / static_cast<double>(edits); }
  double packed_each() const { return static_cast<double>(packed) / static_cast<double>(edits); }
};

class Writer {
 public:
  explicit Writer(std::uint64_t seed)
      : random_(seed), writer_{make_id(), 1}, person_(make_id()), key_(SigningKey::generate(random_)) {}

  // Edits of the same record `edits_each_record` times, a few seconds or minutes apart.
  std::vector<history::Operation> edits(int edits_each_record, Values values) {
    std::vector<history::Operation> operations;
    Uuid record;
    std::map<records::GroupNumber, history::OperationId> newest;
    for (int i = 0; i < edits_each_frame; ++i) {
      if (i % edits_each_record == 0) {
        record = make_id();
        newest.clear();
      }
      history::Operation operation;
      operation.id = {writer_, ++sequence_};
      wall_ms_ += 2000 + static_cast<std::int64_t>(random_.below(58'000));
      operation.time = {wall_ms_, 0};
      operation.person = person_;
      operation.record = record;
      operation.kind = records::kinds::restoration_status;
      records::FieldValue value = any_value(values);
      operation.group = value.field;
      if (const auto base = newest.find(value.field); base != newest.end()) operation.bases = {base->second};
      newest[value.field] = operation.id;
      operation.values.push_back(std::move(value));
      operations.push_back(std::move(operation));
    }
    return operations;
  }

  // The whole frame, and what it would be without compression.
  void seal(const std::vector<history::Operation>& operations, Sizes& sizes) {
    const frames::Frame frame = frames::seal_frame(operations, previous_, Hash{}, key_);
    previous_ = frame.hash();
    sizes.packed += frame.bytes.size();
    sizes.raw += frame.bytes.size() - frame.header.payload_bytes + frame.header.raw_payload_bytes;
    sizes.edits += operations.size();
  }

 private:
  Uuid make_id() {
    Uuid id;
    random_.fill(id.bytes);
    return id;
  }
  records::FieldValue any_value(Values values) {
    if (values == Values::four_characters) {
      static const std::string characters[] = {"采", "场", "北", "侧", "边", "坡", "排", "土", "水", "沟", "治", "理"};
      std::string text;
      for (int i = 0; i < 4; ++i) text += characters[random_.below(std::size(characters))];
      return {text_field, text};
    }
    if (random_.chance_percent(30)) return {text_field, "p" + std::to_string(random_.below(100'000))};
    return {numeric_fields[random_.below(std::size(numeric_fields))], static_cast<std::int64_t>(random_.below(1000))};
  }

  tests::SeededRandom random_;
  history::WriterId writer_;
  Uuid person_;
  SigningKey key_;
  std::uint64_t sequence_ = 0;
  std::int64_t wall_ms_ = 1'780'000'000'000;
  Hash previous_;
};

Sizes sizes_of(int edits_each_record, Values values) {
  Writer writer(1);
  Sizes sizes;
  for (int i = 0; i < frames_total; ++i) writer.seal(writer.edits(edits_each_record, values), sizes);
  return sizes;
}

void must(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE) return;
  bench::give_up(std::string("SQLite: ") + sqlite3_errstr(code));
}

// A table of twelve columns under 16-byte random keys, and a session that watches it.
class WatchedTable {
 public:
  WatchedTable() {
    must(sqlite3_open(":memory:", &database_));
    std::string sql = "CREATE TABLE status (id BLOB PRIMARY KEY";
    for (int i = 2; i <= columns_total; ++i) sql += ", c" + std::to_string(i);
    must(sqlite3_exec(database_, (sql + ")").c_str(), nullptr, nullptr, nullptr));
  }
  ~WatchedTable() { sqlite3_close(database_); }
  WatchedTable(const WatchedTable&) = delete;
  WatchedTable& operator=(const WatchedTable&) = delete;

  // The rows are there before, empty.
  void add_rows(const std::vector<history::Operation>& operations) {
    for (const auto& operation : operations) run("INSERT INTO status (id) VALUES (?1)", operation);
  }
  void add_sizes(const std::vector<history::Operation>& operations, Sizes& changesets, Sizes& patchsets) {
    sqlite3_session* session = nullptr;
    must(sqlite3session_create(database_, "main", &session));
    must(sqlite3session_attach(session, nullptr));
    for (const auto& operation : operations) {
      run("UPDATE status SET c" + std::to_string(operation.values.front().field) + " = ?2 WHERE id = ?1", operation);
    }
    add(session, sqlite3session_changeset, operations.size(), changesets);
    add(session, sqlite3session_patchset, operations.size(), patchsets);
    sqlite3session_delete(session);
  }

 private:
  template <class Make>
  static void add(sqlite3_session* session, Make make, std::size_t edits, Sizes& sizes) {
    int size = 0;
    void* bytes = nullptr;
    must(make(session, &size, &bytes));
    const ByteView view(static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(size));
    sizes.raw += view.size();
    sizes.packed += frames::compress(view).size();
    sizes.edits += edits;
    sqlite3_free(bytes);
  }
  void run(const std::string& sql, const history::Operation& operation) {
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr));
    must(sqlite3_bind_blob(statement, 1, operation.record.bytes.data(), 16, SQLITE_TRANSIENT));
    const records::Value& value = operation.values.front().value;
    if (sqlite3_bind_parameter_count(statement) > 1) {
      if (const auto* number = std::get_if<std::int64_t>(&value)) must(sqlite3_bind_int64(statement, 2, *number));
      if (const auto* text = std::get_if<std::string>(&value)) {
        must(sqlite3_bind_text(statement, 2, text->c_str(), -1, SQLITE_TRANSIENT));
      }
    }
    must(sqlite3_step(statement));
    must(sqlite3_finalize(statement));
  }

  sqlite3* database_ = nullptr;
};

void edit_bytes(benchmark::State& state) {
  for (auto _ : state) {
    const Sizes numeric = sizes_of(10, Values::numbers_and_short_texts);
    state.counters["raw"] = numeric.raw_each();
    state.counters["zstd"] = numeric.packed_each();
    const Sizes hanzi = sizes_of(10, Values::four_characters);
    state.counters["hanzi_raw"] = hanzi.raw_each();
    state.counters["hanzi_zstd"] = hanzi.packed_each();
  }
}
BENCHMARK(edit_bytes)->Iterations(1)->Unit(benchmark::kMillisecond);

// Each edit is of a record of its own, whose key nobody can compress.
void random_edit_bytes(benchmark::State& state) {
  for (auto _ : state) {
    Writer writer(2);
    WatchedTable table;
    Sizes ours;
    Sizes changesets;
    Sizes patchsets;
    for (int i = 0; i < frames_total; ++i) {
      const auto operations = writer.edits(1, Values::numbers_and_short_texts);
      writer.seal(operations, ours);
      table.add_rows(operations);
      table.add_sizes(operations, changesets, patchsets);
    }
    state.counters["raw"] = ours.raw_each();
    state.counters["zstd"] = ours.packed_each();
    state.counters["session_raw"] = changesets.raw_each();
    state.counters["session_zstd"] = changesets.packed_each();
    state.counters["patchset_raw"] = patchsets.raw_each();
    state.counters["patchset_zstd"] = patchsets.packed_each();
  }
}
BENCHMARK(random_edit_bytes)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun
