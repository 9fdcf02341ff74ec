// Requests as bytes to the county, answers as bytes back; who may ask what.
#include "sync/requests/exchange.h"

#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/ledger/administration.h"
#include "sync/wire/receipt.h"
#include "tests/sync/support/asking.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using wire::AnswerCode;

TEST_CASE("only enrolled devices are answered, each by its own key, for this county") {
  Asking s;
  const ExampleLaptop known = s.county->enrol("一号");
  const ExampleLaptop stranger(s.county->clock(), s.county->random(), "陌生");
  CHECK(s.code_of(known, wire::StatusRequest{}) == AnswerCode::done);
  CHECK(s.code_of(stranger, wire::PullRequest{}) == AnswerCode::unknown_device);
  CHECK(s.code_of(s.sealed(known.writer(), wire::StatusRequest{}, stranger.key()), s.certified(known)) ==
        AnswerCode::bad_signature);
  const Bytes other_county = wire::seal_request({Uuid{{5}}, known.writer(), 0}, wire::StatusRequest{}, known.key());
  CHECK(s.code_of(other_county, s.certified(known)) == AnswerCode::wrong_county);
}

TEST_CASE("a certificate lets in whom it names, and while it is valid") {
  Asking s;
  const ExampleLaptop first = s.county->enrol("一号");
  const ExampleLaptop second = s.county->enrol("二号");
  const Bytes request = s.sealed(first, wire::StatusRequest{});
  CHECK(s.code_of(request, s.certified(second)) == AnswerCode::not_allowed);
  CHECK(s.code_of(request, {}) == AnswerCode::certificate_expired);
  requests::Peer expired = s.certified(first);
  expired.is_expired = true;
  CHECK(s.code_of(request, expired) == AnswerCode::certificate_expired);
  const Bytes renewal = s.sealed(first, wire::RenewCertificateRequest{second.key().public_key()});
  CHECK(s.code_of(renewal, expired) == AnswerCode::done);
  CHECK(s.code_of(renewal, {}) == AnswerCode::done);
  CHECK(s.authority.issued == 2);
  // Who carries a bundle shows no certificate: the device's signature has to do.
  requests::Peer courier;
  courier.carrier = requests::Peer::Carrier::bundle;
  CHECK(s.code_of(request, courier) == AnswerCode::done);
}

TEST_CASE("a push is applied before its answer, unless others wait: then it is stored, and applied soon") {
  Asking s;
  ExampleLaptop laptop = s.county->enrol("一号");
  bool is_busy = true;
  requests::Exchange exchange({s.county->county(), s.authority, s.disk, [](const std::string&) {},
                               limits::inline_apply_frames_max, [&] { return is_busy; }});
  const auto push = [&] {
    laptop.enter(s.example_of(records::kinds::finding));
    laptop.seal();
    Bytes request = s.sealed(laptop, wire::PushRequest{laptop.writer(), {laptop.frames().back()}});
    const auto answer = must(wire::parse_answer(exchange.answer(std::move(request), s.certified(laptop)).body));
    return s.opened<wire::PushAnswer>(answer).chain;
  };
  const wire::ChainState stored = push();
  CHECK(stored.stored_through == laptop.written().size());
  CHECK(stored.applied_through == 0);
  CHECK(s.county->shown(records::kinds::finding) == 0);
  is_busy = false;
  const wire::ChainState applied = push();
  CHECK(applied.applied_through == laptop.written().size());
  CHECK(s.county->shown(records::kinds::finding) == 2);
}

