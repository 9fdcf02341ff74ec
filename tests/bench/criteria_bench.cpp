// All rules on all registers in the laptop's real store. The baseline reads the same records and evaluates nothing.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "app/criteria/check.h"
#include "db/records/kinds.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"
#include "tests/support/temporary_folder.h"

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

void read_registers(history::RecordStore& store) {
  namespace kinds = records::kinds;
  for (const auto kind : {kinds::county, kinds::mining_right, kinds::exploration_right, kinds::restoration_project,
                          kinds::restoration_unit, kinds::key_project, kinds::closed_mine, kinds::minimum_scale,
                          kinds::restoration_status}) {
    auto records = store.list(kind);
    if (!records.ok()) std::abort();
    benchmark::DoNotOptimize(records->size());
  }
}

void check_all(benchmark::State& state) {
  const std::filesystem::path assets = std::filesystem::path(KUANGXUN_SOURCE_DIR) / "assets";
  tests::TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  auto store = sqlite::LocalStore::create(folder / "store", {clock, random});
  const auto genesis = registers::build_genesis_frame(assets / "registers");
  const auto catalogue = criteria::Catalogue::load(assets);
  if (!store.ok() || !genesis.ok() || !catalogue.ok() || !(*store)->adopt_registers(*genesis).ok()) std::abort();
  const auto today = parse_day("2026-11-23");
  std::vector<double> checks_ms;
  std::vector<double> reads_ms;
  std::size_t verdicts_total = 0;
  for (auto _ : state) {
    auto begin = Timer::now();
    const auto verdicts = criteria::check(**store, *catalogue, {std::nullopt, *today});
    if (!verdicts.ok()) std::abort();
    checks_ms.push_back(since_ms(begin));
    verdicts_total = verdicts->size();
    begin = Timer::now();
    read_registers(**store);
    reads_ms.push_back(since_ms(begin));
  }
  state.counters["p50_ms"] = percentile(checks_ms, 0.5);
  state.counters["p99_ms"] = percentile(checks_ms, 0.99);
  state.counters["read_only_p50_ms"] = percentile(reads_ms, 0.5);
  state.counters["verdicts"] = static_cast<double>(verdicts_total);
}
BENCHMARK(check_all)->Iterations(200)->Unit(benchmark::kMillisecond);

void load_catalogue(benchmark::State& state) {
  const std::filesystem::path assets = std::filesystem::path(KUANGXUN_SOURCE_DIR) / "assets";
  for (auto _ : state) {
    auto catalogue = criteria::Catalogue::load(assets);
    if (!catalogue.ok()) std::abort();
    benchmark::DoNotOptimize(catalogue->rules().size());
  }
}
BENCHMARK(load_catalogue)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun
