#include <doctest/doctest.h>

#include <filesystem>

#include "tests/app/program/program.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

// A made-up place with a square of 200 m as its line.
struct PlaceWithLine : Program {
  PlaceWithLine() {
    REQUIRE(run({"init"}).exit_code == 0);
    const auto recorded = run({"record", source_folder() + "/assets/examples/visit-site.json", "--json"});
    REQUIRE(recorded.exit_code == 0);
    site = member(where(*recorded.json().find("created"), "local", "@site"), "id");
  }
  Outcome enter(const std::string& table, std::initializer_list<std::string> more = {}) {
    std::ofstream(folder / "corners.csv", std::ios::binary) << table;
    std::vector<std::string> words = {"boundary", "add", site, (folder / "corners.csv").string(), "--json"};
    words.insert(words.end(), more);
    return run_words(words);
  }
  std::string site;
};

constexpr const char* table =
    "点号,X,Y\n1,4774000,27565000\n2,4774200,27565000\n3,4774200,27565200\n4,4774000,27565200\n";

}  // namespace

TEST_CASE("a coordinate is shown in all its forms, and what it is not is said") {
  Program program;
  program.language = "en";
  const auto shown = program.run({"coordinates", "43.1 82.45", "--json"});
  REQUIRE(shown.exit_code == 0);
  CHECK(shown.json().find("grids")->items.size() == 3);  // both zones of 3° near 82°30', one of 6°
  CHECK(member(shown.json().find("grids")->items[0], "zone") == "27");
  const auto back = program.run({"coordinates", "X=4774139.9312 Y=27565127.0306", "--json"});
  REQUIRE(back.exit_code == 0);
  CHECK(member(back.json(), "latitude_deg").starts_with("43.1"));
  const auto asked = program.run({"coordinates", "4774139.931 565127.031"});
  CHECK(asked.exit_code == 3);
  CHECK(asked.says("central meridian"));
  CHECK(program.run({"coordinates", "4774139.931 565127.031", "--meridian", "81"}).exit_code == 0);
  CHECK(program.run({"coordinates", "27565127.031 4774139.931"}).says("swapped"));
  CHECK(program.run({"coordinates", "43.1 82.45"}).out.find("WGS 84") != std::string::npos);
}

TEST_CASE("inside, outside and cannot tell, from a corner table to the exit code") {
  PlaceWithLine program;
  const auto none = program.run({"boundary", "where", program.site, "43.1 81.8"});
  CHECK(none.exit_code == 3);
  CHECK(none.is_one_line());
  const auto entered = program.enter(table, {"--accuracy", "1", "--source", "示例许可证", "--top", "1850"});
  REQUIRE_MESSAGE(entered.exit_code == 0, entered.err);
  CHECK(member(entered.json(), "area_ha").substr(0, 3) == "3.9");  // 4 ha in the plane, 0.02 % less on the ground
  const auto ask = [&](const std::string& position, std::initializer_list<std::string> more) {
    std::vector<std::string> words = {"boundary", "where", program.site, position, "--json"};
    words.insert(words.end(), more);
    return program.run_words(words);
  };
  const auto inside = ask("X=4774100 Y=27565100", {"--accuracy", "3"});
  CHECK(inside.exit_code == 0);
  CHECK(member(inside.json(), "standing") == "inside");
  const auto outside = ask("X=4774100 Y=27565250", {"--accuracy", "3"});
  CHECK(outside.exit_code == 1);
  CHECK(member(outside.json(), "distance_m").substr(0, 2) == "49");
  const auto open = ask("X=4774100 Y=27565201", {"--accuracy", "3"});
  CHECK(open.exit_code == 0);
  CHECK(member(open.json(), "standing") == "unknown");
  const auto blind = ask("X=4774100 Y=27565250", {});
  CHECK(member(blind.json(), "standing") == "unknown");
  CHECK(member(blind.json(), "probability_inside") == "null");
}