TEST_CASE(
    "a longer fork ends a chain when others bring it or its laptop in a later epoch, not when it still writes it") {
  enum class By { itself, another, later_epoch };
  for (const By by : {By::itself, By::another, By::later_epoch}) {
    CAPTURE(static_cast<int>(by));
    Asking s;
    ExampleLaptop laptop = s.county->enrol("一号");
    const ExampleLaptop other = s.county->enrol("二号");
    ExampleLaptop copy = laptop.clone();
    laptop.enter(s.example_of(records::kinds::finding));
    laptop.seal();
    for (int i = 0; i < 2; ++i) copy.enter(s.example_of(records::kinds::visit));
    copy.seal();
    REQUIRE(copy.written().size() > laptop.written().size());
    s.ask<wire::PushAnswer>(laptop, wire::PushRequest{laptop.writer(), laptop.frames()});
    const wire::PushRequest fork{copy.writer(), copy.frames()};
    if (by == By::later_epoch) {
      const SigningKey key = SigningKey::generate(s.county->random());
      const history::WriterId later{copy.writer().device, 2};
      s.county->enrol(later, key.public_key(), "一号", records::Role::officer);
      const auto answer = s.answered(s.sealed(later, fork, key), s.certified(copy));
      CHECK(s.opened<wire::PushAnswer>(answer).refusal == wire::PushRefusal::fork);
    } else {
      CHECK(s.ask<wire::PushAnswer>(by == By::another ? other : copy, fork).refusal == wire::PushRefusal::fork);
    }
    laptop.enter(s.example_of(records::kinds::finding));
    laptop.seal();
    const auto next = s.ask<wire::PushAnswer>(laptop, wire::PushRequest{laptop.writer(), laptop.frames()});
    const bool is_ended = by != By::itself;
    CHECK(next.refusal == (is_ended ? wire::PushRefusal::fork : wire::PushRefusal::none));
    CHECK(s.county->decisions() == (is_ended ? 1 : 0));
  }
}

TEST_CASE("a frame of a device that is not enrolled does not come in, whoever brings it") {
  Asking s;
  const ExampleLaptop known = s.county->enrol("一号");
  ExampleLaptop stranger(s.county->clock(), s.county->random(), "陌生");
  stranger.enter(s.example_of(records::kinds::visit));
  stranger.seal();
  CHECK(s.code_of(stranger, wire::PushRequest{stranger.writer(), stranger.frames()}) == AnswerCode::unknown_device);
  const auto relayed = s.ask<wire::PushAnswer>(known, wire::PushRequest{stranger.writer(), stranger.frames()});
  CHECK(relayed.refusal == wire::PushRefusal::wrong_writer);
  const auto as_own = s.ask<wire::PushAnswer>(known, wire::PushRequest{known.writer(), stranger.frames()});
  CHECK(as_own.refusal == wire::PushRefusal::wrong_writer);
  CHECK(s.county->kept() == TestCounty::Kept{});
}

TEST_CASE("nonsense gets a signed refusal") {
  Asking s;
  const ExampleLaptop known = s.county->enrol("一号");
  CHECK(s.code_of(Bytes{}, {}) == AnswerCode::malformed);
  CHECK(s.code_of(Bytes(5000, 0xab), {}) == AnswerCode::malformed);
  CHECK(s.exchange.answer(Bytes(10), {}).http_status == 400);
  Bytes newer = s.sealed(known, wire::StatusRequest{});
  newer[4] = 2;
  CHECK(s.code_of(newer, s.certified(known)) == AnswerCode::unsupported_version);
  SeededRandom random(5);
  for (int i = 0; i < 300; ++i) {
    Bytes noise(random.below(400));
    random.fill(noise);
    if (i % 2 == 0) noise.insert(noise.begin(), {'K', 'X', 'R', 'Q', 1, 3});
    CHECK(s.code_of(noise, {}) == AnswerCode::malformed);
  }
  const Bytes whole = s.sealed(known, wire::PullRequest{1, 0, 100});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(s.code_of(part, s.certified(known)) == AnswerCode::malformed);
  }
}

