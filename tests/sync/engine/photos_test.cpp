// Photos: last, in pieces, from whichever byte the other side is at.
#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

Bytes noise(ExampleWorld& world, std::size_t size) {
  Bytes bytes(size);
  world.random.fill(bytes);
  return bytes;
}

struct Puts {
  std::size_t count = 0;
  std::size_t bytes = 0;
  std::size_t largest = 0;
  TalkOptions options() {
    TalkOptions options;
    options.change = [this](const wire::RequestBody& request, ScriptedCounty::Outcome&) {
      const auto* put = std::get_if<wire::AttachmentPutRequest>(&request);
      if (put == nullptr) return;
      ++count;
      bytes += put->bytes.size();
      largest = std::max(largest, put->bytes.size());
    };
    return options;
  }
};

}  // namespace

TEST_CASE("a photo travels chunk by chunk, after the records") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  const auto name = laptop->photos.keep(noise(world, 3 * limits::chunk_bytes + 17));
  Puts puts;
  const Talk talk = world.talk(*laptop, puts.options());
  CHECK(talk.asked == std::vector<std::string>{"status", "status", "push", "pull", "have", "put", "put", "put", "put"});
  CHECK(puts.bytes == name.size_bytes);
  CHECK(talk.report.photos_sent == 1);
  CHECK(world.county.books.photos.at(name).is_whole);
  CHECK(laptop->photos.is_sent(name));
  CHECK(world.talk(*laptop).asked == std::vector<std::string>{"status"});
}

TEST_CASE("the county has the beginning of a chunk, of any length: only the rest is sent") {
  for (const std::size_t held : {std::size_t{1}, std::size_t{777}, limits::chunk_bytes - 1, limits::chunk_bytes,
                                 limits::chunk_bytes + 1, 2 * limits::chunk_bytes - 1}) {
    CAPTURE(held);
    ExampleWorld world;
    const auto laptop = world.enrolled("一号");
    const Bytes file = noise(world, 2 * limits::chunk_bytes);
    const auto name = laptop->photos.keep(file);
    auto& photo = world.county.books.photos[name];
    const auto split = static_cast<std::ptrdiff_t>(std::min(held, limits::chunk_bytes));
    photo.chunks[0] = Bytes(file.begin(), file.begin() + split);
    if (held > limits::chunk_bytes) {
      photo.chunks[1] = Bytes(file.begin() + split, file.begin() + static_cast<std::ptrdiff_t>(held));
    }
    Puts puts;
    CHECK(world.talk(*laptop, puts.options()).report.photos_sent == 1);
    CHECK(puts.bytes == file.size() - held);
  }
}

TEST_CASE("after a cut pieces are small, and each connection goes on where the last one ended") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const auto name = laptop->photos.keep(noise(world, 400'000));
  Puts puts;
  TalkOptions options = puts.options();
  // Every fifth request dies with its answer.
  options.luck = [](std::size_t number) { return number % 5 == 4 ? Luck::answer_lost : Luck::arrives; };
  const Talk talk = world.talk(*laptop, options);
  CHECK_FALSE(talk.failure.has_value());
  CHECK(talk.report.photos_sent == 1);
  CHECK(world.county.books.photos.at(name).is_whole);
  // The first piece may have been a whole chunk.
  CHECK(puts.bytes < name.size_bytes + limits::chunk_bytes);
}

TEST_CASE("after a cut in a photo only that photo is asked about, and pieces grow while they come through") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->photos.keep(noise(world, 2 * limits::chunk_bytes));
  std::vector<std::size_t> sizes;
  TalkOptions options;
  options.change = [&](const wire::RequestBody& request, ScriptedCounty::Outcome&) {
    if (const auto* put = std::get_if<wire::AttachmentPutRequest>(&request)) sizes.push_back(put->bytes.size());
  };
  const Talk whole = world.talk(*laptop, options);
  REQUIRE(whole.asked.back() == "put");
  const std::size_t first_put = whole.asked.size() - 2;

  ExampleWorld other;
  const auto second = other.enrolled("二号");
  second->photos.keep(noise(other, 2 * limits::chunk_bytes));
  sizes.clear();
  options.luck = [&](std::size_t number) { return number == first_put ? Luck::request_lost : Luck::arrives; };
  const Talk talk = other.talk(*second, options);
  CHECK(talk.report.photos_sent == 1);
  const std::vector<std::string> after(talk.asked.begin() + static_cast<std::ptrdiff_t>(first_put) + 1,
                                       talk.asked.end());
  CHECK(after.front() == "have");
  CHECK(std::ranges::count(after, "status") == 0);
  const auto smallest = std::size_t{limits::message_bytes_after_cut};
  CHECK(std::vector(sizes.begin(), sizes.begin() + 4) ==
        std::vector{smallest, 2 * smallest, 4 * smallest, 8 * smallest});
}

TEST_CASE("a photo that contradicts its name at the county is told, and goes with the next sync") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const Bytes file = noise(world, limits::chunk_bytes + 100);
  const auto name = laptop->photos.keep(file);
  world.county.books.photos[name].chunks[0] = Bytes(limits::chunk_bytes, 0);  // its disk turned bits
  const Talk talk = world.talk(*laptop);
  CHECK_FALSE(talk.failure.has_value());
  REQUIRE(talk.report.problem.has_value());
  CHECK(talk.report.photos_sent == 0);
  CHECK_FALSE(laptop->photos.is_sent(name));
  CHECK(world.talk(*laptop).report.photos_sent == 1);
}

