// Rules as people handle them: the real programs, a real county.
#include "tests/app/program/county.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

const std::string pin = "4711-08";

std::string plan_csv() {
  return Program::read(source_folder() + "/assets/criteria/tekes-plan-2021-2025.csv");
}

// The plan's file with another condition in R04.
std::string plan_with(const std::string& condition) {
  std::string text = plan_csv();
  const std::string old = "\"at_most(mines_total, 16)\"";
  const auto at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), "\"" + condition + "\"");
}

std::string write(const Program& program, const std::string& name, const std::string& text) {
  const std::string path = (program.folder.path() / name).string();
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

// What `criteria list` says of the catalogue of this origin.
json::JsonValue entry(Program& program, std::string_view origin) {
  const Outcome told = program.run({"criteria", "list", "--json"});
  REQUIRE_MESSAGE(told.exit_code == 0, told.err);
  const json::JsonValue json = told.json();
  for (const json::JsonValue& one : json.find("catalogues")->items) {
    if (member(one, "origin") == origin && member(one, "id") == "tekes-plan-2021-2025") return one;
  }
  return {};
}

std::string verdict_of(Program& program, const std::string& rule, const std::string& on = {}) {
  std::vector<std::string> words = {"check", "--json"};
  if (!on.empty()) words.insert(words.end(), {"--on", on});
  return member(where(*program.run_words(words).json().find("verdicts"), "rule", rule), "verdict");
}

}  // namespace

TEST_CASE("criteria lint finds nothing in what is shipped, and tells each fault of a file with line and column") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const Outcome shipped = program.run({"criteria", "lint"});
  CHECK_MESSAGE(shipped.exit_code == 0, shipped.out);
  CHECK(program.run({"criteria", "lint", write(program, "plan.csv", plan_csv()), "--json"}).exit_code ==
        3);  // R01 twice
  CHECK(program.run({"criteria", "lint", write(program, "tekes-plan-2021-2025.csv", plan_csv())}).exit_code == 0);

  struct Case {
    const char* what;
    const char* condition;
    const char* says;
  };
  for (const Case& one : {
           Case{"a wrong formula", "at_most(mines_total, )", "does not belong"},
           Case{"an unknown fact", "at_most(mines_totals, 16)", "there is no fact mines_totals"},
           Case{"units that differ", "capacity_10kt_per_year >= area_km2", "units differ"},
           Case{"an endless loop", "(WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT x FROM n)",
                "never a query"},
           Case{"a statement that writes", "DELETE FROM record", "never a query"},
           Case{"a second statement", "is_safe; DROP TABLE record", "without ;"},
           Case{"text compared with a number", "capacity_10kt_per_year >= '15'", "text is not compared with a number"},
           Case{"CASE … ELSE", "CASE WHEN is_safe THEN 1 ELSE 0 END = 1", "CASE"},
           Case{"COALESCE", "COALESCE(is_safe, 1)", "COALESCE"},
           Case{"IFNULL", "IFNULL(is_safe, 1)", "IFNULL"},
           Case{"IS NULL", "is_safe IS NULL", "IS and NULL"},
           Case{"an aggregate", "count(*) <= 16", "aggregates"},
           Case{"full-width digits", "at_most(mines_total, １６)", "full-width"},
       }) {
    CAPTURE(one.what);
    const std::string path = write(program, "tekes-plan-2021-2025.csv", plan_with(one.condition));
    const Outcome told = program.run({"criteria", "lint", path, "--json"});
    CHECK(told.exit_code == 3);
    const json::JsonValue json = told.json();
    CHECK(member(json, "ok") == "false");
    REQUIRE_FALSE(json.find("findings")->items.empty());
    const json::JsonValue& first = json.find("findings")->items[0];
    CHECK(member(first, "line") == "5");
    CHECK(member(first, "column") == "27");
    CHECK(member(first, "column_name") == "condition");
    CHECK_MESSAGE(contains(member(first, "message"), one.says), member(first, "message"));
    CHECK(contains(program.run({"criteria", "lint", path}).out, "line 5, column 27"));
  }
  CHECK(program.run({"criteria", "lint", (program.folder / "missing.csv").string()}).exit_code == 3);
}

TEST_CASE("criteria explain says what a rule asks, from what, and what would decide it") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const Outcome county =
      program.run({"criteria", "explain", "R04", "--site", "特克斯县", "--on", "2021-01-01", "--json"});
  REQUIRE_MESSAGE(county.exit_code == 0, county.err);
  const json::JsonValue json = county.json();
  CHECK(member(json, "condition") == "at_most(mines_total, 16)");
  CHECK(member(json, "condition_words") == "mining rights ≤ 16");
  CHECK(member(json, "verdict") == "pass");
  CHECK(member(*json.find("basis"), "basis_state") == "in-force");
  CHECK(member(where(*json.find("inputs"), "name", "mines_total"), "value") == "16");
  const Outcome later = program.run({"criteria", "explain", "R04", "--on", "2026-01-01", "--json"});
  CHECK(member(*later.json().find("basis"), "basis_state") == "expired");

  program.language = "zh";
  const Outcome told = program.run({"criteria", "explain", "R04", "--site", "特克斯县", "--on", "2021-01-01"});
  CHECK(contains(told.out, "采矿权总数 ≤ 16"));
  CHECK(contains(told.out, "二（三）"));
  CHECK(program.run({"criteria", "explain", "R999"}).exit_code == 3);
  CHECK(program.run({"criteria", "explain", "R04", "--site", "没有这个矿"}).exit_code == 3);
}

