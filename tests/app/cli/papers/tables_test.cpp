#include <doctest/doctest.h>

#include "tests/app/program/program.h"

namespace kuangxun::tests {
namespace {

std::string write(const Program& program, const std::string& name, const std::string& text) {
  const std::string path = (program.folder.path() / name).string();
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

// A field of the only return there is.
std::string returned(Program& program, std::string_view field) {
  const json::JsonValue returns = program.run({"list", "annual-return", "--json"}).json();
  return returns.items.size() == 1 ? member(returns.items[0], field) : "(not one return)";
}

}  // namespace

TEST_CASE("a template is written, filled in, tried, imported once, and contradicted") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const std::string path = (program.folder / "年报.csv").string();
  REQUIRE(program.run({"export", "template", "returns", "--year", "2024", "-o", path}).exit_code == 0);
  auto text = read_text_file(path, 1 << 20);
  REQUIRE(text.ok());
  const std::string blank = "特克斯县老电站砂厂,,2024,,";
  REQUIRE(contains(*text, blank));
  write(program, "年报.csv", replace_all(*text, blank, "特克斯县老电站砂厂,,2024,14,"));
  const Outcome tried = program.run({"import", "returns", path, "--dry-run", "--json"});
  CHECK(tried.exit_code == 0);
  CHECK(member(tried.json(), "added") == "1");
  CHECK(program.run({"list", "annual-return", "--json"}).json().items.empty());
  CHECK(program.run({"import", "returns", path}).exit_code == 0);
  CHECK(returned(program, "output") == "14");
  CHECK(returned(program, "output_unit") == "10k-m3");
  const Outcome again = program.run({"import", "returns", path, "--json"});
  CHECK(again.exit_code == 0);
  CHECK(member(again.json(), "known") == "1");
  write(program, "年报.csv", replace_all(*text, blank, "特克斯县老电站砂厂,,2024,15,"));
  const Outcome other = program.run({"import", "returns", path});
  CHECK(other.exit_code == 1);
  CHECK(program.run({"import", "returns", path, "--differences", "replace"}).exit_code == 0);
  CHECK(returned(program, "output") == "15");
  CHECK(program.run({"verify"}).exit_code == 0);
  const Outcome checked = program.run({"check", "--on", "2025-05-01", "--json"});
  CHECK(contains(checked.out, "≥15"));
}

TEST_CASE("a table that is wrong is refused in one line with its row and column") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const std::string header = "矿山名称,年度,产量（万立方米）\n特克斯县老电站砂厂,";
  const auto refused = [&](const std::string& rest) {
    return program.run({"import", "returns", write(program, "表.csv", header + rest)});
  };
  for (const char* rest : {"2024,-3\n", "1925,3\n", "2024,三\n", "2024,3万吨\n", "2024,3\n没有这个矿,2024,1\n"}) {
    CAPTURE(rest);
    const Outcome outcome = refused(rest);
    CHECK(outcome.exit_code == 3);
    CHECK(outcome.is_one_line());
    CHECK(outcome.says("表.csv"));
  }
  CHECK(program.run({"import", "no-such-table", "x"}).exit_code == 2);
  CHECK(program.run({"import", "returns", "no-such-file.csv"}).exit_code == 3);
  CHECK(program.run({"import", "returns", "x.csv", "--year", "1925"}).exit_code == 2);
  CHECK(program.run({"list", "annual-return", "--json"}).json().items.empty());
}

TEST_CASE("a paper is recorded by a document and edited like any other record") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const Outcome made = program.record(
      R"({"yearly": [{"kind": "approved-plan", "id": "@plan", "mine": "特克斯县老电站砂厂", "plan_kind": "merged",
                      "approved_on": "2023-05-01", "valid_to": "2028-04-30"},
                     {"kind": "restoration-task", "plan": "@plan", "unit_written": "采坑", "indicator": "有效土层厚度",
                      "comparison": "at-least", "value": 30, "value_unit": "cm"},
                     {"kind": "fund-entry", "mine": "特克斯县老电站砂厂", "dated": "2024-01-31",
                      "balance_10k_yuan": 12.345678}]})");
  REQUIRE_MESSAGE(made.exit_code == 0, made.err);
  CHECK(contains(program.run({"list", "restoration-task", "--json"}).out, "有效土层厚度"));
  const Outcome wrong = program.record(R"({"yearly": [{"kind": "mining-right", "name": "x"}]})");
  CHECK(wrong.exit_code == 3);
  CHECK(wrong.says("annual-return"));
  const Outcome checked = program.run({"check", "--site", "特克斯县老电站砂厂", "--on", "2025-06-01", "--json"});
  bool has_fund = false;
  for (const json::JsonValue& verdict : checked.json().find("verdicts")->items) {
    has_fund = has_fund || member(*verdict.find("inputs"), "fund_is_set_up") == "yes";
  }
  CHECK(has_fund);
}

}  // namespace kuangxun::tests