TEST_CASE("corners whose accuracy nobody says give no verdict, and a bad table changes nothing") {
  PlaceWithLine program;
  const std::string before = program.state();
  const auto swapped = program.enter("27565000,4774000\n27565000,4774200\n27565200,4774200\n");
  CHECK(swapped.exit_code == 3);
  CHECK(swapped.is_one_line());
  CHECK(program.enter("x").exit_code == 3);
  CHECK(program.enter(table, {"--bottom", "1900", "--top", "x"}).exit_code == 3);
  CHECK(program.state() == before);
  REQUIRE(program.enter(table).exit_code == 0);
  const auto asked =
      program.run({"boundary", "where", program.site, "X=4774100 Y=27565100", "--accuracy", "3", "--json"});
  CHECK(member(asked.json(), "standing") == "unknown");
}

TEST_CASE("a receiver that plays is watched, each fix with its verdict; one that is not there is said") {
  Program program;
  const std::string recording = source_folder() + "/assets/examples/receiver-example.nmea";
  const auto watched = program.run({"gps", "watch", recording, "--seconds", "3", "--json"});
  REQUIRE_MESSAGE(watched.exit_code == 0, watched.err);
  CHECK(watched.out.find("warming-up") != std::string::npos);
  CHECK(program.run({"gps", "watch", "http://127.0.0.1:80"}).exit_code == 2);
  CHECK(program.run({"gps", "watch", "/nowhere.nmea"}).exit_code == 3);
  const auto silent = program.run({"gps", "watch", "tcp://127.0.0.1:1", "--seconds", "1"});
  CHECK(silent.exit_code == 4);
  CHECK(silent.is_one_line());
}

TEST_CASE("a coordinate says about which county it is in, and that townships cannot be told") {
  Program program;
  program.language = "zh";
  const auto inside = program.run({"coordinates", "43.217 81.836", "--json"});
  REQUIRE_MESSAGE(inside.exit_code == 0, inside.err);
  const json::JsonValue orientation = *inside.json().find("orientation");
  CHECK(member(orientation, "county") == "inside");
  CHECK(member(orientation, "in_county_named") == "特克斯县");
  CHECK(member(orientation, "township") == "null");
  CHECK(member(orientation, "for_orientation_only") == "true");
  CHECK(contains(member(orientation, "text"), "误差约 100 米"));
  CHECK(contains(program.run({"coordinates", "43.157 81.131"}).out, "昭苏县"));
  CHECK(contains(program.run({"coordinates", "43.217 81.836"}).out, "没有位置资料"));
}

TEST_CASE("places of the 78th regiment are flagged wherever they are shown, others are not") {
  Program program;
  program.language = "zh";
  REQUIRE(program.run({"init"}).exit_code == 0);
  const auto townships = program.run({"list", "township", "--json"}).json();
  int flagged = 0;
  for (const json::JsonValue& township : townships.items) flagged += township.find("outside_plan") != nullptr ? 1 : 0;
  CHECK(flagged == 1);
  const std::string regiment = member(where(townships, "code", "654027517"), "id");
  const auto shown = program.run({"show", regiment, "--json"}).json();
  CHECK(member(shown, "outside_plan") == "true");
  CHECK(shown.find("villages")->items.size() == 6);
  CHECK(member(shown.find("villages")->items[0], "name") == "团部社区");
  const auto recorded = program.record(R"({"places":[
    {"id":"@a","kind":"unlicensed-place","name":"示例采坑甲","township":")" +
                                       regiment + R"(","is_example":true},
    {"id":"@b","kind":"unlicensed-place","name":"示例七十八团二连北采坑","is_example":true},
    {"id":"@c","kind":"unlicensed-place","name":"示例178团采坑","is_example":true}],
    "visit":{"place":"@a","visit_kind":"patrol","started_at":"2026-05-01T10:00:00+08:00","is_example":true}})");
  REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
  const auto places = program.run({"list", "unlicensed-place", "--json"}).json();
  CHECK(where(places, "name", "示例采坑甲").find("outside_plan") != nullptr);
  CHECK(where(places, "name", "示例七十八团二连北采坑").find("outside_plan") != nullptr);
  CHECK(where(places, "name", "示例178团采坑").find("outside_plan") == nullptr);
  CHECK(contains(program.run({"list", "unlicensed-place"}).out, "七十八团（不在规划范围）"));
  CHECK(contains(program.run({"show", "示例采坑甲"}).out, "不含七十八团"));
  const auto visits = program.run({"list", "visit", "--json"}).json();
  REQUIRE(visits.items.size() == 1);
  CHECK(visits.items[0].find("outside_plan") != nullptr);
  for (const json::JsonValue& mine : program.run({"list", "mining-right", "--json"}).json().items) {
    CHECK(mine.find("outside_plan") == nullptr);
  }
}

