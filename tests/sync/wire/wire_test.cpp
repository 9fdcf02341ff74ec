#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/enrolment_code.h"
#include "sync/wire/envelope.h"
#include "sync/wire/receipt.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/sync/wire/every_message.h"

using namespace kuangxun;
using namespace kuangxun::wire;

namespace {

frames::KnownCounty county_of(const PublicKey& key) {
  return {Uuid{{1}}, {{1, key}}};
}

struct Keys {
  tests::SeededRandom random{7};
  SigningKey laptop = SigningKey::generate(random);
  SigningKey county = SigningKey::generate(random);
};

}  // namespace

TEST_CASE("every message comes back as it was sent, and not a byte shorter or longer") {
  for (const RequestBody& body : every_request()) {
    const Bytes bytes = encode_body(body);
    const auto type = type_of(body);
    CAPTURE(static_cast<int>(type));
    const auto decoded = decode_request_body(type, bytes);
    REQUIRE(decoded.ok());
    CHECK(encode_body(*decoded) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK_FALSE(decode_request_body(type, ByteView(bytes).first(size)).ok());
    }
    Bytes longer = bytes;
    longer.push_back(0);
    CHECK_FALSE(decode_request_body(type, longer).ok());
  }
  std::uint8_t number = 0;
  for (const AnswerBody& body : every_answer()) {
    const Bytes bytes = encode_body(body);
    const auto type = static_cast<MessageType>(++number);
    CAPTURE(static_cast<int>(type));
    const auto decoded = decode_answer_body(type, bytes);
    REQUIRE(decoded.ok());
    CHECK(encode_body(*decoded) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK_FALSE(decode_answer_body(type, ByteView(bytes).first(size)).ok());
    }
  }
}

TEST_CASE("a count or length beyond the bytes left allocates nothing and is refused") {
  const Bytes huge_count = {0xff, 0xff, 0xff, 0xff};
  CHECK_FALSE(decode_request_body(MessageType::push, huge_count).ok());
  CHECK_FALSE(decode_request_body(MessageType::attachment_have, huge_count).ok());
  Bytes huge_length(20, 0);
  for (const std::uint8_t byte : Bytes{1, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3}) huge_length.push_back(byte);
  CHECK_FALSE(decode_request_body(MessageType::push, huge_length).ok());
}

TEST_CASE("bytes of a chunk must lie inside it, and there must be some") {
  const auto is_taken = [](std::uint32_t index, std::uint32_t offset, Bytes bytes) {
    const AttachmentPutRequest put{{some_hash(1), limits::chunk_bytes + 3}, index, offset, std::move(bytes)};
    return decode_request_body(MessageType::attachment_put, encode_body(RequestBody(put))).ok();
  };
  CHECK(is_taken(1, 0, {1, 2, 3}));
  CHECK(is_taken(1, 2, {3}));
  CHECK(is_taken(0, limits::chunk_bytes - 1, {3}));
  CHECK_FALSE(is_taken(1, 0, {1, 2, 3, 4}));
  CHECK_FALSE(is_taken(1, 3, {4}));
  CHECK_FALSE(is_taken(1, 0xffffffff, {4}));
  CHECK_FALSE(is_taken(1, 0, {}));
  CHECK_FALSE(is_taken(2, 0, {1}));
}

TEST_CASE("a sealed request is believed whole, and nothing else is") {
  Keys keys;
  const RequestHeader header{Uuid{{9}}, {Uuid{{8}}, 2}, 123'456};
  const Bytes bytes = seal_request(header, PullRequest{1, 5, 100}, keys.laptop);
  const auto request = parse_request(bytes);
  REQUIRE(request.ok());
  CHECK(request->header.county == header.county);
  CHECK(request->header.writer == header.writer);
  CHECK(request->header.sent_at_ms == 123'456);
  CHECK(is_signed_by(*request, keys.laptop.public_key()));
  CHECK_FALSE(is_signed_by(*request, keys.county.public_key()));

  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(parse_request(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))).ok());
  }
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    const auto parsed = parse_request(flipped);
    CHECK_FALSE((parsed.ok() && is_signed_by(*parsed, keys.laptop.public_key())));
  }
}

TEST_CASE("a request of another version says so") {
  Keys keys;
  Bytes bytes = seal_request({}, StatusRequest{}, keys.laptop);
  bytes[4] = 9;
  const auto request = parse_request(bytes);
  REQUIRE_FALSE(request.ok());
  CHECK(request.error().code() == ErrorCode::newer_version);
}

TEST_CASE("an answer names the request it answers and is the county's") {
  Keys keys;
  const Bytes bytes = seal_answer(MessageType::status, {AnswerCode::done, some_hash(4), 99, 2},
                                  StatusAnswer{{3, 3, some_hash(1), {}}, 8, 1, 1, {}}, keys.county);
  const auto answer = parse_answer(bytes);
  REQUIRE(answer.ok());
  CHECK(answer->header.request == some_hash(4));
  CHECK(answer->header.county_time_ms == 99);
  CHECK(answer->header.county_epoch == 2);
  CHECK(is_signed_by(*answer, keys.county.public_key()));
  CHECK(decode_answer_body(answer->type, answer->body()).ok());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(parse_answer(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))).ok());
  }
  const auto refusal = parse_answer(seal_refusal(MessageType::push, {AnswerCode::bad_signature, {}, 0}, keys.county));
  REQUIRE(refusal.ok());
  CHECK(refusal->header.code == AnswerCode::bad_signature);
  CHECK(refusal->body().empty());
}

TEST_CASE("a receipt opens with the key that the county had in that epoch, and no other") {
  Keys keys;
  const Receipt receipt{Uuid{{1}}, {Uuid{{2}}, 3}, 40, 50, some_hash(5), 1'777'593'600'000, 1};
  const Bytes bytes = seal_receipt(receipt, keys.county);
  const auto opened = open_receipt(bytes, county_of(keys.county.public_key()));
  REQUIRE(opened.ok());
  CHECK(opened->writer == receipt.writer);
  CHECK(opened->stored_through == 40);
  CHECK(opened->frame == receipt.frame);
  CHECK(open_receipt(bytes, county_of(keys.laptop.public_key())).error().code() == ErrorCode::refused);
  CHECK(open_receipt(bytes, {}).error().code() == ErrorCode::refused);
  CHECK(open_receipt(bytes, {Uuid{{2}}, {{1, keys.county.public_key()}}}).error().code() == ErrorCode::refused);
  // A later key takes over from epoch 5 on: this receipt is still judged by the one before.
  const frames::KnownCounty rotated{Uuid{{1}}, {{1, keys.county.public_key()}, {5, keys.laptop.public_key()}}};
  CHECK(open_receipt(bytes, rotated).ok());
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    CHECK_FALSE(open_receipt(flipped, county_of(keys.county.public_key())).ok());
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK(open_receipt(ByteView(bytes).first(size), rotated).error().code() == ErrorCode::bad_input);
  }
}

TEST_CASE("a checkpoint is the county's word or nothing") {
  Keys keys;
  const Checkpoint checkpoint{Uuid{{1}}, 2, 40, some_hash(5), 1'777'593'600'000, 1};
  const Bytes bytes = seal_checkpoint(checkpoint, keys.county);
  const auto county = county_of(keys.county.public_key());
  REQUIRE(open_checkpoint(bytes, county).ok());
  CHECK(*open_checkpoint(bytes, county) == checkpoint);
  CHECK(open_checkpoint(bytes, county_of(keys.laptop.public_key())).error().code() == ErrorCode::refused);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    CHECK_FALSE(open_checkpoint(flipped, county).ok());
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(open_checkpoint(ByteView(bytes).first(size), county).ok());
  }
}

TEST_CASE("an enrolment code is read as people type it") {
  Keys keys;
  const EnrolmentCode code = make_enrolment_code(keys.county.public_key(), keys.random);
  const std::string text = code.text();
  CHECK(text.size() == 39);
  CHECK(text.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ-") == std::string::npos);

  std::string typed;
  for (const char character : text) {
    if (character == '-') continue;
    if (character == '0')
      typed += 'o';
    else if (character == '1')
      typed += 'l';
    else
      typed += static_cast<char>(std::tolower(character));
    typed += ' ';
  }
  const auto read = parse_enrolment_code(typed);
  REQUIRE(read.ok());
  CHECK(read->fingerprint == code.fingerprint);
  CHECK(read->secret == code.secret);
  CHECK(is_fingerprint_of(read->fingerprint, keys.county.public_key()));
  CHECK_FALSE(is_fingerprint_of(read->fingerprint, keys.laptop.public_key()));
}

TEST_CASE("a code with a wrong, missing or added character is not a code") {
  Keys keys;
  const std::string text = make_enrolment_code(keys.county.public_key(), keys.random).text();
  int accepted = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    std::string wrong = text;
    wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
    if (parse_enrolment_code(wrong).ok()) ++accepted;
  }
  CHECK(accepted <= 3);  // one check character finds 31 of 32
  CHECK_FALSE(parse_enrolment_code(text.substr(0, text.size() - 1)).ok());
  CHECK_FALSE(parse_enrolment_code(text + "A").ok());
  CHECK_FALSE(parse_enrolment_code(text.substr(1) + "!").ok());
  CHECK_FALSE(parse_enrolment_code("").ok());
}

TEST_CASE("a proof holds for one device, epoch and key") {
  Keys keys;
  const Hash secret = enrolment_secret_hash("ABC");
  const history::WriterId writer{Uuid{{1}}, 1};
  const Hash proof = enrolment_proof(secret, writer, keys.laptop.public_key());
  CHECK(proof == enrolment_proof(secret, writer, keys.laptop.public_key()));
  CHECK(proof != enrolment_proof(secret, {Uuid{{1}}, 2}, keys.laptop.public_key()));
  CHECK(proof != enrolment_proof(secret, writer, keys.county.public_key()));
  CHECK(proof != enrolment_proof(enrolment_secret_hash("ABD"), writer, keys.laptop.public_key()));
}
