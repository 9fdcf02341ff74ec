#include <doctest/doctest.h>

#include "tests/app/program/program.h"

namespace kuangxun::tests {
namespace {

// The county's registers; an invented item table with the shape that is known of the index of 2020.
struct GreenProgram : Program {
  GreenProgram() { REQUIRE(run({"init"}).exit_code == 0); }

  static std::string invented_table() {
    struct Part {
      const char* first;
      std::vector<std::string> seconds;
      int items, marks;
    };
    const std::vector<Part> parts = {
        {"矿区环境", {"矿容矿貌", "矿区绿化"}, 17, 220},
        {"资源开发方式", {"资源开采", "选矿加工", "矿山环境恢复治理与土地复垦", "环境管理与监测"}, 15, 220},
        {"资源综合利用", {"综合利用", "固废处置与综合利用", "废水处置与综合利用"}, 17, 140},
        {"节能减排", {"虚构1", "虚构2", "虚构3", "虚构4", "虚构5"}, 17, 140},
        {"科技创新与智能矿山", {"虚构1", "虚构2", "虚构3", "虚构4", "虚构5"}, 17, 140},
        {"企业管理与企业形象", {"虚构1", "虚构2", "虚构3", "虚构4", "虚构5"}, 17, 140},
    };
    std::string text = "index,item,first_level,second_level,third_level,full_marks,effort\n";
    int number = 0;
    for (const Part& part : parts) {
      const int each = part.marks / part.items;
      for (int i = 0; i < part.items; ++i) {
        const int marks = i + 1 < part.items ? each : part.marks - each * (part.items - 1);
        ++number;
        text += "national-2020," + std::to_string(number) + "," + part.first + "," +
                part.seconds[static_cast<std::size_t>(i) % part.seconds.size()] + ",虚构指标" + std::to_string(number) +
                "," + std::to_string(marks) + ",1\n";
      }
    }
    return text;
  }
  std::string write(const char* name, const std::string& text) {
    std::ofstream(folder / name, std::ios::binary) << text;
    return (folder / name).string();
  }

  // Another record of the registers has the same name.
  std::string iron_id() { return member(where(run({"list", "mining-right", "--json"}).json(), "name", iron), "id"); }

