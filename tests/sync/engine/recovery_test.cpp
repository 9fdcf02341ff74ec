// What goes wrong in the world, with an honest county: restored counties, restored and copied laptops, lost keys.
#include <doctest/doctest.h>

#include <algorithm>

#include "sync/engine/refusal.h"
#include "sync/wire/receipt.h"
#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

using Names = std::vector<std::string>;

bool holds(const ScriptedCounty& county, const history::WriterId& writer, std::uint64_t through) {
  return county.chain(writer).stored_through == through;
}

std::vector<Bytes> sorted(std::vector<Bytes> frames) {
  std::ranges::sort(frames);
  return frames;
}

}  // namespace

TEST_CASE("a county restored from a backup: its own signature says so, and it gets back what it lost") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  one->write("示例：备份之前");
  world.talk(*one);
  const CountyBooks backup = world.county.books;
  const Uuid lost_of_two = two->write("示例：备份之后，二号");
  world.talk(*two);
  one->write("示例：备份之后，一号");
  const auto photo = one->photos.keep(Bytes(1000, 7));
  world.talk(*one);
  world.county.books = backup;

  const Talk talk = world.talk(*one);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(talk.report.is_county_restored);
  CHECK(talk.asked == Names{"status", "claim", "status", "status", "push", "chains", "push", "pull", "have", "put"});
  CHECK(talk.report.pushed == 1);
  CHECK(talk.report.relayed == 1);  // what two wrote, brought home by one
  CHECK(talk.report.photos_sent == 1);
  CHECK(world.county.books.incarnation == 2);
  CHECK(world.county.books.photos.at(photo).is_whole);
  CHECK(holds(world.county, one->store.own_writer(), 2));
  CHECK(holds(world.county, two->store.own_writer(), 1));

  CHECK_FALSE(world.talk(*two).failure.has_value());
  CHECK(two->read(lost_of_two) == Names{"示例：备份之后，二号"});
  CHECK(two->store.county_mark()->frontier.root() == world.county.checkpoint().root);
  // The old signature stays as evidence.
  CHECK(one->store.state().old_checkpoints.size() == 1);
}

TEST_CASE("a county that was restored and has grown again, longer than it was, is told by what it once signed") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  one->write("示例：备份之前");
  world.talk(*one);
  world.talk(*two);
  const CountyBooks backup = world.county.books;
  const Uuid lost = one->write("示例：备份之后，一号");
  world.talk(*one);
  // Nobody says so, and who comes first has not seen what is gone.
  world.county.books = backup;
  for (int i = 0; i < 3; ++i) {
    two->write("示例：二号");
    CHECK_FALSE(world.talk(*two).failure.has_value());
  }
  CHECK(world.county.books.incarnation == 1);

  const Talk talk = world.talk(*one);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(talk.report.is_county_restored);
  CHECK(world.county.books.incarnation == 2);
  CHECK(holds(world.county, one->store.own_writer(), 2));
  CHECK(one->store.county_mark()->frontier.root() == world.county.checkpoint().root);
  // What it signed against itself stays as evidence.
  CHECK(one->store.state().contradictions.size() == 1);
  CHECK_FALSE(world.talk(*two).failure.has_value());
  CHECK(two->read(lost) == Names{"示例：备份之后，一号"});
}

TEST_CASE("the re-offering that a cut interrupted goes on with the next sync") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  const CountyBooks backup = world.county.books;
  two->write("示例：只有一号还记得");
  world.talk(*two);
  one->write("示例：一号");
  one->photos.keep(Bytes(1000, 7));
  world.talk(*one);
  world.county.books = backup;
  // Whatever request is the last that arrives.
  for (std::size_t last = 0; last < 12; ++last) {
    CAPTURE(last);
    const auto copy = world.copy_of(*one);
    const CountyBooks before = world.county.books;
    TalkOptions options;
    options.luck = [&](std::size_t number) { return number < last ? Luck::arrives : Luck::request_lost; };
    world.talk(*copy, options);
    const Talk talk = world.talk(*copy);
    CHECK_FALSE(talk.failure.has_value());
    CHECK(holds(world.county, one->store.own_writer(), 1));
    CHECK(holds(world.county, two->store.own_writer(), 1));
    CHECK(world.county.books.photos.begin()->second.is_whole);
    world.county.books = before;
  }
}

