#include <set>

#include "db/records/handles/citation.h"
#include "db/records/handles/common.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/period_result.h"
#include "db/records/handles/place_alias.h"
#include "db/records/handles/plan_target.h"
#include "db/records/handles/township.h"
#include "tests/db/registers/county.h"

// The registers of the county against what the plan says of itself.
namespace kuangxun::tests {

namespace kinds = records::kinds;
using records::Record;

TEST_CASE("each table of the plan has as many records as printed rows") {
  const std::pair<records::KindNumber, std::size_t> expected[] = {
      {kinds::county, 1},
      {kinds::mining_right, 16},
      {kinds::exploration_right, 13},
      {kinds::plan_zone, 5},
      {kinds::restoration_project, 6},
      {kinds::minimum_scale, 12},
      {kinds::key_project, 8},
      {kinds::reserve, 6},
      {kinds::period_result, 8},
      {kinds::plan_target, 24},
      {kinds::block_quota, 15},
      {kinds::township, 10},
      {kinds::place_alias, 10},
  };
  for (const auto& [kind, count] : expected) {
    CAPTURE(records::kind_of(kind).name);
    CHECK(of_kind(kind).size() == count);
  }
  const auto with_prefix = [](records::KindNumber kind, const std::string& table) {
    int count = 0;
    for (const Record& record : of_kind(kinds::citation)) {
      const Record* subject = find_record(record.reference(records::citation::subject));
      count += subject->kind().number == kind && record.text(records::citation::field) == "name" &&
               text_of(record, "table_number") == table;
    }
    return count;
  };
  CHECK(with_prefix(kinds::plan_target, "6") == 2);
  CHECK(with_prefix(kinds::plan_target, "7") == 6);
  CHECK(with_prefix(kinds::plan_target, "8") == 5);
  CHECK(with_prefix(kinds::plan_target, "9") == 2);
  CHECK(with_prefix(kinds::plan_zone, "10") == 2);
  CHECK(with_prefix(kinds::key_project, "15") == 2);
  CHECK(with_prefix(kinds::key_project, "16") == 2);
  CHECK(with_prefix(kinds::key_project, "17") == 1);
  CHECK(with_prefix(kinds::key_project, "18") == 3);
}

TEST_CASE("areas add up to what the tables add up to") {
  CHECK(sum_of(kinds::mining_right, "area_km2") == "14.845");
  CHECK(sum_of(kinds::exploration_right, "area_km2") == "90.52");
  CHECK(sum_of(kinds::restoration_project, "area_ha") == "64");
  CHECK(text_of(record_of("plan-zone", "11-01"), "area_km2") == "554.17");
  CHECK(text_of(record_of("plan-zone", "12-01"), "area_km2") == "");
  CHECK(text_of(record_of("plan-zone", "13-01"), "area_km2") == "3.04");
  CHECK(text_of(record_of("county", "654027"), "area_km2") == "7390.83");
}

TEST_CASE("of 16 mines 13 produce, 1 is suspended and 2 are planned; 10 dig clay") {
  CHECK(count_of(kinds::mining_right, "operating_state", "producing") == 13);
  CHECK(count_of(kinds::mining_right, "operating_state", "suspended") == 1);
  CHECK(count_of(kinds::mining_right, "operating_state", "planned") == 2);
  CHECK(text_of(record_of("mining-right", "3-06"), "operating_state") == "suspended");
  CHECK(count_of(kinds::mining_right, "mineral", "brick-clay") == 10);
  CHECK(count_of(kinds::mining_right, "mineral", "construction-sand") == 3);
  for (const char* mineral : {"gold", "iron", "limestone"})
    CHECK(count_of(kinds::mining_right, "mineral", mineral) == 1);
}

TEST_CASE("licensed capacities add up, each mine has one, in its own unit") {
  const auto digs = [](const char* mineral) {
    return [mineral](const Record& mine) { return text_of(mine, "mineral") == mineral; };
  };
  CHECK(sum_of(kinds::mining_right, "capacity_10k_m3_per_year", digs("brick-clay")) == "35.5");
  CHECK(sum_of(kinds::mining_right, "capacity_10k_m3_per_year", digs("construction-sand")) == "50");
  CHECK(sum_of(kinds::mining_right, "capacity_10kt_per_year", digs("limestone")) == "370");
  for (const Record& mine : of_kind(kinds::mining_right))
    CHECK(mine.has(records::mining_right::capacity_10kt_per_year) !=
          mine.has(records::mining_right::capacity_10k_m3_per_year));
}

TEST_CASE("what the plan does not say of a mine is empty, never guessed") {
  for (const Record& mine : of_kind(kinds::mining_right)) {
    for (const char* field : {"mining_method", "licence_number", "licence_valid_from", "licence_valid_to", "stage",
                              "recoverable_reserves_10kt"})
      CHECK_FALSE(mine.has(*mine.kind().find_field(field)));
    const bool names_company = mine.integer(records::mining_right::register_number) <= 2;
    CHECK(mine.has(records::mining_right::holder) == names_company);
  }
}

TEST_CASE("exploration rights by mineral: 2+1+3+2+2+1+1+1 = 13, all at the same degree") {
  CHECK(count_of(kinds::exploration_right, "mineral", "copper") == 2);
  CHECK(count_of(kinds::exploration_right, "mineral", "gold") == 1);
  CHECK(count_of(kinds::exploration_right, "mineral", "iron") == 3);
  CHECK(count_of(kinds::exploration_right, "mineral", "lead") == 2);
  CHECK(count_of(kinds::exploration_right, "mineral", "polymetallic") == 2);
  CHECK(count_of(kinds::exploration_right, "mineral", "nickel") == 1);
  CHECK(count_of(kinds::exploration_right, "mineral", "tungsten") == 1);
  CHECK(count_of(kinds::exploration_right, "mineral", "dolomite") == 1);
  CHECK(count_of(kinds::exploration_right, "degree", "勘探") == 13);
}

TEST_CASE("planned blocks: 25 by mineral and as 5+20 by level, 12 as 8+3+1, no split invented") {
  const auto blocks = [](const char* purpose, bool by_mineral, const char* level) {
    return sum_of(kinds::block_quota, "blocks", [=](const Record& quota) {
      return text_of(quota, "purpose") == purpose && quota.has(records::common::mineral) == by_mineral &&
             (level == nullptr || text_of(quota, "level") == level);
    });
  };
  CHECK(blocks("exploration", true, nullptr) == "25");
  CHECK(blocks("exploration", true, "") == "25");
  CHECK(blocks("exploration", false, "region") == "5");
  CHECK(blocks("exploration", false, "prefecture") == "20");
  CHECK(text_of(record_of("block-quota", "exploration-total"), "blocks") == "25");
  CHECK(blocks("mining", true, "county") == "12");
  CHECK(blocks("mining", false, "county") == "12");
  CHECK(text_of(record_of("block-quota", "mining-construction-sand"), "blocks") == "8");
}

TEST_CASE("results of 2016-2020: each printed rate is reached over planned") {
  for (const Record& result : of_kind(kinds::period_result)) {
    // Rates are printed with two decimals; all three values are scaled by 10^4.
    const std::int64_t planned = result.integer(records::period_result::planned);
    REQUIRE(planned > 0);
    const std::int64_t hundredths = (result.integer(records::period_result::reached) * 20'000 / planned + 1) / 2;
    CAPTURE(result.name());
    CHECK(result.integer(records::period_result::completion_percent) == hundredths * 100);
  }
  CHECK(text_of(record_of("period-result", "4-02"), "completion_percent") == "102.04");
  CHECK(text_of(record_of("period-result", "5-04"), "completion_percent") == "55.14");
}

TEST_CASE("listed deposits of all minerals are 7") {
  CHECK(sum_of(kinds::reserve, "deposits") == "7");
  CHECK(text_of(record_of("reserve", "1-02"), "retained") == "12978");
}

TEST_CASE("minimum scales: two numbers are underground and open pit, one is both, none is empty") {
  const auto row = [](const char* key) {
    const Record& record = record_of("minimum-scale", key);
    std::string text;
    for (const char* field : {"large_underground", "large_open_pit", "medium_underground", "medium_open_pit",
                              "small_underground", "small_open_pit", "service_life_years"})
      text += text_of(record, field) + " ";
    return text + text_of(record, "scale_unit");
  };
  CHECK(row("14-01") == "120 400      10kt-per-year");
  CHECK(row("14-02") == "100 200 30 60 10 30 10 10kt-per-year");
  CHECK(row("14-03") == "100 100 30 30   10 10kt-per-year");
  CHECK(row("14-05") == "15 15 6 9 3  10 10kt-per-year");
  CHECK(row("14-10") == "1 1 0.5 0.5 0.3 0.3  10k-m3-per-year");
  CHECK(row("14-11") == "30 30 13 13 6 6 10 10k-m3-per-year");
  CHECK(row("14-12") == "30 30 15 15    10k-m3-per-year");
}

TEST_CASE("the share of large and medium mines keeps its three wordings") {
  std::multiset<std::string> wordings;
  for (const Record& target : of_kind(kinds::plan_target))
    if (target.text(records::plan_target::rule) == "R05")
      wordings.insert(text_of(target, "comparison") + " " + text_of(target, "value"));
  CHECK(wordings == std::multiset<std::string>{"at-least 45", "at-least 45", "over 45"});
}

TEST_CASE("targets of the text keep their own unit: 30 t of gold stands beside 300,000 t of ore") {
  const Record& text = record_of("plan-target", "text-gold-output");
  CHECK(text_of(text, "value") + text.text(records::plan_target::unit) == "30吨");
  const Record& table = record_of("plan-target", "8-01");
  CHECK(text_of(table, "value") + table.text(records::plan_target::unit) == "30矿石万吨");
  const Record& cap = record_of("plan-target", "text-mine-count");
  CHECK(text_of(cap, "comparison") + text_of(cap, "value") == "at-most16");
  const Record& legacy = record_of("plan-target", "text-legacy-restoration");
  CHECK(text_of(legacy, "comparison") + text_of(legacy, "value") == "about9.4");
}

TEST_CASE("key projects know their mine and their years; table 16 gives none") {
  const Record& gold = record_of("key-project", "17-01");
  CHECK(gold.reference(records::common::place) == registers::register_id("mining-right", "3-01"));
  CHECK(text_of(gold, "start_year") + text_of(gold, "end_year") == "20212023");
  for (const char* key : {"18-01", "18-02", "18-03"}) {
    const Record& project = record_of("key-project", key);
    CHECK(text_of(project, "start_year") + text_of(project, "end_year") == "20212025");
    CHECK(find_record(project.reference(records::common::place))->name() == project.name());
  }
  CHECK_FALSE(record_of("key-project", "16-01").has(records::common::end_year));
  for (const Record& project : of_kind(kinds::restoration_project))
    CHECK(text_of(project, "start_year") + text_of(project, "end_year") == "20212025");
}

TEST_CASE("every spelling of a township resolves to the official one; a doubtful one says so") {
  const std::pair<const char*, const char*> spellings[] = {
      {"乔拉克铁热镇", "乔拉克铁热克镇"},
      {"乔拉克铁列克乡", "乔拉克铁热克镇"},
      {"乔拉铁列克镇", "乔拉克铁热克镇"},
      {"阔克铁列克乡", "阔克铁热克柯尔克孜民族乡"},
      {"阔克铁热克乡", "阔克铁热克柯尔克孜民族乡"},
      {"齐勒乌泽克乡", "齐勒乌泽克镇"},
      {"呼吉尔特蒙古族乡", "呼吉尔特蒙古民族乡"},
      {"呼吉尔特蒙古乡", "呼吉尔特蒙古民族乡"},
      {"喀拉达拉乡", "喀拉达拉镇"},
      {"哈拉达拉", "喀拉达拉镇"},
  };
  for (const auto& [spelling, official] : spellings) {
    CAPTURE(spelling);
    int found = 0;
    for (const Record& alias : of_kind(kinds::place_alias)) {
      if (alias.text(records::place_alias::alias) != spelling) continue;
      ++found;
      CHECK(find_record(alias.reference(records::place_alias::township))->name() == official);
      CHECK((alias.integer(records::place_alias::is_uncertain) == 1) ==
            (alias.text(records::place_alias::alias) == "哈拉达拉"));
    }
    CHECK(found == 1);
  }
  CHECK(record_of("township", "654027517").integer(records::township::is_outside_plan) == 1);
}

TEST_CASE("a place whose name carries a township refers to the official one") {
  const std::pair<const char*, const char*> mines[] = {{"3-07", "654027103"}, {"3-11", "654027102"},
                                                       {"3-12", "654027101"}, {"3-13", "654027103"},
                                                       {"3-14", "654027101"}, {"3-15", "654027203"}};
  for (const auto& [mine, township] : mines)
    CHECK(record_of("mining-right", mine).reference(records::mining_right::township) ==
          registers::register_id("township", township));
  CHECK_FALSE(record_of("mining-right", "3-08").has(records::common::township));
  CHECK_FALSE(record_of("restoration-project", "19-05").has(records::common::township));
}

}  // namespace kuangxun::tests
