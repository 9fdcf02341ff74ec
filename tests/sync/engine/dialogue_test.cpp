// A session in sealed bytes: who may be believed.
#include <doctest/doctest.h>

#include "sync/engine/dialogue.h"
#include "sync/engine/refusal.h"
#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

struct Spoken {
  std::optional<Error> failure;
  std::size_t requests = 0;
  std::int64_t county_time_ms = 0;
  std::vector<Bytes> trusted;
  bool has_trusted = false;
};

// A whole dialogue; `change` may put other bytes at the place of an answer.
Spoken speak(ExampleWorld& world, WorldLaptop& laptop,
             const std::function<void(std::size_t, const Bytes&, Bytes&)>& change = {}) {
  Spoken spoken;
  engine::Dialogue dialogue(laptop.store, &laptop.photos, world.clock, [&](const wire::KeysAnswer& keys) {
    spoken.trusted = keys.trusted;
    spoken.has_trusted = true;
    return Status();
  });
  auto next = dialogue.begin();
  while (next.ok() && next->has_value()) {
    REQUIRE(spoken.requests < 100);
    Bytes answer = world.county.answer_bytes(**next);
    if (change) change(spoken.requests, **next, answer);
    ++spoken.requests;
    next = dialogue.answered(std::move(answer));
  }
  if (!next.ok()) spoken.failure = next.error();
  spoken.county_time_ms = dialogue.county_time_ms();
  return spoken;
}

bool is_not_the_county(const Spoken& spoken) {
  return spoken.failure.has_value() && spoken.failure->message() == engine::not_the_county().message();
}

}  // namespace

TEST_CASE("a whole sync in sealed bytes, and the county's hour with it") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  const Spoken spoken = speak(world, *laptop);
  CHECK_FALSE(spoken.failure.has_value());
  CHECK(spoken.county_time_ms == world.clock.now_ms());
  CHECK(laptop->store.own_progress()->stored_through == 1);
  CHECK_FALSE(spoken.has_trusted);
}

TEST_CASE("a new key that the old one introduces: it is learned on the way, with its certificates") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  speak(world, *laptop);
  laptop->write("示例");
  for (int changes = 0; changes < 3; ++changes) world.county.change_key();
  const Spoken spoken = speak(world, *laptop);
  CHECK_FALSE(spoken.failure.has_value());
  CHECK(spoken.trusted == std::vector<Bytes>{Bytes{0x30}});
  CHECK(*laptop->store.known_county() == world.county.known());
  CHECK(laptop->store.own_progress()->stored_through == 1);
  CHECK_FALSE(speak(world, *laptop).has_trusted);
}

TEST_CASE("certificates that could not be kept are asked for again") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  world.county.change_key();
  engine::Dialogue dialogue(laptop->store, nullptr, world.clock, [](const wire::KeysAnswer&) {
    return Status(Error(ErrorCode::unavailable, "the disk is full"));
  });
  auto next = dialogue.begin();
  next = dialogue.answered(world.county.answer_bytes(**next));
  next = dialogue.answered(world.county.answer_bytes(**next));
  CHECK_FALSE(next.ok());
  CHECK(speak(world, *laptop).has_trusted);
}

TEST_CASE("a replaced key, for which nobody could sign, needs a new code") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  speak(world, *laptop);
  world.county.change_key(true);
  const Spoken spoken = speak(world, *laptop);
  REQUIRE(spoken.failure.has_value());
  CHECK(spoken.failure->code() == ErrorCode::refused);
  CHECK_FALSE(is_not_the_county(spoken));
  CHECK(laptop->store.known_county()->signers.size() == 1);
}

