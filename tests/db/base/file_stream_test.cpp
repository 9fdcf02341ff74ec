#include "db/base/file_stream.h"

#include <doctest/doctest.h>

#include "db/base/files.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun {

TEST_CASE("a file has its name when all of it is on the disk, and not before") {
  tests::TemporaryFolder folder;
  {
    auto writer = FileWriter::create(folder / "a", true);
    REQUIRE(writer.ok());
    REQUIRE((*writer)->write(Bytes(100'000, 7)).ok());
    CHECK(!std::filesystem::exists(folder / "a"));
    REQUIRE((*writer)->write(Bytes{8}).ok());
    REQUIRE((*writer)->commit().ok());
  }
  CHECK(!std::filesystem::exists(folder / "a.part"));
  CHECK((std::filesystem::status(folder / "a").permissions() & std::filesystem::perms::others_all) ==
        std::filesystem::perms::none);
  auto reader = FileReader::open(folder / "a");
  REQUIRE(reader.ok());
  Bytes buffer(70'000);
  CHECK(*(*reader)->read(buffer) == 70'000);
  CHECK(*(*reader)->read(buffer) == 30'001);
  CHECK(buffer[30'000] == 8);
  CHECK(*(*reader)->read(buffer) == 0);
}

TEST_CASE("what is not committed leaves the old file as it was and nothing else behind") {
  tests::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "a", Bytes{1}).ok());
  {
    auto writer = FileWriter::create(folder / "a", false);
    REQUIRE(writer.ok());
    REQUIRE((*writer)->write(Bytes{2, 2}).ok());
  }
  CHECK(*read_file(folder / "a", 10) == Bytes{1});
  CHECK(!std::filesystem::exists(folder / "a.part"));
}

TEST_CASE("a folder or file that is not there says so") {
  CHECK(!FileWriter::create("/proc/nowhere/a", false).ok());
  CHECK(FileReader::open("/nowhere/a").error().code() == ErrorCode::not_found);
}

}  // namespace kuangxun
