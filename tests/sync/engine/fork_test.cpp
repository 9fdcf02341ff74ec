// What a laptop keeps of an earlier epoch, and the county takes as evidence only.
#include <doctest/doctest.h>

#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a chain that the county has ended gets there once as evidence, and again only after a restore") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例：一");
  world.talk(*laptop);
  const history::WriterId former = laptop->store.own_writer();
  const auto frames = [&] { return laptop->store.frames_after(former, 0, 1 << 20).value(); };
  laptop->write("示例：二");
  laptop->write("示例：三");
  // Its key is lost before that went, and meanwhile the county has ended the chain: a copy of the laptop wrote under
  // it.
  world.county.books.closed_from[former] = 2;
  laptop->lose_key();
  world.county.enrol(laptop->store.own_writer(), laptop->store.signing_key().public_key(), "一号");

  const Talk talk = world.talk(*laptop);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.problem.has_value());
  CHECK(talk.asked == Names{"status", "chains", "push", "push", "pull"});
  CHECK(world.county.books.forks.size() == 2);
  CHECK(world.county.books.forks.back() == frames().back());
  CHECK(laptop->store.counts()->unsynced_operations == 0);
  CHECK(world.talk(*laptop).asked == Names{"status"});

  // What is aside may be gone with the rest.
  world.county.books.forks.clear();
  ++world.county.books.incarnation;
  CHECK_FALSE(world.talk(*laptop).failure.has_value());
  CHECK(world.county.books.forks.size() == 2);
  CHECK(world.talk(*laptop).asked == Names{"status"});
}
