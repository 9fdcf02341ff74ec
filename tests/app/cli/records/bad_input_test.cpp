#include <doctest/doctest.h>

#include <filesystem>

#include "tests/app/program/program.h"

namespace kuangxun::tests {
namespace {

// A document that would be good but for one thing: `visit` and `point` are put into its objects.
std::string document(const std::string& visit, const std::string& point) {
  return R"({"visit": {"place": "特克斯县先进砖厂", "visit_kind": "patrol", "started_at": "2026-05-01T10:00:00+08:00")" +
         visit + R"(}, "points": [{"longitude_deg": 81.8)" + point + "}]}";
}

struct Situation {
  const char* name;
  std::string text;
  const char* says;
};

std::vector<Situation> situations() {
  const std::string latitude = R"(, "latitude_deg": 43.1)";
  return {
      {"cut off", R"({"visit": {"place": )", "line 1, column"},
      {"on a later line", "{\n  \"visit\": oops\n}", "line 2, column"},
      {"not an object", "[1, 2]", "/: expected an object"},
      {"empty file", "", "line 1, column 1"},
      {"empty document", "{}", "no record"},
      {"text after the end", document("", latitude) + "x", "line 1, column"},
      {"number for text", document(R"(, "purpose": 5)", latitude), "/visit/purpose"},
      {"text for number", document("", R"(, "latitude_deg": "43.1")"), "/points/0/latitude_deg"},
      {"text for boolean", document(R"(, "is_example": "true")", latitude), "/visit/is_example"},
      {"object for text", document(R"(, "purpose": {})", latitude), "/visit/purpose"},
      {"array for object", R"({"visit": []})", "/visit"},
      {"object for array", R"({"points": {}})", "/points"},
      {"unknown field", document(R"(, "colour": "red")", latitude), "/visit/colour"},
      {"unknown part", R"({"dragons": []})", "/dragons"},
      {"a member twice", R"({"visit": {"purpose": "a", "purpose": "b"}})", "purpose"},
      {"latitude 91", document("", R"(, "latitude_deg": 91)"), "/points/0/latitude_deg"},
      {"NaN", document("", R"(, "latitude_deg": NaN)"), "line 1, column"},
      {"infinity", document("", R"(, "latitude_deg": 1e999)"), "line 1"},
      {"no latitude", document("", ""), "/points/0/latitude_deg"},
      {"too many decimals", document("", R"(, "latitude_deg": 43.12345678901)"), "/points/0/latitude_deg"},
      {"unknown choice", document(R"(, "state": "dancing")", latitude), "/visit/state"},
      {"impossible day", document(R"(, "ended_at": "2026-02-30T10:00:00+08:00")", latitude), "/visit/ended_at"},
      {"time without offset", document(R"(, "ended_at": "2026-05-01T11:00:00")", latitude), "/visit/ended_at"},
      {"invalid UTF-8", document(std::string(", \"purpose\": \"\xff\""), latitude), "line 1, column"},
      {"overlong UTF-8", document(std::string(", \"purpose\": \"\xc0\xaf\""), latitude), "line 1, column"},
      {"a lone surrogate", document(R"(, "purpose": "\ud800")", latitude), "line 1, column"},
      {"an escaped NUL", document(R"(, "purpose": "a\u0000b")", latitude), "/visit/purpose"},
      {"a raw NUL", document(std::string(", \"purpose\": \"a\0b\"", 18), latitude), "line 1, column"},
      {"a field's name with a line break", document(", \"a\\nb\": 1", latitude), "/visit/a b"},
      {"a place that does not exist",
       R"({"visit": {"place": "没有的矿", "visit_kind": "patrol", "started_at": "2026-05-01T10:00:00Z"}})",
       "/visit/place"},
      {"a place of the wrong kind",
       R"({"visit": {"place": "特克斯镇", "visit_kind": "patrol", "started_at": "2026-05-01T10:00:00Z"}})",
       "/visit/place"},
      {"an unknown local name", document(R"(, "place2": "@x")", latitude), "/visit/place2"},
      {"a missing photo", R"({"visit": {"place": "特克斯县先进砖厂", "visit_kind": "patrol", "started_at":
       "2026-05-01T10:00:00Z"}, "photos": [{"path": "missing.jpg"}]})",
       "/photos/0/path"},
      {"a photo without path", R"({"visit": {"place": "特克斯县先进砖厂", "visit_kind": "patrol", "started_at":
       "2026-05-01T10:00:00Z"}, "photos": [{"proves": "x"}]})",
       "/photos/0/path"},
      {"an unknown checklist", R"({"answers": [{"checklist": "dragons", "item": "D01", "answer": "yes"}]})",
       "/answers/0/checklist"},
      {"an unknown item", R"({"answers": [{"checklist": "disclosure-check", "item": "D99", "answer": "yes"}]})",
       "/answers/0/item"},
      {"points of no visit", R"({"points": [{"latitude_deg": 43.1, "longitude_deg": 81.8}]})", "/points/0/visit"},
      {"deep nesting", std::string(10'000, '[') + std::string(10'000, ']'), "nested"},
      {"a long text", document(R"(, "summary": ")" + std::string(1 << 20, 'x') + "\"", latitude), "/visit/summary"},
      {"100 MB", document(R"(, "summary": ")" + std::string(100 << 20, 'x') + "\"", latitude), "limit"},
      {"a thousand members",
       [] {
         std::string text = "{";
         for (int i = 0; i < 100'000; ++i) text += "\"m" + std::to_string(i) + "\":1,";
         return text + "\"z\":1}";
       }(),
       "members"},
  };
}

