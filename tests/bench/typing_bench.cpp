// A key press beside what the store is busy with: how long until it is durable, and how long until a field that was
// left is an operation. Real threads, a real store, the writer of db/writer; the disk is whatever lies under TMPDIR.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "db/records/kinds.h"
#include "db/writer/queued_store.h"
#include "tests/bench/million_store.h"
#include "tests/bench/must.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::bench {
namespace {

using Timer = std::chrono::steady_clock;

double since_s(Timer::time_point begin) {
  return std::chrono::duration<double>(Timer::now() - begin).count();
}

constexpr std::size_t operations_beside = 400'000;
// A fast typist; every tenth press ends a field.
constexpr auto between_presses = std::chrono::milliseconds(10);

// A county of 400,000 operations as it comes, page by page.
std::vector<frames::SequencedFrame> frames_beside() {
  std::vector<frames::SequencedFrame> frames;
  std::uint64_t operations = 0;
  for (const frames::SequencedFrame& frame : million_frames().frames()) {
    if (operations >= operations_beside) break;
    operations += frames::operations_in({&frame, 1});
    frames.push_back(frame);
  }
  return frames;
}

Status pull(writer::QueuedStore& store, const std::vector<frames::SequencedFrame>& frames) {
  constexpr std::size_t frames_per_page = 64;
  frames::CountyMark mark{1, {}};
  for (std::size_t from = 0; from < frames.size(); from += frames_per_page) {
    const std::size_t until = std::min(frames.size(), from + frames_per_page);
    const std::vector<frames::SequencedFrame> page(frames.begin() + static_cast<std::ptrdiff_t>(from),
                                                   frames.begin() + static_cast<std::ptrdiff_t>(until));
    for (const frames::SequencedFrame& frame : page) mark.frontier.append(sha256(frame.bytes));
    KX_TRY(counts, store.apply_pulled(page, mark));
    static_cast<void>(counts);
  }
  return store.show_pulled();
}

struct Waits {
  std::vector<double> press_ms;
  std::vector<double> field_ms;
};

double percentile(std::vector<double>& sorted, double part) {
  std::ranges::sort(sorted);
  return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

// Types until the rival is done.
Waits type_beside(writer::QueuedStore& window, Clock& clock, Random& random, const std::atomic<bool>& is_over) {
  Waits waits;
  Uuid id = make_uuid(clock, random);
  std::string text;
  for (int press = 1; !is_over || press < 200; ++press) {
    text += "a";
    const history::Edit edit{id, records::kinds::unlicensed_place, 1, {{1, text}}, {}};
    const auto pressed = Timer::now();
    must(window.keep_pending({edit, Uuid{}, clock.now_ms()}));
    waits.press_ms.push_back(since_s(pressed) * 1000);
    if (press % 10 == 0) {
      const auto left = Timer::now();
      must(window.promote_pending(id, 1));
      waits.field_ms.push_back(since_s(left) * 1000);
      id = make_uuid(clock, random);
      text.clear();
    }
    std::this_thread::sleep_for(between_presses);
  }
  return waits;
}

enum class Rival { none, pull, rebuild, import };

Status work(Rival rival, writer::StoreWriter& owner, sqlite::LocalStore::World world,
            const std::vector<frames::SequencedFrame>& frames) {
  if (rival == Rival::none) return {};
  if (rival == Rival::rebuild) {
    return owner.post(writer::Turn::bulk, std::make_unique<writer::RebuildWork>())->wait();
  }
  if (rival == Rival::pull) {
    KX_TRY(exchange, writer::QueuedStore::open(owner, world, writer::Turn::exchange));
    return pull(*exchange, frames);
  }
  std::vector<std::vector<history::Edit>> rows;
  for (int i = 0; i < 50'000; ++i) {
    const Uuid id = make_uuid(world.clock, world.random);
    rows.push_back({{id, records::kinds::unlicensed_place, 1, {{1, std::string("行")}}, {}},
                    {id, records::kinds::unlicensed_place, 4, {{4, std::string("说明")}}, {}}});
  }
  return owner.post(writer::Turn::bulk, std::make_unique<writer::CommitWork>(std::move(rows), writer::Actor{}))->wait();
}

void typing_beside(benchmark::State& state, Rival rival) {
  SystemClock clock;
  SystemRandom random;
  const std::vector<frames::SequencedFrame> frames = frames_beside();
  for (auto _ : state) {
    tests::TemporaryFolder folder;
    auto store = million_frames().empty_store(folder / "data");
    writer::StoreWriter owner(std::move(store), clock);
    const auto window = must(writer::QueuedStore::open(owner, {clock, random}, writer::Turn::entry));
    if (rival == Rival::rebuild) must(pull(*window, frames));
    std::atomic<bool> is_over = false;
    Status worked;
    const auto begin = Timer::now();
    std::thread worker([&] {
      worked = work(rival, owner, {clock, random}, frames);
      is_over = true;
    });
    Waits waits = type_beside(*window, clock, random, is_over);
    worker.join();
    must(worked);
    state.counters["beside_s"] = since_s(begin);
    state.counters["press_p99_ms"] = percentile(waits.press_ms, 0.99);
    state.counters["press_max_ms"] = percentile(waits.press_ms, 1);
    state.counters["field_p99_ms"] = percentile(waits.field_ms, 0.99);
    state.counters["field_max_ms"] = percentile(waits.field_ms, 1);
    state.counters["longest_step_ms"] = static_cast<double>(owner.longest_step_ms());
  }
}
void typing_beside_nothing(benchmark::State& state) {
  typing_beside(state, Rival::none);
}
void typing_beside_pull(benchmark::State& state) {
  typing_beside(state, Rival::pull);
}
void typing_beside_rebuild(benchmark::State& state) {
  typing_beside(state, Rival::rebuild);
}
void typing_beside_import(benchmark::State& state) {
  typing_beside(state, Rival::import);
}
BENCHMARK(typing_beside_nothing)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(typing_beside_pull)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(typing_beside_rebuild)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(typing_beside_import)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kuangxun::bench