TEST_CASE("a county that forgot this laptop learns of it from its own frames") {
  ExampleWorld world;
  const CountyBooks backup = world.county.books;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  two->write("示例：二号");
  world.talk(*two);
  one->write("示例：一号");
  world.talk(*one);
  world.county.books = backup;  // it knows neither of them now

  const Talk talk = world.talk(*one);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(talk.count("push") == 4);  // its own in vain, the county's, two's, its own
  CHECK(holds(world.county, one->store.own_writer(), 1));
  CHECK(holds(world.county, two->store.own_writer(), 1));
  CHECK(world.county.books.epoch == 2);
  CHECK_FALSE(world.talk(*two).failure.has_value());
  CHECK(two->store.county_mark()->frontier.root() == world.county.checkpoint().root);
}

TEST_CASE("a county restored while we had no signature of the newest: we go back with it") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  // Three is cut off in the middle of its first pull, for good; others wrote between its status and that.
  const auto three = world.enrolled("三号");
  world.county.page_frames_max = 15;
  TalkOptions options;
  options.luck = [&](std::size_t number) {
    for (int i = 0; number == 2 && i < 20; ++i) one->write("示例 " + std::to_string(i));
    if (number == 2) world.talk(*one);
    return number < 3 ? Luck::arrives : Luck::request_lost;
  };
  CHECK(world.talk(*three, options).failure.has_value());
  CountyBooks backup = world.county.books;
  backup.sequence.resize(10);
  CHECK(three->store.county_mark()->sequence() == 15);
  CHECK(three->store.newest_checkpoint()->empty());

  world.county.books = backup;
  const Talk talk = world.talk(*three);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.is_county_restored);
  CHECK(three->store.county_mark()->frontier.root() == world.county.checkpoint().root);
  // What it had seen of one went back to the county.
  CHECK(world.county.chain(one->store.own_writer()).stored_through >= 13);
}

TEST_CASE("a county restored twice from one backup") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const CountyBooks backup = world.county.books;
  one->write("示例：一");
  world.talk(*one);
  world.county.books = backup;
  one->write("示例：二");
  CHECK_FALSE(world.talk(*one).failure.has_value());
  CHECK(world.county.books.incarnation == 2);
  world.county.books = backup;
  const Talk talk = world.talk(*one);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(world.county.books.incarnation == 3);
  CHECK(holds(world.county, one->store.own_writer(), 2));
}

TEST_CASE("a laptop restored from a backup takes its own frames back and goes on behind them") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例：一");
  world.talk(*laptop);
  const auto older = world.copy_of(*laptop);
  const Uuid second = laptop->write("示例：二");
  laptop->write("示例：三");
  world.talk(*laptop);

  const Talk talk = world.talk(*older);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.new_epoch.has_value());
  CHECK(talk.asked == Names{"status", "chain frames", "status", "pull"});
  CHECK(older->read(second) == Names{"示例：二"});
  CHECK(older->written() == 3);
  older->write("示例：四");
  CHECK(world.talk(*older).report.pushed == 1);
  CHECK(holds(world.county, older->store.own_writer(), 4));
}

