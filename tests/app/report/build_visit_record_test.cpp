#include "app/report/build_visit_record.h"

#include <doctest/doctest.h>

#include "app/report/typeset_visit_record.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory/memory_record_store.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::report;
namespace kinds = kuangxun::records::kinds;

namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

// A laptop with one mine, one unit and a visit of two officers.
class Laptop {
 public:
  Laptop() {
    mine = add(kinds::mining_right, {{"name", "示例粘土矿"}});
    unit = add(kinds::restoration_unit, {{"parent", mine.text()}, {"name", "U-01"}});
    visit = add(kinds::visit, {{"place", mine.text()},
                               {"visit_kind", "concurrent-restoration"},
                               {"started_at", "2026-05-01T02:30:00.000Z"},
                               {"state", "ended"},
                               {"is_example", "true"}});
    party("officer", "示例甲", "示例-0001");
    second_officer = party("officer", "示例乙", "示例-0002");
  }

  // Fields as scripts write them.
  Uuid add(records::KindNumber kind, const Fields& fields) {
    records::Record record(make_uuid(clock, random), records::kind_of(kind));
    for (const auto& [name, text] : fields) {
      auto value = records::parse_value(*record.kind().find_field(name), text);
      REQUIRE_MESSAGE(value.ok(), name);
      record.set_value(*record.kind().find_field(name), *value);
    }
    clock.advance_ms(1000);
    REQUIRE(store.commit(history::edits_for_new(record), person).ok());
    return record.id();
  }
  Uuid add_to_visit(records::KindNumber kind, Fields fields) {
    const std::string id = visit.text();
    fields.emplace_back("visit", id);
    return add(kind, fields);
  }
  Uuid party(std::string_view role, std::string_view name, std::string_view certificate) {
    return add_to_visit(kinds::visit_party, {{"role", role}, {"name", name}, {"certificate_number", certificate}});
  }
  // Somebody edits one field having seen `seen`.
  void set(const Uuid& id, std::string_view field_name, std::string_view text, const Uuid& who,
           std::vector<history::OperationId> seen) {
    const auto view = store.read(id);
    REQUIRE(view.ok());
    const records::FieldDescription& field = *view->record.kind().find_field(field_name);
    history::Edit edit{id, view->record.kind().number, field.group, {}, std::move(seen)};
    edit.values.push_back({field.number, records::parse_value(field, text).value()});
    clock.advance_ms(1000);
    REQUIRE(store.commit(std::span(&edit, 1), who).ok());
  }
  std::vector<history::OperationId> seen(const Uuid& id, std::string_view field_name) {
    const auto view = store.read(id);
    REQUIRE(view.ok());
    return view->seen(view->record.kind().find_field(field_name)->group);
  }
  void void_record(const Uuid& id, const std::string& reason) {
    const auto view = store.read(id);
    REQUIRE(view.ok());
    const history::Edit edit{id, view->record.kind().number, records::existence_group,
                             history::existence_values(true, reason), view->seen_all()};
    REQUIRE(store.commit(std::span(&edit, 1), person).ok());
  }
  VisitRecord paper() { return paper(VisitSources{.store = store}); }
  VisitRecord paper(const VisitSources& sources) {
    auto record = build_visit_record(sources, visit);
    REQUIRE_MESSAGE(record.ok(), (record.ok() ? "" : record.error().message()));
    return std::move(record).value();
  }

  tests::ManualClock clock;
  tests::SeededRandom random{7};
  tests::MemoryRecordStore store{clock, fixed_uuid("laptop")};
  Uuid person = fixed_uuid("example person");
  Uuid mine;
  Uuid unit;
  Uuid visit;
  Uuid second_officer;
};

std::string only(const TextEntry& entry) {
  REQUIRE(entry.heads.size() == 1);
  return entry.heads.front().value;
}

}  // namespace

