// Requests as bytes to the county, answers as bytes back; who may ask what.
#include <doctest/doctest.h>

#include "db/records/kinds.h"
#include "sync/wire/enrolment_code.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using wire::AnswerCode;

namespace {

struct Situation {
  Bytes send(Bytes request) { return exchange.answer(std::move(request)); }
  wire::Answer parsed(Bytes request) {
    const Hash hash = sha256(request);
    auto answer = wire::parse_answer(send(std::move(request)));
    REQUIRE(answer.ok());
    CHECK(wire::is_signed_by(*answer, county->authority().identity.key));
    CHECK(answer->header.request == hash);
    return std::move(answer).value();
  }
  AnswerCode code_of(Bytes request) { return parsed(std::move(request)).header.code; }
  Bytes request(const ExampleLaptop& laptop, const wire::RequestBody& body) {
    return wire::seal_request({county->authority().identity.county, laptop.writer(), 0}, body, laptop.key());
  }
  template <class Body>
  Body ask(const ExampleLaptop& laptop, const wire::RequestBody& body) {
    const wire::Answer answer = parsed(request(laptop, body));
    REQUIRE(answer.header.code == AnswerCode::done);
    auto decoded = wire::decode_answer_body(answer.type, answer.body());
    REQUIRE(decoded.ok());
    REQUIRE(std::holds_alternative<Body>(*decoded));
    return std::get<Body>(*decoded);
  }
  wire::EnrolmentCode ticket(const std::string& name) {
    const auto code = wire::make_enrolment_code(county->authority().identity.key, county->random());
    auto transaction = server::Transaction::begin(county->store());
    REQUIRE(transaction.ok());
    const std::int64_t now_ms = county->clock().now_ms();
    REQUIRE(county->store()
                .add_ticket({wire::enrolment_secret_hash(code.secret), name, "officer", now_ms, now_ms + 1000, {}})
                .ok());
    REQUIRE(transaction->commit().ok());
    return code;
  }
  Bytes enrolment(const ExampleLaptop& laptop, const wire::EnrolmentCode& code) {
    const PublicKey& key = laptop.key().public_key();
    const Hash proof = wire::enrolment_proof(wire::enrolment_secret_hash(code.secret), laptop.writer(), key);
    return wire::seal_request({{}, laptop.writer(), 0}, wire::EnrolRequest{proof, key, {}}, laptop.key());
  }

  TemporaryFolder folder;
  std::unique_ptr<TestCounty> county = county_on_sqlite(folder);
  std::vector<std::string> log;
  server::Exchange exchange{county->store(), county->authority(),
                            [this](const std::string& line) { log.push_back(line); }};
};

}  // namespace

TEST_CASE("only enrolled devices are answered, each by its own key") {
  Situation s;
  const ExampleLaptop known = s.county->enrol("一号");
  const ExampleLaptop stranger(s.county->clock(), s.county->random(), "陌生");
  CHECK(s.code_of(s.request(known, wire::StatusRequest{})) == AnswerCode::done);
  CHECK(s.code_of(s.request(stranger, wire::StatusRequest{})) == AnswerCode::unknown_device);
  // A stranger's signature under a known name.
  const Bytes forged = wire::seal_request({s.county->authority().identity.county, known.writer(), 0},
                                          wire::StatusRequest{}, stranger.key());
  CHECK(s.code_of(forged) == AnswerCode::bad_signature);
  const Bytes other_county = wire::seal_request({Uuid{{5}}, known.writer(), 0}, wire::StatusRequest{}, known.key());
  CHECK(s.code_of(other_county) == AnswerCode::wrong_county);
}

TEST_CASE("a frame of a device that is not enrolled does not come in, whoever brings it") {
  Situation s;
  const ExampleLaptop known = s.county->enrol("一号");
  ExampleLaptop stranger(s.county->clock(), s.county->random(), "陌生");
  stranger.enter(example_record(records::kind_of(records::kinds::visit), s.county->clock(), s.county->random()));
  stranger.seal();
  CHECK(s.code_of(s.request(stranger, wire::PushRequest{stranger.frames()})) == AnswerCode::unknown_device);
  const auto answer = s.ask<wire::PushAnswer>(known, wire::PushRequest{stranger.frames()});
  CHECK(answer.refusal == wire::PushRefusal::wrong_writer);
  CHECK(s.county->number("SELECT count(*) FROM sync_frame") == 0);
}

