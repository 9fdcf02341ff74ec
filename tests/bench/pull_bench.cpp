// A new laptop pulls a county of a million operations: the county's own pages as it signs them, every frame proved,
// until the laptop shows everything. No network: what is measured is the two programs.
#include <benchmark/benchmark.h>

#include "db/sqlite/local_store.h"
#include "sync/engine/dialogue.h"
#include "sync/sqlite/county_database.h"
#include "tests/bench/county_workload.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::bench {
namespace {

constexpr int pulled_frames = 10'000;
constexpr std::size_t pulled_operations = std::size_t{pulled_frames} * operations_each_frame;

void million_pull(benchmark::State& state) {
  SystemClock clock;
  SystemRandom random;
  tests::TemporaryFolder folder;
  OneKey secrets(SigningKey::generate(random));
  Desk desk(must(sqlite_county::open_database(folder / "county.gpkg", sqlite_county::Access::create)), secrets, true);
  found(desk, secrets.public_key());
  std::vector<Laptop> laptops;
  for (int i = 0; i < 8; ++i) {
    laptops.emplace_back(clock, random);
    enrol(desk, laptops.back().writer, laptops.back().key.public_key());
  }
  write_workload(laptops, pulled_frames);
  push_everything(desk, laptops);

  NoAuthority authority;
  LargeDisk disk;
  std::vector<double> took_s, county_s, last_s;
  int repetition = 0;
  for (auto _ : state) {
    auto store = must(sqlite::LocalStore::create(folder.path() / std::to_string(++repetition), {clock, random}));
    const Uuid county = desk.county->state().county;
    must(store->note_county({county, {{1, secrets.public_key()}}}));
    enrol(desk, store->own_writer(), store->public_key());
    must(desk.county->refresh());
    requests::Exchange exchange({*desk.county, authority, disk, [](const std::string&) {}, 0});
    const requests::Peer peer{requests::Peer::Carrier::tls, true, false, store->own_writer().device};
    engine::Dialogue dialogue(*store, nullptr, clock, [](const wire::KeysAnswer&) { return Status(); });
    double at_county_s = 0;
    double after_last_page_s = 0;
    const auto begin = Timer::now();
    auto request = must(dialogue.begin());
    while (request.has_value()) {
      const auto asked = Timer::now();
      requests::Reply reply = exchange.answer(std::move(*request), peer);
      at_county_s += since_s(asked);
      const auto answered = Timer::now();
      request = must(dialogue.answered(std::move(reply.body)));
      after_last_page_s = since_s(answered);
    }
    took_s.push_back(since_s(begin));
    county_s.push_back(at_county_s);
    last_s.push_back(after_last_page_s);
    must_hold(dialogue.report().pulled >= pulled_operations, "not every operation was pulled");
    must_hold(must(store->list(records::kinds::restoration_status)).size() == pulled_operations / edits_each_record,
              "the laptop does not show every record");
  }
  state.counters["operations_per_s"] = static_cast<double>(pulled_operations) / median(took_s);
  state.counters["at_county_s"] = median(county_s);
  state.counters["last_answer_s"] = median(last_s);
}
BENCHMARK(million_pull)->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun::bench
