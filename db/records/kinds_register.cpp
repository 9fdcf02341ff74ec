#include "db/records/enumerations.h"
#include "db/records/kinds.h"

// The county's registers, as the plan of 2021-2025 prints them. The printed text of each value, with its table and row,
// stands in `citation` records beside them.
namespace kuangxun::records {
namespace {

// One field a line, so that a kind reads as a table.
// clang-format off

constexpr std::string_view km2 = "km²";
constexpr std::string_view hectares = "公顷";
constexpr std::string_view ten_thousand_tonnes = "万吨/年";
constexpr std::string_view ten_thousand_cubic_metres = "万立方米/年";

KindDescription county_kind() {
  return {.number = kinds::county, .name = "county", .chinese = "县", .english = "County",
          .name_field = "name", .fields = {
      text_field(1, "name", "名称", "Name").require(),
      text_field(2, "code", "行政区划代码", "Code"),
      decimal_field(3, "area_km2", "面积（不含兵团）", "Area (without the Corps)", km2, 4, 0, 100'000),
      integer_field(4, "mining_workers", "矿业从业人数", "Mining workers", "人", 0, 1'000'000),
      decimal_field(5, "mining_output_value_10k_yuan", "矿业总产值", "Mining output value", "万元", 4, 0, 1'000'000'000),
      decimal_field(6, "legacy_untreated_ha", "历史遗留矿山未治理面积", "Legacy mine land not treated", hectares, 4, 0, 1'000'000),
      integer_field(7, "base_year", "基准年", "Base year", "", 1990, 2100),
  }};
}

KindDescription mining_right_kind() {
  return {.number = kinds::mining_right, .name = "mining-right", .chinese = "采矿权", .english = "Mining right",
          .name_field = "name", .is_place = true,
          .section = {"places", 10}, .fields = {
      integer_field(1, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(2, "name", "矿山名称", "Mine").require(),
      enumeration_field(3, "mineral", "矿种", "Mineral", mineral_enumeration).index(),
      decimal_field(4, "area_km2", "面积", "Area", km2, 4, 0, 10'000),
      decimal_field(5, "capacity_10kt_per_year", "生产规模", "Licensed capacity", ten_thousand_tonnes, 4, 0, 100'000),
      decimal_field(6, "capacity_10k_m3_per_year", "生产规模", "Licensed capacity", ten_thousand_cubic_metres, 4, 0,
                    100'000).join(5),
      enumeration_field(7, "operating_state", "生产状态", "Operating state", operating_state_enumeration),
      enumeration_field(8, "mining_method", "开采方式", "Mining method", mining_method_enumeration),
      enumeration_field(9, "stage", "阶段", "Stage", mine_stage_enumeration),
      day_field(10, "stage_since", "阶段起始日", "Stage since").join(9),
      text_field(11, "stage_source", "阶段依据", "Source of the stage").join(9),
      text_field(12, "holder", "采矿权人", "Holder"),
      reference_field(13, "township", "所在乡镇", "Township", {kinds::township}),
      text_field(14, "licence_number", "采矿许可证号", "Licence number"),
      day_field(15, "licence_valid_from", "有效期起", "Licence valid from"),
      day_field(16, "licence_valid_to", "有效期止", "Licence valid to").join(15),
      decimal_field(17, "recoverable_reserves_10kt", "设计可采储量", "Designed recoverable reserves", "万吨", 4, 0, 10'000'000),
      decimal_field(18, "recoverable_reserves_10k_m3", "设计可采储量", "Designed recoverable reserves", "万立方米", 4, 0,
                    10'000'000).join(17),
      boolean_field(19, "is_example", "示例数据", "Example data"),
      decimal_field(20, "retained_resources_10kt", "保有资源量", "Retained resources", "万吨", 4, 0, 10'000'000),
      decimal_field(21, "retained_resources_10k_m3", "保有资源量", "Retained resources", "万立方米", 4, 0,
                    10'000'000).join(20),
      decimal_field(22, "design_recovery_percent", "设计开采回采率", "Designed mining recovery", "%", 4, 0, 100),
      decimal_field(23, "design_dilution_percent", "设计贫化率", "Designed dilution", "%", 4, 0, 100),
      enumeration_field(24, "rock_stability", "围岩稳固程度", "Stability of the rock", rock_stability_enumeration),
      enumeration_field(25, "ore_dip", "矿体倾角", "Dip of the ore body", ore_dip_enumeration),
      enumeration_field(26, "iron_ore", "铁矿石类型", "Kind of iron ore", iron_ore_enumeration),
      decimal_field(27, "required_recovery_percent", "适用的开采回采率指标", "Mining recovery to be reached", "%", 4, 0, 100),
      decimal_field(28, "required_processing_percent", "适用的选矿回收率指标", "Processing recovery to be reached", "%", 4, 0,
                    100).join(27),
      decimal_field(29, "required_use_percent", "适用的综合利用率指标", "Comprehensive use to be reached", "%", 4, 0,
                    100).join(27),
      text_field(30, "required_source", "三率指标出处", "Source of the three rates").join(27),
  }};
}

KindDescription exploration_right_kind() {
  return {.number = kinds::exploration_right, .name = "exploration-right", .chinese = "探矿权",
          .english = "Exploration right",
          .name_field = "name", .is_place = true,
          .section = {"places", 10}, .fields = {
      integer_field(1, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(2, "name", "勘查项目名称", "Project").require(),
      enumeration_field(3, "mineral", "勘查矿种", "Mineral", mineral_enumeration),
      text_field(4, "degree", "勘查程度", "Degree of exploration"),
      decimal_field(5, "area_km2", "勘查面积", "Area", km2, 4, 0, 100'000),
      text_field(6, "holder", "探矿权人", "Holder"),
      text_field(7, "licence_number", "勘查许可证号", "Licence number"),
      boolean_field(8, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription restoration_project_kind() {
  return {.number = kinds::restoration_project, .name = "restoration-project", .chinese = "修复项目",
          .english = "Restoration project", .name_field = "name", .is_place = true,
          .section = {"places", 10}, .fields = {
      integer_field(1, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(2, "name", "项目名称", "Project").require(),
      decimal_field(3, "area_ha", "面积", "Area", hectares, 4, 0, 1'000'000),
      integer_field(4, "start_year", "起始年", "First year", "", 1990, 2100),
      integer_field(5, "end_year", "结束年", "Last year", "", 1990, 2100).join(4),
      reference_field(6, "township", "所在乡镇", "Township", {kinds::township}),
      boolean_field(7, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription restoration_unit_kind() {
  return {.number = kinds::restoration_unit, .name = "restoration-unit", .chinese = "治理单元",
          .english = "Restoration unit",
          .name_field = "name", .is_place = true,
          .section = {"units", 30}, .fields = {
      reference_field(1, "parent", "所属项目或矿山", "Project or mine",
                      {kinds::restoration_project, kinds::mining_right, kinds::legacy_site,
                       kinds::closed_mine}).require().index().under(),
      text_field(2, "name", "单元名称", "Unit").require(),
      decimal_field(3, "planned_area_ha", "计划治理面积", "Planned area", hectares, 4, 0, 1'000'000),
      text_field(4, "target_use", "目标用途", "Target land use"),
      boolean_field(5, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription plan_zone_kind() {
  return {.number = kinds::plan_zone, .name = "plan-zone", .chinese = "规划分区", .english = "Plan zone",
          .name_field = "name", .fields = {
      integer_field(1, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(2, "name", "名称", "Name").require(),
      enumeration_field(3, "zone_type", "类型", "Type", zone_type_enumeration),
      text_field(4, "administrative_area", "行政范围", "Administrative area"),
      decimal_field(5, "area_km2", "面积", "Area", km2, 4, 0, 100'000),
      text_field(6, "minerals", "矿种", "Minerals"),
      text_field(7, "remark", "备注", "Remark"),
      long_text_field(8, "development_direction", "发展方向", "Direction of development"),
      long_text_field(9, "exploration_direction", "勘查方向", "Direction of exploration"),
      long_text_field(10, "mining_direction", "开发方向", "Direction of mining"),
  }};
}

KindDescription block_quota_kind() {
  return {.number = kinds::block_quota, .name = "block-quota", .chinese = "规划区块数", .english = "Planned blocks",
          .name_field = "", .fields = {
      enumeration_field(1, "purpose", "类型", "Purpose", block_purpose_enumeration),
      enumeration_field(2, "level", "来源规划", "Plan level", plan_level_enumeration),
      enumeration_field(3, "mineral", "矿种", "Mineral", mineral_enumeration),
      integer_field(4, "blocks", "区块数", "Blocks", "处", 0, 10'000),
  }};
}

KindDescription plan_target_kind() {
  return {.number = kinds::plan_target, .name = "plan-target", .chinese = "规划指标", .english = "Plan target",
          .name_field = "name", .fields = {
      text_field(1, "name", "指标名称", "Indicator").require(),
      enumeration_field(2, "mineral", "矿种", "Mineral", mineral_enumeration),
      text_field(3, "unit", "单位", "Unit"),
      enumeration_field(4, "comparison", "关系", "Comparison", comparison_enumeration),
      decimal_field(5, "value", "目标值", "Target", "", 4, 0, 100'000'000).join(4),
      decimal_field(6, "upper_value", "目标上限", "Upper target", "", 4, 0, 100'000'000).join(4),
      integer_field(7, "target_year", "目标年", "Target year", "", 1990, 2100),
      text_field(8, "nature", "指标属性", "Nature"),
      text_field(9, "rule", "对应规则", "Rule"),
  }};
}

KindDescription key_project_kind() {
  return {.number = kinds::key_project, .name = "key-project", .chinese = "重点项目", .english = "Key project",
          .name_field = "name", .fields = {
      integer_field(1, "table_number", "专栏", "Table", "", 1, 100),
      integer_field(2, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(3, "name", "项目名称", "Project").require(),
      text_field(4, "implementer", "实施主体", "Implementer"),
      text_field(5, "construction_scale", "建设规模", "Scale of construction"),
      integer_field(6, "start_year", "起始年", "First year", "", 1990, 2100),
      integer_field(7, "end_year", "结束年", "Last year", "", 1990, 2100).join(6),
      long_text_field(8, "expected_result", "预期成果", "Expected result"),
      enumeration_field(9, "mineral", "主要矿产", "Mineral", mineral_enumeration),
      reference_field(10, "place", "对应矿山", "Mine", {kinds::mining_right, kinds::restoration_project}).index().about(),
      day_field(11, "completed_on", "完成日", "Completed on"),
      text_field(12, "completed_source", "完成依据", "Source of completion").join(11),
  }};
}

KindDescription minimum_scale_kind() {
  const auto scale = [](FieldNumber number, std::string_view name, std::string_view chinese, std::string_view english) {
    return decimal_field(number, name, chinese, english, "", 4, 0, 100'000);
  };
  return {.number = kinds::minimum_scale, .name = "minimum-scale", .chinese = "最低开采规模", .english = "Minimum scale",
          .name_field = "name", .fields = {
      integer_field(1, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(2, "name", "矿产名称", "Mineral as printed").require(),
      enumeration_field(3, "mineral", "矿种", "Mineral", mineral_enumeration),
      enumeration_field(4, "scale_unit", "单位", "Unit", scale_unit_enumeration),
      scale(5, "large_underground", "大型（地下）", "Large, underground"),
      scale(6, "large_open_pit", "大型（露天）", "Large, open pit"),
      scale(7, "medium_underground", "中型（地下）", "Medium, underground"),
      scale(8, "medium_open_pit", "中型（露天）", "Medium, open pit"),
      scale(9, "small_underground", "小型（地下）", "Small, underground"),
      scale(10, "small_open_pit", "小型（露天）", "Small, open pit"),
      integer_field(11, "service_life_years", "最低服务年限", "Minimum service life", "年", 1, 1000),
      text_field(12, "remark", "备注", "Remark"),
  }};
}

KindDescription reserve_kind() {
  return {.number = kinds::reserve, .name = "reserve", .chinese = "资源储量统计", .english = "Reserves",
          .name_field = "name", .fields = {
      integer_field(1, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(2, "name", "矿种", "Mineral as printed").require(),
      enumeration_field(3, "mineral", "矿种", "Mineral", mineral_enumeration),
      integer_field(4, "deposits", "矿区数", "Deposits", "处", 0, 10'000),
      text_field(5, "unit", "统计对象/单位", "Unit"),
      decimal_field(6, "retained", "保有资源量", "Retained resources", "", 4, 0, 100'000'000),
      decimal_field(7, "cumulative", "累计查明资源量", "Cumulative resources", "", 4, 0, 100'000'000),
  }};
}

KindDescription period_result_kind() {
  return {.number = kinds::period_result, .name = "period-result", .chinese = "“十三五”完成情况",
          .english = "Results of 2016-2020", .name_field = "name", .fields = {
      integer_field(1, "table_number", "专栏", "Table", "", 1, 100),
      integer_field(2, "register_number", "序号", "Register number", "", 1, 10'000),
      text_field(3, "name", "矿种", "Mineral as printed").require(),
      enumeration_field(4, "mineral", "矿种", "Mineral", mineral_enumeration),
      text_field(5, "unit", "单位", "Unit"),
      decimal_field(6, "planned", "规划指标", "Planned", "", 4, 0, 100'000'000),
      decimal_field(7, "reached", "完成", "Reached", "", 4, 0, 100'000'000),
      decimal_field(8, "completion_percent", "完成率", "Completion", "%", 4, 0, 1'000'000),
  }};
}

KindDescription citation_kind() {
  return {.number = kinds::citation, .name = "citation", .chinese = "出处", .english = "Citation",
          .name_field = "", .fields = {
      reference_field(1, "subject", "记录", "Record", {}).require().index(),
      text_field(2, "field", "字段", "Field").join(1),
      text_field(3, "printed", "原文", "As printed").join(1),
      text_field(4, "source", "出处", "Source").join(1),
      integer_field(5, "table_number", "专栏", "Table", "", 1, 100).join(1),
      integer_field(6, "row", "行", "Row", "", 1, 10'000).join(1),
      text_field(7, "column", "列", "Column").join(1),
  }};
}

KindDescription plan_note_kind() {
  return {.number = kinds::plan_note, .name = "plan-note", .chinese = "规划文本疑点", .english = "Note on the plan",
          .name_field = "topic", .fields = {
      reference_field(1, "subject", "记录", "Record", {}).index(),
      text_field(2, "topic", "要点", "Topic").require(),
      long_text_field(3, "text_zh", "说明", "Explanation in Chinese"),
      long_text_field(4, "text_en", "英文说明", "Explanation"),
      text_field(5, "source", "出处", "Source"),
  }};
}

KindDescription township_kind() {
  return {.number = kinds::township, .name = "township", .chinese = "乡镇", .english = "Township",
          .name_field = "name", .fields = {
      text_field(1, "name", "名称", "Name").require(),
      text_field(2, "code", "代码", "Code"),
      boolean_field(3, "is_outside_plan", "不在规划范围", "Outside the plan"),
  }};
}

KindDescription place_alias_kind() {
  return {.number = kinds::place_alias, .name = "place-alias", .chinese = "地名异写", .english = "Place alias",
          .name_field = "alias", .fields = {
      text_field(1, "alias", "异写", "Alias").require(),
      reference_field(2, "township", "正式名称", "Official township", {kinds::township}).index(),
      text_field(3, "source", "出处", "Source"),
      boolean_field(4, "is_uncertain", "存疑", "Uncertain"),
  }};
}

// clang-format on

}  // namespace

std::vector<KindDescription> register_kinds() {
  return {county_kind(),           mining_right_kind(),  exploration_right_kind(), restoration_project_kind(),
          restoration_unit_kind(), plan_zone_kind(),     block_quota_kind(),       plan_target_kind(),
          key_project_kind(),      minimum_scale_kind(), reserve_kind(),           period_result_kind(),
          citation_kind(),         plan_note_kind(),     township_kind(),          place_alias_kind()};
}

}  // namespace kuangxun::records
