// Whole sessions with an honest county, where nothing goes wrong.
#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "sync/engine/dialogue.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/receipt.h"
#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

using Names = std::vector<std::string>;

TEST_CASE("a first sync: what was written goes up, what others wrote comes down, each with its proof") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  const Uuid by_one = one->write("示例：采场北侧有裂缝");
  const Uuid by_two = two->write("示例：界桩缺失");

  Talk talk = world.talk(*one);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.asked == Names{"status", "status", "push", "pull"});
  CHECK(talk.report.pushed == 1);
  CHECK(talk.report.pulled == 4);  // the county's own words about both laptops
  CHECK(talk.report.stored_through == 1);
  CHECK(talk.report.applied_through == 1);
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK_FALSE(talk.report.is_county_restored);

  talk = world.talk(*two);
  CHECK(talk.report.pulled == 5);
  CHECK(two->read(by_one) == Names{"示例：采场北侧有裂缝"});
  world.talk(*one);
  CHECK(one->read(by_two) == Names{"示例：界桩缺失"});

  const auto progress = one->store.own_progress();
  const auto receipt = wire::open_receipt(progress->receipt, world.county.known());
  REQUIRE(receipt.ok());
  CHECK(receipt->writer == one->store.own_writer());
  CHECK(receipt->stored_through == 1);
  const auto checkpoint = wire::open_checkpoint(*one->store.newest_checkpoint(), world.county.known());
  REQUIRE(checkpoint.ok());
  CHECK(checkpoint->size == 4);
  CHECK(checkpoint->root == one->store.county_mark()->frontier.root());
}

TEST_CASE("nothing changed: one question, one answer, and both are small") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例：一");
  world.talk(*laptop);
  const LaptopState before = laptop->store.state();

  Talk talk = world.talk(*laptop);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.asked == Names{"status"});
  CHECK(laptop->store.state().mark == before.mark);

  engine::Dialogue dialogue(laptop->store, &laptop->photos, world.clock, {});
  const auto request = dialogue.begin();
  REQUIRE(request.ok());
  REQUIRE(request->has_value());
  const Bytes answer = world.county.answer_bytes(**request);
  const auto next = dialogue.answered(answer);
  REQUIRE(next.ok());
  CHECK_FALSE(next->has_value());
  // The target is 1 KB with the HTTP headers around both, of which libcurl and the server write about 300
  // bytes.
  MESSAGE("an unchanged status: request " << (*request)->size() << ", answer " << answer.size() << " bytes");
  CHECK((*request)->size() + answer.size() < 600);
}

TEST_CASE("operations are pushed in pieces of the wanted size, and what is there is not sent again") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  for (int i = 0; i < 600; ++i) laptop->write("示例 " + std::to_string(i));
  const Talk talk = world.talk(*laptop);
  CHECK(talk.report.pushed == 600);
  CHECK(talk.count("push") == 3);  // 256 frames at most

  laptop->write("示例：又一条");
  std::size_t frames = 0;
  TalkOptions options;
  options.change = [&](const wire::RequestBody& request, ScriptedCounty::Outcome&) {
    if (const auto* push = std::get_if<wire::PushRequest>(&request)) frames += push->frames.size();
  };
  world.talk(*laptop, options);
  CHECK(frames == 1);
}

TEST_CASE("a message holds no more bytes than are wanted, but one frame whatever its size") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  for (int i = 0; i < 60; ++i) {
    // Words that zstd cannot shorten.
    Bytes noise(20'000);
    world.random.fill(noise);
    laptop->write(to_hex(noise));
  }
  std::size_t largest = 0;
  std::size_t largest_after_cut = 0;
  TalkOptions options;
  bool was_cut = false;
  options.change = [&](const wire::RequestBody& request, ScriptedCounty::Outcome&) {
    const auto* push = std::get_if<wire::PushRequest>(&request);
    if (push == nullptr) return;
    std::size_t bytes = 0;
    for (const Bytes& frame : push->frames) bytes += frame.size();
    auto& max = was_cut ? largest_after_cut : largest;
    max = std::max(max, bytes);
    if (was_cut) CHECK(push->frames.size() == 1);
  };
  options.luck = [&](std::size_t number) {
    was_cut = number > 2;
    return number == 2 ? Luck::answer_lost : Luck::arrives;
  };
  const Talk talk = world.talk(*laptop, options);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(laptop->written() == 60);
  CHECK(talk.report.stored_through == 60);
  CHECK(largest <= limits::message_bytes_wanted);
  CHECK(largest > limits::message_bytes_wanted / 2);
  CHECK(largest_after_cut < 45'000);
}

TEST_CASE("a long sequence is pulled page by page, and the tree is the county's at the end") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  for (int i = 0; i < 50; ++i) one->write("示例 " + std::to_string(i));
  world.talk(*one);
  const auto two = world.enrolled("二号");
  two->write("示例：二号的一条");
  world.county.page_frames_max = 7;
  const Talk talk = world.talk(*two);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.count("pull") == 8);
  CHECK(two->store.county_mark()->sequence() == 53);
  CHECK(two->store.county_mark()->frontier.root() == world.county.checkpoint().root);
  CHECK(two->store.counts()->quarantined == 0);
}

