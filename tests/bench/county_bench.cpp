// The county on PostgreSQL: what it stores and applies beside a plain COPY of the same rows, and what fifty laptops
// wait for when all push at once. Needs the database that packaging/postgres.sh gives.
#include <benchmark/benchmark.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "db/base/limits.h"
#include "sync/postgres/county_database.h"
#include "tests/bench/county_workload.h"

namespace kuangxun::bench {
namespace {

// A new database with a county and its enrolled laptops.
class County {
 public:
  explicit County(int laptop_count) : secrets(SigningKey::generate(system_random)) {
    static int counter = 0;
    const std::string server = std::getenv("KUANGXUN_TEST_POSTGRES");
    const std::string name = "bench_" + std::to_string(++counter);
    administration = must(postgres::open_database(server));
    must(administration->run("CREATE DATABASE " + name, {}));
    address = server.substr(0, server.rfind('/') + 1) + name;
    desk = std::make_unique<Desk>(must(postgres::open_database(address)), secrets, true);
    found(*desk, secrets.public_key());
    for (int i = 0; i < laptop_count; ++i) {
      laptops.emplace_back(desk->clock, desk->random);
      enrol(*desk, laptops.back().writer, laptops.back().key.public_key());
    }
  }
  std::unique_ptr<Desk> another_desk() {
    auto other = std::make_unique<Desk>(must(postgres::open_database(address)), secrets, false);
    other->open();
    return other;
  }
  void run(const std::string& sql) { must(desk->store->database().run(sql, {})); }

