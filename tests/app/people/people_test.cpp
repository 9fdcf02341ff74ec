#include <doctest/doctest.h>

#include <fstream>

#include "app/people/laptop_people.h"
#include "app/people/pin_tries.h"
#include "db/base/files.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory/memory_record_store.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using people::LaptopPeople;
using people::PinTries;

namespace {

const std::string pin = "示例口令 4711";

struct Laptop {
  LaptopPeople open() { return LaptopPeople(folder / "people", clock, random); }
  // Registered as the county's answer would have it.
  Uuid enrol(const std::string& name, const std::string& with) {
    LaptopPeople people = open();
    REQUIRE(people.begin_registration(with).ok());
    const Uuid id = fixed_uuid(name);
    REQUIRE(people.finish_registration({id, name, "示例-01", "officer"}).ok());
    return id;
  }
  ManualClock clock;
  SeededRandom random{5};
  TemporaryFolder folder;
  MemoryRecordStore store{clock, fixed_uuid("示例电脑")};
};

void add_record(MemoryRecordStore& store, const std::string& name, std::int64_t role) {
  records::Record record(fixed_uuid(name), records::kind_of(records::kinds::person));
  record.set_value(records::common::name, name);
  record.set_value(records::common::role, role);
  const auto edits = history::edits_for_new(record);
  REQUIRE(store.commit(edits, {}).ok());
}

}  // namespace

TEST_CASE("a PIN that everybody tries first, or a short one, is not taken") {
  for (const char* simple : {"", "12345", "111111", "123456", "987654", "abcdefg"}) {
    CAPTURE(simple);
    CHECK_FALSE(people::check_new_pin(simple).ok());
  }
  for (const char* good : {"471108", "示例口令", "correct horse", "112233"}) {
    CAPTURE(good);
    CHECK(people::check_new_pin(good).ok());
  }
}

TEST_CASE("a registration that got no answer goes on with the same key, and the person then signs with it") {
  Laptop laptop;
  const auto first = laptop.open().begin_registration(pin);
  REQUIRE(first.ok());
  // The answer was lost; the program ended.
  const auto again = laptop.open().begin_registration(pin);
  REQUIRE(again.ok());
  CHECK(again->public_key() == first->public_key());
  const Uuid id = fixed_uuid("示例甲");
  CHECK_FALSE(laptop.open().has_key(id));
  REQUIRE(laptop.open().finish_registration({id, "示例甲", "示例-01", "officer"}).ok());
  CHECK(laptop.open().has_key(id));
  const auto unlocked = laptop.open().unlock(id, pin);
  REQUIRE(unlocked.ok());
  CHECK(unlocked->public_key() == first->public_key());
  // The next person gets another key.
  const auto next = laptop.open().begin_registration(pin);
  REQUIRE(next.ok());
  CHECK(next->public_key() != first->public_key());
}

TEST_CASE("what lies in the folder is for its owner alone, and the PIN is in none of it") {
  Laptop laptop;
  laptop.enrol("示例甲", pin);
  LaptopPeople people = laptop.open();
  CHECK_FALSE(people.unlock(fixed_uuid("示例甲"), "another PIN").ok());
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(laptop.folder / "people")) {
    CAPTURE(entry.path().string());
    ++files;
    using std::filesystem::perms;
    CHECK((entry.status().permissions() & (perms::group_all | perms::others_all)) == perms::none);
    const auto bytes = read_file(entry.path(), 1 << 20);
    REQUIRE(bytes.ok());
    CHECK(as_text(*bytes).find(pin) == std::string_view::npos);
  }
  CHECK(files == 3);
}

TEST_CASE("wrong PINs are counted over restarts, and each one makes the wait longer") {
  Laptop laptop;
  const Uuid id = laptop.enrol("示例甲", pin);
  for (int wrong = 1; wrong < PinTries::free_tries; ++wrong) {
    CHECK(laptop.open().unlock(id, "000000").error().code() == ErrorCode::refused);
  }
  std::int64_t wait_ms = PinTries::first_wait_ms;
  for (int round = 0; round < 3; ++round) {
    CHECK(laptop.open().unlock(id, "000000").error().code() == ErrorCode::refused);
    // Another run of the program has not forgotten; the right PIN waits too.
    laptop.clock.advance_ms(wait_ms - 1000);
    const auto early = laptop.open().unlock(id, pin);
    REQUIRE_FALSE(early.ok());
    CHECK(early.error().code() == ErrorCode::busy);
    CHECK(early.error().message().find(" 1 ") != std::string::npos);
    laptop.clock.advance_ms(1000);
    wait_ms *= 2;
  }
  CHECK(laptop.open().unlock(id, pin).ok());
  // And all is forgiven.
  CHECK(laptop.open().unlock(id, "000000").error().code() == ErrorCode::refused);
  CHECK(laptop.open().unlock(id, pin).ok());
}

