// The county on PostgreSQL: what it stores and applies beside a plain COPY of the same rows, and what fifty laptops
// wait for when all push at once. Needs the database that packaging/postgres.sh gives.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/postgres/county_database.h"
#include "sync/server/county_life.h"
#include "sync/server/enrolment.h"
#include "sync/server/exchange.h"
#include "sync/server/ingest.h"
#include "sync/server/sql_store.h"
#include "tests/support/seeded_random.h"

namespace kuangxun {
namespace {

using Timer = std::chrono::steady_clock;

double since_s(Timer::time_point begin) {
  return std::chrono::duration<double>(Timer::now() - begin).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

template <class T>
T must(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::abort();
  }
  return std::move(result).value();
}
void must(const Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.error().message().c_str());
  std::abort();
}

constexpr int edits_each_record = 10;
constexpr int operations_each_frame = 100;
constexpr int frames_each_push = 64;

// A laptop that edits records: ten edits each, short values, a hundred in a frame.
struct Laptop {
  Laptop(Clock& clock, Random& random) : writer{make_uuid(clock, random), 1}, key(SigningKey::generate(random)) {}

  void write_frame(tests::SeededRandom& random) {
    const records::KindDescription& kind = records::kind_of(records::kinds::restoration_status);
    std::vector<history::Operation> operations;
    const Uuid person{{1, 2, 3}};
    for (int record = 0; record < operations_each_frame / edits_each_record; ++record) {
      Uuid id;
      random.fill(id.bytes);
      std::map<records::GroupNumber, history::OperationId> newest;
      for (int edit = 0; edit < edits_each_record; ++edit) {
        const records::FieldDescription& field = kind.fields[1 + static_cast<std::size_t>(edit) % 5];
        history::Operation operation;
        operation.id = {writer, ++sequence};
        operation.time = {1'780'000'000'000 + static_cast<std::int64_t>(sequence) * 1000, 0};
        operation.person = person;
        operation.record = id;
        operation.kind = kind.number;
        operation.group = field.group;
        if (newest.contains(field.group)) operation.bases = {newest[field.group]};
        operation.values = {{field.number, value_of(field, random)}};
        newest[field.group] = operation.id;
        operations.push_back(std::move(operation));
      }
    }
    frames::Frame frame = frames::seal_frame(operations, previous, Hash{}, key);
    previous = frame.hash();
    frames.push_back(std::move(frame.bytes));
  }
  static records::Value value_of(const records::FieldDescription& field, tests::SeededRandom& random) {
    switch (field.type) {
      case records::FieldType::text:
      case records::FieldType::long_text:
        return "示例 " + std::to_string(random.below(1000));
      case records::FieldType::reference:
        return Uuid{{static_cast<std::uint8_t>(random.below(256)), 7}};
      case records::FieldType::enumeration:
        return field.enumeration->options[random.below(field.enumeration->options.size())].number;
      default:
        return static_cast<std::int64_t>(random.below(1000));
    }
  }

  history::WriterId writer;
  SigningKey key;
  std::uint64_t sequence = 0;
  Hash previous;
  std::vector<Bytes> frames;
};

class OneKey final : public server::SecretKeys {
 public:
  explicit OneKey(SigningKey key) : key_(std::move(key)) {}
  Result<SigningKey> find(const PublicKey&) override { return SigningKey::from_seed(key_.seed()); }
  const PublicKey& public_key() const { return key_.public_key(); }

 private:
  SigningKey key_;
};

class NoAuthority final : public server::CertificateAuthority {
 public:
  Result<Bytes> issue(const history::WriterId&, const std::string&, const PublicKey&, std::int64_t) override {
    return Bytes();
  }
  Result<std::vector<Bytes>> trusted() override { return std::vector<Bytes>(); }
};

class LargeDisk final : public server::DiskGauge {
 public:
  std::uint64_t free_bytes() override { return 1ULL << 40; }
};

// One connection with its view of the county.
struct Desk {
  Desk(const std::string& address, server::SecretKeys& secrets, bool may_create)
      : store(must(server::SqlStore::open(must(postgres::open_database(address)), may_create))),
        parts{*store, secrets, clock, random} {}
  void open() { county = must(server::County::open(parts)); }

  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<server::SqlStore> store;
  server::County::Parts parts;
  std::unique_ptr<server::County> county;
};

// A new database with a county and its enrolled laptops.
class County {
 public:
  explicit County(int laptops) : secrets(SigningKey::generate(system_random)) {
    static int counter = 0;
    const std::string server = std::getenv("KUANGXUN_TEST_POSTGRES");
    const std::string name = "bench_" + std::to_string(++counter);
    administration = must(postgres::open_database(server));
    must(administration->run("CREATE DATABASE " + name, {}));
    address = server.substr(0, server.rfind('/') + 1) + name;
    desk = std::make_unique<Desk>(address, secrets, true);
    must(server::found_county(desk->parts, make_uuid(desk->clock, desk->random), "示例县",
                              {secrets.public_key(), {}, {}}));
    desk->open();
    for (int i = 0; i < laptops; ++i) {
      this->laptops.emplace_back(desk->clock, desk->random);
      enrol(this->laptops.back());
    }
  }
  void enrol(const Laptop& laptop) {
    auto transaction = must(server::CountyTransaction::begin(*desk->county, server::Work::apply));
    must(transaction.also_store());
    must(server::write_as_county(
        *desk->county, transaction,
        server::device_edits(*desk->county, {laptop.writer, laptop.key.public_key(), "示例", records::Role::officer})));
    must(transaction.commit());
  }
  std::unique_ptr<Desk> another_desk() {
    auto other = std::make_unique<Desk>(address, secrets, false);
    other->open();
    return other;
  }
  void run(const std::string& sql) { must(desk->store->database().run(sql, {})); }

  SystemRandom system_random;
  OneKey secrets;
  std::unique_ptr<server::SqlDatabase> administration;
  std::string address;
  std::unique_ptr<Desk> desk;
  std::vector<Laptop> laptops;
};

void write_workload(County& county, int frames_in_all) {
  tests::SeededRandom random(7);
  for (int i = 0; i < frames_in_all; ++i) {
    county.laptops[static_cast<std::size_t>(i) % county.laptops.size()].write_frame(random);
  }
}

// Everything that the laptops have, in pushes of 64 frames.
void push_everything(Desk& desk, const std::vector<Laptop>& laptops) {
  for (std::size_t at = 0; at < laptops.front().frames.size(); at += frames_each_push) {
    for (const Laptop& laptop : laptops) {
      const auto end = std::min(laptop.frames.size(), at + frames_each_push);
      if (at >= end) continue;
      server::PushCounts counts;
      const wire::PushRequest request{laptop.writer,
                                      {laptop.frames.begin() + static_cast<std::ptrdiff_t>(at),
                                       laptop.frames.begin() + static_cast<std::ptrdiff_t>(end)}};
      if (must(server::push(*desk.county, request, counts)).refusal != wire::PushRefusal::none) std::abort();
    }
  }
}

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
      write_workload(stored, ingest_frames);
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
      write_workload(applied, ingest_frames);
      applied.run("CHECKPOINT");
      const auto applier_desk = applied.another_desk();
      std::atomic<bool> is_pushed = false;
      double lag_max_s = 0;
      begin = Timer::now();
      std::thread applier([&] {
        for (bool is_done = false; !is_done;) {
          const bool is_last = is_pushed;
          const auto progress = must(server::apply_stored(*applier_desk->county, limits::apply_frames_max));
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
  write_workload(county, laptops * pushes_each);
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
        server::Exchange exchange(
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
          server::Peer peer;
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
        is_done = must(server::apply_stored(*desks.back()->county, 16)).is_done;
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
}  // namespace kuangxun
