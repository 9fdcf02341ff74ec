#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/envelope.h"
#include "sync/wire/receipt.h"
#include "tests/fuzz/examples.h"
#include "tests/fuzz/wire_examples.h"
#include "tests/support/damage.h"

// Messages, chunks of photos among them, as they lie in a proxy's buffer or on a stick.
namespace kuangxun::fuzz {
namespace {

constexpr std::size_t corpus_bytes = 64 << 10;
constexpr double attempt_ms_max = 100;

std::vector<Bytes> bytes_of(const std::vector<NamedBytes>& examples) {
  std::vector<Bytes> all;
  for (const NamedBytes& example : examples) all.push_back(example.bytes);
  return all;
}

std::size_t total_of(const std::vector<Bytes>& pieces) {
  std::size_t total = 0;
  for (const Bytes& piece : pieces) total += piece.size();
  return total;
}

// Pieces of a photo, as a laptop sends them.
Bytes sealed_chunk(std::uint32_t index, std::size_t bytes_wanted, tests::SeededRandom& random) {
  const std::uint64_t size_bytes = 4 * limits::chunk_bytes;
  wire::AttachmentPutRequest put{{sha256(Bytes{2}), size_bytes}, index, 1000, Bytes(bytes_wanted)};
  random.fill(put.bytes);
  return wire::seal_request({example_county().county, example_writer(), 0}, put, example_key());
}

bool takes_request(const Bytes& bytes) {
  const auto request = wire::parse_request(bytes);
  return request.ok() && wire::is_signed_by(*request, example_key().public_key()) &&
         wire::decode_request_body(request->type, request->body()).ok();
}

bool takes_answer(const Bytes& bytes) {
  const auto answer = wire::parse_answer(bytes);
  if (!answer.ok() || !wire::is_signed_by(*answer, example_key().public_key())) return false;
  return answer->header.code != wire::AnswerCode::done || wire::decode_answer_body(answer->type, answer->body()).ok();
}

void check_none_is_taken(const std::string& what, const std::vector<Bytes>& pieces,
                         const std::function<bool(const Bytes&)>& takes) {
  for (const Bytes& piece : pieces) REQUIRE(takes(piece));
  const auto counts =
      tests::damage_everywhere(pieces, [&](std::size_t, const Bytes& damaged) { return takes(damaged); });
  MESSAGE(what, ", ", pieces.size(), " in ", counts.text());
  CHECK(counts.flips == 8 * total_of(pieces));
  CHECK(counts.truncations == total_of(pieces));
  CHECK(counts.accepted == 0);
  CHECK(counts.slowest_ms < attempt_ms_max);
}

}  // namespace

TEST_CASE("of 64 KiB of requests, cut at every byte and with every bit flipped, none is taken") {
  std::vector<Bytes> requests = bytes_of(example_requests());
  tests::SeededRandom random(11);
  for (std::uint32_t chunk = 0; total_of(requests) < corpus_bytes; ++chunk) {
    requests.push_back(sealed_chunk(chunk % 4, 6 << 10, random));
  }
  check_none_is_taken("requests", requests, takes_request);
}

TEST_CASE("of the answers, cut at every byte and with every bit flipped, none is taken") {
  check_none_is_taken("answers", bytes_of(example_answers()), takes_answer);
}

TEST_CASE("of what the county signs, cut at every byte and with every bit flipped, nothing is taken") {
  check_none_is_taken("receipt", {example_receipt()},
                      [](const Bytes& bytes) { return wire::open_receipt(bytes, example_county()).ok(); });
  check_none_is_taken("checkpoint", {example_checkpoint()},
                      [](const Bytes& bytes) { return wire::open_checkpoint(bytes, example_county()).ok(); });
  const std::vector<Bytes> statements = example_key_statements();
  check_none_is_taken("second key statement", {statements.back()}, [&](const Bytes& bytes) {
    return wire::open_key_statements({statements.front(), bytes}, example_county()).ok();
  });
  check_none_is_taken("first key statement", {statements.front()}, [&](const Bytes& bytes) {
    return wire::open_key_statements({bytes, statements.back()}, example_county()).ok();
  });
}

}  // namespace kuangxun::fuzz