TEST_CASE("an office adds a rule with a spreadsheet; a faulty file is told and the old rules stay") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  std::filesystem::create_directories(program.folder / "data/criteria");
  const std::string local = "data/criteria/tekes-plan-2021-2025.csv";
  write(program, local, plan_with("at_most(mines_total, 15)"));
  CHECK(verdict_of(program, "R04", "2021-01-01") == "fail");
  CHECK(member(entry(program, "local"), "in_force") == "true");
  CHECK(member(entry(program, "shipped"), "in_force") == "false");

  write(program, local, plan_with("at_most(mines_total, '15')"));
  CHECK(verdict_of(program, "R04", "2021-01-01") == "pass");
  CHECK(contains(member(entry(program, "local"), "why_not"), "line 5"));
  CHECK(contains(program.run({"status"}).out, "is not used"));
  CHECK(program.run({"criteria", "lint"}).exit_code == 3);
  CHECK(contains(program.run({"check"}).err, "is not used"));
}

TEST_CASE("a catalogue that an administrator signed takes effect on every laptop with its next sync") {
  const Office office;
  const Server server(office.store);
  Laptop headquarters(office, server, "示例机关", "administrator");
  Laptop field(office, server, "示例外业");
  headquarters.register_person(office, "示例管理员", pin, "administrator");
  field.register_person(office, "示例检查员", pin);
  field.sync();
  const std::string path = write(headquarters, "tekes-plan-2021-2025.csv", plan_with("at_most(mines_total, 15)"));

  SUBCASE("nobody else publishes, and nothing that is wrong") {
    const std::string before = field.state();
    field.input = pin + "\n";
    const Outcome refused = field.run({"criteria", "publish", path, "--reason", "示例"});
    CHECK(refused.exit_code == 4);
    CHECK(refused.says("only an administrator"));
    CHECK(field.state() == before);
    const std::string wrong = write(headquarters, "wrong.csv", plan_with("coalesce(mines_total, 1) > 3"));
    const std::string state = headquarters.state();
    headquarters.input = pin + "\n";
    const Outcome faulty =
        headquarters.run({"criteria", "publish", wrong, "--as", "tekes-plan-2021-2025", "--reason", "示例"});
    CHECK(faulty.exit_code == 3);
    CHECK(faulty.says("line 5, column 27"));
    CHECK(headquarters.state() == state);
    CHECK(headquarters.run({"criteria", "publish", path}).exit_code == 2);  // without a reason
  }
  SUBCASE("it comes by sync, and each laptop says which edition is in force") {
    headquarters.input = pin + "\n";
    const Outcome published = headquarters.run({"criteria", "publish", path, "--reason", "示例：县里改为15家",
                                                "--version", "2026-1", "--from", "2021-01-01", "--json"});
    REQUIRE_MESSAGE(published.exit_code == 0, published.err);
    CHECK(member(published.json(), "edition") == "1");
    // Until the county has it, nobody judges by it.
    CHECK_MESSAGE(contains(member(entry(headquarters, "published"), "why_not"), "after a sync"),
                  member(entry(headquarters, "published"), "why_not"));
    CHECK(verdict_of(headquarters, "R04", "2021-01-01") == "pass");
    CHECK(member(headquarters.sync(), "quarantined") == "0");
    CHECK(verdict_of(headquarters, "R04", "2021-01-01") == "fail");

    CHECK(verdict_of(field, "R04", "2021-01-01") == "pass");
    const Outcome synced = field.run({"sync"});
    REQUIRE_MESSAGE(synced.exit_code == 0, synced.err);
    CHECK(contains(synced.out, "edition 1 (2026-1)"));
    CHECK(verdict_of(field, "R04", "2021-01-01") == "fail");
    // The day before its first day is judged by what was in force then.
    CHECK(verdict_of(field, "R04", "2020-12-31") == "pass");
    const json::JsonValue told = entry(field, "published");
    CHECK(member(told, "in_force") == "true");
    CHECK(member(told, "publisher") == "示例管理员");
    CHECK(member(told, "reason") == "示例：县里改为15家");
    CHECK(contains(field.run({"status"}).out, "edition 1 (2026-1)"));
    CHECK(member(field.run({"verify", "--json"}).json(), "ok") == "true");
    CHECK(office.run("verify").exit_code == 0);

    // The administrator takes it back: the rules before are in force again.
    headquarters.input = pin + "\n";
    const Outcome withdrawn = headquarters.run({"void", member(published.json(), "id"), "示例：发布有误"});
    REQUIRE_MESSAGE(withdrawn.exit_code == 0, withdrawn.err);
    headquarters.sync();
    field.sync();
    CHECK(verdict_of(field, "R04", "2021-01-01") == "pass");
    CHECK(contains(member(entry(field, "published"), "why_not"), "withdrawn"));
  }
}

}  // namespace kuangxun::tests
