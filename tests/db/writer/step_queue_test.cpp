#include "db/writer/step_queue.h"

#include <doctest/doctest.h>

#include <vector>

namespace kuangxun::writer {
namespace {

// Time stands still until a test cranks it; each step takes `step_ms` of it.
struct Fixture {
  StepQueue queue;
  std::int64_t now_ms = 0;
  void post(Turn turn, StepQueue::Id id) { queue.push(turn, id, now_ms); }
  StepQueue::Id next() { return queue.pop(now_ms).value_or(0); }
  // Who ran, one after the other.
  std::vector<StepQueue::Id> run(std::size_t steps, std::int64_t step_ms) {
    std::vector<StepQueue::Id> ran;
    for (std::size_t i = 0; i < steps; ++i) {
      ran.push_back(next());
      now_ms += step_ms;
    }
    return ran;
  }
};
using Order = std::vector<StepQueue::Id>;

}  // namespace

TEST_CASE_FIXTURE(Fixture, "an empty queue gives nothing") {
  CHECK(queue.is_empty());
  CHECK_FALSE(queue.pop(0).has_value());
}

TEST_CASE_FIXTURE(Fixture, "what somebody waits for comes before exchange, and exchange before bulk, as they came") {
  post(Turn::bulk, 1);
  post(Turn::exchange, 2);
  post(Turn::entry, 3);
  post(Turn::entry, 4);
  post(Turn::exchange, 5);
  CHECK(run(5, 10) == Order{3, 4, 2, 5, 1});
  CHECK(queue.is_empty());
}

TEST_CASE_FIXTURE(Fixture, "two works of the same turn alternate, because each comes again to the end of the line") {
  post(Turn::bulk, 1);
  post(Turn::bulk, 2);
  Order ran;
  for (int i = 0; i < 6; ++i) {
    ran.push_back(next());
    post(Turn::bulk, ran.back());
  }
  CHECK(ran == Order{1, 2, 1, 2, 1, 2});
}

TEST_CASE_FIXTURE(Fixture, "a rebuild goes on beside a sync that never rests, and the sync hardly feels it") {
  post(Turn::bulk, 1);
  std::size_t bulk = 0;
  std::size_t exchange = 0;
  for (int i = 0; i < 1000; ++i) {
    if (i % 2 == 0) post(Turn::exchange, 2);
    if (queue.is_empty()) continue;
    const StepQueue::Id id = next();
    now_ms += 20;
    (id == 1 ? bulk : exchange) += 1;
    post(id == 1 ? Turn::bulk : Turn::exchange, id);
  }
  CHECK(bulk > 40);
  CHECK(exchange > 10 * bulk / 2);
}

TEST_CASE_FIXTURE(Fixture, "whoever waited long goes first once, and never two of them in a row") {
  post(Turn::bulk, 1);
  post(Turn::exchange, 2);
  now_ms = StepQueue::patience_ms;
  for (StepQueue::Id id = 3; id <= 6; ++id) post(Turn::entry, id);
  CHECK(run(6, 1) == Order{2, 3, 1, 4, 5, 6});
}

TEST_CASE_FIXTURE(Fixture, "one millisecond short of patience is not yet out of turn") {
  post(Turn::bulk, 1);
  now_ms = StepQueue::patience_ms - 1;
  post(Turn::entry, 2);
  CHECK(run(2, 0) == Order{2, 1});
}

}  // namespace kuangxun::writer
