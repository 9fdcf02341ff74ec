// A photo's file on the laptop's disk, which may be full, cut or changed: what is there is never pushed for what was.
#include <doctest/doctest.h>

#include <fstream>

#include "db/base/limits.h"
#include "db/records/handles/photo.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "sync/client/folder_attachments.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// A laptop with one photo of 5,000 bytes.
struct OnePhoto {
  OnePhoto() : file(5000) {
    auto made = sqlite::LocalStore::create(folder / "data", {clock, random});
    REQUIRE_MESSAGE(made.ok(), (made.ok() ? "" : made.error().message()));
    store = std::move(made).value();
    random.fill(file);
    REQUIRE(kept().keep(file).ok());
    name = {sha256(file), file.size()};
    records::Record photo(make_uuid(clock, random), records::kind_of(records::kinds::photo));
    photo.set_value(records::photo::visit, make_uuid(clock, random));
    photo.set_value(records::photo::file_name, std::string("示例.jpg"));
    photo.set_value(records::photo::file_hash, Bytes(name.hash.bytes.begin(), name.hash.bytes.end()));
    photo.set_value(records::photo::file_bytes, static_cast<std::int64_t>(file.size()));
    REQUIRE(store->commit(history::edits_for_new(photo), Uuid{{1}}).ok());
  }
  AttachmentFolder kept() const { return AttachmentFolder(folder / "photos"); }
  client::FolderAttachments photos() { return {*store, folder / "photos"}; }
  void write(const Bytes& bytes) const {
    std::ofstream(kept().path_of(name.hash), std::ios::binary | std::ios::trunc)
        .write(as_text(bytes).data(), static_cast<std::streamsize>(bytes.size()));
  }

  TemporaryFolder folder;
  ManualClock clock;
  SeededRandom random{3};
  std::unique_ptr<sqlite::LocalStore> store;
  Bytes file;
  wire::AttachmentName name;
};

}  // namespace

TEST_CASE("a photo's file that a full disk left empty or cut is not offered, and is fetched again") {
  OnePhoto laptop;
  REQUIRE(laptop.photos().unsent().value() == std::vector{laptop.name});
  CHECK(laptop.photos().missing()->empty());
  for (const std::size_t left : {std::size_t{0}, std::size_t{1}, laptop.file.size() - 1}) {
    CAPTURE(left);
    laptop.write(Bytes(laptop.file.begin(), laptop.file.begin() + static_cast<std::ptrdiff_t>(left)));
    CHECK(laptop.photos().unsent()->empty());
    CHECK(laptop.photos().missing().value() == std::vector{laptop.name});
    CHECK(laptop.photos().append(laptop.name, laptop.file).value());
    CHECK(laptop.kept().read(laptop.name.hash).value() == laptop.file);
    CHECK(laptop.photos().missing()->empty());
    REQUIRE(laptop.photos().forget_sent().ok());
  }
}

TEST_CASE("a photo's file that was changed is not sent in place of the one that was taken") {
  OnePhoto laptop;
  Bytes changed = laptop.file;
  changed[4000] ^= 1;
  laptop.write(changed);
  const auto piece = laptop.photos().read(laptop.name, 0, 0, 1000);
  REQUIRE_FALSE(piece.ok());
  CHECK(piece.error().code() == ErrorCode::corrupt);
}

TEST_CASE("what goes on after a cut is read alone: the county holds the whole against its hash") {
  OnePhoto laptop;
  Bytes changed = laptop.file;
  changed[10] ^= 1;
  laptop.write(changed);
  const auto piece = laptop.photos().read(laptop.name, 0, 3000, 500);
  REQUIRE(piece.ok());
  CHECK(*piece == Bytes(laptop.file.begin() + 3000, laptop.file.begin() + 3500));
  CHECK(laptop.photos().read(laptop.name, 0, 4900, 500)->size() == 100);
}

TEST_CASE("a photo that comes while the disk is full is told, and nothing takes its place") {
  OnePhoto laptop;
  REQUIRE(std::filesystem::remove(laptop.kept().path_of(laptop.name.hash)));
  auto photos = laptop.photos();
  const Bytes beginning(laptop.file.begin(), laptop.file.begin() + 1000);
  REQUIRE_FALSE(photos.append(laptop.name, beginning).value());
  REQUIRE(photos.begun(laptop.name).value() == 1000);
  // What comes goes to a disk that takes nothing.
  const auto incoming = std::filesystem::recursive_directory_iterator(laptop.folder.path());
  std::filesystem::path part;
  for (const auto& entry : incoming) {
    if (entry.is_regular_file() && entry.path().filename() == laptop.name.hash.text()) part = entry.path();
  }
  REQUIRE_FALSE(part.empty());
  std::filesystem::remove(part);
  std::filesystem::create_symlink("/dev/full", part);
  const auto failed = photos.append(laptop.name, Bytes(laptop.file.begin() + 1000, laptop.file.end()));
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().code() == ErrorCode::unavailable);
  CHECK_FALSE(laptop.kept().has(laptop.name.hash));
  CHECK(laptop.photos().unsent()->empty());
}
