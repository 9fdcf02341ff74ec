// Fifty laptops at the real county program: over TLS, with certificates of their own, on PostgreSQL. Both sides share
// this machine. Needs the database that packaging/postgres.sh gives.
#include <benchmark/benchmark.h>

#include <atomic>
#include <barrier>
#include <csignal>
#include <thread>

#include "db/sqlite/local_store.h"
#include "sync/client/enrol.h"
#include "sync/client/sync.h"
#include "sync/postgres/county_database.h"
#include "tests/bench/county_workload.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun::bench {
namespace {

// kuangxun-county, serving.
class Server {
 public:
  Server() {
    const std::string server = std::getenv("KUANGXUN_TEST_POSTGRES");
    const std::string name = "bench_server";
    auto administration = must(postgres::open_database(server));
    must(administration->run("DROP DATABASE IF EXISTS " + name, {}));
    must(administration->run("CREATE DATABASE " + name, {}));
    address_ = server.substr(0, server.rfind('/') + 1) + name;
    run({"init", "--empty"});
    serving_ = std::make_unique<tests::Process>(words({"serve", "--listen", "127.0.0.1:0"}));
    const std::string& line = serving_->first_line();
    url_ = line.substr(line.find("https://"));
  }
  const std::string& url() const { return url_; }
  std::string code() {
    std::string code = run({"enrol", "--name", "laptop"}).out;
    while (!code.empty() && code.back() == '\n') code.pop_back();
    return code;
  }

 private:
  std::vector<std::string> words(std::vector<std::string> command) {
    command.insert(command.begin(), {binary_folder() + "/bin/kuangxun-county", "--store", address_, "--keys",
                                     (folder_ / "keys").string()});
    return command;
  }
  tests::Ran run(const std::vector<std::string>& command) {
    tests::Ran ran = tests::run_program(words(command));
    if (ran.exit_code == 0) return ran;
    give_up(ran.err);
  }

  tests::TemporaryFolder folder_;
  std::string address_;
  std::unique_ptr<tests::Process> serving_;
  std::string url_;
};

// An enrolled laptop with frames to push, which its store knows nothing of: what it does itself is not measured.
struct Pusher {
  Pusher(Server& server, int pushes, tests::SeededRandom& values)
      : store(must(sqlite::LocalStore::create(folder / "data", {clock, random}))), writing(clock, random) {
    must(client::enrol(*store, server.url(), server.code(), clock, random));
    writing.writer = store->own_writer();
    writing.key = must(SigningKey::from_seed(store->signing_key().seed()));
    for (int i = 0; i < pushes; ++i) writing.write_frame(values);
    county = must(store->known_county()).county;
    link = must(client::open_county_link(*store, {}, random));
  }
  // Milliseconds until the county has answered; nothing when it has not taken it all.
  std::optional<double> push(std::size_t number) {
    const Bytes request = wire::seal_request({county, writing.writer, clock.now_ms()},
                                             wire::PushRequest{writing.writer, {writing.frames[number]}}, writing.key);
    const auto begin = Timer::now();
    const auto bytes = link->exchange(request);
    const double waited_ms = since_s(begin) * 1000;
    if (!bytes.ok()) return std::nullopt;
    const auto answer = wire::parse_answer(*bytes);
    if (!answer.ok() || answer->header.code != wire::AnswerCode::done) return std::nullopt;
    const auto body = wire::decode_answer_body(wire::MessageType::push, answer->body());
    const bool is_taken = body.ok() && std::get<wire::PushAnswer>(*body).chain.stored_through ==
                                           (number + 1) * std::uint64_t{operations_each_frame};
    return is_taken ? std::optional(waited_ms) : std::nullopt;
  }

  tests::TemporaryFolder folder;
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<sqlite::LocalStore> store;
  Laptop writing;
  Uuid county;
  std::unique_ptr<client::SecureLink> link;
};

void server_fifty_laptops(benchmark::State& state) {
  if (std::getenv("KUANGXUN_TEST_POSTGRES") == nullptr) {
    state.SkipWithError("KUANGXUN_TEST_POSTGRES is not set: packaging/bench.sh sets it");
    return;
  }
  constexpr int laptops = 50;
  constexpr int pushes_each = 10;
  tests::SeededRandom values(11);
  Server server;
  std::vector<std::unique_ptr<Pusher>> pushers;
  for (int i = 0; i < laptops; ++i) pushers.push_back(std::make_unique<Pusher>(server, pushes_each, values));
  std::vector<std::vector<double>> waited_ms(laptops);
  std::atomic<int> errors = 0;
  for (auto _ : state) {
    std::barrier together(laptops);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < laptops; ++i) {
      threads.emplace_back([&, i] {
        together.arrive_and_wait();
        for (std::size_t number = 0; number < pushes_each; ++number) {
          const auto waited = pushers[i]->push(number);
          waited.has_value() ? waited_ms[i].push_back(*waited) : static_cast<void>(++errors);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  std::vector<double> all;
  for (const auto& some : waited_ms) all.insert(all.end(), some.begin(), some.end());
  std::ranges::sort(all);
  state.counters["errors"] = errors.load();
  if (all.empty()) return;
  state.counters["p50_ms"] = all[all.size() / 2];
  state.counters["p99_ms"] = all[all.size() * 99 / 100];
}
BENCHMARK(server_fifty_laptops)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace kuangxun::bench
