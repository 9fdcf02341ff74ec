#include <algorithm>
#include <fstream>

#include "app/criteria/explain.h"
#include "tests/support/judged_county/county.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::FieldText;

namespace {

// A gold mine that produces in the open, and the returns it files; R32 rests on whether the three rates are reached.
class Mine : public tests::County {
 public:
  explicit Mine(std::string_view key = "3-01") : id(mine(key)) {
    set(id, {"operating_state", "producing"});
    set(id, {"mining_method", "open-pit"});
  }
  void file(std::string_view year, std::vector<FieldText> rates) {
    rates.push_back({"mine", mine_text});
    rates.push_back({"year", year});
    add("annual-return", rates);
  }
  Input rates(std::string_view on = "2025-06-01") {
    for (const auto& input : verdict(id, "R32", on).inputs) {
      if (input.name == "three_rates_met") return input;
    }
    FAIL("R32 no longer asks for the three rates");
    return {};
  }
  bool tells(std::string_view part) { return rates().shown.find(part) != std::string::npos; }

  Uuid id;
  std::string mine_text = id.text();
};

}  // namespace

TEST_CASE(
    "gold: one rate below its figure is a no, with the rule, the return and the clause; nothing is asked of the rest") {
  Mine gold;
  CHECK(gold.rates().value == "unknown");
  gold.file("2024", {{"processing_recovery_percent", "49"}});
  CHECK(gold.rates().value == "no");
  CHECK(gold.tells("R72"));
  CHECK(gold.tells("return of 2024"));
  CHECK(gold.tells("Announcement 29 of 2012"));
  CHECK(gold.verdict(gold.id, "R32", "2025-06-01").outcome == Outcome::fail);
}

TEST_CASE("gold: a yes needs all three; a rate that no return gives leaves it unknown") {
  Mine gold;
  gold.file("2024", {{"mining_recovery_percent", "92"}, {"dilution_percent", "8"}});
  CHECK(gold.rates().value == "unknown");
  gold.file("2023", {{"processing_recovery_percent", "85"}});
  CHECK(gold.rates().value == "unknown");  // whether other minerals come with the ore is open
  gold.file("2021", {{"comprehensive_use_percent", "59"}});
  CHECK(gold.rates().value == "unknown");  // enough only where they accompany the gold, and nobody said so
  gold.file("2022", {{"comprehensive_use_percent", "60"}});
  CHECK(gold.rates().value == "yes");
  CHECK(gold.tells("R71"));
  CHECK(gold.tells("return of 2024"));
  CHECK(gold.tells("return of 2023"));
  gold.file("2025", {{"dilution_percent", "11"}});
  CHECK(gold.rates("2026-06-01").value == "no");
}

TEST_CASE("between two bins whose conditions are not recorded it stays unknown") {
  Mine gold;
  gold.set(gold.id, {"mining_method", "underground"});
  gold.file("2024", {{"mining_recovery_percent", "80"}, {"processing_recovery_percent", "85"}});
  CHECK(gold.rates().value == "unknown");
  gold.file("2025", {{"mining_recovery_percent", "74"}});
  CHECK(gold.rates("2026-06-01").value == "no");
}

TEST_CASE("iron has no verified figure for the use of what comes with the ore: a no can be told, a yes cannot") {
  Mine iron("3-02");
  iron.set(iron.id, {"iron_ore", "hematite"});
  iron.file("2023", {{"mining_recovery_percent", "96"}, {"processing_recovery_percent", "80"}});
  CHECK(iron.rates().value == "unknown");
  iron.file("2024", {{"processing_recovery_percent", "69"}});
  CHECK(iron.rates().value == "no");
  CHECK(iron.tells("R75"));
}

TEST_CASE(
    "a mine that does not produce has no rates to measure, and minerals without verified figures have none either") {
  Mine gold;
  gold.set(gold.id, {"operating_state", "planned"});
  gold.file("2024", {{"processing_recovery_percent", "49"}});
  CHECK(gold.rates().value == "unknown");
  Mine limestone("3-03");
  limestone.file("2024", {{"mining_recovery_percent", "10"}});
  CHECK(limestone.rates().value == "unknown");
}

TEST_CASE("two returns of a year that differ, or a dispute about one, leave it unknown") {
  Mine gold;
  gold.file("2024", {{"processing_recovery_percent", "49"}});
  gold.file("2024", {{"processing_recovery_percent", "85"}});
  CHECK(gold.rates().value == "unknown");
}

TEST_CASE("what somebody answers on site stands, until the rates of a return say otherwise") {
  // The lists of the program do not ask for the three rates; an office's own list may.
  const tests::TemporaryFolder folder;
  std::filesystem::copy(tests::assets(), folder.path() / "assets", std::filesystem::copy_options::recursive);
  std::ofstream(folder.path() / "assets/checklists/concurrent-restoration.csv", std::ios::app)
      << "C99,九、其他,9. Other,是否达到“三率”指标,Are the three rates reached,question,no,年报,the return,看年报,"
         "see the return,,,,three_rates_met,yes,R32,特克斯县矿产资源总体规划四（三）,plan,\n";
  const auto asking = Catalogue::load(folder.path() / "assets");
  REQUIRE_MESSAGE(asking.ok(), asking.error().message());
  Mine gold;
  gold.answer(gold.add_visit(gold.id, "2025-03-01T10:00:00.000+08:00"), "concurrent-restoration", "C99", "yes");
  const auto judged = [&] {
    const auto verdicts = check(gold.store(), *asking, {gold.id, tests::day("2025-06-01")});
    REQUIRE(verdicts.ok());
    const auto found = std::ranges::find(*verdicts, "R32", &Verdict::rule);
    REQUIRE(found != verdicts->end());
    return *found;
  };
  CHECK(tests::input(judged(), "three_rates_met") == "yes");
  gold.file("2023", {{"processing_recovery_percent", "85"}});  // what is given reaches its figure
  CHECK(tests::input(judged(), "three_rates_met") == "yes");
  gold.file("2024", {{"processing_recovery_percent", "49"}});
  const Verdict open = judged();
  CHECK(tests::input(open, "three_rates_met") == "unknown");
  CHECK(open.outcome == Outcome::unknown);
  const auto told = std::ranges::find_if(
      open.missing, [](const std::string& words) { return tests::has(words, "contradict each other"); });
  REQUIRE(told != open.missing.end());
  CHECK(tests::has(*told, "R72"));
}

TEST_CASE("criteria explain tells the same as the check") {
  Mine gold;
  gold.file("2024", {{"processing_recovery_percent", "49"}});
  const auto explained = explain(gold.store(), tests::catalogue(), {"R32", gold.id, tests::day("2025-06-01")});
  REQUIRE_MESSAGE(explained.ok(), explained.error().message());
  bool is_told = false;
  for (const auto& input : explained->inputs) is_told |= input.shown.find("R72") != std::string::npos;
  CHECK(is_told);
}
