#include <doctest/doctest.h>
#include <cmath>

#include <cstdio>

#include "tests/app/program/program.h"

namespace kuangxun::tests {
namespace {

// A made-up place with a square of 200 m as its line, and a visit with four points that reach over it by 50 m.
struct WalkedSite : Program {
  WalkedSite() {
    REQUIRE(run({"init"}).exit_code == 0);
    std::string points;
    int index = 0;
    for (const auto& [x, y] :
         {std::pair(4774050, 27565100), {4774050, 27565250}, {4774150, 27565250}, {4774150, 27565100}}) {
      const auto shown = run({"coordinates", "X=" + std::to_string(x) + " Y=" + std::to_string(y), "--json"}).json();
      ++index;
      points += std::string(points.empty() ? "" : ", ") + R"({"id": "@p)" + std::to_string(index) +
                R"(", "purpose": "position", "accuracy_m": 2, "latitude_deg": )" + member(shown, "latitude_deg") +
                R"(, "longitude_deg": )" + member(shown, "longitude_deg") + R"(, "measured_at": "2026-05-01T10:3)" +
                std::to_string(index) + R"(:00+08:00"})";
    }
    const auto recorded = record(R"({"places": [{"id": "@site", "kind": "legacy-site", "name": "示例坑",
      "is_example": true}], "visit": {"id": "@visit", "place": "@site", "visit_kind": "patrol",
      "started_at": "2026-05-01T10:00:00+08:00"}, "points": [)" +
                                 points + R"(], "areas": [{"area_kind": "extraction-area", "label": "东坑",
      "corners": ["@p1", "@p2", "@p3", "@p4"]}]})");
    REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
    visit = member(run({"list", "visit", "--json"}).json().items.front(), "id");
    site = member(run({"list", "legacy-site", "--json"}).json().items.front(), "id");
    area = member(run({"list", "walked-area", "--json"}).json().items.front(), "id");
  }
  void enter_line() {
    std::ofstream(folder / "corners.csv", std::ios::binary)
        << "点号,X,Y\n1,4774000,27565000\n2,4774200,27565000\n3,4774200,27565200\n4,4774000,27565200\n";
    const auto entered =
        run({"boundary", "add", site, (folder / "corners.csv").string(), "--accuracy", "0.5", "--top", "1850"});
    REQUIRE_MESSAGE(entered.exit_code == 0, entered.err);
  }
  std::string visit, site, area;
};

}  // namespace

TEST_CASE("an area of a document is listed with its figures; without a line nothing is judged") {
  WalkedSite program;
  const auto listed = program.run({"area", "list", "--visit", program.visit, "--json"});
  REQUIRE_MESSAGE(listed.exit_code == 0, listed.err);
  REQUIRE(listed.json().items.size() == 1);
  const auto& area = listed.json().items.front();
  CHECK(member(area, "area_ha").substr(0, 3) == "1.4");  // 1.5 in the plane of the zone, 0.02 % less on the ground
  CHECK(member(area, "standing") == "unknown");
  CHECK(program.run({"area", "where", program.area}).exit_code == 0);
}

TEST_CASE("an area across the line is said to be outside, with share and errors, and the exit code says no") {
  WalkedSite program;
  program.enter_line();
  const auto where = program.run({"area", "where", program.area, "--json"});
  CHECK(where.exit_code == 1);
  CHECK(member(where.json(), "standing") == "outside");
  CHECK(member(where.json(), "share_outside").substr(0, 4) == "0.33");
  CHECK(member(where.json(), "share_outside_uncertainty") != "null");
  CHECK(std::abs(std::stod(member(where.json(), "farthest_outside_m")) - 50) < 0.1);
  program.language = "zh";
  CHECK(program.run({"area", "where", program.area}).out.find("实测采场超出登记的开采区域") != std::string::npos);
  program.language = "en";
  const std::string told = program.run({"area", "where", program.area}).out;
  CHECK(told.find("the measured extraction reaches beyond the licence") != std::string::npos);
}

TEST_CASE("areas of points and of tracks: what cannot be one is refused and changes nothing") {
  WalkedSite program;
  program.language = "zh";
  program.enter_line();
  const auto points = program.run({"list", "gps-point", "--json"}).json();
  REQUIRE(points.items.size() == 4);
  std::vector<std::string> words = {"area", "points", "--visit", program.visit, "--kind", "waste-dump"};
  for (const auto& point : points.items) words.push_back(member(point, "id"));
  const std::string before = program.state();
  std::vector<std::string> crossed = words;
  std::swap(crossed[6], crossed[7]);
  const auto refused = program.run_words(crossed);
  CHECK(refused.exit_code == 3);
  CHECK(refused.says("相交"));
  const auto walk = program.run({"area", "walk", "--visit", program.visit, "--kind", "road"});
  CHECK(walk.exit_code == 3);
  CHECK(walk.says("还没有轨迹"));
  CHECK(program.run({"area", "walk", "--visit", program.visit, "--kind", "lake"}).exit_code == 3);
  CHECK(program.state() == before);
  words.push_back("--json");
  const auto added = program.run_words(words);
  REQUIRE_MESSAGE(added.exit_code == 0, added.err);
  CHECK(member(added.json(), "reason").find("用地手续") != std::string::npos);
  CHECK(member(added.json(), "reason").find("越界") == std::string::npos);
}

TEST_CASE("a point's elevation is compared by a benchmark of its visit, and not without") {
  WalkedSite program;
  program.enter_line();
  const auto points = program.run({"list", "gps-point", "--json"}).json();
  const std::string pit = member(points.items[0], "id"), known = member(points.items[1], "id");
  REQUIRE(program.run({"set", pit, "ellipsoidal_height_m=1900", "height_accuracy_m=2"}).exit_code == 0);
  const auto blind = program.run({"boundary", "height", pit, "--json"});
  CHECK(blind.exit_code == 0);
  CHECK(member(blind.json(), "standing") == "unknown");
  const auto set = program.run({"set", known, "purpose=benchmark", "ellipsoidal_height_m=1300", "height_accuracy_m=1",
                                "known_height_m=1345.5", "known_height_uncertainty_m=0.1"});
  REQUIRE_MESSAGE(set.exit_code == 0, set.err);
  const auto above = program.run({"boundary", "height", pit, "--json"});
  CHECK(above.exit_code == 1);
  CHECK(member(above.json(), "standing") == "above");
  CHECK(member(above.json(), "height_1985_m") == "1945.5");
}

}  // namespace kuangxun::tests
