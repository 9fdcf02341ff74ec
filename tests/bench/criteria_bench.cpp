// All rules on all registers in the laptop's real store. The baseline reads the same records and evaluates nothing.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "app/criteria/check.h"
#include "db/records/enumerations.h"
#include "db/records/handles/mining_right.h"
#include "db/records/kinds.h"
#include "db/registers/genesis.h"
#include "db/sqlite/local_store.h"
#include "tests/bench/must.h"
#include "tests/support/temporary_folder.h"
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

void read_registers(history::RecordStore& store) {
  namespace kinds = records::kinds;
  for (const auto kind : {kinds::county, kinds::mining_right, kinds::exploration_right, kinds::restoration_project,
                          kinds::restoration_unit, kinds::key_project, kinds::closed_mine, kinds::minimum_scale,
                          kinds::restoration_status}) {
    auto records = store.list(kind);
    bench::must_be_ok(records);
    benchmark::DoNotOptimize(records->size());
  }
}

void check_all(benchmark::State& state) {
  const std::filesystem::path assets = std::filesystem::path(source_folder()) / "assets";
  tests::TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  auto store = sqlite::LocalStore::create(folder / "store", {clock, random});
  const auto genesis = registers::build_genesis_frame(assets / "registers");
  const auto catalogue = criteria::Catalogue::load(assets);
  bench::must_be_ok(store, genesis, catalogue);
  bench::must_be_ok((*store)->adopt_registers(*genesis));
  const auto today = parse_day("2026-11-23");
  std::vector<double> checks_ms;
  std::vector<double> judgements_ms;
  std::vector<double> reads_ms;
  std::size_t verdicts_total = 0;
  for (auto _ : state) {
    auto begin = Timer::now();
    const auto verdicts = criteria::check(**store, *catalogue, {std::nullopt, *today});
    bench::must_be_ok(verdicts);
    checks_ms.push_back(since_ms(begin));
    verdicts_total = verdicts->size();
    begin = Timer::now();
    std::size_t failed = 0;
    criteria::Checker checker(*catalogue);
    const Status judged =
        checker.judge_each(**store, {std::nullopt, *today}, [&](const facts::Site&, const criteria::Judgement& found) {
          failed += found.outcome == criteria::Outcome::fail ? 1 : 0;
        });
    if (!judged.ok()) std::abort();
    benchmark::DoNotOptimize(failed);
    judgements_ms.push_back(since_ms(begin));
    begin = Timer::now();
    read_registers(**store);
    reads_ms.push_back(since_ms(begin));
  }
  state.counters["p50_ms"] = percentile(checks_ms, 0.5);
  state.counters["p99_ms"] = percentile(checks_ms, 0.99);
  state.counters["judged_p50_ms"] = percentile(judgements_ms, 0.5);
  state.counters["read_only_p50_ms"] = percentile(reads_ms, 0.5);
  state.counters["verdicts"] = static_cast<double>(verdicts_total);
}
BENCHMARK(check_all)->Iterations(200)->Unit(benchmark::kMillisecond);

constexpr std::size_t many_places = 10'000;