  SystemRandom system_random;
  OneKey secrets;
  std::unique_ptr<sql::SqlDatabase> administration;
  std::string address;
  std::unique_ptr<Desk> desk;
  std::vector<Laptop> laptops;
};

constexpr int ingest_frames = 2048;
constexpr double ingest_operations = ingest_frames * operations_each_frame;

// Stores, then copies the same rows by the server's own COPY into the same tables of another database; then stores and
// applies at once, as a server with its applier does. Three times, medians.
void county_ingest(benchmark::State& state) {
  if (std::getenv("KUANGXUN_TEST_POSTGRES") == nullptr) {
    state.SkipWithError("KUANGXUN_TEST_POSTGRES is not set: packaging/bench.sh sets it");
    return;
  }
  std::vector<double> copy_s, stored_s, applied_s, lag_s;
  for (auto _ : state) {
    for (int repetition = 0; repetition < 3; ++repetition) {
      County stored(8);
      write_workload(stored.laptops, ingest_frames);
      stored.run("CHECKPOINT");
      auto begin = Timer::now();
      push_everything(*stored.desk, stored.laptops);
      stored_s.push_back(since_s(begin));

      const auto rows = must(stored.desk->store->database().run("SHOW data_directory", {}));
      const std::string file = std::get<std::string>(rows.front().front()) + "/bench_";
      const std::vector<std::string> tables = {"sync_frame", "sync_operation"};
      for (const std::string& table : tables) stored.run("COPY " + table + " TO '" + file + table + "'");
      County copied(0);
      copied.run("CHECKPOINT");
      begin = Timer::now();
      copied.run("BEGIN");
      for (const std::string& table : tables) copied.run("COPY " + table + " FROM '" + file + table + "'");
      copied.run("COMMIT");
      copy_s.push_back(since_s(begin));

      County applied(8);
      write_workload(applied.laptops, ingest_frames);
      applied.run("CHECKPOINT");
      const auto applier_desk = applied.another_desk();
      std::atomic<bool> is_pushed = false;
      double lag_max_s = 0;
      begin = Timer::now();
      std::thread applier([&] {
        for (bool is_done = false; !is_done;) {
          const bool is_last = is_pushed;
          const auto progress = must(ledger::apply_stored(*applier_desk->county, limits::apply_frames_max));
          is_done = is_last && progress.is_done;
          const std::uint64_t through = must(applier_desk->store->state()).applied_sequence;
          for (const auto& oldest : must(applier_desk->store->page(through, {}, {1, 1, 0})).frames) {
            const auto lag_ms = static_cast<double>(applier_desk->clock.now_ms() - oldest.received_at_ms);
            lag_max_s = std::max(lag_max_s, lag_ms / 1000);
          }
          if (progress.is_done && !is_last) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
      });
      push_everything(*applied.desk, applied.laptops);
      is_pushed = true;
      applier.join();
      applied_s.push_back(since_s(begin));
      lag_s.push_back(lag_max_s);
    }
  }
  state.counters["copied_per_s"] = ingest_operations / median(copy_s);
  state.counters["stored_per_s"] = ingest_operations / median(stored_s);
  state.counters["applied_per_s"] = ingest_operations / median(applied_s);
  state.counters["stored_share"] = median(copy_s) / median(stored_s);
  state.counters["applied_share"] = median(copy_s) / median(applied_s);
  state.counters["lag_s"] = median(lag_s);
}
BENCHMARK(county_ingest)->Iterations(1)->Unit(benchmark::kSecond);

// Fifty laptops, each pushing a frame of 100 operations as soon as its last one was answered, to a server of four
// workers and an applier.
void county_fifty_laptops(benchmark::State& state) {
  if (std::getenv("KUANGXUN_TEST_POSTGRES") == nullptr) {
    state.SkipWithError("KUANGXUN_TEST_POSTGRES is not set: packaging/bench.sh sets it");
    return;
  }
  constexpr int laptops = 50, pushes_each = 10, workers = 4;
  County county(laptops);
  write_workload(county.laptops, laptops * pushes_each);
  NoAuthority authority;
  LargeDisk disk;
  std::vector<double> waited_ms;
  std::atomic<int> errors = 0;
  for (auto _ : state) {
    std::mutex mutex;
    std::vector<std::pair<int, Timer::time_point>> queue;  // laptop, and when its push was ready
    std::vector<std::size_t> pushed(laptops);
    for (int i = 0; i < laptops; ++i) queue.emplace_back(i, Timer::now());
    std::atomic<int> left = laptops * pushes_each;
    std::vector<std::unique_ptr<Desk>> desks;
    for (int i = 0; i < workers + 1; ++i) desks.push_back(county.another_desk());
    std::vector<std::thread> threads;
    for (int i = 0; i < workers; ++i) {
      threads.emplace_back([&, i] {
        requests::Exchange exchange(
            {*desks[static_cast<std::size_t>(i)]->county, authority, disk, [](const std::string&) {}, 0});
        while (left > 0) {
          std::unique_lock lock(mutex);
          if (queue.empty()) {
            lock.unlock();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
          }
          const auto [index, ready] = queue.front();
          queue.erase(queue.begin());
          lock.unlock();
          const Laptop& laptop = county.laptops[static_cast<std::size_t>(index)];
          requests::Peer peer;
          peer.has_certificate = true;
          peer.device = laptop.writer.device;
          const wire::PushRequest body{laptop.writer, {laptop.frames[pushed[static_cast<std::size_t>(index)]]}};
          const auto reply = exchange.answer(
              wire::seal_request({county.desk->county->state().county, laptop.writer, 0}, body, laptop.key), peer);
          if (reply.code != wire::AnswerCode::done) ++errors;
          lock.lock();
          waited_ms.push_back(since_s(ready) * 1000);
          --left;
          if (++pushed[static_cast<std::size_t>(index)] < laptop.frames.size()) queue.emplace_back(index, Timer::now());
        }
      });
    }
    threads.emplace_back([&] {
      for (bool is_done = false; left > 0 || !is_done;) {
        is_done = must(ledger::apply_stored(*desks.back()->county, 16)).is_done;
        if (is_done) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    });
    for (std::thread& thread : threads) thread.join();
  }
  std::ranges::sort(waited_ms);
  state.counters["p50_ms"] = waited_ms[waited_ms.size() / 2];
  state.counters["p99_ms"] = waited_ms[waited_ms.size() * 99 / 100];
  state.counters["errors"] = errors.load();
}
BENCHMARK(county_fifty_laptops)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace kuangxun::bench
