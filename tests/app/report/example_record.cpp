#include "tests/app/report/example_record.h"

#include "db/language/language.h"

namespace kuangxun::tests {
namespace {

using namespace kuangxun::report;

constexpr std::int64_t morning_ms = 1'777'602'600'000;  // 2026-05-01 10:30 in Beijing
constexpr std::int64_t minute_ms = 60'000;

Instant at_minute(std::int64_t minute) {
  return {morning_ms + minute * minute_ms, beijing_offset_min};
}

PositionReading reading(std::int64_t latitude_nanodegrees, std::int64_t longitude_nanodegrees, std::int64_t minute) {
  return {.position = {latitude_nanodegrees, longitude_nanodegrees},
          .height_m = Decimal{1'283'456, 3},
          .height_datum = either_text("正高 EGM96", "orthometric, EGM96"),
          .accuracy_m = Decimal{240, 2},
          .accuracy_basis = either_text("由 HDOP 估计", "estimated from HDOP"),
          .satellites = 14,
          .measured_at = at_minute(minute),
          .coordinate_system = "CGCS2000",
          .source = either_text("接收机记录回放", "replayed recording")};
}

void add_people(VisitRecord& record) {
  Officer first{.name = "示例检查员甲", .certificate_number = "示例-0001", .organisation = "示例单位"};
  first.signing = Signing{at_minute(95), "3f9c 21aa"};
  record.officers.push_back(first);
  record.officers.push_back({.name = "示例检查员乙", .certificate_number = "示例-0002", .organisation = "示例单位"});
  record.people_present.push_back({.name = "示例在场人",
                                   .role = either_text("安全员", "safety officer"),
                                   .organisation = "示例砖厂",
                                   .telephone = "000-0000000"});
}

void add_positions(VisitRecord& record) {
  const std::string corner = either_text("治理单元拐点", "corner of a restoration unit");
  record.positions.push_back({.label = "P1",
                              .purpose = either_text("位置", "position"),
                              .reading = reading(43'123'456'789, 81'987'654'321, 5),
                              .standing = {}});
  record.positions.push_back(
      {.label = "P2",
       .purpose = corner,
       .reading = std::vector<Entry<PositionReading>::Head>{{reading(43'123'500'000, 81'987'700'000, 12), "示例甲"},
                                                            {reading(43'124'100'000, 81'987'900'000, 13), "示例乙"}},
       .standing = {}});
  record.positions.push_back({.label = "P3",
                              .purpose = corner,
                              .reading = reading(43'124'000'000, 81'988'000'000, 20),
                              .standing = {.is_voided = true, .void_reason = either_text("重复", "taken twice")}});
}

void add_checklists(VisitRecord& record) {
  Checklist licence{.title = either_text("矿业权人公示信息实地核查", "On-site check of published information"),
                    .version = "1",
                    .shape = ChecklistShape::licence_comparison,
                    .items = {}};
  licence.items.push_back({.number = "1",
                           .question = either_text("矿山名称", "Name of the mine"),
                           .licence_says = "示例砖厂粘土矿",
                           .published = "示例砖厂粘土矿",
                           .seen_on_site = "示例砖厂粘土矿",
                           .answer = either_text("是", "yes")});
  licence.items.push_back({.number = "2",
                           .question = either_text("生产规模", "Licensed capacity"),
                           .licence_says = either_text("4 万立方米/年", "40,000 m³ a year"),
                           .published = either_text("4 万立方米/年", "40,000 m³ a year"),
                           .seen_on_site = either_text("设计文件为 6 万立方米/年", "the design says 60,000 m³ a year"),
                           .answer = std::vector<TextEntry::Head>{{either_text("否", "no"), "示例甲"},
                                                                  {either_text("无法判断", "cannot tell"), "示例乙"}},
                           .remark = either_text("设计文件未盖章", "the design bears no seal"),
                           .evidence = either_text("照片 2", "photo 2")});
  Checklist restoration{
      .title = either_text("边生产边治理", "Restoration during production"), .version = "1", .items = {}};
  for (int i = 1; i <= 8; ++i) {
    restoration.items.push_back(
        {.number = std::to_string(i),
         .question =
             either_text("采场边坡、排土场是否按《方案》年度任务完成治理，覆土厚度是否达到方案要求",
                         "Are the slopes and dumps treated as the approved plan asks for this year, and is the soil "
                         "as thick as it says"),
         .answer = either_text(i % 3 == 0 ? "否" : "是", i % 3 == 0 ? "no" : "yes"),
         .remark = i % 2 == 0 ? either_text("北侧边坡仍有裸露", "the northern slope is still bare") : "",
         .evidence = either_text("照片 1", "photo 1")});
  }
  record.checklists = {licence, restoration};
}

void add_findings(VisitRecord& record) {
  record.findings.push_back(
      {.text = either_text("排土场坡脚未设挡土设施，雨季可能冲刷进入沟道。",
                           "The dump has no retaining wall at its foot; rain may wash it into the gully."),
       .clause = either_text("规划 五（四）", "plan, V (4)"),
       .evidence = either_text("照片 1", "photo 1"),
       .standing = {}});
  record.findings.push_back({.text = either_text("表土未单独堆放。", "Topsoil is not kept apart."),
                             .evidence = "",
                             .standing = {.is_after_signing = true}});
  record.restorations.push_back(
      {.project = either_text("示例修复项目", "Example project"),
       .unit = "U-01",
       .state = either_text("治理中", "under treatment"),
       .area = RestorationArea{{12'345, 4}, AreaMethod::measured, Decimal{120, 4}},
       .soil_thickness_cm = Decimal{325, 1},
       .slope_deg = Decimal{220, 1},
       .cover_percent = Decimal{450, 1},
       .observed_on = day_from_civil(2026, 5, 1),
       .evidence = either_text("照片 1", "photo 1"),
       .remark = either_text("覆土取五点平均。", "Mean of five soil pits."),
       .asked = {either_text("覆土厚度 不低于 40 cm（示例方案）", "soil thickness at least 40 cm (example plan)"),
                 either_text("2026 年：覆土 1.5 公顷（示例方案）", "2026: cover with soil 1.5 ha (example plan)")},
       .standing = {}});
  record.restorations.push_back({.project = "",
                                 .unit = "U-02",
                                 .state = either_text("未治理", "untreated"),
                                 .area = RestorationArea{{8, 1}, AreaMethod::entered, {}},
                                 .soil_thickness_cm = {},
                                 .slope_deg = {},
                                 .cover_percent = {},
                                 .observed_on = day_from_civil(2026, 5, 1),
                                 .evidence = "",
                                 .remark = {},
                                 .standing = {}});
}

void add_verdicts(VisitRecord& record) {
  record.catalogue = "2021-2025";
  record.judged_on = day_from_civil(2026, 5, 1);
  record.verdicts.push_back({.rule = "R19",
                             .title = either_text("砖瓦用粘土最低开采规模", "Minimum scale of brick clay"),
                             .verdict = Verdict::fail,
                             .reason = either_text("设计规模 4 万立方米/年，低于最低 6 万立方米/年。",
                                                   "The licensed 40,000 m³ a year are below the minimum of 60,000."),
                             .missing = {},
                             .clause = either_text("规划 三（三）", "plan, III (3)"),
                             .basis_state = BasisState::expired,
                             .consequence = "限期整改、联合；严禁大矿小开、一矿多开"});
  record.verdicts.push_back({.rule = "R25",
                             .title = either_text("矿山规模分类", "Size class"),
                             .verdict = Verdict::pass,
                             .reason = either_text("小型。", "Small."),
                             .missing = {},
                             .clause = either_text("规划 专栏14", "plan, box 14"),
                             .basis_state = BasisState::expired,
                             .consequence = ""});
  record.verdicts.push_back({.rule = "R20",
                             .title = either_text("开采回采率", "Mining recovery"),
                             .verdict = Verdict::unknown,
                             .reason = either_text("没有年度报告。", "There is no annual return."),
                             .missing = {either_text("开采回采率（见年度报告）", "mining recovery (annual return)")},
                             .clause = either_text("规划 三（三）", "plan, III (3)"),
                             .basis_state = BasisState::expired,
                             .consequence = ""});
  record.reports.push_back(
      {.rule = "R46",
       .title = either_text("重点项目进度", "Schedule of key projects"),
       .verdict = Verdict::not_applicable,
       .reason = either_text("进展：示例工程按期完工。", "Progress: the example work is done in time."),
       .missing = {},
       .clause = either_text("规划 专栏15", "plan, box 15"),
       .basis_state = BasisState::expired,
       .consequence = ""});
  record.verdicts.push_back({.rule = "R37",
                             .title = either_text("新建矿山三同时", "New mines: built together"),
                             .verdict = Verdict::not_applicable,
                             .reason = either_text("不是新建矿山。", "Not a new mine."),
                             .missing = {},
                             .clause = either_text("规划 五（四）", "plan, V (4)"),
                             .basis_state = BasisState::in_force,
                             .consequence = ""});
}

void add_photos(VisitRecord& record) {
  for (int i = 1; i <= 3; ++i) {
    PhotoRow photo{.number = std::to_string(i),
                   .file_name = "IMG_000" + std::to_string(i) + ".jpg",
                   .taken_at = at_minute(30 + i),
                   .taken_by = "示例检查员甲",
                   .proves = either_text("排土场坡脚", "foot of the dump"),
                   .original_carrier = i == 1 ? either_text("相机存储卡", "camera card") : "",
                   .sha256 = sha256(as_bytes(std::to_string(i))),
                   .thumbnail = {},
                   .standing = {}};
    record.photos.push_back(photo);
  }
}

}  // namespace

report::VisitRecord example_record() {
  VisitRecord record;
  record.id = fixed_uuid("example visit");
  record.is_example = true;
  record.place_name = "示例砖厂粘土矿";
  record.place_kind = either_text("采矿权", "mining right");
  record.visit_kind = either_text("边生产边治理", "restoration during production");
  record.purpose = either_text("年度例行检查", "yearly routine visit");
  record.started_at = at_minute(0);
  record.ended_at = at_minute(100);
  record.state = either_text("已签字", "signed");
  record.summary = either_text("检查时矿山正在生产，采场一处，排土场一处；北侧边坡未治理。",
                               "The mine was producing: one pit, one dump; the northern slope is untreated.");
  record.statement =
      either_text("我矿将按年度计划在九月底前完成北侧边坡治理。",
                  "We will finish the northern slope by the end of September, as this year's plan says.");
  add_people(record);
  add_positions(record);
  add_checklists(record);
  add_findings(record);
  add_verdicts(record);
  add_photos(record);
  return record;
}

}  // namespace kuangxun::tests
