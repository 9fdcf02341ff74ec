#include <doctest/doctest.h>

#include "tests/app/program/program.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

const std::string examples = source_folder() + "/assets/examples/";

struct RecordedDay : Program {
  RecordedDay() {
    REQUIRE(run({"init"}).exit_code == 0);
    const auto recorded = run({"record", examples + "visit-site.json", "--json"});
    REQUIRE(recorded.exit_code == 0);
    REQUIRE(run({"record", examples + "visit-mine.json"}).exit_code == 0);
    const auto created = *recorded.json().find("created");
    visit = member(where(created, "local", "@visit"), "id");
    site = member(where(created, "local", "@site"), "id");
  }
  std::string visit;
  std::string site;
};

}  // namespace

TEST_CASE("a fresh data folder holds the county's registers, once") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto mines = program.run({"list", "mining-right", "--json"}).json();
  CHECK(mines.items.size() == 16);
  CHECK(program.run({"list", "exploration-right", "--json"}).json().items.size() == 13);
  CHECK(program.run({"list", "restoration-project", "--json"}).json().items.size() == 6);
  CHECK(program.run({"list", "minimum-scale", "--json"}).json().items.size() == 12);
  const auto gold = where(mines, "mineral", "gold");
  CHECK(member(gold, "area_km2") == "13.246");
  CHECK(gold.find("area_km2")->type == json::JsonValue::Type::number);
  CHECK(member(gold, "operating_state") == "planned");
  CHECK(member(gold, "mining_method") == "null");
  CHECK(member(gold, "source").find("专栏3") != std::string::npos);
  SUBCASE("init again refuses and changes nothing") {
    const auto again = program.run({"init"});
    CHECK(again.exit_code == 3);
    CHECK(again.is_one_line());
    CHECK(program.run({"list", "mining-right", "--json"}).json().items.size() == 16);
  }
  SUBCASE("another laptop has the same ids") {
    Program other;
    REQUIRE(other.run({"init"}).exit_code == 0);
    CHECK(other.run({"list", "mining-right", "--json"}).out == program.run({"list", "mining-right", "--json"}).out);
  }
}

TEST_CASE("an empty data folder") {
  Program program;
  REQUIRE(program.run({"init", "--empty"}).exit_code == 0);
  CHECK(program.run({"list", "mining-right", "--json"}).out == "[]\n");
}

TEST_CASE("the example visits: shown with everything that belongs to them") {
  RecordedDay program;
  SUBCASE("the visit with everything that belongs to it") {
    const auto shown = program.run({"show", program.visit, "--json"}).json();
    CHECK(member(shown, "state") == "signed");
    CHECK(member(shown, "sync_state") == "on-laptop");
    CHECK(member(shown, "started_at") == "2026-05-01T10:30:00.000+08:00");
    const auto children = *shown.find("children");
    const auto point = where(children, "name", "示例一区拐点 1");
    CHECK(member(point, "latitude_deg") == "43.15");
    CHECK(member(point, "point_source") == "typed");
    const auto photo = where(children, "kind", "photo");
    const std::string hash = member(photo, "file_hash");
    CHECK(Program::read(program.data() + "/attachments/" + hash.substr(0, 2) + "/" + hash) ==
          Program::read(examples + "photo-example.png"));
    for (const auto& child : children.items) {
      CHECK(member(child, "is_example") == "true");
      CHECK(member(child, "added_after_signing") == "false");
    }
  }
  SUBCASE("every example is marked, and no mine of the registers has a position") {
    for (const char* kind : {"visit", "gps-point", "checklist-answer", "finding", "visit-party", "legacy-site"}) {
      const auto all = program.run({"list", kind, "--json"}).json();
      CHECK(!all.items.empty());
      for (const auto& record : all.items) CHECK(member(record, "is_example") == "true");
    }
    const auto visits = program.run({"list", "visit", "--json"}).json();
    const std::string mine_visit = member(where(visits, "visit_kind", "disclosure-check"), "id");
    CHECK(where(program.run({"list", "gps-point", "--json"}).json(), "visit", mine_visit).type ==
          json::JsonValue::Type::null);
  }
  SUBCASE("restoration: finished hectares are the measured unit's") {
    const auto restoration = *program.run({"show", program.site, "--json"}).json().find("restoration");
    CHECK(restoration.find("units")->items.size() == 2);
    const auto unit = where(*restoration.find("units"), "state", "completed");
    CHECK(member(unit, "area_method") == "measured");
    CHECK(member(restoration, "finished_ha") == member(unit, "area_ha"));
    CHECK(member(restoration, "plan_target_ha") == "9.4");
    CHECK(member(restoration, "plan_untreated_ha") == "36.57");
  }
}

