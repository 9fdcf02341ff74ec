#include "db/base/sealed_stream.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/seeded_random.h"

namespace kuangxun {
namespace {

Bytes sealed(const PublicKey& recipient, ByteView content, std::size_t piece) {
  Bytes out;
  auto writer = SealedWriter::open(recipient, [&](ByteView bytes) -> Status {
    out.insert(out.end(), bytes.begin(), bytes.end());
    return {};
  });
  REQUIRE(writer.ok());
  for (std::size_t at = 0; at < content.size(); at += piece) {
    REQUIRE((*writer)->write(content.subspan(at, std::min(piece, content.size() - at))).ok());
  }
  REQUIRE((*writer)->finish().ok());
  return out;
}

SealedReader::Source source_of(ByteView bytes) {
  auto rest = std::make_shared<ByteView>(bytes);
  return [rest](std::span<std::uint8_t> buffer) -> Result<std::size_t> {
    const std::size_t count = std::min(buffer.size(), rest->size());
    std::copy_n(rest->begin(), count, buffer.begin());
    *rest = rest->subspan(count);
    return count;
  };
}

Result<Bytes> opened(const ExchangeSecret& secret, ByteView bytes) {
  KX_TRY(reader, SealedReader::open(secret, source_of(bytes)));
  Bytes all;
  for (;;) {
    KX_TRY(block, reader->read());
    if (block.empty()) return all;
    all.insert(all.end(), block.begin(), block.end());
  }
}

ExchangeSecret secret_of(std::uint64_t seed) {
  tests::SeededRandom random(seed);
  return std::move(ExchangeSecret::of(SigningKey::generate(random))).value();
}

}  // namespace

TEST_CASE("what was sealed comes back to its recipient, whatever its length and pieces") {
  const ExchangeSecret secret = secret_of(1);
  tests::SeededRandom random(9);
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U, 300'000U}) {
    CAPTURE(size);
    Bytes content(size);
    random.fill(content);
    for (const std::size_t piece : {1'000U, 65'536U, 1'000'000U}) {
      const auto back = opened(secret, sealed(secret.public_key(), content, piece));
      REQUIRE(back.ok());
      CHECK(*back == content);
    }
  }
}

TEST_CASE("nobody else reads it, and every byte that is missing, changed or added is noticed") {
  const ExchangeSecret secret = secret_of(1);
  Bytes content(700);
  tests::SeededRandom random(2);
  random.fill(content);
  const Bytes good = sealed(secret.public_key(), content, 100);
  CHECK(opened(secret_of(2), good).error().code() == ErrorCode::refused);
  for (std::size_t size = 0; size < good.size(); ++size) CHECK(!opened(secret, ByteView(good).first(size)).ok());
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes changed = good;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    if (opened(secret, changed).ok()) FAIL("bit " << bit);
  }
  Bytes longer = good;
  longer.push_back(0);
  CHECK(!opened(secret, longer).ok());
}

TEST_CASE("a sink that fails ends the writing with its words") {
  const ExchangeSecret secret = secret_of(1);
  int calls = 0;
  auto writer = SealedWriter::open(secret.public_key(), [&](ByteView) -> Status {
    if (++calls > 2) return Error(ErrorCode::unavailable, "the stick is gone");
    return {};
  });
  REQUIRE(writer.ok());
  REQUIRE((*writer)->write(Bytes(70'000)).ok());
  const Status gone = (*writer)->write(Bytes(70'000));
  REQUIRE(!gone.ok());
  CHECK(gone.error().message() == "the stick is gone");
}

}  // namespace kuangxun
