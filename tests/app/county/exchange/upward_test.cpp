// A county reports to its prefecture: both at their keyboards, with a stick between them.
#include "db/base/files.h"
#include "sync/sql/sql_values.h"
#include "tests/sync/office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr std::int64_t eight_days_ms = 8LL * 24 * 3600 * 1000;

// How much stands in every table, and every package with its receipt.
std::string kept(const SqliteOffice& office) {
  std::string all;
  for (const auto& table : rows_of(office, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
    const std::string name = sql::text_of(table[0]);
    all += name + " " +
           std::to_string(sql::integer_of(rows_of(office, "SELECT count(*) FROM \"" + name + "\"")[0][0])) + "\n";
  }
  const char* packages =
      "SELECT package_number || ' ' || hex(package_hash) || ' ' || hex(receipt) || ' ' || receipted_at_ms"
      " FROM sync_upward_package ORDER BY county_id, incarnation, package_number";
  for (const auto& row : rows_of(office, packages)) all += sql::text_of(row[0]) + "\n";
  for (const auto& row : rows_of(office, "SELECT hex(prefecture_key) || ' ' || fingerprint FROM sync_upward")) {
    all += sql::text_of(row[0]) + "\n";
  }
  return all;
}

struct Road {
  Road() {
    REQUIRE(county.run({"init", "--empty"}).exit_code == 0);
    note_key_of(prefecture);
  }
  void note_key_of(const SqliteOffice& of) {
    const Ran key = of.run({"upward", "key"});
    REQUIRE_MESSAGE(key.exit_code == 0, key.err);
    const Ran noted = county.run({"upward", "to", std::string(trim(key.out))});
    REQUIRE_MESSAGE(noted.exit_code == 0, noted.err);
  }
  // What the county's people read to the prefecture's by telephone: "ID FINGERPRINT".
  void trust_at(const SqliteOffice& who) const {
    const Ran said = county.run({"upward", "fingerprint"});
    REQUIRE_MESSAGE(said.exit_code == 0, said.err);
    const std::string text(trim(said.out));
    const Ran trusted = who.run({"upward", "trust", text.substr(0, 36), text.substr(37)});
    REQUIRE_MESSAGE(trusted.exit_code == 0, trusted.err);
  }
  // Something that the county has to report.
  void work() const {
    REQUIRE(county.run({"positioning", "set", "--accuracy", "5", "--reason", "示例"}).exit_code == 0);
  }
  void write(const char* name) const {
    const Ran written = county.run({"upward", "write", (stick.path() / name).string()});
    REQUIRE_MESSAGE(written.exit_code == 0, written.err);
  }
  Ran read_at(const SqliteOffice& who, const std::string& name) const {
    return who.run(
        {"upward", "read", (stick.path() / name).string(), "--receipt", (stick.path() / (name + ".kxur")).string()});
  }
  Ran read(const std::string& name) const { return read_at(prefecture, name); }
  Ran take_receipt(const std::string& name) const {
    return county.run({"upward", "receipt", (stick.path() / (name + ".kxur")).string()});
  }
  bool status_says(const std::string& fact) const {
    return county.run({"status", "--json"}).out.find(fact) != std::string::npos;
  }
  std::string latest() const {
    const std::string facts = county.run({"status", "--json"}).out;
    const std::size_t at = facts.find("\"latest_sequence\": ") + 19;
    return facts.substr(at, facts.find(',', at) - at);
  }
  Bytes bytes(const std::string& name) const {
    const auto all = read_file(stick.path() / name, 1 << 20);
    REQUIRE(all.ok());
    return *all;
  }
  // Refused with these words and this code, and neither side has anything more or less, nor the stick a receipt.
  void check_refused(const std::string& name, int exit_code, const std::string& words) const {
    const std::string before = kept(prefecture);
    const Ran refused = read(name);
    CHECK(refused.exit_code == exit_code);
    CHECK_MESSAGE(refused.err.find(words) != std::string::npos, refused.err);
    CHECK(refused.out.empty());
    CHECK(kept(prefecture) == before);
    CHECK_FALSE(std::filesystem::exists(stick.path() / (name + ".kxur")));
  }
  SqliteOffice county;
  SqliteOffice prefecture;
  TemporaryFolder stick;
};

}  // namespace

TEST_CASE("packages go out, are read, and their receipts come home; status says when that is overdue") {
  Road road;
  road.trust_at(road.prefecture);
  road.work();
  CHECK(road.status_says("\"upward_receipted_sequence\": 0"));
  CHECK(road.status_says("\"upward_overdue\": false"));
  road.write("1");
  const Ran read = road.read("1");
  REQUIRE_MESSAGE(read.exit_code == 0, read.err);
  CHECK(read.out.find("package 1: taken") != std::string::npos);
  const Ran home = road.take_receipt("1");
  REQUIRE_MESSAGE(home.exit_code == 0, home.err);
  CHECK(home.out == "the prefecture has package 1, through number " + road.latest() + "\n");
  CHECK(road.status_says("\"upward_receipted_sequence\": " + road.latest()));
  const Ran counties = road.prefecture.run({"upward", "counties", "--json"});
  CHECK(counties.out.find("\"through_sequence\": " + road.latest()) != std::string::npos);
  CHECK(counties.out.find("\"newest_package\": 1") != std::string::npos);

  // Eight days pass. As long as nothing was done, nobody is late.
  rows_of(road.county,
          "UPDATE sync_upward_package SET receipted_at_ms = receipted_at_ms - " + std::to_string(eight_days_ms));
  CHECK(road.status_says("\"upward_overdue\": false"));
  road.work();
  CHECK(road.status_says("\"upward_overdue\": true"));
  CHECK(road.county.run({"status"}).out.find("warning: reporting upward is overdue") != std::string::npos);
  // A package alone does not help: its receipt does.
  road.write("2");
  CHECK(road.status_says("\"upward_overdue\": true"));
  REQUIRE(road.read("2").exit_code == 0);
  REQUIRE(road.take_receipt("2").exit_code == 0);
  CHECK(road.status_says("\"upward_overdue\": false"));
  CHECK(road.status_says("\"upward_receipted_sequence\": " + road.latest()));
}