std::vector<Situation> answers_that_do_not_fit() {
  return {
      {"a choice that the item does not give",
       R"({"answers": [{"checklist": "satellite-spot", "item": "S05", "choice": "dragons"}]})", "/answers/0/choice"},
      {"a choice where the item has none",
       R"({"answers": [{"checklist": "disclosure-check", "item": "D01", "choice": "yes"}]})", "/answers/0/choice"},
      {"a figure in another unit", R"({"answers": [{"checklist": "satellite-spot", "item": "S03", "measured": 12,
       "measured_unit": "亩"}]})",
       "/answers/0/measured_unit"},
      {"a figure without its unit", R"({"answers": [{"checklist": "satellite-spot", "item": "S03", "measured": 12}]})",
       "/answers/0/measured_unit"},
      {"a figure where the item asks for none", R"({"answers": [{"checklist": "disclosure-check", "item": "D01",
       "measured": 12, "measured_unit": "m"}]})",
       "/answers/0/measured"},
  };
}

}  // namespace

TEST_CASE("bad documents: exit 3, one line that says what and where, the store unchanged") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto before = program.state();
  std::vector<Situation> all = situations();
  for (Situation& answer : answers_that_do_not_fit()) all.push_back(std::move(answer));
  for (const Situation& situation : all) {
    CAPTURE(situation.name);
    const auto outcome = program.record(situation.text);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 3);
    CHECK(outcome.is_one_line());
    CHECK(outcome.says(situation.says));
    CHECK(outcome.out.empty());
  }
  CHECK(program.state() == before);
  CHECK(member(program.run({"verify", "--json"}).json(), "ok") == "true");
  CHECK(program.run({"list", "visit", "--json"}).out == "[]\n");
}

TEST_CASE("the same document is good when nothing is wrong with it") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  CHECK(program.record(document("", R"(, "latitude_deg": 43.1)")).exit_code == 0);
  CHECK(program.run({"list", "visit", "--json"}).json().items.size() == 1);
}

TEST_CASE("a record with an id that is known is an error") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const std::string text = document(R"(, "id": "0190a000-0000-7000-8000-000000000001")", R"(, "latitude_deg": 43.1)");
  CHECK(program.record(text).exit_code == 0);
  const auto again = program.record(text);
  CHECK(again.exit_code == 3);
  CHECK(again.says("/visit/id"));
}