TEST_CASE("somebody else in the county's place") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  ExampleWorld other_world(77);
  const auto unused = other_world.enrolled("冒充");
  CHECK(is_not_the_county(speak(world, *laptop, [&](std::size_t, const Bytes& request, Bytes& answer) {
    answer = other_world.county.answer_bytes(request);
  })));
  // It answers for the county while it has no key: every byte of an answer counts.
  const Spoken honest = speak(world, *world.copy_of(*laptop));
  CHECK_FALSE(honest.failure.has_value());
  std::size_t size = 0;
  speak(world, *world.copy_of(*laptop), [&](std::size_t number, const Bytes&, Bytes& answer) {
    if (number == 0) size = answer.size();
  });
  REQUIRE(size > 100);
  for (std::size_t at = 0; at < size; ++at) {
    const auto copy = world.copy_of(*laptop);
    const Spoken spoken = speak(world, *copy, [&](std::size_t number, const Bytes&, Bytes& answer) {
      if (number == 0) answer[at] ^= 0x10;
    });
    CAPTURE(at);
    CHECK(spoken.failure.has_value());
    CHECK(copy->store.county_mark()->incarnation == 0);
  }
}

TEST_CASE("an answer to another request is not believed, a cut one is told") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  Bytes first;
  CHECK(is_not_the_county(speak(world, *laptop, [&](std::size_t number, const Bytes&, Bytes& answer) {
    if (number == 0) first = answer;
    if (number == 1) answer = first;
  })));
  const Spoken cut = speak(world, *laptop, [](std::size_t, const Bytes&, Bytes& answer) { answer.pop_back(); });
  REQUIRE(cut.failure.has_value());
  CHECK(cut.failure->code() == ErrorCode::bad_input);
  const Spoken nothing = speak(world, *laptop, [](std::size_t, const Bytes&, Bytes& answer) { answer.clear(); });
  CHECK(nothing.failure.has_value());
  // Signed by the county, about this request, but of another kind.
  CHECK(is_not_the_county(speak(world, *laptop, [&](std::size_t, const Bytes& request, Bytes& answer) {
    answer = wire::seal_answer(wire::MessageType::claim, {wire::AnswerCode::done, sha256(request), 0, 1},
                               wire::ClaimAnswer{9}, world.county.key());
  })));
  // And with a body that is none.
  const Spoken malformed = speak(world, *laptop, [&](std::size_t, const Bytes& request, Bytes& answer) {
    answer = wire::seal_answer(wire::MessageType::status, {wire::AnswerCode::done, sha256(request), 0, 1},
                               wire::ClaimAnswer{9}, world.county.key());
  });
  CHECK(malformed.failure.has_value());
  CHECK_FALSE(speak(world, *laptop).failure.has_value());
}

TEST_CASE("a signed no is believed, an unsigned one is not") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const SigningKey stranger = SigningKey::generate(world.random);
  const auto refusal = [&](const SigningKey& key) {
    return speak(world, *laptop, [&](std::size_t, const Bytes& request, Bytes& answer) {
      answer =
          wire::seal_refusal(wire::MessageType::status, {wire::AnswerCode::not_allowed, sha256(request), 0, 1}, key);
    });
  };
  const Spoken signed_no = refusal(world.county.key());
  REQUIRE(signed_no.failure.has_value());
  CHECK(signed_no.failure->message() == engine::refusal_error(wire::AnswerCode::not_allowed).message());
  CHECK(is_not_the_county(refusal(stranger)));
}

TEST_CASE("a cut while keys are asked for, and a cut anywhere, is gone on from") {
  for (std::size_t at = 0; at < 6; ++at) {
    ExampleWorld world;
    const auto laptop = world.enrolled("一号");
    speak(world, *laptop);
    laptop->write("示例");
    world.county.change_key();
    engine::Dialogue dialogue(laptop->store, &laptop->photos, world.clock, {});
    auto next = dialogue.begin();
    for (std::size_t number = 0; next.ok() && next->has_value(); ++number) {
      REQUIRE(number < 50);
      Bytes answer = world.county.answer_bytes(**next);
      next = number == at ? dialogue.cut() : dialogue.answered(std::move(answer));
    }
    CHECK(next.ok());
    CHECK(laptop->store.own_progress()->stored_through == 1);
  }
}
