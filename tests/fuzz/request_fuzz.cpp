#include <algorithm>

#include "sync/wire/envelope.h"
#include "tests/fuzz/allocation.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/property.h"

// The body of an HTTP request at the county, as it arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun;
  using fuzz::must;
  const ByteView given(data, size);
  auto request = Result<wire::Request>(Error(ErrorCode::bad_input, {}));
  const std::size_t cost =
      fuzz::allocated_by([&] { request = wire::parse_request(Bytes(given.begin(), given.end())); });
  must(cost <= given.size() + 16 * 1024, "taking a request apart costs its own bytes");
  if (!request.ok()) return 0;
  must(std::ranges::equal(request->bytes, given), "the bytes of a request are kept verbatim");
  must(request->signed_part().size() + request->signature.bytes.size() == given.size(),
       "all but the signature is signed");

  auto body = Result<wire::RequestBody>(Error(ErrorCode::bad_input, {}));
  const std::size_t body_cost =
      fuzz::allocated_by([&] { body = wire::decode_request_body(request->type, request->body()); });
  must(body_cost <= 64 * 1024 + 32 * given.size(), "a body costs a bounded multiple of its bytes");
  if (!body.ok()) return 0;
  must(wire::type_of(*body) == request->type, "the body is of the type that the header says");
  must(std::ranges::equal(wire::encode_body(*body), request->body()), "a body has one form only");
  return 0;
}

// Half of the mutants get the magic, version and body length that fit.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                               unsigned int seed) {
  size = LLVMFuzzerMutate(data, size, size_max);
  if (seed % 2 == 0) kuangxun::fuzz::mend_message(std::span(data, size), kuangxun::fuzz::request_form);
  return size;
}