TEST_CASE("a copied laptop: both go on, each under a name of its own, and nobody's words are lost") {
  ExampleWorld world;
  const auto [original, copy, shared] = world.copied_laptop();
  const Uuid by_original = original->write("示例：原机");
  original->rewrite(shared, "示例：原机改");
  const Uuid by_copy = copy->write("示例：副本");
  copy->rewrite(shared, "示例：副本改");
  copy->rewrite(by_copy, "示例：副本，再改");
  world.talk(*original);

  const auto forked = copy->store.frames_after(copy->store.own_writer(), 1, 1 << 20).value();
  const Talk talk = world.talk(*copy);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(talk.report.new_epoch == 2);
  CHECK(talk.asked == Names{"status", "chain frames", "push", "new epoch", "status", "push", "pull"});
  // The county has the fork as evidence, and the copy still has its frames.
  CHECK(world.county.books.forks == forked);
  CHECK(copy->store.state().forked.size() == 3);
  CHECK(copy->store.own_writer().epoch == 2);
  CHECK(copy->read(by_original) == Names{"示例：原机"});
  CHECK(copy->read(by_copy) == Names{"示例：副本，再改"});
  world.talk(*original);
  CHECK(original->read(by_copy) == Names{"示例：副本，再改"});
  CHECK(original->read(shared) == Names{"示例：副本改", "示例：原机改"});
  CHECK(copy->read(shared) == original->read(shared));
  CHECK(original->store.own_writer().epoch == 1);
  CHECK(copy->store.counts()->unsynced_operations == 0);
  CHECK(world.talk(*copy).asked == Names{"status"});
}

// The copy's chain has the original's device id. It is brought home like anybody's; how far the county has it is noted
// for own chains only, of which it is none.
TEST_CASE("after a restore the original brings what its copy wrote as another's, never as its own") {
  ExampleWorld world;
  const auto [original, copy, shared] = world.copied_laptop();
  original->write("示例：原机");
  world.talk(*original);
  const Uuid by_copy = copy->write("示例：副本");
  CountyBooks backup = world.county.books;
  REQUIRE(world.talk(*copy).report.new_epoch == 2);
  SUBCASE("the restored county has it already") {
    backup = world.county.books;
  }
  SUBCASE("the restored county has nothing of it") {}
  original->write("示例：原机，备份之后");
  world.talk(*original);
  REQUIRE(original->read(by_copy) == Names{"示例：副本"});
  world.county.books = backup;

  const Talk talk = world.talk(*original);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(talk.report.is_county_restored);
  CHECK(holds(world.county, {original->store.own_writer().device, 2}, 1));
  CHECK(holds(world.county, original->store.own_writer(), 3));
  CHECK(original->store.unsent_chains()->empty());
  CHECK_FALSE(world.talk(*copy).failure.has_value());
  CHECK(copy->store.counts()->unsynced_operations == 0);
}

TEST_CASE("a copy that pushes while the original does learns of the fork from the push") {
  ExampleWorld world;
  const auto [original, copy, shared] = world.copied_laptop();
  original->write("示例：原机");
  copy->write("示例：副本");
  TalkOptions options;
  options.luck = [&](std::size_t number) {
    // Between the copy's status and its push.
    if (number == 1) world.talk(*original);
    return Luck::arrives;
  };
  const Talk talk = world.talk(*copy, options);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.new_epoch == 2);
  CHECK(holds(world.county, {copy->store.own_writer().device, 1}, 2));
  CHECK(holds(world.county, {copy->store.own_writer().device, 2}, 1));
}

TEST_CASE("two copies want the same new name: the second takes the next") {
  ExampleWorld world;
  const auto [original, second, shared] = world.copied_laptop();
  const auto third = world.copy_of(*original);
  original->write("示例：原机");
  second->write("示例：第二台");
  third->write("示例：第三台");
  world.talk(*original);
  CHECK(world.talk(*second).report.new_epoch == 2);
  const Talk talk = world.talk(*third);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.count("new epoch") == 2);
  CHECK(talk.report.new_epoch == 3);
  world.talk(*original);
  CHECK(original->store.counts()->records >= 4 + 3);
}

TEST_CASE("a new name whose granting was lost on the way is asked for again, and is the same") {
  ExampleWorld world;
  const auto [original, copy, shared] = world.copied_laptop();
  original->write("示例：原机");
  copy->write("示例：副本");
  world.talk(*original);
  TalkOptions options;
  bool was_lost = false;
  options.luck = [&](std::size_t number) {
    const bool is_new_epoch = number == 3 && !was_lost;
    was_lost = was_lost || is_new_epoch;
    return is_new_epoch ? Luck::answer_lost : Luck::arrives;
  };
  const Talk talk = world.talk(*copy, options);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.new_epoch == 2);
  CHECK(talk.count("new epoch") == 2);
}