TEST_CASE("nonsense gets a signed refusal") {
  Situation s;
  const ExampleLaptop known = s.county->enrol("一号");
  CHECK(s.code_of({}) == AnswerCode::malformed);
  CHECK(s.code_of(Bytes(5000, 0xab)) == AnswerCode::malformed);
  Bytes newer = s.request(known, wire::StatusRequest{});
  newer[4] = 1;
  CHECK(s.code_of(newer) == AnswerCode::unsupported_version);
  SeededRandom random(5);
  for (int i = 0; i < 300; ++i) {
    Bytes noise(random.below(400));
    random.fill(noise);
    if (i % 2 == 0) noise.insert(noise.begin(), {'K', 'X', 'R', 'Q', 0, 3});
    CHECK(s.code_of(noise) == AnswerCode::malformed);
  }
  const Bytes whole = s.request(known, wire::PullRequest{0, false, 100});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(s.code_of(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))) == AnswerCode::malformed);
  }
}

TEST_CASE("a code joins one laptop, and the same laptop again when the answer was lost") {
  Situation s;
  const auto code = s.ticket("一号");
  const ExampleLaptop laptop(s.county->clock(), s.county->random(), "");
  const ExampleLaptop other(s.county->clock(), s.county->random(), "");
  const wire::Answer answer = s.parsed(s.enrolment(laptop, code));
  REQUIRE(answer.header.code == AnswerCode::done);
  const auto body = wire::decode_answer_body(answer.type, answer.body());
  REQUIRE(body.ok());
  const auto& welcome = std::get<wire::EnrolAnswer>(*body);
  CHECK(welcome.name == "一号");
  CHECK(welcome.role == "officer");
  CHECK(welcome.county == s.county->authority().identity.county);
  CHECK(wire::is_fingerprint_of(code.fingerprint, welcome.county_key));
  CHECK(s.code_of(s.request(laptop, wire::StatusRequest{})) == AnswerCode::done);
  CHECK(s.code_of(s.enrolment(laptop, code)) == AnswerCode::done);
  CHECK(s.code_of(s.enrolment(other, code)) == AnswerCode::code_refused);
  CHECK(s.county->number("SELECT count(*) FROM sync_device") == 1);
}

TEST_CASE("unknown and expired codes, and a device with another key, are refused") {
  Situation s;
  const ExampleLaptop laptop(s.county->clock(), s.county->random(), "");
  const auto never_given = wire::make_enrolment_code(s.county->authority().identity.key, s.county->random());
  CHECK(s.code_of(s.enrolment(laptop, never_given)) == AnswerCode::code_refused);
  const auto expired = s.ticket("一号");
  s.county->clock().advance_ms(2000);
  CHECK(s.code_of(s.enrolment(laptop, expired)) == AnswerCode::code_refused);

  REQUIRE(s.code_of(s.enrolment(laptop, s.ticket("一号"))) == AnswerCode::done);
  const SigningKey other_key = SigningKey::generate(s.county->random());
  const auto code = s.ticket("二号");
  const Hash proof =
      wire::enrolment_proof(wire::enrolment_secret_hash(code.secret), laptop.writer(), other_key.public_key());
  const Bytes impostor =
      wire::seal_request({{}, laptop.writer(), 0}, wire::EnrolRequest{proof, other_key.public_key(), {}}, other_key);
  CHECK(s.code_of(impostor) == AnswerCode::device_conflict);
}

TEST_CASE("a pull brings other laptops' frames with their writers") {
  Situation s;
  ExampleLaptop first = s.county->enrol("一号");
  const ExampleLaptop second = s.county->enrol("二号");
  first.enter(example_record(records::kind_of(records::kinds::visit), s.county->clock(), s.county->random()));
  first.seal();
  s.ask<wire::PushAnswer>(first, wire::PushRequest{first.frames()});
  const auto pulled = s.ask<wire::PullAnswer>(second, wire::PullRequest{0, false, 1000});
  REQUIRE(pulled.frames.size() == 1);
  CHECK(pulled.frames.front().bytes == first.frames().front());
  CHECK(pulled.cursor == 1);
  CHECK_FALSE(pulled.has_more);
  REQUIRE(pulled.writers.size() == 1);
  CHECK(pulled.writers.front().writer == first.writer());
  CHECK(pulled.writers.front().key == first.key().public_key());
  const auto own = s.ask<wire::PullAnswer>(first, wire::PullRequest{0, false, 1000});
  CHECK(own.frames.empty());
  CHECK(own.cursor == 1);
  CHECK(s.ask<wire::PullAnswer>(first, wire::PullRequest{0, true, 1000}).frames.size() == 1);
}

TEST_CASE("a store that fails says try later and keeps the reason for the county's log") {
  Situation s;
  ExampleLaptop laptop = s.county->enrol("一号");
  laptop.enter(example_record(records::kind_of(records::kinds::visit), s.county->clock(), s.county->random()));
  laptop.seal();
  REQUIRE(s.county->store().database().run("DROP TABLE sync_receipt", {}).ok());
  CHECK(s.code_of(s.request(laptop, wire::PushRequest{laptop.frames()})) == AnswerCode::unavailable);
  CHECK(s.log.size() == 1);
  CHECK(s.county->number("SELECT count(*) FROM sync_frame") == 0);
}