// A made-up mining right; what is known of them differs, as it would in a region.
records::Record made_up_mine(std::size_t number, Clock& clock, Random& random) {
  records::Record mine(make_uuid(clock, random), records::kind_of(records::kinds::mining_right));
  static constexpr std::array<std::string_view, 6> minerals = {
      "gold", "iron", "limestone", "brick-clay", "construction-sand", "copper"};
  mine.set_value(records::mining_right::name, "示例矿 " + std::to_string(number));
  const auto* mineral = records::mineral_enumeration.find(minerals[number % minerals.size()]);
  if (mineral != nullptr) mine.set_value(records::mining_right::mineral, mineral->number);
  mine.set_value(records::mining_right::area_km2, std::int64_t{1000} + static_cast<std::int64_t>(number % 50'000));
  mine.set_value(records::mining_right::capacity_10kt_per_year, static_cast<std::int64_t>(number * 37 % 1'000'000));
  if (number % 3 != 0) mine.set_value(records::mining_right::mining_method, static_cast<std::int64_t>(1 + number % 2));
  if (number % 4 != 0)
    mine.set_value(records::mining_right::operating_state, static_cast<std::int64_t>(1 + number % 3));
  return mine;
}

// The registers and ten thousand mines more, in the laptop's real store.
class ManyPlaces {
 public:
  ManyPlaces() {
    auto made = sqlite::LocalStore::create(folder_ / "store", {clock_, random_});
    const auto genesis = registers::build_genesis_frame(assets_ / "registers");
    auto catalogue = criteria::Catalogue::load(assets_);
    bench::must_be_ok(made, genesis, catalogue);
    bench::must_be_ok((*made)->adopt_registers(*genesis));
    store_ = std::move(*made);
    catalogue_ = std::move(*catalogue);
    std::vector<history::Edit> edits;
    for (std::size_t i = 0; i < many_places; ++i) {
      const records::Record mine = made_up_mine(i, clock_, random_);
      if (i == many_places / 2) some_mine_ = mine.id();
      for (auto& edit : history::edits_for_new(mine)) edits.push_back(std::move(edit));
    }
    bench::must_be_ok(store_->commit(edits, {}));
  }
  history::RecordStore& store() { return *store_; }
  const criteria::Catalogue& catalogue() const { return *catalogue_; }
  const Uuid& some_mine() const { return some_mine_; }
  Day today() const { return *parse_day("2026-11-23"); }

 private:
  const std::filesystem::path assets_ = std::filesystem::path(source_folder()) / "assets";
  tests::TemporaryFolder folder_;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<sqlite::LocalStore> store_;
  std::optional<criteria::Catalogue> catalogue_;
  Uuid some_mine_;
};

ManyPlaces& many() {
  static ManyPlaces places;
  return places;
}

// The baseline reads the same records.
void check_ten_thousand(benchmark::State& state) {
  ManyPlaces& places = many();
  std::vector<double> checks_ms;
  std::vector<double> reads_ms;
  std::size_t verdicts = 0;
  for (auto _ : state) {
    auto begin = Timer::now();
    verdicts = 0;
    const Status done = criteria::check_each(places.store(), places.catalogue(), {std::nullopt, places.today()},
                                             [&](const criteria::Verdict& verdict) {
                                               benchmark::DoNotOptimize(verdict.reason.data());
                                               ++verdicts;
                                             });
    bench::must_be_ok(done);
    checks_ms.push_back(since_ms(begin));
    begin = Timer::now();
    read_registers(places.store());
    reads_ms.push_back(since_ms(begin));
  }
  const double check_ms = percentile(checks_ms, 0.5);
  const double pairs = static_cast<double>((many_places + 44) * places.catalogue().rules().size());
  state.counters["us_per_verdict"] = check_ms * 1000 / static_cast<double>(verdicts);
  state.counters["us_per_rule_and_place"] = check_ms * 1000 / pairs;
  state.counters["read_us_per_verdict"] = percentile(reads_ms, 0.5) * 1000 / static_cast<double>(verdicts);
  state.counters["verdicts"] = static_cast<double>(verdicts);
}
BENCHMARK(check_ten_thousand)->Iterations(5)->Unit(benchmark::kMillisecond);

// One place among ten thousand, after an edit of it; the baseline is the edit.
void recheck_after_edit(benchmark::State& state) {
  ManyPlaces& places = many();
  criteria::Checker checker(places.catalogue());
  std::vector<double> checks_ms;
  std::vector<double> edits_ms;
  std::int64_t area = 1000;
  for (auto _ : state) {
    const auto view = places.store().read(places.some_mine());
    const auto* field = records::kind_of(records::kinds::mining_right).find_field(records::mining_right::area_km2);
    bench::must_be_ok(view);
    const history::Edit edit{places.some_mine(),
                             records::kinds::mining_right,
                             field->group,
                             {{field->number, ++area}},
                             view->seen(field->group)};
    auto begin = Timer::now();
    bench::must_be_ok(places.store().commit({&edit, 1}, {}));
    edits_ms.push_back(since_ms(begin));
    begin = Timer::now();
    const auto verdicts = checker.check(places.store(), {places.some_mine(), places.today()});
    bench::must_be_ok(verdicts);
    bench::must_hold(!verdicts->empty(), "a mine without a verdict");
    checks_ms.push_back(since_ms(begin));
  }
  state.counters["p50_ms"] = percentile(checks_ms, 0.5);
  state.counters["p99_ms"] = percentile(checks_ms, 0.99);
  state.counters["edit_p50_ms"] = percentile(edits_ms, 0.5);
}
BENCHMARK(recheck_after_edit)->Iterations(200)->Unit(benchmark::kMillisecond);

// The baseline reads the same files and takes nothing apart.
void load_catalogues(benchmark::State& state) {
  const std::filesystem::path assets = std::filesystem::path(source_folder()) / "assets";
  std::vector<double> loads_ms;
  std::vector<double> reads_ms;
  for (auto _ : state) {
    auto begin = Timer::now();
    auto catalogue = criteria::Catalogue::load(assets);
    bench::must_be_ok(catalogue);
    benchmark::DoNotOptimize(catalogue->rules().size());
    loads_ms.push_back(since_ms(begin));
    begin = Timer::now();
    auto files = criteria::read_catalogue_folder(assets / "criteria", criteria::CatalogueOrigin::shipped);
    bench::must_be_ok(files);
    reads_ms.push_back(since_ms(begin));
  }
  state.counters["p50_ms"] = percentile(loads_ms, 0.5);
  state.counters["read_only_p50_ms"] = percentile(reads_ms, 0.5);
}
BENCHMARK(load_catalogues)->Iterations(100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun
