#include "sync/requests/partial_put.h"

#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using requests::parse_partial_put;

namespace {

constexpr std::size_t signature_bytes = 64;

struct Put {
  tests::SeededRandom random{1};
  wire::RequestHeader header{fixed_uuid("county"), {fixed_uuid("laptop"), 3}, 17};
  wire::AttachmentPutRequest request{{sha256(Bytes{1}), limits::chunk_bytes + 400}, 1, 100, Bytes(250, 7)};

  Bytes sealed() { return wire::seal_request(header, request, SigningKey::generate(random)); }
};

}  // namespace

TEST_CASE("whatever came of a chunk is kept, and nothing behind its bytes is taken for them") {
  Put put;
  const Bytes whole = put.sealed();
  const std::size_t before_bytes = whole.size() - signature_bytes - put.request.bytes.size();
  for (std::size_t came = 0; came <= whole.size(); ++came) {
    const auto partial = parse_partial_put(ByteView(whole).first(came));
    CAPTURE(came);
    REQUIRE(partial.has_value() == (came > before_bytes));
    if (!partial.has_value()) continue;
    CHECK(partial->header.county == put.header.county);
    CHECK(partial->header.writer == put.header.writer);
    CHECK(partial->request.name.hash == put.request.name.hash);
    CHECK(partial->request.index == 1);
    CHECK(partial->request.offset == 100);
    CHECK(partial->request.bytes.size() == std::min(came - before_bytes, put.request.bytes.size()));
  }
}

TEST_CASE("bytes that the named chunk has no room for are not kept") {
  Put put;
  put.request.offset = 200;  // 250 bytes from there end behind the file
  CHECK_FALSE(parse_partial_put(put.sealed()).has_value());
  put.request.bytes.resize(200);
  CHECK(parse_partial_put(put.sealed()).has_value());
  put.request.index = 2;
  CHECK_FALSE(parse_partial_put(put.sealed()).has_value());
}

TEST_CASE("the beginning of any other request is none of a chunk") {
  Put put;
  CHECK_FALSE(parse_partial_put(wire::seal_request(put.header, wire::PushRequest{put.header.writer, {Bytes(500, 1)}},
                                                   SigningKey::generate(put.random)))
                  .has_value());
  Bytes newer = put.sealed();
  newer[4] = 2;
  CHECK_FALSE(parse_partial_put(newer).has_value());
}
