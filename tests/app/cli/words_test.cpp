// What people read: help, verdicts, status, errors, in both languages.
#include <doctest/doctest.h>

#include <regex>
#include <vector>

#include "tests/app/program/program.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

const std::vector<std::string> commands = {
    "init", "list",  "show",  "record", "set",   "void",    "check",  "disputes", "enrol",       "sync",     "report",
    "gps",  "track", "photo", "verify", "photo", "rebuild", "status", "resolve",  "coordinates", "boundary", "area"};

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("help speaks one language, every argument is explained") {
  static const std::regex english_headings(
      "Usage|Options|Positionals|Subcommand|REQUIRED|Excludes|Print this help|OPTIONS|TEXT");
  static const std::regex unexplained(R"(\n  [A-Z-][A-Za-z=.,-]*( [A-Z.]+)?\n)");
  Program program;
  for (const std::string& language : {std::string("zh"), std::string("en")}) {
    program.language = language;
    std::vector<Outcome> helps = {program.run({"--help"}), program.run({"gps", "decode", "--help"})};
    for (const std::string& command : commands) {
      helps.push_back(program.run({command, "--help"}));
      CHECK(holds(helps.front().out, "\n  " + command + " "));
    }
    for (const Outcome& help : helps) {
      CAPTURE(help.out);
      CHECK(help.exit_code == 0);
      CHECK(help.err.empty());
      CHECK(holds(help.out, "--help"));
      CHECK_FALSE(std::regex_search(help.out, unexplained));
      if (language == "zh") {
        CHECK(holds(help.out, "用法：kuangxun"));
        CHECK_FALSE(std::regex_search(help.out, english_headings));
      } else {
        CHECK(holds(help.out, "Usage: kuangxun"));
        CHECK(help.out.find("\xE7\x94\xA8\xE6\xB3\x95") == std::string::npos);
      }
    }
  }
}

TEST_CASE("wrong use is told in Chinese too") {
  Program program;
  program.language = "zh";
  const auto told = [&](std::initializer_list<std::string> words, std::string_view part) {
    const auto outcome = program.run(words);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.is_one_line());
    CHECK(outcome.says(part));
    CHECK_FALSE(outcome.says("required"));
    CHECK_FALSE(outcome.says("expected"));
  };
  told({"dance"}, "dance");
  told({"list"}, "缺少 KIND");
  told({"gps"}, "缺少命令");
  told({"report", "visit-record", "x"}, "缺少 --output");
  told({"check", "--site"}, "--site 后面缺少内容");
  told({"resolve", "x", "--take", "a", "--value", "b=c"}, "--take");
  told({"list", "dragons"}, "mining-right");
}

TEST_CASE("verdicts for people: whole reasons, the section, the consequence, the document once") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  program.language = "zh";
  const auto json = program.run({"check", "--site", "特克斯县先进砖厂", "--json"}).json();
  const auto shown = program.run({"check", "--site", "特克斯县先进砖厂"});
  CHECK(shown.exit_code == 1);
  for (const auto& verdict : json.find("verdicts")->items) {
    if (member(verdict, "verdict") == "not-applicable") continue;
    CHECK(holds(shown.out, member(verdict, "reason")));
    if (member(verdict, "verdict") == "fail") CHECK(holds(shown.out, member(verdict, "consequence")));
  }
  CHECK(holds(shown.out, "R25 专栏14最低开采规模  〔四（二）专栏14 [1]〕"));
  CHECK(holds(shown.out, "依法淘汰退出"));
  CHECK(count_of(shown.out, "矿产资源总体规划（2021—2025年）》") == 1);
  CHECK(holds(shown.out, "已过期"));
  CHECK_FALSE(holds(shown.out, "…"));
  CHECK(holds(shown.out, "程序自动对照，未经人工核实，不作认定依据"));
}

TEST_CASE("a site and a unit that officers found are checked too, and so is their visit's paper") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const std::string examples = source_folder() + "/assets/examples/";
  REQUIRE(program.run({"record", examples + "visit-site.json"}).exit_code == 0);
  const std::string site = member(program.run({"list", "legacy-site", "--json"}).json().items.front(), "id");
  const auto outcome = program.run({"check", "--site", site, "--json"});
  CHECK(outcome.exit_code == 0);
  const auto json = outcome.json();
  REQUIRE(!json.find("verdicts")->items.empty());
  for (const auto& verdict : json.find("verdicts")->items) {
    CHECK(member(verdict, "verdict") == "not-applicable");
    CHECK(holds(member(verdict, "reason"), "Legacy mine site"));
  }
  CHECK(holds(program.run({"check", "--site", site}).out, "no rule applies here"));
  const auto units = program.run({"list", "restoration-unit", "--json"}).json();
  std::size_t finished = 0;
  for (const auto& unit : units.items) {
    const auto verdicts = program.run({"check", "--site", member(unit, "id"), "--json"}).json();
    const auto acceptance = where(*verdicts.find("verdicts"), "rule", "R43");
    if (member(*acceptance.find("inputs"), "restoration_is_finished") == "yes") ++finished;
  }
  CHECK(finished == 1);
  const auto visit = member(program.run({"list", "visit", "--json"}).json().items.front(), "id");
  for (const std::string& id : {visit, std::string("00000000-0000-7000-8000-000000000000")}) {
    const auto refused = program.run({"check", "--site", id});
    CHECK(refused.exit_code == 3);
    CHECK(refused.is_one_line());
  }
  const std::string pdf = (program.folder / "visit.pdf").string();
  REQUIRE(program.run({"report", "visit-record", visit, "-o", pdf}).exit_code == 0);
  const std::string text = (program.folder / "visit.txt").string();
  if (std::system(("pdftotext " + Program::quoted(pdf) + " " + Program::quoted(text)).c_str()) == 0) {
    CHECK_FALSE(holds(Program::read(text), "Nothing was checked"));
    CHECK(holds(replace_all(Program::read(text), "\n", " "), "rules applies here"));
  } else {
    MESSAGE("SKIPPED: no pdftotext to read the paper back");
  }
}

TEST_CASE("status: names with units that scripts rely on") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto status = program.run({"status", "--json"}).json();
  for (const char* name :
       {"data", "enrolled", "county_url", "records", "operations", "frames", "unsealed_operations",
        "unsynced_operations", "oldest_unsynced", "disputes", "parked", "quarantined", "pending", "disk_free_bytes"}) {
    CHECK_MESSAGE(status.find(name) != nullptr, name);
  }
  CHECK(member(status, "enrolled") == "false");
  CHECK(member(status, "county_url") == "null");
  CHECK(member(status, "oldest_unsynced") == "null");
  CHECK(member(status, "disk_free_bytes") != "0");
  REQUIRE(program.run({"set", "特克斯县先进砖厂", "mining_method=open-pit"}).exit_code == 0);
  const auto unsynced = program.run({"status", "--json"}).json();
  CHECK(member(unsynced, "unsynced_operations") == "1");
  CHECK(holds(member(unsynced, "oldest_unsynced"), "+08:00"));
  program.language = "zh";
  CHECK(holds(program.run({"status"}).out, "尚未注册"));
}

}  // namespace kuangxun::tests
