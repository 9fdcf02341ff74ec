#include <fstream>
#include <set>
#include <sstream>

#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/minimum_scale.h"
#include "db/records/handles/mining_right.h"
#include "tests/db/registers/county.h"
#include "tests/support/temporary_folder.h"

// How a folder of registers is read, and what is refused.
namespace kuangxun::tests {

using records::Record;

namespace {

// A copy of the shipped registers in which one file has been changed.
class ChangedRegisters {
 public:
  ChangedRegisters() {
    for (const auto& entry : std::filesystem::directory_iterator(shipped_registers()))
      std::filesystem::copy_file(entry.path(), folder_.path() / entry.path().filename());
  }
  const std::filesystem::path& path() const { return folder_.path(); }

  ChangedRegisters& replace(const char* file, const char* from, const char* to) {
    std::stringstream text;
    text << std::ifstream(folder_ / file).rdbuf();
    REQUIRE(text.str().find(from) != std::string::npos);
    std::string whole = text.str();
    whole.replace(whole.find(from), std::string_view(from).size(), to);
    std::ofstream(folder_ / file) << whole;
    return *this;
  }

  std::string refusal() const {
    const Speaking english(Language::english);
    const auto loaded = registers::load_registers(path());
    if (loaded.ok()) return "was read";
    CHECK(loaded.error().code() == ErrorCode::bad_input);
    return loaded.error().message();
  }

