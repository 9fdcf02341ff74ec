#include <doctest/doctest.h>

#include "app/inspect/place/dossier.h"
#include "app/inspect/place/place_index.h"
#include "db/records/handles/finding.h"
#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {
namespace {

std::vector<std::string> found(FieldDay& day, std::string_view text) {
  std::vector<std::string> names;
  for (const auto& hit : inspect::PlaceIndex::build(day.store)->find(text)) names.push_back(hit.name);
  return names;
}

}  // namespace

TEST_CASE("finding a place by typing") {
  FieldDay day;
  const Uuid town = day.entered(kinds::township, {{"name", "乔拉克铁热克镇"}});
  day.entered(kinds::place_alias, {{"alias", "乔拉克铁列克"}, {"township", town.text()}});
  day.entered(kinds::mining_right, {{"name", "示例 砂石矿"}, {"mineral", "construction-sand"}});
  day.entered(kinds::mining_right, {{"name", "示例铁矿"}, {"mineral", "iron"}});
  day.entered(kinds::restoration_project, {{"name", "示例修复项目"}, {"township", "乔拉克铁热克镇"}});
  day.entered(kinds::legacy_site, {{"name", "砂石矿旧坑 No.1"}});
  CHECK(found(day, "示例铁矿") == std::vector<std::string>{"示例铁矿"});
  CHECK(found(day, "砂石") == std::vector<std::string>{"砂石矿旧坑 No.1", "示例 砂石矿"});
  CHECK(found(day, "示例砂石矿") == std::vector<std::string>{"示例 砂石矿"});
  CHECK(found(day, "铁列克") == std::vector<std::string>{"示例修复项目"});
  CHECK(found(day, "建筑用砂") == std::vector<std::string>{"示例 砂石矿"});
  CHECK(found(day, "IRON") == std::vector<std::string>{"示例铁矿"});
  CHECK(found(day, "no.1") == std::vector<std::string>{"砂石矿旧坑 No.1"});
  CHECK(found(day, "示铁") == std::vector<std::string>{"示例铁矿"});
  CHECK(found(day, "没有").empty());
  CHECK(found(day, "").size() == 4);
}

TEST_CASE("the dossier of a mine: visits with the last one first, citations, notes, open findings") {
  FieldDay day;
  const Uuid mine = day.entered(kinds::mining_right, {{"name", "示例矿"}});
  day.entered(kinds::citation, {{"subject", mine.text()}, {"field", "area_km2"}, {"printed", "0.008"}});
  day.entered(kinds::plan_note, {{"subject", mine.text()}, {"topic", "面积疑误"}});
  const Uuid first = day.acted("visit.start", mine);
  day.acted("finding.add", first, {{"text", "未设标识牌"}});
  day.clock.advance_ms(86'400'000);
  const Uuid second = day.acted("visit.start", mine);
  const Uuid wrong = day.acted("visit.start", mine);
  day.acted("finding.add", wrong, {{"text", "不算"}});
  REQUIRE(day.act("record.void", wrong, {}, "误开").empty());
  const auto dossier = inspect::read_dossier(day.store, mine);
  REQUIRE(dossier.ok());
  CHECK(dossier->place.citations.size() == 1);
  CHECK(dossier->place.notes.size() == 1);
  REQUIRE(dossier->visits.size() == 3);
  CHECK(dossier->visits[0].visit.id() == second);
  CHECK(dossier->visits[1].visit.id() == first);
  CHECK(dossier->visits[1].findings == 1);
  REQUIRE(dossier->open_findings.size() == 1);
  CHECK(dossier->open_findings[0].text(records::finding::text) == "未设标识牌");
  CHECK(!inspect::read_dossier(day.store, second).ok());
}

TEST_CASE("progress of a project: the latest status of each unit, beside the plan's figures") {
  FieldDay day;
  const Uuid project = day.entered(kinds::restoration_project, {{"name", "示例修复项目"}, {"area_ha", "8.9"}});
  day.entered(kinds::county, {{"name", "示例县"}, {"legacy_untreated_ha", "36.57"}});
  day.entered(kinds::plan_target, {{"name", "治理恢复"}, {"value", "9.40"}, {"rule", "R07"}});
  const auto unit = [&](const char* name) { return day.acted("unit.add", project, {{"name", name}}); };
  const auto status = [&](const Uuid& id, const char* date, const char* state, const char* area_ha) {
    return day.acted("restoration.set_status", id, {{"observed_on", date}, {"state", state}, {"area_ha", area_ha}});
  };
  const Uuid first = unit("一区");
  const Uuid second = unit("二区");
  status(first, "2026-04-01", "under-treatment", "2.0");
  status(first, "2026-05-01", "completed", "2.5");
  status(second, "2026-05-01", "completed", "1");
  SUBCASE("finished hectares are those of finished units") {
    const auto progress = *inspect::restoration_progress(day.store, day.read(project));
    CHECK(progress.finished_ha_e4 == 35'000);
    CHECK(progress.own_area_ha_e4 == 89'000);
    CHECK(progress.plan_target_ha_e4 == 94'000);
    CHECK(progress.plan_untreated_ha_e4 == 365'700);
  }
  SUBCASE("a unit that went back, a void status, and one without area") {
    status(first, "2026-06-01", "under-treatment", "2.5");
    const Uuid void_status = status(second, "2026-06-01", "untreated", "1");
    REQUIRE(day.act("record.void", void_status, {}, "看错").empty());
    status(unit("三区"), "2026-05-01", "completed", "");
    const auto progress = *inspect::restoration_progress(day.store, day.read(project));
    CHECK(progress.finished_ha_e4 == 10'000);
    CHECK(progress.finished_without_area == 1);
  }
  SUBCASE("a status of a void visit does not count") {
    const Uuid visit = day.acted("visit.start", project);
    day.acted("restoration.set_status", first,
              {{"observed_on", "2026-06-01"}, {"state", "untreated"}, {"visit", visit.text()}});
    CHECK(inspect::restoration_progress(day.store, day.read(project))->finished_ha_e4 == 10'000);
    REQUIRE(day.act("record.void", visit, {}, "误开").empty());
    CHECK(inspect::restoration_progress(day.store, day.read(project))->finished_ha_e4 == 35'000);
  }
}

}  // namespace kuangxun::tests
