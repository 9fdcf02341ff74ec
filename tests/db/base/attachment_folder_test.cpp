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

TEST_CASE("what is missing, empty or a folder is no original") {
  const tests::TemporaryFolder folder;
  CHECK(AttachmentFolder::read_original(folder / "none.jpg").error().code() == ErrorCode::not_found);
  std::ofstream(folder / "empty.jpg").flush();
  CHECK(AttachmentFolder::read_original(folder / "empty.jpg").error().code() == ErrorCode::bad_input);
  CHECK(AttachmentFolder::read_original(folder.path()).error().code() == ErrorCode::bad_input);
  CHECK(AttachmentFolder(folder.path()).read(Hash{}).error().code() == ErrorCode::not_found);
}

}  // namespace kuangxun