TEST_CASE("frames of an epoch whose key was lost are pushed as they are") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const history::WriterId former = laptop->store.own_writer();
  laptop->write("示例：旧钥匙签过");
  laptop->lose_key();
  world.county.enrol(laptop->store.own_writer(), laptop->store.signing_key().public_key(), "一号");
  laptop->write("示例：新钥匙签的");
  const Talk talk = world.talk(*laptop);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.pushed == 1);
  CHECK(talk.report.relayed == 1);
  CHECK(holds(world.county, former, 1));
  CHECK_FALSE(laptop->store.state().progress.at(former).receipt.empty());
  CHECK(laptop->store.unsent_chains()->empty());
  CHECK(world.talk(*laptop).asked == Names{"status"});
}

// Restored from a backup, and its key lost before it could learn of the fork.
TEST_CASE(
    "frames of an earlier epoch for which the county has others go there as evidence, however much longer theirs") {
  for (const int written_meanwhile : {1, 2, 5}) {
    CAPTURE(written_meanwhile);
    ExampleWorld world;
    const auto laptop = world.enrolled("一号");
    laptop->write("示例：备份之前");
    world.talk(*laptop);
    const auto restored = world.copy_of(*laptop);
    for (int i = 0; i < written_meanwhile; ++i) laptop->write("示例：备份里没有");
    world.talk(*laptop);
    const history::WriterId former = restored->store.own_writer();
    restored->write("示例：恢复之后");
    restored->write("示例：恢复之后，又");
    restored->lose_key();
    world.county.enrol(restored->store.own_writer(), restored->store.signing_key().public_key(), "一号");
    const Uuid after = restored->write("示例：新钥匙");
    const std::vector<Bytes> forked = restored->store.frames_after(former, 1, 1 << 20).value();
    REQUIRE(forked.size() == 2);

    const Talk talk = world.talk(*restored);
    CHECK_FALSE(talk.failure.has_value());
    REQUIRE(talk.report.problem.has_value());
    CHECK(talk.report.pushed == 1);
    CHECK(sorted(world.county.books.forks) == sorted(forked));
    CHECK(restored->store.unsent_chains()->empty());
    CHECK_FALSE(world.talk(*restored).failure.has_value());
    CHECK_FALSE(world.talk(*laptop).failure.has_value());
    CHECK(laptop->read(after) == Names{"示例：新钥匙"});
  }
}

// Both were restored: what the laptop wrote since fits what the county has, and only others still hold what was there.
TEST_CASE("what only others hold of a laptop that wrote on for a restored county goes there as evidence") {
  for (const int written_since : {1, 2, 3, 5}) {
    CAPTURE(written_since);
    ExampleWorld world;
    const auto one = world.enrolled("一号");
    const auto two = world.enrolled("二号");
    one->write("示例：备份之前");
    world.talk(*one);
    world.talk(*two);
    const CountyBooks backup = world.county.books;
    const auto restored = world.copy_of(*one);
    for (int i = 0; i < 3; ++i) one->write("示例：只有二号还有");
    world.talk(*one);
    world.talk(*two);
    const std::vector<Bytes> only_two_has = two->store.frames_after(one->store.own_writer(), 1, 1 << 20).value();
    REQUIRE(only_two_has.size() == 3);
    world.county.books = backup;
    for (int i = 0; i < written_since; ++i) restored->write("示例：恢复之后");
    CHECK_FALSE(world.talk(*restored).failure.has_value());

    // Messages as small as a bad link has them: the frames come one by one.
    TalkOptions options;
    options.luck = [](std::size_t number) { return number == 0 ? Luck::request_lost : Luck::arrives; };
    const Talk talk = world.talk(*two, options);
    CHECK_FALSE(talk.failure.has_value());
    CHECK(talk.report.is_county_restored);
    CHECK(sorted(world.county.books.forks) == sorted(only_two_has));
    CHECK(two->store.county_mark()->frontier.root() == world.county.checkpoint().root);
  }
}