 private:
  TemporaryFolder folder_;
};

std::string refusal(const char* file, const char* from, const char* to) {
  return ChangedRegisters().replace(file, from, to).refusal();
}

}  // namespace

TEST_CASE("ids are for ever: the same name gives the same id on every laptop") {
  CHECK(registers::register_id("mining-right", "3-01") == fixed_uuid("tekes-plan-2021-2025/mining-right/3-01"));
  CHECK(registers::citation_id("mining-right", "3-01", "area_km2") ==
        fixed_uuid("tekes-plan-2021-2025/citation/mining-right/3-01/area_km2"));
}

TEST_CASE("the order is by kind, then as in the file, and is the same each time") {
  const auto again = registers::load_registers(shipped_registers());
  REQUIRE(again.ok());
  CHECK(*again == county());
  std::set<Uuid> ids;
  records::KindNumber kind = 0;
  for (const Record& record : county()) {
    CHECK(record.kind().number >= kind);
    kind = record.kind().number;
    CHECK(ids.insert(record.id()).second);
  }
  CHECK(of_kind(records::kinds::mining_right)[10].integer(records::mining_right::register_number) == 11);
}

TEST_CASE("a citation keeps what is printed, also where the value is empty") {
  const Record* area = find_record(registers::citation_id("restoration-project", "19-01", "area_ha"));
  REQUIRE(area != nullptr);
  CHECK(area->text(records::citation::printed) == "0.089");
  CHECK(area->integer(records::citation::table_number) == 19);
  CHECK(area->integer(records::citation::row) == 1);
  CHECK(area->text(records::citation::column) == "面积（平方千米）");
  CHECK(text_of(record_of("restoration-project", "19-01"), "area_ha") == "8.9");
  const Record* small = find_record(registers::citation_id("minimum-scale", "14-05", "small_open_pit"));
  REQUIRE(small != nullptr);
  CHECK(small->text(records::citation::printed) == "3/-");
  CHECK_FALSE(record_of("minimum-scale", "14-05").has(records::minimum_scale::small_open_pit));
}

TEST_CASE("a field with a source of its own is not said to stand in the row's table") {
  const Record* year = find_record(registers::citation_id("county", "654027", "base_year"));
  REQUIRE(year != nullptr);
  CHECK(year->text(records::citation::source) == "特克斯县矿产资源总体规划（2021—2025年）总则");
  CHECK_FALSE(year->has(records::citation::table_number));
}

TEST_CASE("line ends and a byte order mark change nothing") {
  ChangedRegisters changed;
  for (const char* file : {"plan-note.csv", "mining-right.csv"}) {
    std::stringstream text;
    text << std::ifstream(changed.path() / file).rdbuf();
    std::ofstream(changed.path() / file) << "\xEF\xBB\xBF" << replace_all(text.str(), "\n", "\r\n");
  }
  const auto loaded = registers::load_registers(changed.path());
  REQUIRE(loaded.ok());
  CHECK(*loaded == county());
}

TEST_CASE("what is not understood is refused with file, line and column") {
  CHECK(refusal("mining-right.csv", "register_number,name,", "register_number,nome,") ==
        "mining-right.csv, line 1, column 3: mining-right has no column \"nome\"");
  CHECK(refusal("mining-right.csv", "key,", "id,") == "mining-right.csv, line 1: the header lacks the column \"key\"");
  CHECK(refusal("mining-right.csv", "\n3-02,", "\n3-01,") ==
        "mining-right.csv, line 3, column 1 (key): the key \"3-01\" already stands on line 2");
  CHECK(refusal("mining-right.csv", "\n3-02,", "\n3月2日,")
            .starts_with("mining-right.csv, line 3, column 1 (key): \"3月2日\" is no key: "));
  CHECK(refusal("mining-right.csv", ",gold,", ",golden,")
            .starts_with("mining-right.csv, line 2, column 5 (mineral): mineral: \"golden\" is wrong"));
  CHECK(refusal("mining-right.csv", ",13.246,13.246", ",13.24601,13.246")
            .starts_with("mining-right.csv, line 2, column 7 (area_km2): area_km2: "));
  CHECK(refusal("mining-right.csv", ",13.246,13.246", ",-1,13.246")
            .starts_with("mining-right.csv, line 2, column 7 (area_km2): "));
  CHECK(refusal("mining-right.csv", "新疆特克斯县博故图金矿,", ",")
            .starts_with("mining-right.csv, line 2, column 3 (name): "));
  CHECK(refusal("mining-right.csv", "township:654027103", "township:654027999") ==
        "mining-right.csv, line 8, column 17 (township): there is no record \"township:654027999\"; "
        "write KIND:KEY, such as township:654027101");
  CHECK(refusal("mining-right.csv", "township:654027103", "mining-right:3-01") ==
        "mining-right.csv, line 8, column 17 (township): township cannot refer to a mining-right");
  CHECK(refusal("county.csv", "特克斯县矿产资源总体规划（2021—2025年）一（一）", "")
            .starts_with("county.csv, line 2, column 3 (name@printed): printed text without its source"));
  CHECK(refusal("reserve.csv", ",1,1,特", ",one,1,特").starts_with("reserve.csv, line 2, column "));
  CHECK(refusal("township.csv", "654027100,特克斯镇", "654027100,\"特克斯镇").starts_with("township.csv, line "));
}

TEST_CASE("a columns.csv that names what is not there is refused") {
  CHECK(refusal("columns.csv", "mining-right,3,name", "mining-rite,3,name") ==
        "columns.csv, line 2, column 1 (kind): there is no kind of record \"mining-rite\"");
  CHECK(refusal("columns.csv", "mining-right,3,name", "mining-right,3,nome") ==
        "columns.csv, line 2, column 3 (field): mining-right has no field \"nome\"");
  CHECK(refusal("columns.csv", "mining-right,3,holder", "mining-right,3,name") ==
        "columns.csv, line 3, column 3 (field): stands twice");
}

TEST_CASE("a folder without one of its files is not found") {
  const ChangedRegisters changed;
  std::filesystem::remove(changed.path() / "reserve.csv");
  const auto loaded = registers::load_registers(changed.path());
  REQUIRE(!loaded.ok());
  CHECK(loaded.error().code() == ErrorCode::not_found);
  CHECK(loaded.error().message().find("reserve.csv") != std::string::npos);
}

}  // namespace kuangxun::tests
