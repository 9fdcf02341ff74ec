// What the county signed for beyond what a laptop has pulled is kept: a cut, a full disk or a kill must not take it
// away.
#include <doctest/doctest.h>

#include "tests/support/memory/write_fault.h"
#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

using Names = std::vector<std::string>;

// A disk that takes so many writes and then no more.
class FullDisk final : public WriteFault {
 public:
  explicit FullDisk(int writes) : left_(writes) {}
  bool may_strike() const override { return true; }
  Status before_write() override {
    if (left_-- > 0) return {};
    return Error(ErrorCode::unavailable, "the disk is full");
  }

 private:
  int left_;
};

wire::Checkpoint newest(ExampleWorld& world, WorldLaptop& laptop) {
  return wire::open_checkpoint(*laptop.store.newest_checkpoint(), world.county.known()).value();
}

}  // namespace

TEST_CASE("a laptop that took back its own frames, and could not pull, still tells a county that was restored then") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  laptop->write("示例：一");
  world.talk(*laptop);
  world.talk(*other);
  const auto older = world.copy_of(*laptop);
  CountyBooks backup = world.county.books;
  const Uuid lost = laptop->write("示例：二");
  world.talk(*laptop);

  // The laptop is broken and its backup goes on: a fork, another epoch. The county's twin comes home; then nothing
  // more.
  older->write("示例：另一个二");
  TalkOptions options;
  options.luck = [](std::size_t number) { return number < 6 ? Luck::arrives : Luck::request_lost; };
  const Talk cut = world.talk(*older, options);
  REQUIRE(cut.failure.has_value());
  REQUIRE(cut.report.new_epoch == 2);
  REQUIRE(older->read(lost) == Names{"示例：二"});

  // Nobody says that the county was restored, and its end lies behind what this laptop had pulled.
  backup.devices = world.county.books.devices;
  world.county.books = backup;
  SUBCASE("the laptop comes first") {}
  SUBCASE("others came before it, and the county is longer than it was") {
    for (int i = 0; i < 4; ++i) {
      other->write("示例：二号 " + std::to_string(i));
      REQUIRE_FALSE(world.talk(*other).failure.has_value());
    }
  }
  const Talk talk = world.talk(*older);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(talk.report.is_county_restored);
  CHECK(world.county.chain({laptop->store.own_writer().device, 1}).stored_through == 2);
  CHECK(world.county.chain({laptop->store.own_writer().device, 2}).stored_through == 1);
  CHECK_FALSE(world.talk(*other).failure.has_value());
  CHECK(other->read(lost) == Names{"示例：二"});
  CHECK(world.talk(*older).asked == Names{"status"});
}

TEST_CASE("a disk that is full at any one write: the next sync ends with the county's signature for all that is here") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  other->write("示例：二号");
  world.talk(*other);
  world.talk(*laptop);
  other->write("示例：二号，再");
  world.talk(*other);
  laptop->write("示例：一号");
  bool has_failed = true;
  for (int writes = 0; has_failed; ++writes) {
    CAPTURE(writes);
    REQUIRE(writes < 100);
    const CountyBooks books = world.county.books;
    FullDisk disk(writes);
    WorldLaptop struck{{{world.clock, world.random, world.shelf, &disk}, laptop->store.state()}, {}};
    has_failed = world.talk(struck).failure.has_value();
    const auto freed = world.copy_of(struck);
    CHECK_FALSE(world.talk(*freed).failure.has_value());
    CHECK(newest(world, *freed).size == world.county.latest());
    CHECK(newest(world, *freed).root == freed->store.county_mark()->frontier.root());
    world.county.books = books;
  }
}

TEST_CASE("a county that was restored to where the laptop stands is told by what it signed beyond") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  world.talk(*laptop);
  const CountyBooks backup = world.county.books;
  other->write("示例：二号");
  world.talk(*other);
  TalkOptions options;
  options.luck = [](std::size_t number) { return number < 1 ? Luck::arrives : Luck::request_lost; };
  REQUIRE(world.talk(*laptop, options).failure.has_value());
  CHECK(wire::open_checkpoint(*laptop->store.promised_checkpoint(), world.county.known())->size ==
        world.county.latest());
  world.county.books = backup;
  const Talk talk = world.talk(*laptop);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.is_county_restored);
  CHECK(world.county.books.incarnation == 2);
  CHECK(newest(world, *laptop).root == world.county.checkpoint().root);
}