  const std::string iron = "新疆特克斯阔拉萨依铁矿";
};

}  // namespace

TEST_CASE("without a table: the preconditions at once, marks n of N, no total, no what-if") {
  GreenProgram program;
  const auto indexes = program.run({"green", "indexes", "--json"});
  REQUIRE(indexes.exit_code == 0);
  CHECK(member(where(indexes.json(), "id", "national-2024"), "pass_total") == "null");
  const auto begun = program.run({"green", "assess", program.iron, "--on", "2021-05-01", "--by", "示例", "--json"});
  REQUIRE_MESSAGE(begun.exit_code == 0, begun.err);
  const std::string id = member(begun.json(), "id");
  CHECK(program.run({"green", "record", id, "P1a=yes", "3=4.5", "4=na", "--evidence", "示例"}).exit_code == 0);
  const auto shown = program.run({"green", "show", id, "--json"});
  REQUIRE_MESSAGE(shown.exit_code == 0, shown.err);
  CHECK(member(shown.json(), "items_entered") == "2");
  CHECK(member(shown.json(), "items_total") == "100");
  CHECK(member(shown.json(), "standing") == "null");
  CHECK(shown.json().find("no_total")->items.size() == 1);
  CHECK(member(where(*shown.json().find("preconditions"), "code", "P1a"), "answer") == "yes");
  CHECK(member(where(*shown.json().find("preconditions"), "code", "P5a"), "precondition_verdict") == "unknown");
  const auto what_if = program.run({"green", "what-if", id});
  CHECK(what_if.exit_code == 3);
  CHECK(what_if.is_one_line());
  CHECK(program.run({"green", "assess", program.iron, "--on", "2024-06-01"}).exit_code == 3);
  const auto checked = program.run({"check", "--catalogue", "green-mines", "--site", program.iron_id(), "--json"});
  CHECK(checked.exit_code <= 1);
  CHECK(checked.json().find("verdicts")->items.size() == 11);
}

TEST_CASE("from the template to the cheapest way up, and nothing of it is a conclusion") {
  GreenProgram program;
  const std::string blank = (program.folder / "blank.csv").string();
  REQUIRE(program.run({"green", "template", "national-2020", "-o", blank}).exit_code == 0);
  CHECK(program.run({"green", "import", blank, "--source", "x"}).exit_code == 3);
  const std::string file = program.write("table.csv", GreenProgram::invented_table());
  CHECK(program.run({"green", "import", file, "--check"}).exit_code == 0);
  CHECK(program.run({"green", "import", file}).exit_code == 3);
  const auto imported = program.run({"green", "import", file, "--source", "虚构", "--invented", "--json"});
  REQUIRE_MESSAGE(imported.exit_code == 0, imported.err);
  const std::string table = member(imported.json(), "id");
  const auto begun =
      program.run({"green", "assess", program.iron, "--on", "2021-05-01", "--table", table, "--by", "示例", "--json"});
  REQUIRE_MESSAGE(begun.exit_code == 0, begun.err);
  const std::string id = member(begun.json(), "id");
  std::vector<std::string> words = {"green", "record", id};
  for (int item = 1; item <= 100; ++item) words.push_back(std::to_string(item) + "=8");
  words[2 + 3] = "3=7";
  const auto recorded = program.run_words(words);
  REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
  const auto shown = program.run({"green", "show", id, "--json"});
  REQUIRE(shown.json().find("standing") != nullptr);
  const auto reading = shown.json().find("standing")->find("readings")->items[0];
  CHECK(member(*reading.find("total"), "low") == "799");
  CHECK(member(*reading.find("total"), "against") == "below");
  const auto found = program.run({"green", "what-if", id, "--json"});
  CHECK(found.exit_code == 0);
  CHECK(member(found.json(), "possible") == "true");
  CHECK_FALSE(found.json().find("items")->items.empty());
  for (const std::string language : {"zh", "en"}) {
    program.language = language;
    for (const char* command : {"show", "what-if"}) {
      const auto text = program.run({"green", command, id});
      CAPTURE(text.out);
      CHECK_FALSE(contains(text.out, "达标"));
      CHECK_FALSE(contains(text.out, "通过"));
      CHECK_FALSE(contains(text.out, "passed"));
      CHECK(contains(text.out, language == "zh" ? "不是任何一级的结论" : "no conclusion"));
    }
  }
}

TEST_CASE("a damaged table is refused with line and column, all faults are listed on request, nothing changes") {
  GreenProgram program;
  std::string text = GreenProgram::invented_table();
  text = replace_all(text, "national-2020,5,", "national-2020,５,");
  text = replace_all(text, "虚构指标9,12", "虚构指标9,3月5日");
  const std::string file = program.write("bad.csv", text);
  const std::string before = program.state();
  const auto refused = program.run({"green", "import", file, "--source", "虚构", "--invented"});
  CHECK(refused.exit_code == 3);
  CHECK(refused.is_one_line());
  CHECK(refused.says("line 6"));
  CHECK(refused.says("2 in all"));
  const auto listed = program.run({"green", "import", file, "--check"});
  CHECK(listed.exit_code == 3);
  CHECK(program.state() == before);
}

TEST_CASE("a tier is set by somebody with a reason, a step by somebody on a day") {
  GreenProgram program;
  CHECK(program.run({"green", "tier", program.iron, "recommend"}).exit_code == 2);
  CHECK(program.run({"green", "tier", program.iron, "recommend", "--reason", "示例"}).exit_code == 3);
  CHECK(program.run({"green", "tier", program.iron, "best", "--reason", "示例", "--by", "示例"}).exit_code == 3);
  REQUIRE(program
              .run({"green", "tier", program.iron, "supervise", "--reason", "示例理由", "--by", "示例", "--on",
                    "2025-01-01"})
              .exit_code == 0);
  const auto shown = program.run({"green", "show", program.iron, "--json"});
  CHECK(member(shown.json().find("tiers")->items[0], "tier") == "supervise");
  const auto tier = program.run({"check", "--site", program.iron_id(), "--json"});
  const auto verdict = where(*tier.json().find("verdicts"), "rule", "R34");
  CHECK(contains(member(verdict, "reason"), "supervise"));
  CHECK(program.run({"green", "step", program.iron, "third-party", "--by", "示例"}).exit_code == 3);
  REQUIRE(program.run({"green", "assess", program.iron, "--by", "示例"}).exit_code == 0);
  REQUIRE(program.run({"green", "step", program.iron, "third-party", "--by", "示例机构", "--team", "4"}).exit_code ==
          0);
  const auto stepped = program.run({"green", "show", program.iron, "--json"});
  const auto step = stepped.json().find("assessments")->items[0].find("steps")->items[0];
  CHECK(member(step.find("team")->items[0], "short") == "true");
  CHECK(program.run({"green", "step", program.iron, "listing", "--by", "示例"}).exit_code == 3);
}

}  // namespace kuangxun::tests