TEST_CASE("a county that keeps nothing of a photo ends the session soon, after the records") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  laptop->photos.keep(noise(world, 100'000));
  TalkOptions options;
  options.change = [](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
    if (auto* put = std::get_if<wire::AttachmentPutAnswer>(&outcome.body)) *put = {wire::PutOutcome::kept, 0};
  };
  const Talk talk = world.talk(*laptop, options);
  REQUIRE(talk.failure.has_value());
  CHECK(talk.failure->code() == ErrorCode::refused);
  CHECK(talk.count("put") < 12);
  CHECK(talk.report.pushed == 1);
}

TEST_CASE("lies about photos are no reason to believe that one is there") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const auto name = laptop->photos.keep(noise(world, 100'000));
  const auto tell = [&](auto lie) {
    world.county.books.photos.clear();
    const auto copy = world.copy_of(*laptop);
    TalkOptions options;
    options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) { lie(outcome.body); };
    const Talk talk = world.talk(*copy, options);
    CHECK(talk.asked.size() < 30);
    return std::pair(talk.failure.has_value(), copy->photos.is_sent(name));
  };
  // More bytes than the chunk has; another number of maps than was asked.
  CHECK(tell([](wire::AnswerBody& body) {
          if (auto* put = std::get_if<wire::AttachmentPutAnswer>(&body)) {
            *put = {wire::PutOutcome::kept, limits::chunk_bytes + 1};
          }
        }) == std::pair(true, false));
  CHECK(tell([](wire::AnswerBody& body) {
          if (auto* have = std::get_if<wire::AttachmentHaveAnswer>(&body)) have->maps.clear();
        }) == std::pair(true, false));
  CHECK(tell([](wire::AnswerBody& body) {
          if (auto* have = std::get_if<wire::AttachmentHaveAnswer>(&body)) have->maps.resize(3);
        }) == std::pair(true, false));
  // "All chunks are there", and it is not whole: nothing is sent, nothing is believed.
  CHECK(tell([](wire::AnswerBody& body) {
          if (auto* have = std::get_if<wire::AttachmentHaveAnswer>(&body)) have->maps[0].bits = {0xff};
        }) == std::pair(false, false));
  CHECK(tell([](wire::AnswerBody&) {}) == std::pair(false, true));
}

TEST_CASE("photos of others come when the county has them whole, resumed at any byte") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  const Bytes file = noise(world, 2 * limits::chunk_bytes + 5000);
  const auto name = one->photos.keep(file);
  two->photos.want(name);
  two->photos.want({sha256(Bytes{1}), 1});  // never sent by anybody
  CHECK(world.talk(*two).report.photos_fetched == 0);
  world.talk(*one);
  for (const std::size_t begun :
       {std::size_t{0}, std::size_t{1}, limits::chunk_bytes, 2 * limits::chunk_bytes + 4999}) {
    CAPTURE(begun);
    const auto copy = world.copy_of(*two);
    REQUIRE(copy->photos.append(name, Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(begun))).ok());
    const Talk talk = world.talk(*copy);
    CHECK_FALSE(talk.failure.has_value());
    CHECK(talk.report.photos_fetched == 1);
    CHECK(copy->photos.has(name.hash));
  }
  TalkOptions options;
  options.luck = [](std::size_t number) { return number % 4 == 3 ? Luck::answer_lost : Luck::arrives; };
  CHECK(world.talk(*two, options).report.photos_fetched == 1);
}

TEST_CASE("a photo that comes wrong is dropped, told, and not asked for in a circle") {
  ExampleWorld world;
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  const auto name = one->photos.keep(noise(world, 5000));
  world.talk(*one);
  two->photos.want(name);
  const auto tell = [&](auto lie) {
    const auto copy = world.copy_of(*two);
    TalkOptions options;
    options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
      if (auto* got = std::get_if<wire::AttachmentGetAnswer>(&outcome.body)) lie(*got);
    };
    const Talk talk = world.talk(*copy, options);
    CHECK_FALSE(talk.failure.has_value());
    CHECK_FALSE(copy->photos.has(name.hash));
    return talk.count("get");
  };
  using wire::AttachmentGetAnswer;
  CHECK(tell([](AttachmentGetAnswer& a) { a.bytes[0] ^= 1; }) == 1);
  CHECK(tell([](AttachmentGetAnswer& a) { a.bytes.push_back(0); }) == 1);
  CHECK(tell([](AttachmentGetAnswer& a) { a.bytes.clear(); }) == 1);
  CHECK(tell([](AttachmentGetAnswer& a) { a.size_bytes += 1; }) == 1);
  CHECK(tell([](AttachmentGetAnswer& a) { a.is_known = false; }) == 1);
}

TEST_CASE("hundreds of photos are asked about in few messages, small ones after a cut") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  for (int i = 0; i < 1500; ++i) {
    const Bytes file = noise(world, 20);
    world.county.books.photos[laptop->photos.keep(file)].is_whole = true;
  }
  const auto copy = world.copy_of(*laptop);
  CHECK(world.talk(*laptop).count("have") == 2);
  TalkOptions options;
  options.luck = [](std::size_t number) { return number == 0 ? Luck::request_lost : Luck::arrives; };
  const Talk talk = world.talk(*copy, options);
  CHECK(talk.count("have") == 30);
  CHECK(copy->photos.unsent()->empty());
}

TEST_CASE("a disk that takes nothing ends the session with its own words; the records went before") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  laptop->photos.keep(noise(world, 100));
  laptop->photos.is_broken = true;
  const Talk talk = world.talk(*laptop);
  REQUIRE(talk.failure.has_value());
  CHECK(talk.failure->message() == "the disk is gone");
  CHECK(talk.report.pushed == 1);
}
