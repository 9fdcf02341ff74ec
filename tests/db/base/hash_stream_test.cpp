#include "db/base/hash_stream.h"

#include <doctest/doctest.h>

#include "tests/support/seeded_random.h"

namespace kuangxun {

TEST_CASE("the hash of pieces is the hash of the whole") {
  tests::SeededRandom random(4);
  Bytes whole(100'000);
  random.fill(whole);
  HashStream stream;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t count = std::min<std::size_t>(1 + random.below(5000), whole.size() - at);
    stream.add(ByteView(whole).subspan(at, count));
    at += count;
  }
  CHECK(stream.finish() == sha256(whole));
  CHECK(HashStream().finish() == sha256({}));
}

}  // namespace kuangxun