TEST_CASE("A visit in the store becomes the paper's model, in the words of the record kinds") {
  Laptop laptop;
  const VisitRecord paper = laptop.paper();
  CHECK(paper.id == laptop.visit);
  CHECK(paper.is_example);
  CHECK(only(paper.place_name) == "示例粘土矿");
  CHECK(paper.place_kind == "采矿权");
  CHECK(only(paper.visit_kind) == "边生产边治理");
  CHECK(only(paper.state) == "已结束");
  CHECK(paper.started_at.heads.at(0).value.offset_min == 480);
  REQUIRE(paper.officers.size() == 2);
  CHECK(only(paper.officers[1].certificate_number) == "示例-0002");
  CHECK(record_title(paper) == "现场检查记录");
  CHECK(paper.people_present.empty());
  CHECK_FALSE(paper.refusal.has_value());
}

TEST_CASE("What the approved plan asks of a unit stands with what was seen of it, as it stood on the visit's day") {
  Laptop laptop;
  const Uuid plan = laptop.add(
      kinds::approved_plan,
      {{"mine", laptop.mine.text()}, {"plan_kind", "merged"}, {"title", "示例方案"}, {"valid_to", "2026-05-01"}});
  laptop.add(kinds::restoration_task,
             {{"plan", plan.text()}, {"unit", laptop.unit.text()}, {"indicator", "坡度"}, {"value", "35"}});
  laptop.add_to_visit(kinds::restoration_status,
                      {{"unit", laptop.unit.text()}, {"observed_on", "2026-05-01"}, {"state", "under-treatment"}});
  const VisitRecord paper = laptop.paper();
  REQUIRE(paper.restorations.size() == 1);
  CHECK(paper.restorations[0].asked == std::vector<std::string>{"坡度 35（示例方案）"});
}

