// The laptop's store: one durable edit beside a bare SQLite commit, and a store of a million operations.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "app/inspect/place/dossier.h"
#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "db/sqlite/connection/connection.h"
#include "tests/bench/million_store.h"
#include "tests/bench/must.h"
#include "tests/support/where.h"

namespace kuangxun {
namespace {

using Timer = std::chrono::steady_clock;

double since_ms(Timer::time_point begin) {
  return std::chrono::duration<double, std::milli>(Timer::now() - begin).count();
}

double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

// The store and the bare table take turns, so that a noisy moment of the machine hits both.
void field_edit(benchmark::State& state) {
  tests::TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  auto store = sqlite::LocalStore::create(folder / "store", {clock, random});
  records::Record place(make_uuid(clock, random), records::kind_of(records::kinds::unlicensed_place));
  place.set_value(records::common::name, std::string("示例点"));
  bench::must_be_ok(store);
  bench::must_be_ok((*store)->commit(history::edits_for_new(place), Uuid{}));

  auto bare = sqlite::Connection::open(folder / "bare.db", sqlite::OpenMode::create);
  bench::must_be_ok(bare);
  bench::must_be_ok(
      bare->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                    "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, township BLOB, area INTEGER,"
                    " description TEXT, example INTEGER);"
                    " INSERT INTO place (id, name) VALUES (1, '示例点')"));
  auto update = bare->prepare("UPDATE place SET description = ? WHERE id = 1");
  bench::must_be_ok(update);

  std::vector<double> edits_ms;
  std::vector<double> bare_ms;
  std::vector<history::OperationId> seen;
  std::uint64_t sequence = 1;
  for (auto _ : state) {
    const std::string text = "看到积水 " + std::to_string(edits_ms.size());
    auto begin = Timer::now();
    const history::Edit edit{place.id(), place.kind().number, 4, {{4, text}}, seen};
    bench::must_be_ok((*store)->commit({&edit, 1}, Uuid{}));
    edits_ms.push_back(since_ms(begin));
    seen = {{(*store)->own_writer(), ++sequence}};
    begin = Timer::now();
    update->bind(0, std::string_view(text));
    bench::must_be_ok(update->run());
    bare_ms.push_back(since_ms(begin));
  }
  state.counters["p50_ms"] = percentile(edits_ms, 0.5);
  state.counters["p99_ms"] = percentile(edits_ms, 0.99);
  state.counters["bare_p50_ms"] = percentile(bare_ms, 0.5);
  state.counters["bare_p99_ms"] = percentile(bare_ms, 0.99);
}
BENCHMARK(field_edit)->Iterations(2000)->Unit(benchmark::kMillisecond);

// What inserting the same number of plain rows costs SQLite, in the same sizes of transaction.
void million_apply(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(bench::million_store().store.get());
  tests::TemporaryFolder folder;
  auto bare = sqlite::Connection::open(folder / "bare.db", sqlite::OpenMode::create);
  bench::must_be_ok(bare);
  bench::must_be_ok(
      bare->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                    "CREATE TABLE row (id INTEGER PRIMARY KEY, cell INTEGER, content BLOB)"));
  auto insert = bare->prepare("INSERT INTO row (cell, content) VALUES (?, ?)");
  bench::must_be_ok(insert);
  const Bytes content(30, 7);
  const auto begin = Timer::now();
  for (std::size_t i = 0; i < bench::MillionFrames::operations_total; ++i) {
    if (i % 65'536 == 0) bench::must_be_ok(bare->execute(i == 0 ? "BEGIN" : "COMMIT; BEGIN"));
    insert->bind(0, static_cast<std::int64_t>(i));
    insert->bind(1, ByteView(content));
    bench::must_be_ok(insert->run());
  }
  bench::must_be_ok(bare->execute("COMMIT"));
  const auto total = static_cast<double>(bench::MillionFrames::operations_total);
  state.counters["operations_per_s"] = total / bench::million_store().apply_s;
  state.counters["bare_rows_per_s"] = total / (since_ms(begin) / 1000);
}
BENCHMARK(million_apply)->Iterations(1)->Unit(benchmark::kMillisecond);

void million_dossier(benchmark::State& state) {
  auto& store = *bench::million_store().store;
  std::vector<double> dossiers_ms;
  std::size_t place = 0;
  for (auto _ : state) {
    const auto& places = bench::million_frames().places();
    const auto begin = Timer::now();
    auto dossier = inspect::read_dossier(store, places[place++ % places.size()]);
    bench::must_be_ok(dossier);
    bench::must_hold(!dossier->visits.empty(), "a dossier without visits");
    dossiers_ms.push_back(since_ms(begin));
  }
  state.counters["p50_ms"] = percentile(dossiers_ms, 0.5);
  state.counters["p99_ms"] = percentile(dossiers_ms, 0.99);
}
BENCHMARK(million_dossier)->Iterations(60)->Unit(benchmark::kMillisecond);

void million_rebuild(benchmark::State& state) {
  auto& store = *bench::million_store().store;
  double best_ms = 0;
  for (auto _ : state) {
    const auto begin = Timer::now();
    bench::must_be_ok(store.rebuild());
    const double took_ms = since_ms(begin);
    best_ms = best_ms == 0 ? took_ms : std::min(best_ms, took_ms);
  }
  state.counters["operations_per_s"] = static_cast<double>(bench::MillionFrames::operations_total) / (best_ms / 1000);
}
BENCHMARK(million_rebuild)->Iterations(2)->Unit(benchmark::kMillisecond);

// Resident memory of the command line on that store, as the kernel counts it: reading, and the whole rebuild.
void million_memory(benchmark::State& state) {
  auto& million = bench::million_store();
  million.store.reset();  // the program takes the lock
  const auto peak_mb = [&](const char* command) {
    const pid_t child = ::fork();
    if (child == 0) {
      const std::string program = binary_folder() + "/bin/kuangxun";
      if (std::freopen("/dev/null", "w", stdout) == nullptr) std::_Exit(126);
      ::execl(program.c_str(), program.c_str(), "--data", million.folder.path().c_str(), command, nullptr);
      std::_Exit(127);
    }
    int status = 0;
    rusage usage{};
    const bool has_ended = ::wait4(child, &status, 0, &usage) == child;
    bench::must_hold(has_ended && WIFEXITED(status) && WEXITSTATUS(status) == 0,
                     std::string("kuangxun ") + command + " failed on the store of a million operations");
    return static_cast<double>(usage.ru_maxrss) / 1024;
  };
  for (auto _ : state) {
    state.counters["status_mb"] = peak_mb("status");
    state.counters["rebuild_mb"] = peak_mb("rebuild");
  }
}
BENCHMARK(million_memory)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun
