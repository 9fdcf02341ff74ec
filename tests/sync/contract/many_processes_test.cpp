// Several processes on one store at once, connections that break, and an applier beside them.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/ledger/administration.h"
#include "sync/postgres/county_database.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// As another process sees the county.
struct Process {
  explicit Process(TestCounty& county) : store(county.open_again()), random(county.random().below(1'000'000)) {
    view = must(ledger::County::open({*store, county.secrets(), clock, random}));
  }
  std::unique_ptr<ports::CountyStore> store;
  SystemClock clock;
  SeededRandom random;
  std::unique_ptr<ledger::County> view;
};

void write_findings(TestCounty& county, ExampleLaptop& laptop, int frames) {
  for (int i = 0; i < frames; ++i) {
    laptop.enter(example_record(records::kind_of(records::kinds::finding), county.clock(), county.random()));
    laptop.seal();
  }
}

// Pulls as a laptop does, moving its cursor over what it saw.
class Puller {
 public:
  explicit Puller(ports::CountyStore& store) : store_(store) {}
  bool pull() {
    const auto state = store_.state();
    if (!state.ok()) return false;
    const auto page = store_.page(cursor_, {}, {1 << 20, limits::pull_frames_max, 0});
    if (!page.ok()) return false;
    for (const ports::StoredFrame& frame : page->frames) {
      has_gap_ = has_gap_ || frame.county_sequence != cursor_ + 1;
      cursor_ = frame.county_sequence;
      seen_.insert(frame.hash);
    }
    return true;
  }
  const std::set<Hash>& seen() const { return seen_; }
  bool has_gap() const { return has_gap_; }

 private:
  ports::CountyStore& store_;
  std::uint64_t cursor_ = 0;
  std::set<Hash> seen_;
  bool has_gap_ = false;
};

std::set<Hash> hashes_of(const std::vector<ExampleLaptop>& laptops) {
  std::set<Hash> hashes;
  for (const ExampleLaptop& laptop : laptops) {
    for (const Bytes& frame : laptop.frames()) hashes.insert(frames::frame_hash(frame));
  }
  return hashes;
}

// Pushers, pullers and appliers at once, each a process of its own; every puller has seen everything in the end.
void push_and_pull_at_once(TestCounty& county, int pushers, int pullers, int appliers, int frames_each) {
  std::vector<ExampleLaptop> laptops;
  for (int i = 0; i < pushers; ++i) laptops.push_back(county.enrol("示例 " + std::to_string(i)));
  for (ExampleLaptop& laptop : laptops) write_findings(county, laptop, frames_each);
  std::vector<std::unique_ptr<Process>> processes;
  for (int i = 0; i < pushers + pullers + appliers; ++i) processes.push_back(std::make_unique<Process>(county));

  std::atomic<int> failures = 0;
  std::atomic<int> at_work = pushers;
  std::vector<std::thread> threads;
  for (int i = 0; i < pushers; ++i) {
    threads.emplace_back([&, i] {
      const ExampleLaptop& laptop = laptops[static_cast<std::size_t>(i)];
      for (const Bytes& frame : laptop.frames()) {
        ledger::PushCounts counts;
        const auto answer =
            ledger::push(*processes[static_cast<std::size_t>(i)]->view, {laptop.writer(), {frame}}, counts);
        if (!answer.ok() || answer->refusal != wire::PushRefusal::none) ++failures;
      }
      --at_work;
    });
  }
  std::vector<std::unique_ptr<Puller>> eyes;
  for (int i = 0; i < pullers; ++i) {
    eyes.push_back(std::make_unique<Puller>(*processes[static_cast<std::size_t>(pushers + i)]->store));
    threads.emplace_back([&, i] {
      while (at_work > 0) {
        if (!eyes[static_cast<std::size_t>(i)]->pull()) ++failures;
      }
      if (!eyes[static_cast<std::size_t>(i)]->pull()) ++failures;
    });
  }
  for (int i = 0; i < appliers; ++i) {
    threads.emplace_back([&, i] {
      for (bool is_done = false; !is_done || at_work > 0;) {
        const auto progress =
            ledger::apply_stored(*processes[static_cast<std::size_t>(pushers + pullers + i)]->view, 16);
        if (!progress.ok()) ++failures;
        is_done = !progress.ok() || progress->is_done;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  const std::set<Hash> all = hashes_of(laptops);
  for (const auto& eye : eyes) {
    CHECK_FALSE(eye->has_gap());
    CHECK(std::ranges::includes(eye->seen(), all));
  }
  county.apply_all();
  CHECK(county.shown(records::kinds::finding) == static_cast<std::uint64_t>(pushers * frames_each));
  for (const ExampleLaptop& laptop : laptops) {
    const ports::Chain chain = must(county.store().chains({&laptop.writer(), 1})).front();
    CHECK(chain.stored_through == laptop.written().size());
    CHECK(chain.applied_through == laptop.written().size());
  }
}

}  // namespace

TEST_CASE("a puller misses nothing while several processes push and another applies") {
  on_every_database([](TestCounty& county) { push_and_pull_at_once(county, 3, 1, 1, 10); });
}

TEST_CASE("fifty push and fifty pull at once on PostgreSQL, and all see the same") {
  const auto county = county_on_postgres();
  if (county == nullptr) return;
  // As many as the test cluster has connections for: 50 that write, and the rest read.
  push_and_pull_at_once(*county, 25, 25, 2, 6);
}

TEST_CASE("PostgreSQL goes away in the middle of a push and comes back: nothing is lost, and pushing again is fine") {
  const auto county = county_on_postgres();
  if (county == nullptr) return;
  const std::string address = postgres_county_address();
  const std::string name = address.substr(address.rfind('/') + 1);
  const auto administration = must(postgres::open_database(std::getenv("KUANGXUN_TEST_POSTGRES")));
  std::vector<ExampleLaptop> laptops;
  for (int i = 0; i < 3; ++i) laptops.push_back(county->enrol("示例 " + std::to_string(i)));
  for (ExampleLaptop& laptop : laptops) write_findings(*county, laptop, 40);
  std::vector<std::unique_ptr<Process>> processes;
  for (std::size_t i = 0; i < laptops.size(); ++i) processes.push_back(std::make_unique<Process>(*county));

  // Each pushes frame by frame and says what was confirmed; what fails is pushed again until it is.
  std::atomic<int> failures = 0;
  std::atomic<int> at_work = 3;
  std::vector<std::uint64_t> confirmed(laptops.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < laptops.size(); ++i) {
    threads.emplace_back([&, i] {
      for (const Bytes& frame : laptops[i].frames()) {
        for (;;) {
          ledger::PushCounts counts;
          const auto answer = ledger::push(*processes[i]->view, {laptops[i].writer(), {frame}}, counts);
          if (answer.ok() && answer->refusal == wire::PushRefusal::none) {
            confirmed[i] = std::max(confirmed[i], answer->chain.stored_through);
            break;
          }
          ++failures;
          if (answer.ok()) break;
          std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        static_cast<void>(ledger::apply_stored(*processes[i]->view, 8));
      }
      --at_work;
    });
  }
  int outages = 0;
  while (at_work > 0 && outages < 12) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    must(administration->run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false", {}));
    must(administration->run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'",
                             {}));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    must(administration->run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true", {}));
    ++outages;
  }
  for (std::thread& thread : threads) thread.join();
  MESSAGE(outages, " outages, ", failures.load(), " pushes failed and were made again");
  CHECK(failures > 0);
  county->apply_all();
  for (std::size_t i = 0; i < laptops.size(); ++i) {
    CHECK(confirmed[i] == laptops[i].written().size());
    const ports::Chain chain = must(county->store().chains({&laptops[i].writer(), 1})).front();
    CHECK(chain.stored_through == laptops[i].written().size());
    CHECK(chain.applied_through == laptops[i].written().size());
  }
  CHECK(county->shown(records::kinds::finding) == 3 * 40);
  frames::Frontier frontier;
  for (std::uint64_t after = 0;;) {
    const auto page = must(county->store().page(after, {}, {1 << 24, 1000, 0}));
    for (const auto& frame : page.frames) {
      frontier.append(frames::frame_hash(frame.bytes));
      after = frame.county_sequence;
    }
    if (!page.has_more) break;
  }
  CHECK(frontier == must(county->store().state()).frontier);
}