TEST_CASE("data folders that cannot be used: exit 4, one line") {
  Program program;
  const auto none = program.run({"list", "visit"});
  CHECK(none.exit_code == 4);
  CHECK(none.is_one_line());
  CHECK(none.says("init"));
  CHECK(!std::filesystem::exists(program.data()));

  REQUIRE(program.run({"init"}).exit_code == 0);
  SUBCASE("held by another process, it can still be read") {
    const auto lock = FileLock::take(program.data() + "/lock");
    REQUIRE(lock.ok());
    CHECK(program.record(document("", R"(, "latitude_deg": 43.1)")).exit_code == 4);
    CHECK(program.run({"list", "mining-right"}).exit_code == 0);
  }
  SUBCASE("it is no database") {
    std::ofstream(program.data() + "/kuangxun.db", std::ios::binary) << "this is not a database at all";
    const auto outcome = program.run({"list", "visit"});
    CHECK(outcome.exit_code == 4);
    CHECK(outcome.is_one_line());
  }
  SUBCASE("a paper that cannot be written") {
    REQUIRE(program.record(document("", R"(, "latitude_deg": 43.1)")).exit_code == 0);
    const auto visit = member(program.run({"list", "visit", "--json"}).json().items.front(), "id");
    const auto outcome = program.run({"report", "visit-record", visit, "-o", "/nowhere/at/all.pdf"});
    CHECK(outcome.exit_code == 4);
    CHECK(outcome.is_one_line());
  }
  SUBCASE("the disk is full") {
    // The shell's file size limit stands in for it: writes fail in the middle of the commit.
    program.prefix = "ulimit -f 1; trap '' XFSZ; ";
    CHECK(program.record(document("", R"(, "latitude_deg": 43.1)")).exit_code == 4);
    program.prefix.clear();
    CHECK(program.run({"list", "visit", "--json"}).out == "[]\n");
    CHECK(member(program.run({"verify", "--json"}).json(), "ok") == "true");
  }
}

TEST_CASE("a data folder of a newer version: exit 4, and not a byte of it changes") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const std::string database = program.data() + "/kuangxun.db";
  {
    // PRAGMA user_version stands in the header, big-endian.
    std::fstream file(database, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(60);
    file.write("\0\0\0\x63", 4);
  }
  const std::string before = Program::read(database);
  for (const auto& words : {std::initializer_list<std::string>{"list", "mining-right"},
                            {"status"},
                            {"set", "特克斯县先进砖厂", "mining_method=open-pit"},
                            {"verify"},
                            {"rebuild"},
                            {"sync"}}) {
    CAPTURE(*words.begin());
    const auto outcome = program.run(words);
    CHECK(outcome.exit_code == 4);
    CHECK(outcome.is_one_line());
    CHECK(outcome.says("newer"));
    CHECK(outcome.out.empty());
  }
  CHECK(Program::read(database) == before);
}

namespace {

// Words before the program that make `folder` read-only for it; empty when this machine cannot do it.
std::string read_only_prefix(const std::string& folder) {
  const std::string quoted = Program::quoted(folder);
  const std::string bound =
      "unshare -m sh -c 'mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"' ";
  const auto works = [](const std::string& prefix) {
    return std::system((prefix + " true >/dev/null 2>&1").c_str()) == 0;
  };
  if (works(bound + quoted)) return bound + quoted + " ";
  // Without mounts: the folder is nobody's to write.
  const std::string nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
  if (std::system(("chmod -R a-w,a+rX " + quoted).c_str()) != 0) return {};
  if (std::system(("touch " + quoted + "/probe 2>/dev/null").c_str()) != 0) return "env ";
  std::filesystem::remove(std::filesystem::path(folder) / "probe");
  return works(nobody) ? nobody + " " : "";
}

}  // namespace

TEST_CASE("a read-only data folder: exit 4, one line, nothing changed") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto before = program.state();
  // The temporary folder is its owner's alone; another user must reach the data in it.
  std::filesystem::permissions(program.folder / "",
                               std::filesystem::perms::others_exec | std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  program.prefix = read_only_prefix(program.data());
  if (program.prefix.empty()) {
    MESSAGE("SKIPPED: neither mounts nor other users can be had on this machine");
    return;
  }
  for (const auto& words : {std::initializer_list<std::string>{"set", "特克斯县先进砖厂", "mining_method=open-pit"},
                            {"void", "特克斯县先进砖厂", "示例"},
                            {"rebuild"},
                            {"sync"}}) {
    CAPTURE(*words.begin());
    const auto outcome = program.run(words);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 4);
    CHECK(outcome.is_one_line());
    CHECK(outcome.out.empty());
  }
  CHECK(program.record(document("", R"(, "latitude_deg": 43.1)")).exit_code == 4);
  const auto read = program.run({"list", "mining-right", "--json"});
  CAPTURE(read.err);
  CHECK((read.exit_code == 0 ? read.json().items.size() == 16 : read.exit_code == 4 && read.is_one_line()));
  program.prefix.clear();
  CHECK(std::system(("chmod -R u+w " + Program::quoted(program.data())).c_str()) == 0);
  CHECK(program.state() == before);
  CHECK(program.run({"set", "特克斯县先进砖厂", "mining_method=open-pit"}).exit_code == 0);
}

}  // namespace kuangxun::tests
