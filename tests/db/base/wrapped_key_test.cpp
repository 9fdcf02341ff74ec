#include "db/base/wrapped_key.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/base/person_keys.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun {
namespace {

struct Person {
  tests::SeededRandom random{41};
  tests::TemporaryFolder folder;
  Uuid id = fixed_uuid("示例人员");
  PersonKeys keys{folder / "people", random};
};

TEST_CASE_FIXTURE(Person, "a person's key comes back with the PIN, and signs as before") {
  const auto made = keys.create(id, "426173");
  REQUIRE_MESSAGE(made.ok(), made.error().message());
  const auto key = keys.unlock(id, "426173");
  REQUIRE_MESSAGE(key.ok(), key.error().message());
  CHECK(key->public_key() == *made);
  CHECK(verify_signature(*made, as_bytes("一份记录"), key->sign(as_bytes("一份记录"))));
  CHECK(keys.find(id).value() == *made);
  struct stat facts {};
  REQUIRE(::stat(keys.path_of(id).c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE_FIXTURE(Person, "a wrong PIN is refused, and changes nothing") {
  const auto made = keys.create(id, "426173");
  REQUIRE(made.ok());
  for (const std::string_view wrong : {"426174", "", "426173 "}) {
    const auto key = keys.unlock(id, wrong);
    REQUIRE_FALSE(key.ok());
    CHECK(key.error().code() == ErrorCode::refused);
  }
  CHECK(keys.unlock(id, "426173").ok());
}

TEST_CASE_FIXTURE(Person, "after a change of the PIN only the new one opens, and the key is the same") {
  const auto made = keys.create(id, "426173");
  REQUIRE(made.ok());
  CHECK(keys.change_pin(id, "000000", "918273").error().code() == ErrorCode::refused);
  REQUIRE(keys.change_pin(id, "426173", "长一些的口令").ok());
  CHECK(keys.unlock(id, "426173").error().code() == ErrorCode::refused);
  CHECK(keys.unlock(id, "长一些的口令")->public_key() == *made);
}

TEST_CASE_FIXTURE(Person, "a PIN that is too short or too long is not taken") {
  for (const std::string& pin : {std::string("12345"), std::string(limits::pin_bytes_max + 1, '7')}) {
    CHECK(keys.create(id, pin).error().code() == ErrorCode::bad_input);
  }
  CHECK_FALSE(keys.find(id)->has_value());
  CHECK(keys.unlock(id, "123456").error().code() == ErrorCode::not_found);
}

TEST_CASE_FIXTURE(Person, "a key is never written over") {
  const auto made = keys.create(id, "426173");
  CHECK(keys.create(id, "999999").error().code() == ErrorCode::bad_input);
  CHECK(keys.unlock(id, "426173")->public_key() == *made);
}

TEST_CASE_FIXTURE(Person,
                  "a key file cut at any byte, or with any byte changed, is called damaged before anything else") {
  REQUIRE(keys.create(id, "426173").ok());
  const Bytes whole = *read_file(keys.path_of(id), 1000);
  REQUIRE(whole.size() == wrapped_key_bytes);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(unwrap_key(ByteView(whole).first(size), "426173").error().code() == ErrorCode::corrupt);
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    Bytes changed = whole;
    changed[at] ^= 0x10;
    CHECK(unwrap_key(changed, "426173").error().code() == ErrorCode::corrupt);
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK(unwrap_key(longer, "426173").error().code() == ErrorCode::corrupt);
}

TEST_CASE_FIXTURE(Person, "a damaged key is put aside, not thrown away, and a new one can be made") {
  REQUIRE(keys.create(id, "426173").ok());
  Bytes bytes = *read_file(keys.path_of(id), 1000);
  bytes[60] ^= 1;
  REQUIRE(write_file_durably(keys.path_of(id), bytes, true).ok());
  CHECK(keys.find(id).error().code() == ErrorCode::corrupt);
  REQUIRE(keys.retire(id).ok());
  CHECK_FALSE(keys.find(id)->has_value());
  REQUIRE(keys.create(id, "426173").ok());
  CHECK(std::distance(std::filesystem::directory_iterator(folder / "people"), {}) == 2);
}

}  // namespace
}  // namespace kuangxun