TEST_CASE("a code joins one laptop, and the same laptop again when the answer was lost") {
  Asking s;
  const auto code = s.invite(ports::TicketKind::device, {"一号", records::Role::reviewer, {}, {}});
  const ExampleLaptop laptop(s.county->clock(), s.county->random(), "");
  const ExampleLaptop other(s.county->clock(), s.county->random(), "");
  const auto welcome = s.opened<wire::EnrolAnswer>(s.answered(s.enrolment(laptop, code), {}));
  CHECK(welcome.name == "一号");
  CHECK(welcome.role == "reviewer");
  CHECK(welcome.county == s.county->id());
  CHECK(welcome.keys == s.county->county().statements());
  CHECK(welcome.certificate == Bytes{1, 2, 3});
  CHECK(welcome.trusted == std::vector<Bytes>{{9}});
  CHECK(s.code_of(laptop, wire::StatusRequest{}) == AnswerCode::done);
  // The county wrote it down before it answered.
  const auto pulled = s.ask<wire::PullAnswer>(laptop, wire::PullRequest{1, 0, 1000});
  REQUIRE(pulled.frames.size() == 1);
  CHECK(must(frames::parse_frame(pulled.frames.front().bytes)).header.writer.device == s.county->id());

  CHECK(s.code_of(s.enrolment(laptop, code), {}) == AnswerCode::done);
  CHECK(s.code_of(s.enrolment(other, code), {}) == AnswerCode::code_refused);
  CHECK(s.county->county().registry().devices().size() == 1);
  CHECK(s.county->county().state().latest_sequence() == 1);
}

TEST_CASE("unknown and expired codes, and a device with another key, are refused") {
  Asking s;
  const ExampleLaptop laptop(s.county->clock(), s.county->random(), "");
  const auto never_given = wire::make_enrolment_code(s.county->key().public_key(), s.county->random());
  CHECK(s.code_of(s.enrolment(laptop, never_given), {}) == AnswerCode::code_refused);
  const auto expired = s.invite(ports::TicketKind::device, {"一号", {}, {}, {}});
  s.county->clock().advance_ms(limits::ticket_lifetime_ms + 1);
  CHECK(s.code_of(s.enrolment(laptop, expired), {}) == AnswerCode::code_refused);
  const auto for_person = s.invite(ports::TicketKind::person, {"示例人员", {}, {}, {}});
  CHECK(s.code_of(s.enrolment(laptop, for_person), {}) == AnswerCode::code_refused);

  const auto code = s.invite(ports::TicketKind::device, {"一号", {}, {}, {}});
  REQUIRE(s.code_of(s.enrolment(laptop, code), {}) == AnswerCode::done);
  const SigningKey other_key = SigningKey::generate(s.county->random());
  const auto second = s.invite(ports::TicketKind::device, {"二号", {}, {}, {}});
  CHECK(s.code_of(s.enrolment(laptop.writer(), other_key, second), {}) == AnswerCode::device_conflict);
}

TEST_CASE("a person makes a key on a laptop with a code of their own") {
  Asking s;
  const ExampleLaptop laptop = s.county->enrol("一号");
  const SigningKey key = SigningKey::generate(s.county->random());
  const auto code = s.invite(ports::TicketKind::person, {"示例人员", records::Role::reviewer, "示例-001", {}});
  const auto request = [&](const SigningKey& with, const SigningKey& by) {
    const Hash proof =
        wire::enrolment_proof(wire::enrolment_secret_hash(code.secret), laptop.writer(), with.public_key());
    return wire::EnrolPersonRequest{proof, with.public_key(), by.sign(ByteView(proof.bytes))};
  };
  const SigningKey other = SigningKey::generate(s.county->random());
  CHECK(s.code_of(laptop, request(key, other)) == AnswerCode::bad_signature);
  const auto welcome = s.ask<wire::EnrolPersonAnswer>(laptop, request(key, key));
  CHECK(welcome.name == "示例人员");
  CHECK(welcome.certificate_number == "示例-001");
  CHECK(welcome.role == "reviewer");
  CHECK(s.ask<wire::EnrolPersonAnswer>(laptop, request(key, key)).person == welcome.person);
  CHECK(s.code_of(laptop, request(other, other)) == AnswerCode::code_refused);

  must(s.county->county().refresh());
  REQUIRE(s.county->county().registry().person_keys().size() == 1);
  CHECK(s.county->county().registry().person_keys().front().key == key.public_key());
  CHECK(s.county->county().registry().find_person(welcome.person)->role == records::Role::reviewer);

  // The same person on another laptop: another key, no second person.
  const auto again = s.invite(ports::TicketKind::person, {{}, {}, {}, welcome.person});
  const ExampleLaptop second = s.county->enrol("二号");
  const Hash proof =
      wire::enrolment_proof(wire::enrolment_secret_hash(again.secret), second.writer(), other.public_key());
  const auto same = s.ask<wire::EnrolPersonAnswer>(
      second, wire::EnrolPersonRequest{proof, other.public_key(), other.sign(ByteView(proof.bytes))});
  CHECK(same.person == welcome.person);
  CHECK(s.county->county().registry().persons().size() == 1);
  CHECK(s.county->county().registry().person_keys().size() == 2);
}