TEST_CASE("a chain that the county has ended goes on under another name, with all that it did not take") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const Uuid taken = laptop->write("示例：收下");
  world.talk(*laptop);
  world.county.books.closed_from[laptop->store.own_writer()] = 2;
  laptop->rewrite(taken, "示例：收下，改");
  const Uuid after = laptop->write("示例：之后");
  const Talk talk = world.talk(*laptop);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.new_epoch == 2);
  CHECK(holds(world.county, {laptop->store.own_writer().device, 1}, 1));
  CHECK(holds(world.county, {laptop->store.own_writer().device, 2}, 2));
  CHECK(laptop->read(taken) == Names{"示例：收下，改"});
  CHECK(laptop->read(after) == Names{"示例：之后"});
  CHECK(laptop->store.counts()->unsynced_operations == 0);
  CHECK(world.talk(*laptop).asked == Names{"status"});
}

namespace {

// A laptop that lost the key under which it wrote; the county knows only the new one.
std::unique_ptr<WorldLaptop> with_forgotten_key(ExampleWorld& world) {
  auto laptop = world.new_laptop();
  REQUIRE(laptop->store.note_county(world.county.known()).ok());
  laptop->write("示例：县里忘了的钥匙");
  laptop->lose_key();
  world.county.enrol(laptop->store.own_writer(), laptop->store.signing_key().public_key(), "一号");
  laptop->write("示例：新钥匙签的");
  return laptop;
}

}  // namespace

TEST_CASE("the county forgot a laptop that then lost its key: the new key vouches for the old one, nothing is lost") {
  ExampleWorld world;
  const auto laptop = with_forgotten_key(world);
  const Talk talk = world.talk(*laptop);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(talk.asked == Names{"status", "status", "push", "chains", "push", "new epoch", "push", "pull"});
  CHECK(holds(world.county, {laptop->store.own_writer().device, 1}, 1));
  CHECK(laptop->store.unsent_chains()->empty());
  CHECK(world.talk(*laptop).asked == Names{"status"});
}

TEST_CASE("an earlier epoch that the county does not take is told, and does not hold up the rest") {
  for (const wire::AnswerCode code : {wire::AnswerCode::bad_signature, wire::AnswerCode::device_conflict}) {
    ExampleWorld world;
    const auto laptop = with_forgotten_key(world);
    TalkOptions options;
    options.change = [code](const wire::RequestBody& request, ScriptedCounty::Outcome& outcome) {
      if (std::holds_alternative<wire::NewEpochRequest>(request)) outcome = {code, {}};
    };
    const Talk talk = world.talk(*laptop, options);
    CHECK_FALSE(talk.failure.has_value());
    REQUIRE(talk.report.problem.has_value());
    CHECK(talk.report.problem->code() == ErrorCode::refused);
    CHECK(talk.report.pushed == 1);
    CHECK(talk.count("new epoch") == 1);
    CHECK(laptop->store.unsent_chains()->size() == 1);
  }
}

TEST_CASE("a revoked laptop leaves what it recorded, and is told nothing") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例：一");
  world.talk(*laptop);
  laptop->write("示例：吊销之前录的");
  world.county.books.revoked.insert(laptop->store.own_writer());
  const auto mark = *laptop->store.county_mark();
  const Talk talk = world.talk(*laptop);
  REQUIRE(talk.failure.has_value());
  CHECK(talk.failure->message() == engine::refusal_error(wire::AnswerCode::not_allowed).message());
  CHECK(talk.asked == Names{"status", "push"});
  CHECK(holds(world.county, laptop->store.own_writer(), 2));
  CHECK(laptop->store.own_progress()->stored_through == 2);
  CHECK(*laptop->store.county_mark() == mark);
}
