// Sticks at a county that cannot store, or whose disk is nearly full.
#include <doctest/doctest.h>

#include "tests/sync/bundle/stick.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("a county that cannot store says so, keeps what it took, and reads the bundle again later") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  laptop->photos.keep(Bytes(1000, 7));
  REQUIRE(stick.write(*laptop, "bundle").ok());
  for (int at = 0; at < 6; ++at) {
    bundle::County county = stick.county();
    int number = 0;
    county.answer = [&](Bytes request) {
      if (number++ < at) return world.county.answer_bytes(std::move(request));
      return wire::seal_refusal(wire::parse_request(request)->type,
                                {wire::AnswerCode::unavailable, sha256(request), 0, 1}, world.county.key());
    };
    const auto taken = bundle::read_bundle(county, stick.path("bundle"), stick.path("answers"));
    REQUIRE_FALSE(taken.ok());
    CHECK(taken.error().code() == ErrorCode::unavailable);
    CHECK_FALSE(std::filesystem::exists(stick.path("answers")));
    CHECK_FALSE(std::filesystem::exists(stick.path("answers.part")));
  }
  REQUIRE(stick.read("bundle", "answers").ok());
  CHECK(stick.absorb(*laptop, "answers")->report.stored_through == 1);
}

// Seed 58951: the laptop pulled as if all had come back, and never offered it again.
TEST_CASE("a restored county whose disk is nearly full gets back what it lost with a later reading, not half of it") {
  ExampleWorld world;
  Stick stick(world);
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  const CountyBooks backup = world.county.books;
  two->write("示例：只有一号还有");
  world.talk(*two);
  world.talk(*one);
  world.county.books = backup;
  ++world.county.books.incarnation;
  REQUIRE(stick.round_trip(*one).ok());
  REQUIRE(one->store.county_mark()->incarnation == world.county.books.incarnation);
  REQUIRE(stick.write(*one, "bundle").ok());
  bundle::County county = stick.county();
  county.answer = [&](Bytes bytes) {
    const auto request = wire::parse_request(bytes);
    if (request->type != wire::MessageType::push) return world.county.answer_bytes(std::move(bytes));
    return wire::seal_refusal(request->type, {wire::AnswerCode::no_space, sha256(bytes), 0, 1}, world.county.key());
  };
  const auto refused = bundle::read_bundle(county, stick.path("bundle"), stick.path("answers"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::unavailable);
  CHECK_FALSE(std::filesystem::exists(stick.path("answers")));
  REQUIRE(stick.read("bundle", "answers").ok());
  REQUIRE(stick.absorb(*one, "answers").ok());
  CHECK(world.county.chain(two->store.own_writer()).stored_through == 1);
}

TEST_CASE("a county whose disk is nearly full takes no photos, and the laptop keeps them for the next stick") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  const auto photo = laptop->photos.keep(Bytes(1000, 7));
  REQUIRE(stick.write(*laptop, "bundle").ok());
  bundle::County county = stick.county();
  county.answer = [&](Bytes bytes) {
    const auto request = wire::parse_request(bytes);
    if (request->type != wire::MessageType::attachment_put) return world.county.answer_bytes(std::move(bytes));
    return wire::seal_refusal(request->type, {wire::AnswerCode::no_space, sha256(bytes), 0, 1}, world.county.key());
  };
  const auto taken = bundle::read_bundle(county, stick.path("bundle"), stick.path("answers"));
  REQUIRE(taken.ok());
  CHECK(taken->first_refusal == wire::AnswerCode::no_space);
  const auto absorbed = stick.absorb(*laptop, "answers");
  REQUIRE(absorbed.ok());
  CHECK(absorbed->report.stored_through == 1);
  CHECK(absorbed->report.photos_confirmed == 0);
  CHECK_FALSE(laptop->photos.is_sent(photo));
  CHECK(stick.round_trip(*laptop)->report.photos_confirmed == 1);
}
