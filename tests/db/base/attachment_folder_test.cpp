#include "db/base/attachment_folder.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace kuangxun {

TEST_CASE("an original is kept once, bit for bit, under its hash") {
  const tests::TemporaryFolder folder;
  AttachmentFolder attachments(folder / "attachments");
  const std::string bytes("a\0b\r\n\xff", 6);
  const auto kept = attachments.keep(as_bytes(bytes));
  REQUIRE(kept.ok());
  CHECK(kept->hash == sha256(as_bytes(bytes)));
  CHECK(kept->bytes == 6);
  CHECK(!kept->was_known);
  CHECK(attachments.has(kept->hash));
  CHECK(std::string(as_text(*attachments.read(kept->hash))) == bytes);
  CHECK(attachments.keep(as_bytes(bytes))->was_known);
  SUBCASE("damage is seen, and the same bytes mend it") {
    std::ofstream(attachments.path_of(kept->hash), std::ios::binary) << "other";
    CHECK(attachments.read(kept->hash).error().code() == ErrorCode::corrupt);
    CHECK(!attachments.keep(as_bytes(bytes))->was_known);
    CHECK(attachments.read(kept->hash).ok());
  }
}

TEST_CASE("a part of a large original is read alone, and the whole is proved piece by piece") {
  const tests::TemporaryFolder folder;
  const AttachmentFolder attachments(folder / "attachments");
  Bytes bytes(700'000);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  const Hash hash = AttachmentFolder(folder / "attachments").keep(bytes)->hash;
  CHECK(attachments.prove(hash).ok());
  for (const std::size_t offset : {0UL, 1UL, 262'144UL, 699'999UL}) {
    const std::size_t size = std::min<std::size_t>(16'384, bytes.size() - offset);
    const auto part = attachments.read_part(hash, offset, 16'384);
    REQUIRE(part.ok());
    CHECK(*part == Bytes(bytes.begin() + static_cast<std::ptrdiff_t>(offset),
                         bytes.begin() + static_cast<std::ptrdiff_t>(offset + size)));
  }
  CHECK(attachments.read_part(hash, bytes.size(), 10)->empty());
  CHECK(attachments.read_part(hash, bytes.size() + 5, 10)->empty());
  std::ofstream(attachments.path_of(hash), std::ios::binary | std::ios::in) << "other";
  CHECK(attachments.prove(hash).error().code() == ErrorCode::corrupt);
  CHECK(attachments.prove(Hash{}).error().code() == ErrorCode::not_found);
}

TEST_CASE("what is missing, empty or a folder is no original") {
  const tests::TemporaryFolder folder;
  CHECK(AttachmentFolder::read_original(folder / "none.jpg").error().code() == ErrorCode::not_found);
  std::ofstream(folder / "empty.jpg").flush();
  CHECK(AttachmentFolder::read_original(folder / "empty.jpg").error().code() == ErrorCode::bad_input);
  CHECK(AttachmentFolder::read_original(folder.path()).error().code() == ErrorCode::bad_input);
  CHECK(AttachmentFolder(folder.path()).read(Hash{}).error().code() == ErrorCode::not_found);
}

}  // namespace kuangxun
