#include <doctest/doctest.h>

#include "db/frames/frame.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/envelope.h"
#include "sync/wire/receipt.h"
#include "tests/fuzz/examples.h"
#include "tests/fuzz/wire_examples.h"

// What the targets start from is sound: nothing is learned from mutants of what was refused anyway.
namespace kuangxun::fuzz {

TEST_CASE("example frames are believed and say what went into them") {
  for (const Bytes& bytes : example_frames()) {
    const auto frame = frames::parse_frame(bytes);
    REQUIRE(frame.ok());
    CHECK(frames::verify_frame(*frame, example_key().public_key()).ok());
    const auto operations = frames::decode_operations(*frame);
    REQUIRE(operations.ok());
    CHECK(*operations == example_operations(operations->size(), operations->size()));
    CHECK(is_example_frame(frame->hash()));
  }
}

TEST_CASE("example requests come back as they were") {
  const auto examples = example_requests();
  CHECK(examples.size() >= std::variant_size_v<wire::RequestBody>);
  for (const NamedBytes& example : examples) {
    CAPTURE(example.name);
    const auto request = wire::parse_request(example.bytes);
    REQUIRE(request.ok());
    CHECK(wire::is_signed_by(*request, example_key().public_key()));
    CHECK(request->header.county == example_county().county);
    CHECK(request->header.writer == example_writer());
    CHECK(request->header.sent_at_ms == 1'777'593'600'000);
    const auto body = wire::decode_request_body(request->type, request->body());
    REQUIRE(body.ok());
    CHECK(wire::encode_body(*body) == Bytes(request->body().begin(), request->body().end()));
  }
}

TEST_CASE("example answers come back as they were") {
  const auto examples = example_answers();
  CHECK(examples.size() >= std::variant_size_v<wire::AnswerBody>);
  for (const NamedBytes& example : examples) {
    CAPTURE(example.name);
    const auto answer = wire::parse_answer(example.bytes);
    REQUIRE(answer.ok());
    CHECK(wire::is_signed_by(*answer, example_key().public_key()));
    CHECK(answer->header.request == sha256(Bytes{9}));
    CHECK(answer->header.county_time_ms == 1'777'593'600'000);
    CHECK(answer->header.county_epoch == 1);
    if (answer->header.code != wire::AnswerCode::done) {
      CHECK(answer->header.code == wire::AnswerCode::too_fast);
      CHECK(answer->body().empty());
      continue;
    }
    const auto body = wire::decode_answer_body(answer->type, answer->body());
    REQUIRE(body.ok());
    CHECK(wire::encode_body(*body) == Bytes(answer->body().begin(), answer->body().end()));
  }
}

TEST_CASE("the county's example words are believed") {
  CHECK(wire::open_receipt(example_receipt(), example_county()).ok());
  CHECK(wire::open_checkpoint(example_checkpoint(), example_county()).ok());
  const auto statements = wire::open_key_statements(example_key_statements(), example_county());
  REQUIRE(statements.ok());
  CHECK(statements->size() == 2);
}

}  // namespace kuangxun::fuzz