TEST_CASE("Points, photos, findings and statuses come with their numbers, units and photos") {
  Laptop laptop;
  const Uuid status = laptop.add_to_visit(kinds::restoration_status, {{"unit", laptop.unit.text()},
                                                                      {"observed_on", "2026-05-01"},
                                                                      {"state", "under-treatment"},
                                                                      {"area_ha", "1.2345"},
                                                                      {"area_method", "measured"},
                                                                      {"soil_thickness_cm", "32.5"}});
  laptop.add_to_visit(kinds::photo, {{"file_name", "late.jpg"},
                                     {"file_hash", sha256(as_bytes("late")).text()},
                                     {"taken_at", "2026-05-01T03:00:00.000Z"},
                                     {"subject", status.text()}});
  const Uuid early = laptop.add_to_visit(kinds::photo, {{"file_name", "early.jpg"},
                                                        {"file_hash", sha256(as_bytes("early")).text()},
                                                        {"taken_at", "2026-05-01T02:45:00.000Z"}});
  laptop.add_to_visit(kinds::finding, {{"text", "坡脚未设挡土设施"}, {"rule", "R40"}, {"photo", early.text()}});
  laptop.add_to_visit(kinds::gps_point, {{"label", "P1"},
                                         {"purpose", "unit-corner"},
                                         {"latitude_deg", "43.123456789"},
                                         {"longitude_deg", "81.987654321"},
                                         {"ellipsoidal_height_m", "1250.1"},
                                         {"accuracy_m", "2.4"},
                                         {"satellites", "14"}});
  const VisitRecord paper = laptop.paper();

  REQUIRE(paper.photos.size() == 2);
  CHECK(paper.photos[0].file_name == "early.jpg");
  CHECK(paper.photos[0].sha256 == sha256(as_bytes("early")));
  REQUIRE(paper.findings.size() == 1);
  CHECK(paper.findings[0].evidence == "照片 1");
  REQUIRE(paper.restorations.size() == 1);
  const RestorationRow& row = paper.restorations[0];
  CHECK(row.project == "示例粘土矿");
  CHECK(row.unit == "U-01");
  CHECK(row.evidence == "照片 2");
  CHECK(row.area.heads.at(0).value.area_ha.scaled == 12'345);
  CHECK(row.area.heads.at(0).value.method == AreaMethod::measured);
  CHECK(row.soil_thickness_cm.heads.at(0).value.scaled == 325);
  CHECK(row.asked.empty());
  REQUIRE(paper.positions.size() == 1);
  const PositionReading& reading = paper.positions[0].reading.heads.at(0).value;
  CHECK(reading.position.latitude_nanodegrees == 43'123'456'789);
  CHECK(reading.height_datum == "大地高");
  CHECK(reading.satellites == 14);
}

TEST_CASE("Two people who typed different purposes are both on the paper with their names") {
  Laptop laptop;
  const Uuid other = fixed_uuid("another person");
  laptop.set(laptop.visit, "purpose", "例行检查", laptop.person, {});
  laptop.set(laptop.visit, "purpose", "举报核查", other, {});
  VisitSources sources{.store = laptop.store};
  sources.person_name = [&](const Uuid& id) { return std::string(id == other ? "示例乙" : "示例甲"); };
  const VisitRecord paper = laptop.paper(sources);
  REQUIRE(paper.purpose.heads.size() == 2);
  for (const auto& head : paper.purpose.heads) {
    CHECK((head.value == "例行检查" ? head.by == "示例甲" : head.by == "示例乙"));
  }

  laptop.set(laptop.visit, "purpose", "举报核查", other, laptop.seen(laptop.visit, "purpose"));
  CHECK(only(laptop.paper(sources).purpose) == "举报核查");
}

TEST_CASE("A voided officer stays on the paper and no longer makes it an inspection record") {
  Laptop laptop;
  laptop.void_record(laptop.second_officer, "录入错误");
  const VisitRecord paper = laptop.paper();
  REQUIRE(paper.officers.size() == 2);
  CHECK(paper.officers[1].standing.is_voided);
  CHECK(paper.officers[1].standing.void_reason == "录入错误");
  CHECK(record_title(paper) == "巡查记录");
}

TEST_CASE("What is added after the visit was signed is marked so") {
  Laptop laptop;
  laptop.add_to_visit(kinds::finding, {{"text", "签字前"}});
  laptop.set(laptop.visit, "state", "signed", laptop.person, laptop.seen(laptop.visit, "state"));
  laptop.add_to_visit(kinds::finding, {{"text", "签字后"}});
  const VisitRecord paper = laptop.paper();
  REQUIRE(paper.findings.size() == 2);
  for (const FindingRow& finding : paper.findings) {
    CHECK(finding.standing.is_after_signing == (only(finding.text) == "签字后"));
  }
}

TEST_CASE("A refusal comes with its reason and the witness") {
  Laptop laptop;
  laptop.party("person-present", "示例在场人", "");
  laptop.party("witness", "示例见证人", "");
  history::Edit edit{laptop.visit, kinds::visit, 11, {}, {}};
  edit.values = {{11, std::int64_t{1}}, {12, std::string("认为测量有误")}};
  REQUIRE(laptop.store.commit(std::span(&edit, 1), laptop.person).ok());
  const VisitRecord paper = laptop.paper();
  REQUIRE(paper.refusal.has_value());
  CHECK(only(paper.refusal->reason) == "认为测量有误");
  REQUIRE(paper.witnesses.size() == 1);
  CHECK(only(paper.witnesses[0].name) == "示例见证人");
  CHECK(paper.people_present.size() == 1);
}

TEST_CASE("A figure stands on the paper with the unit it was written in, a choice in the words of the list") {
  Laptop laptop;
  laptop.add_to_visit(kinds::checklist_answer,
                      {{"checklist", "spot"}, {"item", "a"}, {"measured", "0.75"}, {"measured_unit", "公顷"}});
  laptop.add_to_visit(kinds::checklist_answer, {{"checklist", "spot"}, {"item", "b"}, {"choice", "legacy"}});
  laptop.add_to_visit(kinds::checklist_answer, {{"checklist", "spot"}, {"item", "c"}, {"answer", "cannot-tell"}});
  VisitSources sources{.store = laptop.store};
  sources.checklists = {
      {.code = "spot",
       .title = "图斑核查",
       .version = "",
       .items = {{"a", "1", "面积"}, {"b", "2", "属于", {{"legacy", "历史遗留"}}}, {"c", "3", "坡度"}}}};
  const VisitRecord paper = laptop.paper(sources);
  REQUIRE(paper.checklists.size() == 1);
  const auto& items = paper.checklists[0].items;
  REQUIRE(items.size() == 3);
  CHECK(only(items[0].answer) == "0.75 公顷");
  CHECK(only(items[1].answer) == "历史遗留");
  CHECK(only(items[2].answer) == "无法判断");
}

TEST_CASE("Of a checklist that was used every item stands on the paper, answered or not") {
  Laptop laptop;
  laptop.add_to_visit(kinds::checklist_answer, {{"checklist", "licence"}, {"item", "b"}, {"answer", "no"}});
  laptop.add_to_visit(kinds::checklist_answer, {{"checklist", "licence"}, {"item", "gone"}, {"answer", "yes"}});
  VisitSources sources{.store = laptop.store};
  sources.checklists = {{.code = "licence",
                         .title = "公示信息实地核查",
                         .version = "1",
                         .shape = ChecklistShape::licence_comparison,
                         .items = {{"a", "1", "矿山名称"}, {"b", "2", "生产规模"}}},
                        {.code = "unused", .title = "未用", .version = "1", .items = {}}};
  const VisitRecord paper = laptop.paper(sources);
  REQUIRE(paper.checklists.size() == 1);
  CHECK(paper.checklists[0].shape == ChecklistShape::licence_comparison);
  const auto& items = paper.checklists[0].items;
  REQUIRE(items.size() == 3);
  CHECK(items[0].question == "矿山名称");
  CHECK(items[0].answer.empty());
  CHECK(only(items[1].answer) == "否");
  CHECK(items[2].question == "gone");
}

TEST_CASE("A question that is asked no more stands on the paper of the visit that answered it, and only there") {
  Laptop laptop;
  VisitSources sources{.store = laptop.store};
  sources.checklists = {
      {.code = "list",
       .title = "检查表",
       .version = "",
       .items = {{"a", "a", "一和二", {}, {"b", "c"}}, {"b", "b", "一"}, {"c", "c", "二"}, {"d", "d", "三"}}}};
  const auto questions = [&] {
    const VisitRecord paper = laptop.paper(sources);
    REQUIRE(paper.checklists.size() == 1);
    std::string all;
    for (const auto& item : paper.checklists[0].items) all += item.question + " ";
    return all;
  };
  SUBCASE("a visit that was never asked it") {
    laptop.add_to_visit(kinds::checklist_answer, {{"checklist", "list"}, {"item", "d"}, {"answer", "yes"}});
    CHECK(questions() == "一 二 三 ");
  }
  SUBCASE("a visit that answered it is not said to lack what is asked instead") {
    laptop.add_to_visit(kinds::checklist_answer, {{"checklist", "list"}, {"item", "a"}, {"answer", "yes"}});
    CHECK(questions() == "一和二 三 ");
    laptop.add_to_visit(kinds::checklist_answer, {{"checklist", "list"}, {"item", "c"}, {"answer", "no"}});
    CHECK(questions() == "一和二 二 三 ");
  }
}

TEST_CASE("A record that is no visit, and one that is not there, have no paper") {
  Laptop laptop;
  const auto mine = build_visit_record(VisitSources{.store = laptop.store}, laptop.mine);
  REQUIRE_FALSE(mine.ok());
  CHECK(mine.error().code() == ErrorCode::bad_input);
  const auto nothing = build_visit_record(VisitSources{.store = laptop.store}, fixed_uuid("nothing"));
  REQUIRE_FALSE(nothing.ok());
  CHECK(nothing.error().code() == ErrorCode::not_found);
}

TEST_CASE("A walked area is printed with its error, its share outside and how it stands to the line") {
  Laptop laptop;
  const auto area = [&](std::string_view kind) {
    laptop.add_to_visit(
        kinds::walked_area,
        {{"area_kind", kind},
         {"label", "东坑"},
         {"outline", "POLYGON((81.809 43.203, 81.811 43.203, 81.811 43.204, 81.809 43.204, 81.809 43.203))"},
         {"measured_corners", "2,\n2,\n2,\n2,\n"},
         {"area_ha", "1.8"},
         {"area_uncertainty_ha", "0.04"},
         {"perimeter_m", "547.5"}});
  };
  area("extraction-area");
  CHECK(laptop.paper().areas.front().outside.empty());
  CHECK(laptop.paper().areas.front().words == "未录入界线，无法判断");
  laptop.add(kinds::boundary,
             {{"place", laptop.mine.text()},
              {"corner_accuracy_m", "0.1"},
              {"outline", "POLYGON((81.80 43.20, 81.81 43.20, 81.81 43.21, 81.80 43.21, 81.80 43.20))"}});
  area("waste-dump");
  const VisitRecord paper = laptop.paper();
  REQUIRE(paper.areas.size() == 2);
  CHECK(only(paper.areas[0].kind) == "采场/采坑");
  CHECK(paper.areas[0].reading.heads.front().value.area_ha.scaled == 18'000);
  CHECK(paper.areas[0].outside.find("50.0 ±") != std::string::npos);
  CHECK(paper.areas[0].words.starts_with("实测采场超出登记的开采区域"));
  CHECK(paper.areas[1].words.find("越界") == std::string::npos);
  CHECK(paper.areas[1].words.find("用地手续") != std::string::npos);
  const auto printed = typeset_visit_record(paper);
  REQUIRE(printed.ok());
}

TEST_CASE("Corner markers stand with their state and how far from the corner they were measured") {
  Laptop laptop;
  CHECK(laptop.paper().markers.empty());
  const Uuid line =
      laptop.add(kinds::boundary, {{"place", laptop.mine.text()},
                                   {"outline", "POLYGON((81.80 43.20, 81.81 43.20, 81.81 43.21, 81.80 43.20))"},
                                   {"corner_accuracy_m", "0.3"}});
  const Uuid point = laptop.add_to_visit(
      kinds::gps_point, {{"latitude_deg", "43.200027"}, {"longitude_deg", "81.8"}, {"accuracy_m", "0.4"}});
  const std::string line_id = line.text(), point_id = point.text();
  laptop.add_to_visit(
      kinds::corner_marker,
      {{"boundary", line_id}, {"corner", "1"}, {"state", "damaged"}, {"point", point_id}, {"note", "被撞歪"}});
  const Uuid lost =
      laptop.add_to_visit(kinds::corner_marker, {{"boundary", line_id}, {"corner", "3"}, {"state", "lost"}});
  VisitRecord paper = laptop.paper();
  REQUIRE(paper.markers.size() == 2);
  CHECK(paper.markers[0].corner == "拐点 1");
  CHECK(only(paper.markers[0].state) == "损坏");
  CHECK(paper.markers[0].position == "实测点离拐点坐标 3.0 m ± 0.5 m");
  CHECK(only(paper.markers[0].note) == "被撞歪");
  CHECK(paper.markers[1].position.empty());
  laptop.void_record(lost, "看错");
  laptop.void_record(line, "录错");
  paper = laptop.paper();
  CHECK(paper.markers[1].standing.is_voided);
  CHECK(paper.markers[0].corner.find("界线已作废") != std::string::npos);
}

TEST_CASE("A place of the 78th regiment says so on its paper, another place says nothing") {
  Laptop laptop;
  CHECK(laptop.paper().place_note.empty());
  laptop.add(kinds::township, {{"name", "七十八团"}, {"is_outside_plan", "true"}});
  CHECK(laptop.paper().place_note.empty());
  const Uuid place = laptop.add(kinds::unlicensed_place, {{"name", "示例七十八团二连北采坑"}});
  laptop.visit = laptop.add(kinds::visit, {{"place", place.text()},
                                           {"visit_kind", "patrol"},
                                           {"started_at", "2026-05-02T02:30:00.000Z"},
                                           {"state", "ended"}});
  CHECK(laptop.paper().place_note == "属于或提到兵团七十八团：规划的范围是全县，不含七十八团");
}