TEST_CASE("the example visits: printed, proved, rebuilt, and no longer changed") {
  RecordedDay program;
  SUBCASE("the paper") {
    const std::string pdf = (program.folder / "visit.pdf").string();
    REQUIRE(program.run({"report", "visit-record", program.visit, "-o", pdf}).exit_code == 0);
    CHECK(Program::read(pdf).starts_with("%PDF-"));
  }
  SUBCASE("what is added to it later is marked, what was signed cannot be edited") {
    REQUIRE(program.record(R"({"findings":[{"visit":")" + program.visit + R"(","text":"示例：后补"}]})").exit_code ==
            0);
    const auto children = *program.run({"show", program.visit, "--json"}).json().find("children");
    CHECK(member(where(children, "name", "示例：后补"), "added_after_signing") == "true");
    const auto before = program.state();
    const auto refused = program.run({"set", program.visit, "summary=别的"});
    CHECK(refused.exit_code == 3);
    CHECK(refused.says("signed"));
    CHECK(program.state() == before);
  }
  SUBCASE("the log is sound, and the tables follow from it") {
    const auto before = program.run({"list", "gps-point", "--json"}).out;
    CHECK(member(program.run({"verify", "--json"}).json(), "ok") == "true");
    CHECK(program.run({"rebuild"}).exit_code == 0);
    CHECK(program.run({"list", "gps-point", "--json"}).out == before);
    CHECK(member(program.run({"verify", "--json"}).json(), "ok") == "true");
  }
}

TEST_CASE("verdicts: what fails makes the exit code 1, and asking changes nothing") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto before = program.state();
  const auto all = program.run({"check", "--on", "2021-01-01", "--json"});
  CHECK(all.exit_code == 1);
  const auto json = all.json();
  CHECK(member(json, "on") == "2021-01-01");
  REQUIRE(!json.find("verdicts")->items.empty());
  for (const auto& verdict : json.find("verdicts")->items) {
    for (const char* name : {"site", "site_name", "rule", "kind", "verdict", "reason", "missing", "inputs", "clause",
                             "basis_state", "consequence"}) {
      CHECK(verdict.find(name) != nullptr);
    }
  }
  const auto one = program.run({"check", "--site", "特克斯县先进砖厂", "--json"}).json();
  for (const auto& verdict : one.find("verdicts")->items) CHECK(member(verdict, "site_name") == "特克斯县先进砖厂");
  CHECK(member(where(*one.find("verdicts"), "rule", "R27"), "verdict") == "fail");
  CHECK(program.run({"check", "--site", "没有的矿"}).exit_code == 3);
  CHECK(program.run({"check", "--catalogue", "../x"}).exit_code == 3);
  CHECK(program.state() == before);
}

TEST_CASE("editing and voiding") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto iron = where(program.run({"list", "mining-right", "--json"}).json(), "mineral", "iron");
  const std::string id = member(iron, "id");
  CHECK(program.run({"set", id, "mining_method=underground"}).exit_code == 0);
  const auto shown = program.run({"show", id, "--json"}).json();
  CHECK(member(shown, "mining_method") == "underground");
  CHECK(member(where(*shown.find("citations"), "field", "area_km2"), "printed") == "0.36");
  CHECK(!shown.find("notes")->items.empty());
  const auto before = program.state();
  const auto refused = [&](std::initializer_list<std::string> words, int exit_code, std::string_view part) {
    const auto outcome = program.run(words);
    CHECK(outcome.exit_code == exit_code);
    CHECK(outcome.is_one_line());
    CHECK(outcome.says(part));
    CHECK(program.state() == before);
  };
  refused({"set", id, "mining_method=flying"}, 3, "mining_method");
  refused({"set", id, "wings=2"}, 3, "wings");
  refused({"set", id, "area_km2"}, 2, "FIELD=VALUE");
  refused({"set", "nobody", "name=x"}, 3, "nobody");
  refused({"void", id, " "}, 3, "reason");
  refused({"list", "dragons"}, 2, "dragons");
  refused({"show", "00000000-0000-7000-8000-000000000000"}, 3, "00000000");
  refused({"resolve", id + "/name", "--take", "x"}, 3, "dispute");
  CHECK(program.run({"void", id, "示例", "理由"}).exit_code == 0);
  CHECK(member(program.run({"show", id, "--json"}).json(), "void_reason") == "示例 理由");
}

TEST_CASE("wrong use, and help") {
  Program program;
  for (const auto& words : {std::initializer_list<std::string>{"dance"},
                            {"list"},
                            {"--nothing"},
                            {"status", "extra"},
                            {"--person", "nobody", "status"},
                            {"check", "--on", "yesterday"}}) {
    const auto outcome = program.run(words);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.is_one_line());
  }
  CHECK(program.run({"--help"}).exit_code == 0);
  CHECK(program.run({"record", "--help"}).out.find("all or nothing") != std::string::npos);
}

TEST_CASE("a recording of a receiver, one fix a line") {
  const std::string recording = source_folder() + "/../shared/receivers/neo-m8n.log";
  if (!std::ifstream(recording)) {
    MESSAGE("SKIPPED: no recordings beside the checkout");
    return;
  }
  Program program;
  const auto decoded = program.run({"gps", "decode", recording});
  CHECK(decoded.exit_code == 0);
  const auto lines = split(trim(decoded.out), '\n');
  CHECK(lines.size() > 10);
  for (const auto line : lines) {
    const auto fix = json::parse_json(line);
    REQUIRE(fix.ok());
    for (const char* name : {"time", "latitude_deg", "longitude_deg", "height_m", "accuracy_m", "mode", "satellites"}) {
      CHECK(fix->find(name) != nullptr);
    }
  }
  CHECK(program.run({"gps", "decode", "/nowhere.log"}).exit_code == 3);
}

}  // namespace kuangxun::tests