TEST_CASE("both changed the same words: nobody loses his") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  const Uuid record = one->write("示例：旧");
  world.talk(*one);
  world.talk(*two);
  one->rewrite(record, "示例：一号的话");
  two->rewrite(record, "示例：二号的话");
  world.talk(*one);
  world.talk(*two);
  world.talk(*one);
  CHECK(one->read(record) == Names{"示例：一号的话", "示例：二号的话"});
  CHECK(two->read(record) == one->read(record));
  one->rewrite(record, "示例：商定");
  world.talk(*one);
  world.talk(*two);
  CHECK(two->read(record) == Names{"示例：商定"});
}

TEST_CASE("what was typed and not sealed goes with the sync") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const Uuid record = laptop->write("示例：初稿");
  history::PendingEdit pending;
  pending.edit = {record, 36, 2, {{2, std::string("示例：正在输入")}}, laptop->store.read(record)->seen(2)};
  REQUIRE(laptop->store.keep_pending(pending).ok());
  const Talk talk = world.talk(*laptop);
  CHECK(talk.report.pushed == 2);
  CHECK(laptop->read(record) == Names{"示例：正在输入"});
}

TEST_CASE("without photos only records travel") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->photos.keep(Bytes(100, 7));
  TalkOptions options;
  options.has_photos = false;
  CHECK(world.talk(*laptop, options).count("have") == 0);
  CHECK(world.talk(*laptop).report.photos_sent == 1);
}

TEST_CASE("a signed no is told to the person, each in its words") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const auto refusal = [&](wire::AnswerCode code) {
    TalkOptions options;
    options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) { outcome.code = code; };
    const Talk talk = world.talk(*laptop, options);
    REQUIRE(talk.failure.has_value());
    return talk.failure->code();
  };
  using wire::AnswerCode;
  CHECK(refusal(AnswerCode::malformed) == ErrorCode::refused);
  CHECK(refusal(AnswerCode::unsupported_version) == ErrorCode::newer_version);
  CHECK(refusal(AnswerCode::wrong_county) == ErrorCode::refused);
  CHECK(refusal(AnswerCode::unknown_device) == ErrorCode::refused);
  CHECK(refusal(AnswerCode::bad_signature) == ErrorCode::refused);
  CHECK(refusal(AnswerCode::device_conflict) == ErrorCode::refused);
  CHECK(refusal(AnswerCode::not_allowed) == ErrorCode::refused);
  CHECK(refusal(AnswerCode::unavailable) == ErrorCode::unavailable);
  CHECK(refusal(AnswerCode::too_fast) == ErrorCode::unavailable);
  CHECK(refusal(AnswerCode::no_space) == ErrorCode::unavailable);
  CHECK(refusal(AnswerCode::certificate_expired) == ErrorCode::refused);
  // For ever: the session must end all the same.
  CHECK(refusal(AnswerCode::other_incarnation) == ErrorCode::unavailable);
}

TEST_CASE("fifty laptops with expired certificates ask once each and stop") {
  ExampleWorld world;
  for (int i = 0; i < 50; ++i) {
    const auto laptop = world.enrolled("示例 " + std::to_string(i));
    int asked = 0;
    TalkOptions options;
    options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
      ++asked;
      outcome.code = wire::AnswerCode::certificate_expired;
    };
    const Talk talk = world.talk(*laptop, options);
    REQUIRE(talk.failure.has_value());
    CHECK(asked == 1);
  }
}