TEST_CASE(
    "a package of an unknown county, a damaged one, one for another prefecture, one too early: nothing is taken") {
  Road road;
  road.work();
  road.write("1");
  road.check_refused("1", 4, "is not known here: compare its fingerprint by telephone");
  road.trust_at(road.prefecture);

  const Bytes whole = road.bytes("1");
  Bytes damaged = whole;
  damaged[damaged.size() / 2] ^= 1;
  REQUIRE(write_file_durably(road.stick.path() / "damaged", damaged).ok());
  road.check_refused("damaged", 4, "cut short or was changed");
  damaged = whole;
  damaged[0] ^= 1;
  REQUIRE(write_file_durably(road.stick.path() / "other", damaged).ok());
  road.check_refused("other", 3, "this is no package of a county");
  road.check_refused("nowhere", 3, "nowhere");

  REQUIRE(road.read("1").exit_code == 0);
  REQUIRE(road.take_receipt("1").exit_code == 0);
  SqliteOffice stranger;
  road.note_key_of(stranger);
  road.write("foreign");
  road.check_refused("foreign", 4, "meant for somebody else");
}

TEST_CASE(
    "the same package twice gives the same receipt; one that follows an unread one is refused until that is read") {
  Road road;
  road.trust_at(road.prefecture);
  road.work();
  road.write("1");
  REQUIRE(road.read("1").exit_code == 0);
  const Bytes receipt = road.bytes("1.kxur");
  const std::string before = kept(road.prefecture);
  const Ran again = road.read("1");
  CHECK(again.exit_code == 0);
  CHECK(again.out.find("read before, the same receipt again") != std::string::npos);
  CHECK(road.bytes("1.kxur") == receipt);
  CHECK(kept(road.prefecture) == before);
  REQUIRE(road.take_receipt("1").exit_code == 0);
  const std::string county_before = kept(road.county);
  CHECK(road.take_receipt("1").exit_code == 0);
  CHECK(kept(road.county) == county_before);

  // Another database of the same prefecture, put back from before the first package.
  road.work();
  road.write("2");
  SqliteOffice empty;
  std::filesystem::create_directories(empty.folder / "keys");
  std::filesystem::copy(road.prefecture.folder / "keys", empty.folder / "keys",
                        std::filesystem::copy_options::recursive);
  REQUIRE(empty.run({"upward", "key"}).out == road.prefecture.run({"upward", "key"}).out);
  road.trust_at(empty);
  const std::string empty_before = kept(empty);
  const Ran early = road.read_at(empty, "2");
  CHECK(early.exit_code == 4);
  CHECK(early.err.find("continues one that was not read here") != std::string::npos);
  CHECK(kept(empty) == empty_before);
  CHECK_FALSE(std::filesystem::exists(road.stick.path() / "2.kxur"));
  CHECK(road.read_at(empty, "1").exit_code == 0);
  CHECK(road.read_at(empty, "2").exit_code == 0);
}

TEST_CASE("a receipt of another prefecture, and what is no receipt, are not kept") {
  Road road;
  SqliteOffice stranger;
  road.note_key_of(stranger);
  road.trust_at(stranger);
  road.work();
  road.write("1");
  REQUIRE(road.read_at(stranger, "1").exit_code == 0);
  road.note_key_of(road.prefecture);
  const std::string before = kept(road.county);
  const Ran foreign = road.take_receipt("1");
  CHECK(foreign.exit_code == 4);
  CHECK(foreign.err.find("was not signed by this county's prefecture") != std::string::npos);
  REQUIRE(write_file_durably(road.stick.path() / "text.kxur", as_bytes(std::string_view("示例"))).ok());
  const Ran text = road.take_receipt("text");
  CHECK(text.exit_code == 3);
  CHECK(text.err.find("this is no receipt") != std::string::npos);
  CHECK(road.take_receipt("nowhere").exit_code == 3);
  CHECK(kept(road.county) == before);
  CHECK(road.status_says("\"upward_receipted_sequence\": 0"));
}

TEST_CASE("what people type wrong has its words and its code, and changes nothing") {
  SqliteOffice county;
  TemporaryFolder stick;
  REQUIRE(county.run({"init", "--empty"}).exit_code == 0);
  const std::string before = kept(county);
  const Ran early = county.run({"upward", "write", (stick.path() / "1").string()});
  CHECK(early.exit_code == 3);
  CHECK(early.err.find("the prefecture's key is not known") != std::string::npos);
  const Ran short_key = county.run({"upward", "to", "12ab"});
  CHECK(short_key.exit_code == 3);
  CHECK(short_key.err.find("64 hexadecimal characters") != std::string::npos);
  CHECK(county.run({"upward", "trust", "nobody", "AAAA"}).exit_code == 3);
  CHECK(county.run({"upward", "read"}).exit_code == 2);
  CHECK(county.run({"upward", "fly"}).exit_code == 2);
  CHECK(kept(county) == before);
  CHECK(std::filesystem::is_empty(stick.path()));

  Road road;
  road.write("1");
  const Bytes whole = road.bytes("1");
  const Ran twice = road.county.run({"upward", "write", (road.stick.path() / "1").string()});
  CHECK(twice.exit_code == 3);
  CHECK(twice.err.find("exists already") != std::string::npos);
  CHECK(road.bytes("1") == whole);
}