TEST_CASE("enrol, push, pull and status: one laptop's visit reaches another") {
  Asking s;
  ExampleLaptop first = s.county->enrol("一号");
  const ExampleLaptop second = s.county->enrol("二号");
  first.enter(s.example_of(records::kinds::visit));
  first.seal();
  const auto pushed = s.ask<wire::PushAnswer>(first, wire::PushRequest{first.writer(), first.frames()});
  CHECK(pushed.chain.stored_through == first.written().size());
  CHECK(pushed.chain.applied_through == first.written().size());
  CHECK(s.log.back().find("一号") != std::string::npos);
  CHECK(s.log.back().find(std::to_string(first.written().size())) != std::string::npos);

  const auto pulled = s.ask<wire::PullAnswer>(second, wire::PullRequest{1, 0, 100'000});
  REQUIRE(pulled.frames.size() == 3);
  CHECK(pulled.frames.back().bytes == first.frames().front());
  CHECK(pulled.cursor == 3);
  CHECK_FALSE(pulled.has_more);
  frames::Frontier frontier;
  for (const auto& frame : pulled.frames) frontier.append(frames::frame_hash(frame.bytes));
  const auto checkpoint = must(wire::open_checkpoint(pulled.checkpoint, s.county->county().known()));
  CHECK(checkpoint.size == 3);
  CHECK(checkpoint.root == frontier.root());

  // Its own frame comes as a leaf only.
  const auto own = s.ask<wire::PullAnswer>(first, wire::PullRequest{1, 0, 100'000});
  REQUIRE(own.skipped.size() == 1);
  CHECK(own.skipped.front().county_sequence == 3);
  CHECK(own.skipped.front().hash == frames::frame_hash(first.frames().front()));
  CHECK(own.frames.size() == 2);

  // Nothing that the asker has is sent again.
  const auto news = s.ask<wire::StatusAnswer>(first, wire::StatusRequest{});
  CHECK(news.latest_sequence == 3);
  CHECK(news.incarnation == 1);
  CHECK(news.key_count == 1);
  CHECK_FALSE(news.checkpoint.empty());
  CHECK(must(wire::open_receipt(news.chain.receipt, s.county->county().known())).stored_through ==
        first.written().size());
  const auto nothing_new =
      s.ask<wire::StatusAnswer>(first, wire::StatusRequest{1, 3, checkpoint.root, news.chain.stored_through});
  CHECK(nothing_new.checkpoint.empty());
  CHECK(nothing_new.chain.receipt.empty());
  CHECK(nothing_new.chain.stored_through == first.written().size());
}

TEST_CASE("a pull page by page sees every number once") {
  Asking s;
  ExampleLaptop first = s.county->enrol("一号");
  const ExampleLaptop second = s.county->enrol("二号");
  for (int i = 0; i < 7; ++i) {
    first.enter(s.example_of(records::kinds::finding));
    first.seal();
  }
  s.ask<wire::PushAnswer>(first, wire::PushRequest{first.writer(), first.frames()});
  std::uint64_t cursor = 0;
  frames::Frontier frontier;
  for (int pages = 0; pages < 20; ++pages) {
    const auto page = s.ask<wire::PullAnswer>(second, wire::PullRequest{1, cursor, 1});
    for (const auto& frame : page.frames) {
      CHECK(frame.county_sequence == frontier.size() + 1);
      frontier.append(frames::frame_hash(frame.bytes));
    }
    cursor = page.cursor;
    CHECK(cursor == frontier.size());
    CHECK(page.checkpoint.empty() == page.has_more);
    if (!page.has_more) break;
  }
  CHECK(frontier == s.county->county().state().frontier);
  CHECK(s.code_of(second, wire::PullRequest{1, cursor + 1, 1}) == AnswerCode::other_incarnation);
  CHECK(s.code_of(second, wire::PullRequest{2, 0, 1}) == AnswerCode::other_incarnation);
}

TEST_CASE("a laptop that lost its data asks for a chain by name") {
  Asking s;
  ExampleLaptop laptop = s.county->enrol("一号");
  for (int i = 0; i < 3; ++i) {
    laptop.enter(s.example_of(records::kinds::finding));
    laptop.seal();
  }
  s.ask<wire::PushAnswer>(laptop, wire::PushRequest{laptop.writer(), laptop.frames()});
  const auto ends = s.ask<wire::ChainsAnswer>(laptop, wire::ChainsRequest{{{Uuid{{7}}, 1}, laptop.writer()}});
  REQUIRE(ends.ends.size() == 2);
  CHECK(ends.ends[0].stored_through == 0);
  CHECK(ends.ends[1].stored_through == laptop.written().size());
  CHECK(ends.ends[1].last_frame == frames::frame_hash(laptop.frames().back()));
  std::vector<Bytes> got;
  for (std::uint64_t after = 0;;) {
    const auto page = s.ask<wire::ChainFramesAnswer>(laptop, wire::ChainFramesRequest{laptop.writer(), after, 1});
    REQUIRE(page.frames.size() == 1);
    got.push_back(page.frames.front().bytes);
    after = must(frames::parse_frame(got.back())).header.last_sequence();
    if (!page.has_more) break;
  }
  CHECK(got == laptop.frames());
}

TEST_CASE("a copied laptop goes on in an epoch of its own") {
  Asking s;
  ExampleLaptop laptop = s.county->enrol("一号", records::Role::reviewer);
  ExampleLaptop clone = laptop.clone();
  laptop.enter(s.example_of(records::kinds::finding));
  laptop.seal();
  clone.enter(s.example_of(records::kinds::visit));
  clone.seal();
  s.ask<wire::PushAnswer>(laptop, wire::PushRequest{laptop.writer(), laptop.frames()});
  const auto forked = s.ask<wire::PushAnswer>(clone, wire::PushRequest{clone.writer(), clone.frames()});
  CHECK(forked.refusal == wire::PushRefusal::fork);
  CHECK(forked.refused_sequence == 1);

  const SigningKey key = SigningKey::generate(s.county->random());
  const auto ask_for = [&](std::uint32_t epoch, const SigningKey& next) {
    return wire::NewEpochRequest{epoch, next.public_key(),
                                 next.sign(frames::new_epoch_statement(clone.writer(), epoch, next.public_key()))};
  };
  CHECK(s.code_of(clone, ask_for(2, key)) == AnswerCode::done);
  CHECK(s.code_of(clone, ask_for(2, key)) == AnswerCode::done);
  const SigningKey other = SigningKey::generate(s.county->random());
  CHECK(s.code_of(laptop, ask_for(2, other)) == AnswerCode::device_conflict);
  auto wrong = ask_for(3, key);
  wrong.epoch = 4;
  CHECK(s.code_of(clone, wrong) == AnswerCode::bad_signature);

  const rights::Device* next = s.county->county().registry().find_device({laptop.writer().device, 2});
  REQUIRE(next != nullptr);
  CHECK(next->key == key.public_key());
  CHECK(next->name == "一号");
  CHECK(next->role == records::Role::reviewer);
  CHECK(s.county->county().registry().devices().size() == 2);
}

TEST_CASE("a laptop's present key vouches for an earlier one that the county does not know, and for no other") {
  Asking s;
  ExampleLaptop earlier(s.county->clock(), s.county->random(), "一号");
  earlier.enter(s.example_of(records::kinds::finding));
  earlier.seal();
  const history::WriterId writer{earlier.writer().device, earlier.writer().epoch + 1};
  ExampleLaptop laptop = earlier.renewed(s.county->random());
  REQUIRE(laptop.writer() == writer);
  s.county->enrol(writer, laptop.key().public_key(), "一号", records::Role::reviewer);
  const auto push = wire::PushRequest{earlier.writer(), earlier.frames()};
  CHECK(s.ask<wire::PushAnswer>(laptop, push).refusal == wire::PushRefusal::wrong_writer);

  const PublicKey key = earlier.key().public_key();
  const auto vouched_by = [&](const SigningKey& signer, const PublicKey& for_key) {
    return wire::NewEpochRequest{earlier.writer().epoch, for_key,
                                 signer.sign(frames::new_epoch_statement(writer, earlier.writer().epoch, for_key))};
  };
  // The earlier key alone says nothing: whoever found it would not be this laptop.
  CHECK(s.code_of(laptop, vouched_by(earlier.key(), key)) == AnswerCode::bad_signature);
  CHECK(s.code_of(laptop, vouched_by(laptop.key(), key)) == AnswerCode::done);
  CHECK(s.code_of(laptop, vouched_by(laptop.key(), key)) == AnswerCode::done);
  const PublicKey other = SigningKey::generate(s.county->random()).public_key();
  CHECK(s.code_of(laptop, vouched_by(laptop.key(), other)) == AnswerCode::device_conflict);
  const auto own = wire::NewEpochRequest{writer.epoch, other,
                                         laptop.key().sign(frames::new_epoch_statement(writer, writer.epoch, other))};
  CHECK(s.code_of(laptop, own) == AnswerCode::bad_signature);
  CHECK(s.ask<wire::PushAnswer>(laptop, push).chain.stored_through == earlier.written().size());
  CHECK(s.county->shown(records::kinds::finding) == 1);
}

TEST_CASE("a revoked device may leave what it has, and is told nothing") {
  Asking s;
  ExampleLaptop laptop = s.county->enrol("一号");
  laptop.enter(s.example_of(records::kinds::finding));
  laptop.seal();
  s.ask<wire::PushAnswer>(laptop, wire::PushRequest{laptop.writer(), laptop.frames()});
  const std::uint64_t before = laptop.written().size();
  must(ledger::revoke_device(s.county->county(), laptop.writer(), before + 1, "示例：遗失"));
  for (const wire::RequestBody& body :
       {wire::RequestBody(wire::StatusRequest{}), wire::RequestBody(wire::PullRequest{1, 0, 1}),
        wire::RequestBody(wire::KeysRequest{}), wire::RequestBody(wire::RenewCertificateRequest{})}) {
    CHECK(s.code_of(laptop, body) == AnswerCode::not_allowed);
  }
  laptop.enter(s.example_of(records::kinds::finding));
  laptop.seal();
  const auto late = s.ask<wire::PushAnswer>(laptop, wire::PushRequest{laptop.writer(), laptop.frames()});
  CHECK(late.chain.stored_through == laptop.written().size());
  CHECK(s.county->shown(records::kinds::finding) == 1);
}

TEST_CASE("a link that breaks inside a chunk loses nothing that came") {
  Asking s;
  const ExampleLaptop laptop = s.county->enrol("一号");
  Bytes file(1000);
  s.county->random().fill(file);
  const wire::AttachmentName name{sha256(file), file.size()};
  const Bytes whole = s.sealed(laptop, wire::AttachmentPutRequest{name, 0, 0, file});
  const auto held = [&] {
    return s.ask<wire::AttachmentHaveAnswer>(laptop, wire::AttachmentHaveRequest{{name}}).maps.front().partial_bytes;
  };
  // Before the chunk's first byte there is nothing to keep.
  constexpr std::size_t before_bytes = 108;
  for (std::size_t size = 0; size <= before_bytes; ++size) {
    s.exchange.keep_partial(ByteView(whole).first(size), s.certified(laptop));
  }
  CHECK(held() == 0);
  s.exchange.keep_partial(ByteView(whole).first(before_bytes + 400), {});
  const ExampleLaptop other = s.county->enrol("二号");
  s.exchange.keep_partial(ByteView(whole).first(before_bytes + 400), s.certified(other));
  CHECK(held() == 0);
  s.exchange.keep_partial(ByteView(whole).first(before_bytes + 400), s.certified(laptop));
  CHECK(held() == 400);
  s.exchange.keep_partial(ByteView(whole).first(before_bytes + 300), s.certified(laptop));
  CHECK(held() == 400);
  // Cut inside the signature: every byte of the chunk came.
  const auto rest = wire::AttachmentPutRequest{name, 0, 400, Bytes(file.begin() + 400, file.end())};
  CHECK(s.ask<wire::AttachmentPutAnswer>(laptop, rest).outcome == wire::PutOutcome::whole);
  const auto read = s.ask<wire::AttachmentGetAnswer>(laptop, wire::AttachmentGetRequest{name.hash, 0, 0, 2000});
  CHECK(read.is_known);
  CHECK(read.bytes == file);
}

TEST_CASE("a nearly full disk takes nothing more, and everything else is answered") {
  Asking s;
  ExampleLaptop laptop = s.county->enrol("一号");
  laptop.enter(s.example_of(records::kinds::finding));
  laptop.seal();
  s.disk.free = limits::disk_reserve_bytes;
  const auto reply =
      s.exchange.answer(s.sealed(laptop, wire::PushRequest{laptop.writer(), laptop.frames()}), s.certified(laptop));
  CHECK(reply.code == AnswerCode::no_space);
  CHECK(reply.http_status == 507);
  CHECK(reply.retry_after_s > 0);
  const Bytes file(10);
  CHECK(s.code_of(laptop, wire::AttachmentPutRequest{{sha256(file), 10}, 0, 0, file}) == AnswerCode::no_space);
  CHECK(s.code_of(laptop, wire::StatusRequest{}) == AnswerCode::done);
  CHECK(s.county->kept() == TestCounty::Kept{});
  s.disk.free = limits::disk_reserve_bytes * 2;
  CHECK(s.code_of(laptop, wire::PushRequest{laptop.writer(), laptop.frames()}) == AnswerCode::done);
}

TEST_CASE("one device that asks without end waits, whatever process it asks; others do not") {
  Asking s;
  const ExampleLaptop greedy = s.county->enrol("一号");
  const ExampleLaptop modest = s.county->enrol("二号");
  requests::Exchange second_process({s.county->county(), s.authority, s.disk, [](const std::string&) {}});
  std::int64_t answered = 0;
  requests::Reply reply;
  for (;;) {
    requests::Exchange& exchange = answered % 2 == 0 ? s.exchange : second_process;
    reply = exchange.answer(s.sealed(greedy, wire::KeysRequest{}), s.certified(greedy));
    if (reply.code != AnswerCode::done) break;
    REQUIRE(++answered <= limits::device_requests_burst);
  }
  CHECK(answered >= limits::device_requests_burst - limits::device_requests_lease);
  CHECK(reply.code == AnswerCode::too_fast);
  CHECK(reply.http_status == 429);
  CHECK(reply.retry_after_s > 0);
  CHECK(s.code_of(modest, wire::KeysRequest{}) == AnswerCode::done);
  // A bundle of a thousand photos is not too much, whatever its laptop asked for over the network.
  requests::Peer courier;
  courier.carrier = requests::Peer::Carrier::bundle;
  CHECK(s.code_of(s.sealed(greedy, wire::KeysRequest{}), courier) == AnswerCode::done);
  s.county->clock().advance_ms(reply.retry_after_s * 1000 + 1);
  CHECK(s.code_of(greedy, wire::KeysRequest{}) == AnswerCode::done);
}

TEST_CASE("a store that fails says try later and keeps the reason for the county's log") {
  Asking s;
  ExampleLaptop laptop = s.county->enrol("一号");
  laptop.enter(s.example_of(records::kinds::visit));
  laptop.seal();
  must(s.county->sql().database().run("ALTER TABLE sync_receipt RENAME TO hidden", {}));
  const auto reply =
      s.exchange.answer(s.sealed(laptop, wire::PushRequest{laptop.writer(), laptop.frames()}), s.certified(laptop));
  CHECK(reply.code == AnswerCode::unavailable);
  CHECK(reply.http_status == 503);
  CHECK(reply.retry_after_s > 0);
  CHECK(s.log.size() == 1);
  CHECK(s.county->kept() == TestCounty::Kept{});
  must(s.county->sql().database().run("ALTER TABLE hidden RENAME TO sync_receipt", {}));
  CHECK(s.code_of(laptop, wire::PushRequest{laptop.writer(), laptop.frames()}) == AnswerCode::done);
}
