// Where a county lies, and who may read its keys.
#include <doctest/doctest.h>

#include "sync/county/office.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::county;
using namespace kuangxun::tests;

TEST_CASE("a store's address says where the keys are, or must be told") {
  const auto beside = parse_store_address("sqlite:/srv/county.gpkg", "");
  REQUIRE(beside.ok());
  CHECK(beside->is_sqlite());
  CHECK(beside->keys == "/srv/county.gpkg-keys");
  CHECK(beside->disk_folder == "/srv");
  const auto elsewhere = parse_store_address("sqlite:county.gpkg", "keys");
  REQUIRE(elsewhere.ok());
  CHECK(elsewhere->keys == "keys");
  CHECK(elsewhere->disk_folder == ".");
  CHECK(parse_store_address("postgresql://county", "keys").ok());
  // What may hold a password is not repeated.
  for (const char* wrong : {"postgresql://user:secret@county", "mysql://user:secret@county", "sqlite:", ""}) {
    CAPTURE(wrong);
    const auto address = parse_store_address(wrong, "");
    REQUIRE_FALSE(address.ok());
    CHECK(address.error().code() == ErrorCode::usage);
    CHECK(address.error().message().find("secret") == std::string::npos);
  }
}

TEST_CASE("keys are their owner's alone, and are found again by what they are for") {
  const TemporaryFolder folder;
  SeededRandom random(1);
  KeyFolder keys(folder / "keys");
  REQUIRE(keys.make().ok());
  const auto made = keys.make_key(KeyFolder::Use::county, random);
  REQUIRE(made.ok());
  CHECK(keys.find_key(KeyFolder::Use::county, made->public_key()).ok());
  CHECK_FALSE(keys.find_key(KeyFolder::Use::bundle, made->public_key()).ok());
  using std::filesystem::perms;
  const perms others = perms::group_all | perms::others_all;
  CHECK((std::filesystem::status(folder / "keys").permissions() & others) == perms::none);
  for (const auto& file : std::filesystem::directory_iterator(folder / "keys")) {
    CHECK((file.status().permissions() & others) == perms::none);
  }
}

TEST_CASE("where there is no county, none is opened, and none is made") {
  const TemporaryFolder folder;
  SystemClock clock;
  SeededRandom random(2);
  const auto address = parse_store_address("sqlite:" + (folder / "county.gpkg").string(), "");
  REQUIRE(address.ok());
  CHECK_FALSE(Office::open({clock, random}, *address, Purpose::write_beside).ok());
  CHECK_FALSE(std::filesystem::exists(folder / "county.gpkg"));
}