TEST_CASE("setting the clock back does not shorten the wait, nor lengthen it without end") {
  Laptop laptop;
  const Uuid id = laptop.enrol("示例甲", pin);
  for (int wrong = 0; wrong < PinTries::free_tries; ++wrong) CHECK_FALSE(laptop.open().unlock(id, "000000").ok());
  laptop.clock.set_wall_ms(laptop.clock.now_ms() - 365LL * 24 * 3600 * 1000);
  CHECK(laptop.open().unlock(id, pin).error().code() == ErrorCode::busy);
  laptop.clock.advance_ms(PinTries::first_wait_ms);
  CHECK(laptop.open().unlock(id, pin).ok());
  CHECK(PinTries::wait_ms(1'000'000) == PinTries::wait_max_ms);
}

TEST_CASE("a PIN is changed by who knows it; the key stays") {
  Laptop laptop;
  const Uuid id = laptop.enrol("示例甲", pin);
  LaptopPeople people = laptop.open();
  const PublicKey before = people.unlock(id, pin)->public_key();
  CHECK(people.change_pin(id, "not the PIN", "8-29-1-44").error().code() == ErrorCode::refused);
  CHECK(people.change_pin(id, pin, "123456").error().code() == ErrorCode::bad_input);
  REQUIRE(people.change_pin(id, pin, "8-29-1-44").ok());
  CHECK_FALSE(people.unlock(id, pin).ok());
  CHECK(people.unlock(id, "8-29-1-44")->public_key() == before);
}

TEST_CASE("a forgotten PIN: the person registers again, and the old key is kept beside the new one") {
  Laptop laptop;
  const Uuid id = laptop.enrol("示例甲", pin);
  const PublicKey before = laptop.open().unlock(id, pin)->public_key();
  for (int wrong = 0; wrong < 5; ++wrong) (void)laptop.open().unlock(id, "000000").ok();
  laptop.enrol("示例甲", "another 3141");
  const auto key = laptop.open().unlock(id, "another 3141");
  REQUIRE(key.ok());
  CHECK(key->public_key() != before);
  int kept = 0;
  for (const auto& entry : std::filesystem::directory_iterator(laptop.folder / "people")) {
    if (entry.path().filename().string().starts_with(id.text() + ".key.")) ++kept;
  }
  CHECK(kept == 1);
}

TEST_CASE("who there is: by the county's records, and before the first sync by what the county said at registration") {
  Laptop laptop;
  const Uuid first = laptop.enrol("示例甲", pin);
  auto people = laptop.open().list(laptop.store);
  REQUIRE(people.ok());
  REQUIRE(people->size() == 1);
  CHECK(people->front().name == "示例甲");
  CHECK(people->front().role == "officer");

  add_record(laptop.store, "示例丙", 1);
  add_record(laptop.store, "示例甲", 2);
  people = laptop.open().list(laptop.store);
  REQUIRE(people->size() == 2);
  CHECK(people->front().id == first);  // who has a key here comes first
  CHECK(people->front().has_key_here);
  CHECK(people->front().role == "reviewer");
  CHECK_FALSE(people->back().has_key_here);

  CHECK(people::find_person(*people, "示例丙")->id == fixed_uuid("示例丙"));
  CHECK(people::find_person(*people, first.text())->id == first);
  CHECK(people::find_person(*people, "示例丁").error().message().find("示例丙") != std::string::npos);
  CHECK(people::name_of(*people, first) == "示例甲");
  CHECK(people::name_of(*people, {}).empty());
}

TEST_CASE("who acts is remembered") {
  Laptop laptop;
  CHECK(laptop.open().current().is_nil());
  const Uuid id = laptop.enrol("示例甲", pin);
  REQUIRE(laptop.open().set_current(id).ok());
  CHECK(laptop.open().current() == id);
  REQUIRE(laptop.open().set_current({}).ok());
  CHECK(laptop.open().current().is_nil());
}
