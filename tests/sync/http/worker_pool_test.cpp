#include "sync/http/worker_pool.h"

#include <doctest/doctest.h>

#include <atomic>

using kuangxun::http::WorkerPool;

TEST_CASE("one worker does things in order, and what was added is finished") {
  std::vector<int> done;
  WorkerPool pool(1, 1000);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(pool.add([&done, i](unsigned worker) {
      CHECK(worker == 0);
      done.push_back(i);
    }));
  }
  pool.finish();
  REQUIRE(done.size() == 100);
  for (int i = 0; i < 100; ++i) CHECK(done[static_cast<std::size_t>(i)] == i);
  CHECK_FALSE(pool.add([](unsigned) {}));
}

TEST_CASE("only so much waits, and what waits when the pool goes is dropped") {
  std::atomic<bool> is_held = true;
  std::atomic<bool> has_begun = false;
  std::atomic<int> done = 0;
  std::thread release;
  {
    WorkerPool pool(1, 2);
    REQUIRE(pool.add([&](unsigned) {
      has_begun = true;
      while (is_held) std::this_thread::yield();
      ++done;
    }));
    while (!has_begun) std::this_thread::yield();
    CHECK(pool.add([&](unsigned) { ++done; }));
    CHECK(pool.add([&](unsigned) { ++done; }));
    CHECK_FALSE(pool.add([&](unsigned) { ++done; }));
    release = std::thread([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      is_held = false;
    });
  }
  release.join();
  CHECK(done.load() == 1);
}
