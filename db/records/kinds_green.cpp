#include "db/records/kinds_green.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/kinds.h"

// Green mines: the item tables that the office copies from the official text, and how mines stand against them. All of
// it is evidence; an imported table is never edited, a corrected one is a new version.
namespace kuangxun::records {
namespace {

// One field a line, so that a kind reads as a table.
// clang-format off

constexpr std::int64_t marks_max = 100'000;

FieldDescription marks_field(FieldNumber number, std::string_view name, std::string_view chinese,
                             std::string_view english) {
  return decimal_field(number, name, chinese, english, "分", 2, 0, marks_max);
}

FieldDescription assessment_reference() {
  return reference_field(1, "assessment", "绿色矿山评价", "Assessment", {kinds::green_assessment}).require().index().about();
}

KindDescription table_kind() {
  return {.number = kinds::green_table, .name = "green-table", .chinese = "绿色矿山指标表",
          .english = "Green-mine item table", .name_field = "label", .is_evidence = true, .fields = {
      text_field(1, "index_id", "评价指标", "Index").require().join(1),
      text_field(2, "label", "版本", "Version").require().join(1),
      text_field(3, "text_source", "录自", "Copied from").require().join(1),
      instant_field(4, "imported_at", "导入时间", "Imported").require().join(1),
      text_field(5, "file_name", "文件名", "File name").join(1),
      integer_field(6, "item_count", "指标数", "Items", "", 0, 10'000).require().join(1),
      marks_field(7, "pass_total", "总分线", "Line of the total"),
      decimal_field(8, "floor_percent", "各一级指标下限", "Floor of each first level", "%", 2, 0, 100).join(7),
      text_field(9, "line_source", "分数线依据", "Source of the line").join(7),
      enumeration_field(10, "na_rule", "不涉及项处理", "Items that do not apply", na_rule_enumeration),
      text_field(11, "na_source", "不涉及项处理依据", "Source of that").join(10),
      long_text_field(12, "note", "备注", "Note"),
      boolean_field(13, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription item_kind() {
  return {.number = kinds::green_item, .name = "green-item", .chinese = "绿色矿山指标",
          .english = "Green-mine item", .name_field = "name", .is_evidence = true, .fields = {
      reference_field(1, "item_table", "指标表", "Item table", {kinds::green_table}).require().index().about(),
      integer_field(2, "number", "序号", "Number", "", 1, 10'000).require().join(1),
      text_field(3, "first_level", "一级指标", "First level").join(1),
      text_field(4, "second_level", "二级指标", "Second level").join(1),
      text_field(5, "name", "三级指标", "Third level").join(1),
      marks_field(6, "full_marks", "满分", "Full marks").join(1),
      boolean_field(7, "is_veto", "一票否决", "Veto").join(1),
      long_text_field(8, "scoring", "评分标准", "Scoring").join(1),
      long_text_field(9, "evidence", "佐证材料", "Evidence").join(1),
      decimal_field(10, "effort", "估计工作量", "Estimated effort", "", 2, 0, 1'000'000).join(1),
      text_field(11, "effort_note", "工作量说明", "About the effort").join(1),
      boolean_field(12, "is_example", "示例数据", "Example data").join(1),
  }};
}

KindDescription assessment_kind() {
  return {.number = kinds::green_assessment, .name = "green-assessment", .chinese = "绿色矿山评价",
          .english = "Green-mine assessment", .name_field = "index_id", .is_evidence = true, .fields = {
      reference_field(1, "mine", "矿山", "Mine", {kinds::mining_right}).require().index().about(),
      enumeration_field(2, "level", "级别", "Level", green_level_enumeration).require(),
      text_field(3, "index_id", "评价指标", "Index").require().join(2),
      day_field(4, "assessed_on", "评价日期", "Date").require(),
      text_field(5, "assessor", "评价人", "By whom").join(4),
      reference_field(6, "item_table", "所用指标表", "Item table", {kinds::green_table}).about(),
      marks_field(7, "pass_total", "总分线", "Line of the total"),
      decimal_field(8, "floor_percent", "各一级指标下限", "Floor of each first level", "%", 2, 0, 100).join(7),
      text_field(9, "line_source", "分数线依据", "Source of the line").join(7),
      enumeration_field(10, "na_rule", "不涉及项处理", "Items that do not apply", na_rule_enumeration),
      text_field(11, "na_source", "不涉及项处理依据", "Source of that").join(10),
      long_text_field(12, "note", "备注", "Note"),
      boolean_field(13, "is_example", "示例数据", "Example data"),
  }};
}

// One item of one assessment: marks of an item of the table by its number, or an answer or figure to a precondition by
// the name of its fact.
KindDescription score_kind() {
  return {.number = kinds::green_score, .name = "green-score", .chinese = "绿色矿山评价项",
          .english = "Assessed item", .name_field = "item", .is_evidence = true, .fields = {
      assessment_reference(),
      text_field(2, "item", "评价项", "Item").require().join(1),
      marks_field(3, "score", "得分", "Marks"),
      boolean_field(4, "is_not_applicable", "不涉及", "Does not apply").join(3),
      enumeration_field(5, "answer", "检查结果", "Answer", answer_enumeration).join(3),
      decimal_field(6, "figure", "数值", "Figure", "", 2, 0, 1'000'000'000).join(3),
      long_text_field(7, "evidence", "佐证", "Evidence"),
      reference_field(8, "photo", "照片", "Photo", {kinds::photo}),
      long_text_field(9, "note", "备注", "Note"),
      boolean_field(10, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription step_kind() {
  return {.number = kinds::green_step, .name = "green-step", .chinese = "绿色矿山评价环节",
          .english = "Step of an assessment", .name_field = "", .is_evidence = true, .fields = {
      assessment_reference(),
      enumeration_field(2, "step", "环节", "Step", green_step_enumeration).require(),
      day_field(3, "done_on", "日期", "Date").require().join(2),
      text_field(4, "done_by", "由谁", "By whom").require().join(2),
      text_field(5, "document", "文件", "Document"),
      long_text_field(6, "result", "结果", "Result"),
      integer_field(7, "team_size", "评估组人数", "People of the team", "人", 0, 1000),
      integer_field(8, "team_intermediate", "其中中级及以上", "Of intermediate title or above", "人", 0, 1000).join(7),
      integer_field(9, "team_senior", "其中高级", "Of senior title", "人", 0, 1000).join(7),
      boolean_field(10, "leader_is_full_time", "组长为机构专职人员", "The leader is full-time staff").join(7),
      long_text_field(11, "note", "备注", "Note"),
      boolean_field(12, "is_example", "示例数据", "Example data"),
  }};
}

// A person's decision; a later one is a record of its own, so that the earlier ones stay.
KindDescription tier_kind() {
  return {.number = kinds::green_tier, .name = "green-tier", .chinese = "绿色矿山梯次", .english = "Green-mine tier",
          .name_field = "", .is_evidence = true, .fields = {
      reference_field(1, "mine", "矿山", "Mine", {kinds::mining_right}).require().index().about(),
      enumeration_field(2, "tier", "梯次", "Tier", green_tier_enumeration).require(),
      long_text_field(3, "reason", "理由", "Reason").require().join(2),
      day_field(4, "decided_on", "确定日期", "Decided on").require().join(2),
      text_field(5, "decided_by", "确定人", "Decided by").require().join(2),
      reference_field(6, "assessment", "依据的评价", "Assessment", {kinds::green_assessment}).about(),
      boolean_field(7, "is_example", "示例数据", "Example data"),
  }};
}

// clang-format on

}  // namespace

std::vector<KindDescription> green_kinds() {
  return {table_kind(), item_kind(), assessment_kind(), score_kind(), step_kind(), tier_kind()};
}

}  // namespace kuangxun::records
