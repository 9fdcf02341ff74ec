// What a sync costs on the link: when nothing changed, and over a link of 64 kbit/s that is cut every ten seconds. The
// real county program with real TLS, and a laptop's real store; the bytes are counted where they pass.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdlib>
#include <map>

#include "db/base/attachment_folder.h"
#include "db/records/handles/photo.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "sync/client/conversation.h"
#include "sync/client/county_ties.h"
#include "sync/client/enrol.h"
#include "sync/client/folder_attachments.h"
#include "sync/client/sync.h"
#include "tests/bench/must.h"
#include "tests/bench/slow_link.h"
#include "tests/support/child_program.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun {
namespace {

using bench::must;
using std::chrono::milliseconds;

constexpr std::size_t photo_bytes = 4'000'000;
constexpr int records_total = 50;
constexpr int edits_each_record = 10;

// The county's own program on a SQLite file.
class County {
 public:
  County() : address_("sqlite:" + (folder_ / "county.sqlite").string()) {
    run({"init"});
    serving_ = std::make_unique<tests::Process>(words({"serve", "--listen", "127.0.0.1:0"}));
    const std::string& line = serving_->first_line();
    const std::size_t at = line.find("https://");
    bench::must_hold(at != std::string::npos, "kuangxun-county does not say where it listens");
    url_ = line.substr(at, line.find_first_of(" \n", at) - at);
  }
  const std::string& url() const { return url_; }
  std::uint16_t port() const { return static_cast<std::uint16_t>(std::stoi(url_.substr(url_.rfind(':') + 1))); }
  std::string code_for(const std::string& name) {
    std::string code = run({"enrol", "--name", name}).out;
    while (!code.empty() && code.back() == '\n') code.pop_back();
    return code;
  }
  // Bytes of photos that lie in its store, and of frames.
  std::uint64_t held_bytes() {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::uint64_t bytes = 0;
    sqlite3_open_v2((folder_ / "county.sqlite").c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_busy_timeout(database, 1000);
    sqlite3_prepare_v2(database,
                       "SELECT (SELECT coalesce(sum(length(chunk)), 0) FROM sync_attachment_chunk)"
                       " + (SELECT coalesce(sum(length(frame)), 0) FROM sync_frame)",
                       -1, &statement, nullptr);
    if (sqlite3_step(statement) == SQLITE_ROW) bytes = static_cast<std::uint64_t>(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return bytes;
  }

 private:
  std::vector<std::string> words(std::vector<std::string> command) {
    command.insert(command.begin(), {binary_folder() + "/bin/kuangxun-county", "--store", address_});
    return command;
  }
  tests::Ran run(const std::vector<std::string>& command) {
    tests::Ran ran = tests::run_program(words(command));
    if (ran.exit_code == 0) return ran;
    bench::give_up(ran.err);
  }

  tests::TemporaryFolder folder_;
  std::string address_;
  std::unique_ptr<tests::Process> serving_;
  std::string url_;
};

// Counts what is asked through it.
class CountedLink final : public client::Link {
 public:
  explicit CountedLink(client::Link& link) : link_(link) {}
  Result<Bytes> exchange(ByteView message) override {
    ++exchanges;
    return link_.exchange(message);
  }
  std::optional<client::LinkFailure> failure() const override { return link_.failure(); }
  std::uint64_t exchanges = 0;

 private:
  client::Link& link_;
};

struct Laptop {
  explicit Laptop(County& county)
      : store(must(sqlite::LocalStore::create(folder / "data", {clock, random}))), photos(folder / "photos") {
    must(client::enrol(*store, county.url(), county.code_for("laptop"), clock, random));
    must(client::sync(*store, photos, "", clock, random));
  }

  // 500 edits of 50 records, the first operations of this laptop.
  void edit() {
    std::uint64_t sequence = 0;
    for (int i = 0; i < records_total; ++i) {
      const Uuid id = make_uuid(clock, random);
      std::map<records::FieldNumber, history::OperationId> newest;
      for (int j = 0; j < edits_each_record; ++j) {
        const auto field = static_cast<records::FieldNumber>(9 + values.below(3));
        history::Edit edit{id, records::kinds::restoration_status, field, {}, {}};
        edit.values = {{field, static_cast<std::int64_t>(values.below(900))}};
        if (newest.contains(field)) edit.seen = {newest[field]};
        newest[field] = {store->own_writer(), ++sequence};
        must(store->commit({&edit, 1}, Uuid{{1}}));
      }
    }
  }
  void take_photo() {
    Bytes file(photo_bytes);
    values.fill(file);
    const Attachment kept = must(AttachmentFolder(photos).keep(file));
    records::Record photo(make_uuid(clock, random), records::kind_of(records::kinds::photo));
    photo.set_value(records::photo::visit, make_uuid(clock, random));
    photo.set_value(records::photo::file_name, std::string("示例.jpg"));
    photo.set_value(records::photo::file_hash, Bytes(kept.hash.bytes.begin(), kept.hash.bytes.end()));
    photo.set_value(records::photo::file_bytes, static_cast<std::int64_t>(photo_bytes));
    must(store->commit(history::edits_for_new(photo), Uuid{{1}}));
  }
  std::uint64_t frame_bytes() {
    std::uint64_t bytes = 0;
    for (const Bytes& frame : must(store->frames_after(store->own_writer(), 0, UINT32_MAX))) bytes += frame.size();
    return bytes;
  }
  Result<engine::Report> sync(client::Link& link, const client::Wait& wait) {
    client::FolderAttachments attachments(*store, photos);
    engine::Dialogue dialogue(*store, &attachments, clock, {});
    return client::converse(dialogue, link, wait);
  }

  tests::TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  tests::SeededRandom values{1};
  std::unique_ptr<sqlite::LocalStore> store;
  std::filesystem::path photos;
};

std::string url_of(const bench::SlowLink& link) {
  return "https://127.0.0.1:" + std::to_string(link.port());
}

void sleep_ms(int duration_ms) {
  std::this_thread::sleep_for(milliseconds(duration_ms));
}

// A second sync over a connection that is open, after which both have the same.
void nothing_changed(benchmark::State& state) {
  County county;
  Laptop laptop(county);
  laptop.edit();
  bench::SlowLink between({county.port(), 0, milliseconds(0), milliseconds(0), {}});
  auto open = must(client::open_county_link(*laptop.store, url_of(between), laptop.random));
  CountedLink link(*open);
  must(laptop.sync(link, sleep_ms));
  for (auto _ : state) {
    must(laptop.sync(link, sleep_ms));
    const std::uint64_t tcp_before = between.bytes();
    const std::uint64_t inside_before = between.bytes_inside();
    link.exchanges = 0;
    must(laptop.sync(link, sleep_ms));
    state.counters["round_trips"] = static_cast<double>(link.exchanges);
    state.counters["http_bytes"] = static_cast<double>(between.bytes_inside() - inside_before);
    state.counters["tcp_bytes"] = static_cast<double>(between.bytes() - tcp_before);
    open.reset();
    const std::uint64_t before = between.bytes();
    must(client::sync(*laptop.store, laptop.photos, url_of(between), laptop.clock, laptop.random));
    state.counters["tcp_bytes_with_handshake"] = static_cast<double>(between.bytes() - before);
  }
}
BENCHMARK(nothing_changed)->Iterations(1)->Unit(benchmark::kMillisecond);

// 64 kbit/s, cut every 10 s, `speed_up` times as fast as it really would be: the pauses too.
void over_bad_link(benchmark::State& state, int speed_up, int round_trip_ms) {
  for (auto _ : state) {
    County county;
    Laptop laptop(county);
    const std::uint64_t held_at_first = county.held_bytes();
    const std::uint64_t frames_at_first = laptop.frame_bytes();
    laptop.edit();
    laptop.take_photo();
    // What lay at the county when each connection came: the first one is the beginning.
    std::vector<std::uint64_t> held;
    bench::SlowLink::Options options{county.port(),
                                     64'000.0 * speed_up,
                                     milliseconds(round_trip_ms / 2 / speed_up),
                                     milliseconds(10'000 / speed_up),
                                     {}};
    options.on_connection = [&] { held.push_back(county.held_bytes()); };
    bench::SlowLink between(options);
    const auto open = must(client::open_county_link(*laptop.store, url_of(between), laptop.random));
    CountedLink link(*open);
    const auto begin = std::chrono::steady_clock::now();
    const engine::Report report =
        must(laptop.sync(link, [&](int pause_ms) { sleep_ms(std::max(1, pause_ms / speed_up)); }));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    held.push_back(county.held_bytes());
    int without_progress = 0;
    for (std::size_t i = 1; i < held.size(); ++i) without_progress += held[i] > held[i - 1] ? 0 : 1;
    const std::uint64_t useful = laptop.frame_bytes() - frames_at_first + photo_bytes;
    bench::must_hold(report.photos_sent == 1 && held.back() - held_at_first >= useful,
                     "the county does not hold all edits and the photo after the sync");
    state.counters["operations"] = static_cast<double>(report.pushed);
    state.counters["useful_percent"] = 100.0 * static_cast<double>(useful) / static_cast<double>(between.bytes());
    state.counters["tcp_bytes"] = static_cast<double>(between.bytes());
    state.counters["connections"] = static_cast<double>(between.connections());
    state.counters["without_progress"] = without_progress;
    state.counters["round_trips"] = static_cast<double>(link.exchanges);
    state.counters["seconds_at_true_speed"] = took.count() * speed_up;
    state.counters["speed_up"] = speed_up;
  }
}
void bad_link(benchmark::State& state) {
  over_bad_link(state, 10, 0);
}
BENCHMARK(bad_link)->Iterations(1)->Unit(benchmark::kMillisecond);

void bad_link_round_trip_1s(benchmark::State& state) {
  over_bad_link(state, 10, 1000);
}
BENCHMARK(bad_link_round_trip_1s)->Iterations(1)->Unit(benchmark::kMillisecond);

// Ten minutes: only when it is asked for, by KUANGXUN_TRUE_SPEED=1.
void bad_link_true_speed(benchmark::State& state) {
  if (std::getenv("KUANGXUN_TRUE_SPEED") == nullptr) return state.SkipWithError("takes ten minutes");
  over_bad_link(state, 1, 0);
}
BENCHMARK(bad_link_true_speed)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun
