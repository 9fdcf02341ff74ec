#include <algorithm>

#include "sync/wire/envelope.h"
#include "tests/fuzz/allocation.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/property.h"

// The body of an HTTP answer at the laptop, as it arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun;
  using fuzz::must;
  const ByteView given(data, size);
  auto answer = Result<wire::Answer>(Error(ErrorCode::bad_input, {}));
  const std::size_t cost = fuzz::allocated_by([&] { answer = wire::parse_answer(Bytes(given.begin(), given.end())); });
  must(cost <= given.size() + 16 * 1024, "taking an answer apart costs its own bytes");
  if (!answer.ok()) return 0;
  must(std::ranges::equal(answer->bytes, given), "the bytes of an answer are kept verbatim");
  must(answer->signed_part().size() + answer->signature.bytes.size() == given.size(),
       "all but the signature is signed");

  auto body = Result<wire::AnswerBody>(Error(ErrorCode::bad_input, {}));
  const std::size_t body_cost =
      fuzz::allocated_by([&] { body = wire::decode_answer_body(answer->type, answer->body()); });
  must(body_cost <= 64 * 1024 + 32 * given.size(), "a body costs a bounded multiple of its bytes");
  if (!body.ok()) return 0;
  must(std::ranges::equal(wire::encode_body(*body), answer->body()), "a body has one form only");
  return 0;
}

// Half of the mutants get the magic, version and body length that fit.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                               unsigned int seed) {
  size = LLVMFuzzerMutate(data, size, size_max);
  if (seed % 2 == 0) kuangxun::fuzz::mend_message(std::span(data, size), kuangxun::fuzz::answer_form);
  return size;
}
