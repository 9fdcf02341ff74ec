// Catalogues that come as records: whose they are, and when they count.
#include "app/criteria/shelf.h"
#include "db/base/files.h"
#include "db/base/hash.h"
#include "db/frames/payload.h"
#include "db/records/handles/criteria_catalogue.h"
#include "db/records/handles/person.h"
#include "db/records/handles/person_key.h"
#include "db/records/kinds.h"
#include "tests/support/judged_county/county.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::has;

namespace {

namespace kinds = records::kinds;

SigningKey key_of(std::uint8_t seed) {
  Bytes bytes(32, seed);
  auto key = SigningKey::from_seed(bytes);
  REQUIRE(key.ok());
  return std::move(key).value();
}

std::string plan_csv() {
  auto text = read_text_file(tests::assets() / "criteria" / "tekes-plan-2021-2025.csv", 1 << 20);
  REQUIRE(text.ok());
  return *text;
}

// The plan's file with another number of mines in R04.
std::string plan_with_mines(const std::string& number) {
  std::string text = plan_csv();
  const std::string condition = "\"at_most(mines_total, 16)\"";
  const auto at = text.find(condition);
  REQUIRE(at != std::string::npos);
  return text.replace(at, condition.size(), "\"at_most(mines_total, " + number + ")\"");
}

// A laptop's store into which operations come as a sync brings them.
struct Laptop {
  Laptop() {
    set_language(Language::english);
    administrator = enrol("Administrator", records::Role::administrator, administrators_key);
    officer = enrol("Officer", records::Role::officer, officers_key);
  }
  ~Laptop() { set_language(Language::chinese); }

  Uuid enrol(const std::string& name, records::Role role, const SigningKey& key) {
    records::Record person(fixed_uuid("person " + name), records::kind_of(kinds::person));
    person.set_value(records::person::name, name);
    person.set_value(records::person::role, static_cast<std::int64_t>(role));
    receive(person, {}, nullptr);
    records::Record held(fixed_uuid("key " + name), records::kind_of(kinds::person_key));
    held.set_value(records::person_key::person, person.id());
    const auto bytes = key.public_key().bytes;
    held.set_value(records::person_key::public_key, Bytes(bytes.begin(), bytes.end()));
    receive(held, {}, nullptr);
    return person.id();
  }

  // Every group of a record, signed by somebody or by nobody.
  void receive(const records::Record& record, const Uuid& person, const SigningKey* key) {
    for (const auto& edit : history::edits_for_new(record)) {
      history::Operation operation;
      operation.id = {{fixed_uuid("another laptop"), 1}, ++sequence_};
      operation.time = {1'000'000 + static_cast<std::int64_t>(sequence_), 0};
      operation.person = person;
      operation.record = edit.record;
      operation.kind = edit.kind;
      operation.group = edit.group;
      operation.values = edit.values;
      if (key != nullptr) operation.person_signature = key->sign(frames::person_signed_bytes(operation));
      store.receive(operation);
    }
  }

  records::Record publication(const std::string& text, const std::string& from,
                              std::string id = "tekes-plan-2021-2025") {
    CatalogueFile file;
    file.id = std::move(id);
    file.text = text;
    file.from = tests::day(from);
    file.reason = "example";
    auto record = make_publication(store, file, fixed_uuid("publication " + std::to_string(++published_)));
    REQUIRE_MESSAGE(record.ok(), record.error().message());
    return std::move(record).value();
  }
  void publish(const std::string& text, const std::string& from) {
    receive(publication(text, from), administrator, &administrators_key);
  }

  CatalogueShelf shelf() {
    CatalogueShelf made(tests::assets(), folder / "criteria");
    REQUIRE(made.read(store).ok());
    return made;
  }
  std::string condition_on(std::string_view on, const std::string& rule = "R04") {
    auto made = shelf();
    const auto catalogue = made.on(tests::day(on));
    REQUIRE(catalogue.ok());
    for (const auto* one : (*catalogue)->rules_on(tests::day(on))) {
      if (one->id == rule) return one->condition.text;
    }
    return "(none)";
  }
  std::string why_not(std::string_view on = "2026-06-01") {
    auto made = shelf();
    const auto entries = made.entries_on(tests::day(on));
    REQUIRE(entries.ok());
    for (const auto& entry : *entries) {
      if (entry.file.origin == CatalogueOrigin::published) return entry.why_not;
    }
    return "(nothing published)";
  }

  tests::ManualClock clock;
  tests::MemoryRecordStore store{clock, fixed_uuid("this laptop")};
  tests::TemporaryFolder folder;
  SigningKey administrators_key = key_of(7);
  SigningKey officers_key = key_of(8);
  Uuid administrator;
  Uuid officer;

 private:
  std::uint64_t sequence_ = 0;
  int published_ = 0;
};

}  // namespace

TEST_CASE("an edition counts from its first day on; visits before are judged by what was in force then") {
  Laptop laptop;
  laptop.publish(plan_with_mines("15"), "2026-03-01");
  CHECK(laptop.condition_on("2026-02-28") == "at_most(mines_total, 16)");
  CHECK(laptop.condition_on("2026-03-01") == "at_most(mines_total, 15)");
  CHECK(laptop.why_not().empty());
  CHECK(has(laptop.why_not("2026-02-28"), "2026-03-01"));

  laptop.publish(plan_with_mines("14"), "2026-05-01");
  CHECK(laptop.condition_on("2026-02-28") == "at_most(mines_total, 16)");
  CHECK(laptop.condition_on("2026-04-30") == "at_most(mines_total, 15)");
  CHECK(laptop.condition_on("2026-05-01") == "at_most(mines_total, 14)");
  auto shelf = laptop.shelf();
  const auto catalogue = shelf.on(tests::day("2026-06-01"));
  REQUIRE(catalogue.ok());
  CHECK((*catalogue)->files()[0].edition == 2);
  CHECK((*catalogue)->files()[0].publisher == "Administrator");
}

