// The link breaks at every place of every kind of session: it always ends, and the next one finishes the work.
#include <doctest/doctest.h>

#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// A world in which a session of `laptop` has much to do.
struct Scene {
  std::unique_ptr<ExampleWorld> world = std::make_unique<ExampleWorld>();
  std::unique_ptr<WorldLaptop> laptop;
  std::unique_ptr<WorldLaptop> other;
};

Scene ordinary() {
  Scene scene;
  scene.laptop = scene.world->enrolled("一号");
  scene.other = scene.world->enrolled("二号");
  for (int i = 0; i < 4; ++i) scene.other->write("示例：二号 " + std::to_string(i));
  scene.world->county.page_frames_max = 3;
  const auto photo = scene.other->photos.keep(Bytes(50'000, 9));
  scene.world->talk(*scene.other);
  for (int i = 0; i < 3; ++i) scene.laptop->write("示例：一号 " + std::to_string(i));
  scene.laptop->photos.keep(Bytes(60'000, 7));
  scene.laptop->photos.want(photo);
  return scene;
}

Scene restored_county() {
  Scene scene = ordinary();
  const CountyBooks backup = scene.world->county.books;
  scene.world->talk(*scene.laptop);
  scene.world->county.books = backup;
  scene.laptop->write("示例：恢复之后");
  return scene;
}

Scene copied_laptop() {
  Scene scene = ordinary();
  scene.world->talk(*scene.laptop);
  scene.other = scene.world->copy_of(*scene.laptop);
  scene.other->write("示例：另一副本");
  scene.laptop->write("示例：这一副本");
  scene.world->talk(*scene.other);
  return scene;
}

Scene restored_laptop() {
  Scene scene = ordinary();
  scene.world->talk(*scene.laptop);
  scene.other = scene.world->copy_of(*scene.laptop);
  for (int i = 0; i < 5; ++i) scene.laptop->write("示例：之后 " + std::to_string(i));
  scene.world->talk(*scene.laptop);
  std::swap(scene.laptop, scene.other);
  return scene;
}

void check_finished(Scene& scene) {
  WorldLaptop& laptop = *scene.laptop;
  const Talk talk = scene.world->talk(laptop);
  CHECK_FALSE(talk.failure.has_value());
  CHECK_FALSE(talk.report.problem.has_value());
  CHECK(laptop.store.counts()->unsynced_operations == 0);
  CHECK(laptop.store.counts()->unsealed_operations == 0);
  CHECK(laptop.store.county_mark()->frontier.root() == scene.world->county.checkpoint().root);
  CHECK(laptop.photos.unsent()->empty());
  CHECK(laptop.photos.missing()->empty());
  CHECK(scene.world->talk(laptop).asked == std::vector<std::string>{"status"});
}

}  // namespace

TEST_CASE("one cut anywhere, of the request or of the answer, and the same session goes on to the end") {
  for (const auto& make : {ordinary, restored_county, copied_laptop, restored_laptop}) {
    for (const Luck luck : {Luck::request_lost, Luck::answer_lost}) {
      std::size_t length = 1;
      for (std::size_t at = 0; at < length; ++at) {
        CAPTURE(at);
        Scene scene = make();
        TalkOptions options;
        options.luck = [&](std::size_t number) { return number == at ? luck : Luck::arrives; };
        const Talk talk = scene.world->talk(*scene.laptop, options);
        CHECK_FALSE(talk.failure.has_value());
        CHECK(talk.asked.size() < 60);
        length = talk.asked.size();
        // In this session, before the next one could make up for it.
        CHECK(scene.laptop->store.counts()->unsynced_operations == 0);
        CHECK(scene.laptop->photos.unsent()->empty());
        check_finished(scene);
      }
      CHECK(length > 5);
    }
  }
}

TEST_CASE("a link that dies anywhere ends the session, and the next one finishes the work") {
  for (const auto& make : {ordinary, restored_county, copied_laptop, restored_laptop}) {
    for (const Luck luck : {Luck::request_lost, Luck::answer_lost}) {
      for (std::size_t at = 0; at < 14; ++at) {
        CAPTURE(at);
        Scene scene = make();
        TalkOptions options;
        options.luck = [&](std::size_t number) { return number < at ? Luck::arrives : luck; };
        const Talk talk = scene.world->talk(*scene.laptop, options);
        if (talk.failure.has_value()) CHECK(talk.failure->code() == ErrorCode::unavailable);
        CHECK(talk.asked.size() <= at + 6);
        check_finished(scene);
      }
    }
  }
}

TEST_CASE("every second request is lost: still it ends, and each session brings something") {
  for (const auto& make : {ordinary, restored_county, copied_laptop, restored_laptop}) {
    for (const Luck luck : {Luck::request_lost, Luck::answer_lost}) {
      Scene scene = make();
      TalkOptions options;
      options.luck = [&](std::size_t number) { return number % 2 == 1 ? luck : Luck::arrives; };
      for (int i = 0; i < 3; ++i) CHECK(scene.world->talk(*scene.laptop, options).asked.size() < 300);
      check_finished(scene);
    }
  }
}

TEST_CASE("a session without a single answer asks six times and says why it ends") {
  Scene scene = ordinary();
  TalkOptions options;
  options.luck = [](std::size_t) { return Luck::request_lost; };
  const Talk talk = scene.world->talk(*scene.laptop, options);
  CHECK(talk.asked.size() == 6);
  REQUIRE(talk.failure.has_value());
  CHECK(talk.failure->code() == ErrorCode::unavailable);
}
