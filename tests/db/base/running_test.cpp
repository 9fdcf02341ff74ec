#include "db/base/running.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

using namespace kuangxun;

TEST_CASE("copies stand for the same work: who watches sees how far it is, and stops it") {
  const Running work;
  const Running watched = work;
  CHECK(watched.progress() == Running::Progress{});
  work.add_bytes(10, 200);
  work.add_bytes(5, 0);
  work.note_records(3, 8);
  CHECK(watched.progress() == Running::Progress{3, 8, 15, 200});
  CHECK(work.check().ok());
  watched.stop();
  CHECK(work.is_stopped());
  REQUIRE_FALSE(work.check().ok());
  CHECK(work.check().error().code() == ErrorCode::refused);
  CHECK_FALSE(Running().is_stopped());
}

TEST_CASE("a stop ends a pause") {
  const Running work;
  std::thread other([work] { work.stop(); });
  const auto begun = std::chrono::steady_clock::now();
  work.wait_ms(60'000);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(30));
  other.join();
}