TEST_CASE("a large catalogue comes back byte for byte, with LF and without byte order mark") {
  Laptop laptop;
  std::string text = "\xEF\xBB\xBF";
  for (const char c : plan_with_mines("15")) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  laptop.publish(text, "2026-03-01");
  const auto publications = read_publications(laptop.store);
  REQUIRE(publications.ok());
  REQUIRE(publications->size() == 1);
  CHECK((*publications)[0].file.text == plan_with_mines("15"));
  CatalogueFile huge;
  huge.id = "huge";
  huge.text = std::string(600'000, 'x');
  CHECK(make_publication(laptop.store, huge, Uuid{}).error().code() == ErrorCode::bad_input);
}

TEST_CASE("what nobody entitled has signed is refused with its reason, and what was in force stays") {
  Laptop laptop;
  const auto record = laptop.publication(plan_with_mines("15"), "2026-03-01");
  SUBCASE("no signature") {
    laptop.receive(record, laptop.administrator, nullptr);
    CHECK(has(laptop.why_not(), "not signed"));
  }
  SUBCASE("signed by an officer") {
    laptop.receive(record, laptop.officer, &laptop.officers_key);
    CHECK(has(laptop.why_not(), "no administrator"));
  }
  SUBCASE("signed by somebody unknown") {
    laptop.receive(record, fixed_uuid("stranger"), &laptop.officers_key);
    CHECK(has(laptop.why_not(), "not enrolled"));
  }
  SUBCASE("in the administrator's name with another key") {
    laptop.receive(record, laptop.administrator, &laptop.officers_key);
    CHECK(has(laptop.why_not(), "not valid"));
  }
  SUBCASE("the content is not what its hash says") {
    records::Record damaged = record;
    damaged.set_value(records::criteria_catalogue::content_sha256, std::string(64, '0'));
    laptop.receive(damaged, laptop.administrator, &laptop.administrators_key);
    CHECK(has(laptop.why_not(), "hash"));
  }
  CHECK(laptop.condition_on("2026-06-01") == "at_most(mines_total, 16)");
}

TEST_CASE("a signed edition with a fault is refused with line and column, and the edition before stays in force") {
  Laptop laptop;
  laptop.publish(plan_with_mines("15"), "2026-03-01");
  laptop.publish(plan_with_mines("coalesce(mines_total, 3)"), "2026-05-01");
  CHECK(laptop.condition_on("2026-06-01") == "at_most(mines_total, 15)");
  CHECK(has(laptop.why_not(), "COALESCE"));
  CHECK(has(laptop.why_not(), "line 5"));
}

TEST_CASE("two administrators who published the same edition differently have to settle it; until then the old stays") {
  Laptop laptop;
  const auto first = laptop.publication(plan_with_mines("15"), "2026-03-01");
  const auto second = laptop.publication(plan_with_mines("14"), "2026-03-01");
  laptop.receive(first, laptop.administrator, &laptop.administrators_key);
  laptop.receive(second, laptop.administrator, &laptop.administrators_key);
  CHECK(laptop.condition_on("2026-06-01") == "at_most(mines_total, 16)");
  CHECK(has(laptop.why_not(), "two different editions 1"));
  laptop.publish(plan_with_mines("13"), "2026-04-01");
  CHECK(laptop.condition_on("2026-06-01") == "at_most(mines_total, 13)");
}

TEST_CASE("an office adds a rule without a compiler: a file in the data folder") {
  Laptop laptop;
  std::string csv = plan_csv();
  const auto header_end = csv.find('\n');
  auto row = csv.substr(csv.find("\nR04,") + 1);
  row = row.substr(0, row.find('\n'));
  row.replace(0, 3, "B01");
  std::filesystem::create_directories(laptop.folder / "criteria");
  const auto write = [&](const std::string& name, const std::string& text) {
    REQUIRE(write_file_durably(laptop.folder / "criteria" / name, as_bytes(text)).ok());
  };
  write("office-rules.csv", csv.substr(0, header_end + 1) + row + "\n");
  CHECK(laptop.condition_on("2026-06-01", "B01") == "at_most(mines_total, 16)");
  CHECK(laptop.condition_on("2026-06-01", "R04") == "at_most(mines_total, 16)");

  SUBCASE("one that takes an id of the plan is refused, and the plan stays") {
    row.replace(0, 3, "R04");
    write("office-rules.csv", csv.substr(0, header_end + 1) + row + "\n");
    CHECK(laptop.condition_on("2026-06-01", "B01") == "(none)");
    CHECK(laptop.condition_on("2026-06-01", "R04") == "at_most(mines_total, 16)");
  }
  SUBCASE("an own file stands in for the shipped one until the county publishes") {
    write("tekes-plan-2021-2025.csv", plan_with_mines("12"));
    CHECK(laptop.condition_on("2026-06-01") == "at_most(mines_total, 12)");
    laptop.publish(plan_with_mines("15"), "2026-03-01");
    CHECK(laptop.condition_on("2026-06-01") == "at_most(mines_total, 15)");
  }
}
