// A checklist as it is filled in, from the command line to the comparison and the paper.
#include <doctest/doctest.h>

#include "tests/app/program/program.h"

namespace kuangxun::tests {
namespace {

struct Inspection : Program {
  Inspection() {
    REQUIRE(run({"init"}).exit_code == 0);
    const auto mines = run({"list", "mining-right", "--json"}).json();
    mine = member(where(mines, "name", "新疆特克斯县托斯马能萨依水泥用石灰岩矿"), "id");
  }
  // A visit of that day to a producing mine, with answers "C47=yes".
  void visit(const std::string& day, const std::vector<std::string>& answers) {
    std::string list;
    for (const std::string& one : answers) {
      const std::size_t equals = one.find('=');
      list += std::string(list.empty() ? "" : ",") + R"({"checklist":"concurrent-restoration","item":")" +
              one.substr(0, equals) + R"(","answer":")" + one.substr(equals + 1) + "\"}";
    }
    const Outcome told =
        record(R"({"visit":{"place":")" + mine + R"(","visit_kind":"concurrent-restoration","started_at":")" + day +
               R"(T10:30:00+08:00"},"answers":[)" + list + "]}");
    REQUIRE_MESSAGE(told.exit_code == 0, told.err);
  }
  // R63: the environment is monitored, with records.
  json::JsonValue monitored() {
    const Outcome told = run({"check", "--site", mine, "--on", "2025-12-31", "--json"});
    REQUIRE_MESSAGE(told.exit_code <= 1, told.err);
    return where(*told.json().find("verdicts"), "rule", "R63");
  }
  std::string missing() {
    const json::JsonValue verdict = monitored();
    const json::JsonValue* all = verdict.find("missing");
    return all == nullptr || all->items.empty() ? std::string() : all->items.front().text;
  }
  std::string paper() {
    const std::string visit = member(run({"list", "visit", "--json"}).json().items.front(), "id");
    const std::string pdf = (folder / "visit.pdf").string();
    const std::string text = (folder / "visit.txt").string();
    REQUIRE(run({"report", "visit-record", visit, "-o", pdf}).exit_code == 0);
    if (std::system(("pdftotext -raw " + quoted(pdf) + " " + quoted(text)).c_str()) != 0) return {};
    return replace_all(replace_all(read(text), "\n", ""), " ", "");
  }

  std::string mine;
};

}  // namespace

TEST_CASE("each thing is asked by itself; what is open is said in the reader's language, and all of it decides") {
  Inspection laptop;
  laptop.visit("2025-05-01", {"C47=yes"});
  CHECK(member(laptop.monitored(), "verdict") == "unknown");
  CHECK(contains(laptop.missing(), "not answered yet: the monitoring is recorded"));
  laptop.language = "zh";
  CHECK(contains(laptop.missing(), "尚未检查：地质环境监测有记录"));
  laptop.visit("2025-06-01", {"C48=yes"});
  CHECK(member(laptop.monitored(), "verdict") == "pass");
  laptop.visit("2025-07-01", {"C48=no"});
  CHECK(member(laptop.monitored(), "verdict") == "fail");
  CHECK(contains(member(laptop.monitored(), "reason"), "否（地质环境监测有记录：否）"));
  laptop.language = "en";
  CHECK(contains(member(laptop.monitored(), "reason"), "no (the monitoring is recorded: no)"));
}

TEST_CASE("a visit that answered a question which was split since is judged by it and printed with it") {
  Inspection laptop;
  laptop.language = "zh";
  laptop.visit("2025-05-01", {"C19=yes"});
  CHECK(member(laptop.monitored(), "verdict") == "pass");
  const std::string paper = laptop.paper();
  if (paper.empty()) {
    MESSAGE("SKIPPED: no pdftotext to read the paper back");
  } else {
    CHECK(contains(paper, "是否按《方案》开展地质环境监测并有记录"));
    CHECK_FALSE(contains(paper, "地质环境监测是否有记录"));
    CHECK(contains(paper, "废水是否达标排放"));
    CHECK_FALSE(contains(paper, "废渣、废水、废气是否按标准处理后达标排放"));
  }
  laptop.visit("2025-06-01", {"C48=no"});
  CHECK(member(laptop.monitored(), "verdict") == "fail");
}

}  // namespace kuangxun::tests