// The county's lines are moved by a degree and a place is put into the regiment: not a letter of a verdict changes.
TEST_CASE("orientation never enters a verdict") {
  PlaceWithLine program;
  REQUIRE(program.enter(table, {"--accuracy", "1"}).exit_code == 0);
  const auto asked = [&] {
    return program.run({"check", "--on", "2025-06-01", "--json"}).out +
           program.run({"boundary", "where", program.site, "43.1 81.8", "--accuracy", "3", "--json"}).out;
  };
  const std::string before = asked();
  REQUIRE(before.size() > 1000);
  const std::filesystem::path assets = program.folder / "assets";
  std::filesystem::copy(source_folder() + "/assets", assets, std::filesystem::copy_options::recursive);
  std::ofstream(assets / "orientation/county-line.csv") << "code,name,points\n654027,x,0 0;1024 0;1024 1024\n";
  program.prefix = "env KUANGXUN_ASSETS=" + Program::quoted(assets.string()) + " ";
  CHECK(contains(program.run({"coordinates", "43.217 81.836", "--json"}).out, "\"outside\""));  // they are in use
  CHECK(asked() == before);
  const auto townships = program.run({"list", "township", "--json"}).json();
  const std::string regiment = member(where(townships, "code", "654027517"), "id");
  const auto set = program.run({"set", program.site, "township=" + regiment});
  REQUIRE_MESSAGE(set.exit_code == 0, set.err);
  CHECK(asked() == before);
}

TEST_CASE("a corner marker that was seen on a visit is recorded, and shown by its corner") {
  PlaceWithLine program;
  REQUIRE(program.enter(table, {"--accuracy", "1"}).exit_code == 0);
  const std::string visit = member(program.run({"list", "visit", "--json"}).json().items.at(0), "id");
  const auto none = program.run({"boundary", "show", program.site, "--json"});
  CHECK(none.exit_code == 0);
  REQUIRE(none.json().items.size() == 4);
  CHECK(member(none.json().items[2], "marker") == "null");
  const auto recorded = program.run({"boundary", "marker", "3", "damaged", "--visit", visit, "--at",
                                     "X=4774202 Y=27565200", "--accuracy", "0.5", "--note", "歪了", "--json"});
  REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
  CHECK(contains(member(recorded.json(), "text"), "corner 3: Damaged; measured 2.0 m ± 1.2 m from the corner"));
  // The point is one of the visit, and both are shown with it.
  const std::string shown = program.run({"show", visit}).out;
  CHECK(contains(shown, "Boundary marker"));
  CHECK(contains(shown, "marker 3"));
  const auto after = program.run({"boundary", "show", program.site, "--json"});
  CHECK(after.exit_code == 1);
  CHECK(member(*after.json().items[2].find("marker"), "state") == "damaged");
  CHECK(contains(program.run({"boundary", "show", program.site}).out, "no marker recorded"));
  const std::string before = program.state();
  for (const auto& words : {std::vector<std::string>{"boundary", "marker", "5", "intact", "--visit", visit},
                            {"boundary", "marker", "1", "gone", "--visit", visit},
                            {"boundary", "marker", "x", "intact", "--visit", visit},
                            {"boundary", "marker", "1", "intact", "--visit", visit, "--at", "43.1"}}) {
    const auto refused = program.run_words(words);
    CHECK(refused.exit_code == 3);
    CHECK(refused.is_one_line());
  }
  CHECK(program.run({"boundary", "marker", "1", "intact"}).exit_code == 2);
  CHECK(program.state() == before);
}

}  // namespace kuangxun::tests
