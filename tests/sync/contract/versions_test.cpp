// Old app with new county, and the reverse: every pair of the versions that were shipped, and of the one to come.
#include "db/records/kinds.h"
#include "sync/wire/messages.h"
#include "tests/sync/support/asking.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using wire::AnswerCode;

namespace {

// A new version of the program adds a line. Lines are never taken away: laptops of each are in the field.
struct ShippedVersion {
  const char* program;
  std::uint8_t wire;    // of the messages it sends
  std::uint8_t frames;  // of the frames it seals
};
constexpr ShippedVersion shipped_versions[] = {
    {"0.1", 1, 1},
};

constexpr std::uint8_t place_of_version = 4;
constexpr std::uint8_t place_of_type = 5;
constexpr std::uint8_t first_free_type = 15;

}  // namespace

TEST_CASE("this county answers every app that was shipped, in its own version") {
  Asking s;
  const ExampleLaptop laptop = s.county->enrol("一号");
  for (const ShippedVersion& app : shipped_versions) {
    CAPTURE(app.program);
    Bytes request = s.sealed(laptop, wire::StatusRequest{});
    REQUIRE(request[place_of_version] == app.wire);
    const requests::Reply reply = s.exchange.answer(request, s.certified(laptop));
    CHECK(reply.body[place_of_version] == app.wire);
    CHECK(must(wire::parse_answer(reply.body)).header.code == AnswerCode::done);
    ExampleLaptop writer = s.county->enrol("二号");
    writer.enter(s.example_of(records::kinds::visit));
    const Bytes frame = writer.seal();
    CHECK(frame[place_of_version] == app.frames);
    CHECK(s.county->push(writer, {frame}).refusal == wire::PushRefusal::none);
  }
}

TEST_CASE("an app of tomorrow learns from this county what the county speaks, and falls back") {
  Asking s;
  const ExampleLaptop laptop = s.county->enrol("一号");
  const std::uint8_t spoken = std::end(shipped_versions)[-1].wire;
  Bytes newer_version = s.sealed(laptop, wire::StatusRequest{});
  newer_version[place_of_version] = spoken + 1;
  Bytes newer_type = s.sealed(laptop, wire::StatusRequest{});
  newer_type[place_of_type] = first_free_type;
  for (const Bytes& request : {newer_version, newer_type}) {
    const requests::Reply reply = s.exchange.answer(request, s.certified(laptop));
    const wire::Answer answer = must(wire::parse_answer(reply.body));
    CHECK(answer.header.code == AnswerCode::unsupported_version);
    CHECK(answer.header.request == sha256(request));
    CHECK(reply.body[place_of_version] == spoken);
    CHECK(wire::is_signed_by(answer, s.county->key().public_key()));
  }
  // What it asks in the old way is answered.
  CHECK(s.code_of(laptop, wire::StatusRequest{}) == AnswerCode::done);
}

TEST_CASE("this app tells what to update when a county of tomorrow answers otherwise") {
  Asking s;
  const ExampleLaptop laptop = s.county->enrol("一号");
  const Bytes sound = s.exchange.answer(s.sealed(laptop, wire::StatusRequest{}), s.certified(laptop)).body;
  const auto error_with = [&](std::size_t place, std::uint8_t value) {
    Bytes answer = sound;
    answer[place] = value;
    const auto parsed = wire::parse_answer(answer);
    REQUIRE_FALSE(parsed.ok());
    return parsed.error().code();
  };
  CHECK(error_with(place_of_version, 2) == ErrorCode::newer_version);
  CHECK(error_with(place_of_type, first_free_type) == ErrorCode::newer_version);
  CHECK(error_with(6, 14) == ErrorCode::newer_version);  // a code that came later
}

TEST_CASE("what an app of tomorrow writes goes through this county to others byte by byte") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const ExampleLaptop reader = county.enrol("二号");
    const Uuid record = make_uuid(county.clock(), county.random());
    laptop.edit(record, 60'000, 7, {{7, std::string("新的种类")}});
    const records::Record visit =
        example_record(records::kind_of(records::kinds::visit), county.clock(), county.random());
    laptop.enter(visit);
    laptop.edit(visit.id(), records::kinds::visit, 900, {{900, records::OpaqueValue{6, {1, 2, 3}}}});
    laptop.edit(visit.id(), records::kinds::visit, 9, {{9, records::OpaqueValue{5, {4, 5, 6}}}});
    const Bytes sealed = laptop.seal();
    CHECK(county.push(laptop, {sealed}).refusal == wire::PushRefusal::none);
    CHECK(county.decisions() == 0);
    const auto page = must(county.store().page(0, reader.writer(), {1 << 24, 100, 100}));
    REQUIRE(page.frames.size() == 3);
    CHECK(page.frames.back().bytes == sealed);
    CHECK_FALSE(county.row(visit.id()).empty());
  });
}
