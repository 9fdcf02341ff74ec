// Files that are carried: written once, read back, believed as a whole or not at all.
#include <doctest/doctest.h>

#include <fstream>

#include "db/base/files.h"
#include "sync/container/checked_file.h"
#include "sync/container/records.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::container;
using namespace kuangxun::tests;

namespace {

struct Stick {
  TemporaryFolder folder;
  SeededRandom random{1};
  SigningKey key = SigningKey::generate(random);
  ExchangeSecret secret = secret_of(key);
  std::filesystem::path path = folder / "file";

  static ExchangeSecret secret_of(const SigningKey& key) {
    auto secret = ExchangeSecret::of(key);
    REQUIRE(secret.ok());
    return std::move(*secret);
  }
  // "head" in the clear, then the body, sealed.
  WrittenFile write_sealed(ByteView body) {
    auto writer = CheckedFileWriter::create(path);
    REQUIRE(writer.ok());
    REQUIRE((*writer)->write(as_bytes("head")).ok());
    REQUIRE((*writer)->seal(secret.public_key()).ok());
    REQUIRE((*writer)->write(body).ok());
    auto written = (*writer)->finish();
    REQUIRE_MESSAGE(written.ok(), (written.ok() ? "" : written.error().message()));
    return *written;
  }
  // All of the body, in pieces of so many bytes; the first error.
  Result<Bytes> read_sealed(std::size_t piece) const {
    KX_TRY(reader, ContainerReader::open(path));
    Bytes head(4);
    KX_TRY(head_count, reader->read(head));
    CHECK(head_count <= 4);
    KX_CHECK(reader->unseal(secret));
    Bytes all;
    for (;;) {
      Bytes some(piece);
      KX_TRY(count, reader->read(some));
      all.insert(all.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
      if (count < piece) return all;
    }
  }
};

Bytes example(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 256);
  return bytes;
}

Source source_of(Bytes bytes) {
  return
      [bytes = std::move(bytes), at = std::size_t{0}](std::span<std::uint8_t> buffer) mutable -> Result<std::size_t> {
        const std::size_t count = std::min(buffer.size(), bytes.size() - at);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, buffer.begin());
        at += count;
        return count;
      };
}

Error fault_named(Fault fault) {
  return {ErrorCode::corrupt, fault == Fault::cut ? "cut" : "too long"};
}

}  // namespace

TEST_CASE("what is sealed comes out again, whatever the pieces, and its beginning is in the clear") {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, sealed_block_bytes_max, 3 * sealed_block_bytes_max + 7}) {
    CAPTURE(size);
    Stick stick;
    const Bytes body = example(size);
    const WrittenFile written = stick.write_sealed(body);
    CHECK(written.bytes == std::filesystem::file_size(stick.path));
    const auto bytes = read_file(stick.path, 1 << 20);
    REQUIRE(bytes.ok());
    CHECK(written.hash == sha256(*bytes));
    CHECK(as_text(ByteView(*bytes).first(4)) == "head");
    for (const std::size_t piece : {std::size_t{3}, std::size_t{1000}, sealed_block_bytes_max + 1}) {
      const auto read = stick.read_sealed(piece);
      REQUIRE(read.ok());
      CHECK(*read == body);
    }
  }
}

TEST_CASE("nothing on a stick is overwritten, and what is not finished leaves nothing") {
  Stick stick;
  stick.write_sealed(example(10));
  const auto before = read_file(stick.path, 1 << 20);
  const auto again = CheckedFileWriter::create(stick.path);
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code() == ErrorCode::bad_input);
  CHECK(*read_file(stick.path, 1 << 20) == *before);
  {
    auto writer = CheckedFileWriter::create(stick.folder / "other");
    REQUIRE(writer.ok());
    REQUIRE((*writer)->write(example(100)).ok());
  }
  CHECK(std::distance(std::filesystem::directory_iterator(stick.folder.path()), {}) == 1);
}

TEST_CASE("a sealed file that is cut anywhere, or changed, is never taken for a whole one") {
  Stick stick;
  stick.write_sealed(example(300));
  const Bytes whole = *read_file(stick.path, 1 << 20);
  for (std::size_t size = 4; size < whole.size(); ++size) {
    std::ofstream(stick.path, std::ios::binary)
        .write(reinterpret_cast<const char*>(whole.data()), static_cast<std::streamsize>(size));
    CHECK_MESSAGE(!stick.read_sealed(64).ok(), size);
  }
  for (std::size_t at = 4; at < whole.size(); ++at) {
    Bytes changed = whole;
    changed[at] ^= 1;
    std::ofstream(stick.path, std::ios::binary)
        .write(reinterpret_cast<const char*>(changed.data()), static_cast<std::streamsize>(changed.size()));
    CHECK_MESSAGE(!stick.read_sealed(64).ok(), at);
  }
}

TEST_CASE("who it is not sealed to is refused") {
  Stick stick;
  stick.write_sealed(example(10));
  const ExchangeSecret other = Stick::secret_of(SigningKey::generate(stick.random));
  auto reader = ContainerReader::open(stick.path);
  REQUIRE(reader.ok());
  Bytes head(4);
  REQUIRE((*reader)->read(head).ok());
  const Status unsealed = (*reader)->unseal(other);
  REQUIRE_FALSE(unsealed.ok());
  CHECK(unsealed.error().code() == ErrorCode::refused);
}

TEST_CASE("records: type, length, body; bounded before anything is allocated, told when they are cut") {
  Bytes bytes = record_head(7, 3);
  CHECK(bytes == Bytes{7, 3, 0, 0, 0});
  for (const char letter : {'a', 'b', 'c'}) bytes.push_back(static_cast<std::uint8_t>(letter));
  const auto record = read_record(source_of(bytes), 3, fault_named);
  REQUIRE(record.ok());
  CHECK(record->type == 7);
  CHECK(as_text(record->body) == "abc");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto cut =
        read_record(source_of({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}), 3, fault_named);
    REQUIRE_FALSE(cut.ok());
    CHECK(cut.error().message() == "cut");
  }
  const auto longer = read_record(source_of(bytes), 2, fault_named);
  REQUIRE_FALSE(longer.ok());
  CHECK(longer.error().message() == "too long");
  const auto huge = read_record(source_of({1, 0xff, 0xff, 0xff, 0xff}), 1 << 20, fault_named);
  REQUIRE_FALSE(huge.ok());
  CHECK(huge.error().message() == "too long");
}
