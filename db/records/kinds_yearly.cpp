#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/kinds.h"

// What a mine files, signs or is granted over the years, and what the statistics office counts. Papers that come to the
// office, not what somebody saw on site: typed or read from a table, each with its source and the day it was filed.
namespace kuangxun::records {
namespace {

// One field a line, so that a kind reads as a table.
// clang-format off

constexpr std::string_view hectares = "公顷";
constexpr std::string_view ten_thousand_yuan = "万元";
constexpr std::string_view km2 = "km²";

FieldDescription mine_reference() {
  return reference_field(1, "mine", "矿山", "Mine", {kinds::mining_right}).require().index().about();
}

FieldDescription percent_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english) {
  return decimal_field(number, name, chinese, english, "%", 4, 0, 100);
}

// What was filed, as it was filed: the number, its unit and the words stay together.
KindDescription annual_return_kind() {
  return {.number = kinds::annual_return, .name = "annual-return", .chinese = "年度报告", .english = "Annual return",
          .name_field = "", .is_evidence = true,
          .section = {"yearly", 20}, .table = "returns", .dated_by = "year", .fields = {
      mine_reference(),
      integer_field(2, "year", "年度", "Year", "", 1990, 2100).require().index().join(1).key()
          .called("年份|统计年度|报告年度|所属年度|评价年度"),
      decimal_field(3, "output", "年产量", "Output", "", 4, 0, 100'000'000)
          .called("产量|年产矿石量|实际产量|实际年产量|开采量|年开采量|矿石产量|采出矿石量|annual output|production"),
      enumeration_field(4, "output_unit", "产量单位", "Unit of the output", quantity_unit_enumeration).join(3),
      text_field(5, "output_written", "产量原文", "Output as written").join(3).kept(),
      decimal_field(6, "remaining_reserves", "保有资源储量", "Remaining reserves", "", 4, 0, 10'000'000'000)
          .called("保有储量|剩余储量|剩余可采储量|保有资源量|年末保有资源储量|reserves"),
      enumeration_field(7, "remaining_reserves_unit", "储量单位", "Unit of the reserves", quantity_unit_enumeration)
          .join(6),
      text_field(8, "remaining_reserves_written", "储量原文", "Reserves as written").join(6).kept(),
      percent_field(9, "mining_recovery_percent", "开采回采率", "Mining recovery rate")
          .called("回采率|实际开采回采率|mining recovery"),
      percent_field(10, "processing_recovery_percent", "选矿回收率", "Processing recovery rate")
          .called("选矿率|选矿回收|实际选矿回收率|processing recovery"),
      percent_field(11, "comprehensive_use_percent", "综合利用率", "Comprehensive utilisation rate")
          .called("矿产资源综合利用率|共伴生矿产综合利用率|comprehensive utilisation|comprehensive use"),
      percent_field(12, "dilution_percent", "贫化率", "Dilution rate")
          .called("矿石贫化率|dilution"),
      decimal_field(13, "production_value_10k_yuan", "产值", "Production value", ten_thousand_yuan, 6, 0, 100'000'000)
          .called("工业总产值|矿业产值|总产值|年产值|output value"),
      integer_field(14, "workers", "从业人数", "Workers", "人", 0, 1'000'000)
          .called("从业人员|职工人数|人数|从业人员数|employees"),
      text_field(15, "source", "来源", "Source")
          .called("数据来源|依据|出处"),
      day_field(16, "filed_on", "报送日期", "Filed on").join(15)
          .called("报送时间|上报日期|填报日期|提交日期|发布时间"),
      long_text_field(17, "note", "备注", "Note")
          .called("说明"),
      boolean_field(18, "is_example", "示例数据", "Example data"),
  }};
}

// A line of the account of the restoration fund (基金) of a mine.
KindDescription fund_entry_kind() {
  return {.number = kinds::fund_entry, .name = "fund-entry", .chinese = "治理恢复基金记录",
          .english = "Entry of the restoration fund", .name_field = "", .is_evidence = true,
          .section = {"yearly", 20}, .table = "funds", .dated_by = "dated", .fields = {
      mine_reference(),
      day_field(2, "dated", "日期", "Dated").require().join(1).key()
          .called("时间|记账日期|发生日期|截止日期|date"),
      boolean_field(3, "is_set_up", "已设立基金", "The fund is set up")
          .called("是否设立基金|是否设立|基金设立"),
      decimal_field(4, "set_aside_10k_yuan", "计提金额", "Set aside", ten_thousand_yuan, 6, 0, 100'000'000)
          .called("计提|本期计提|提取金额|应计提|计提基金"),
      decimal_field(5, "used_10k_yuan", "使用金额", "Used", ten_thousand_yuan, 6, 0, 100'000'000)
          .called("使用|本期使用|支出|支出金额|使用基金"),
      decimal_field(6, "balance_10k_yuan", "余额", "Balance", ten_thousand_yuan, 6, 0, 100'000'000)
          .called("基金余额|账户余额|期末余额"),
      text_field(7, "account", "专户", "Account")
          .called("基金专户|账户|账号|专户账号"),
      text_field(8, "source", "来源", "Source")
          .called("数据来源|依据|出处"),
      long_text_field(9, "note", "备注", "Note")
          .called("说明"),
      boolean_field(10, "is_example", "示例数据", "Example data"),
  }};
}

// 《方案》: what acceptance is measured against.
KindDescription approved_plan_kind() {
  return {.number = kinds::approved_plan, .name = "approved-plan", .chinese = "审批的方案", .english = "Approved plan",
          .name_field = "title", .is_evidence = true,
          .section = {"yearly", 20}, .table = "plans", .dated_by = "approved_on", .is_said_by_key = true, .fields = {
      mine_reference(),
      enumeration_field(2, "plan_kind", "方案类型", "Kind of plan", approved_plan_enumeration).require().key()
          .called("类型|类别|方案类别"),
      text_field(3, "title", "方案名称", "Title")
          .called("名称|方案"),
      text_field(4, "authority", "审批机关", "Authority")
          .called("批准机关|评审机关|审查机关"),
      day_field(5, "approved_on", "审批日期", "Approved on").join(4).key()
          .called("批准日期|批复日期|评审日期|公告日期|审批时间"),
      text_field(6, "document_number", "批复文号", "Number of the approval").join(4)
          .called("文号|批准文号|审批文号"),
      day_field(7, "valid_from", "适用期起", "Valid from")
          .called("有效期起|起始日期|适用起始"),
      day_field(8, "valid_to", "适用期止", "Valid to").join(7)
          .called("有效期止|截止日期|终止日期|适用截止"),
      long_text_field(9, "yearly_tasks", "年度任务", "Yearly tasks")
          .called("年度治理任务|分年度任务"),
      long_text_field(10, "thresholds", "各单元标准", "Thresholds by unit"),
      text_field(11, "source", "来源", "Source")
          .called("数据来源|依据|出处"),
      long_text_field(12, "note", "备注", "Note")
          .called("说明"),
      boolean_field(13, "is_example", "示例数据", "Example data"),
  }};
}

// 出让合同, with the five clauses that the plan asks for (五（二）).
KindDescription grant_contract_kind() {
  return {.number = kinds::grant_contract, .name = "grant-contract", .chinese = "出让合同", .english = "Grant contract",
          .name_field = "contract_number", .is_evidence = true,
          .section = {"yearly", 20}, .table = "contracts", .dated_by = "signed_on", .fields = {
      mine_reference(),
      text_field(2, "contract_number", "合同编号", "Number of the contract")
          .called("合同号|出让合同编号"),
      day_field(3, "signed_on", "签订日期", "Signed on").require().key()
          .called("签订时间|合同签订日期|签约日期"),
      boolean_field(4, "states_method", "写明开发方式", "States the method")
          .called("开发方式"),
      boolean_field(5, "states_resource_use", "写明资源利用", "States the use of resources")
          .called("资源利用"),
      boolean_field(6, "states_restoration", "写明治理恢复", "States the restoration")
          .called("治理恢复"),
      boolean_field(7, "states_reclamation", "写明土地复垦", "States the reclamation")
          .called("土地复垦|复垦"),
      boolean_field(8, "states_liability", "写明违约责任", "States the liability")
          .called("违约责任"),
      boolean_field(9, "is_by_market", "以招拍挂方式取得", "Granted by tender, auction or listing")
          .called("招拍挂"),
      text_field(10, "source", "来源", "Source")
          .called("数据来源|依据|出处"),
      long_text_field(11, "note", "备注", "Note")
          .called("说明"),
      boolean_field(12, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription green_listing_kind() {
  return {.number = kinds::green_listing, .name = "green-listing", .chinese = "绿色矿山名录", .english = "Green mine listing",
          .name_field = "document", .is_evidence = true,
          .section = {"yearly", 20}, .table = "listings", .dated_by = "listed_on", .is_said_by_key = true, .fields = {
      mine_reference(),
      enumeration_field(2, "level", "级别", "Level", green_level_enumeration).require().key()
          .called("名录级别|等级"),
      day_field(3, "listed_on", "列入日期", "Listed on").require().key()
          .called("入库日期|入选日期|列入时间|公告日期"),
      text_field(4, "document", "列入文件", "Document").join(3)
          .called("公告文号|入库文件|公告"),
      day_field(5, "removed_on", "移出日期", "Removed on")
          .called("出库日期|移出时间"),
      text_field(6, "removal_document", "移出文件", "Document of the removal").join(5),
      long_text_field(7, "removal_reason", "移出原因", "Reason of the removal").join(5),
      text_field(8, "source", "来源", "Source")
          .called("数据来源|依据|出处"),
      long_text_field(9, "note", "备注", "Note")
          .called("说明"),
      boolean_field(10, "is_example", "示例数据", "Example data"),
  }};
}

// The duties differ by stage, so a stage has its first day and its source; it stands beside the operating state.
KindDescription mine_stage_kind() {
  return {.number = kinds::mine_stage, .name = "mine-stage", .chinese = "矿山阶段", .english = "Stage of a mine",
          .name_field = "", .is_evidence = true,
          .section = {"yearly", 20}, .table = "stages", .dated_by = "since", .is_said_by_key = true, .fields = {
      mine_reference(),
      enumeration_field(2, "stage", "阶段", "Stage", mine_stage_enumeration).require().key()
          .called("矿山阶段|所处阶段"),
      day_field(3, "since", "起始日", "Since").require().join(2).key()
          .called("起始日期|开始日期|阶段起始"),
      text_field(4, "source", "依据", "Source").require().join(2)
          .called("数据来源|依据|出处"),
      long_text_field(5, "note", "备注", "Note")
          .called("说明"),
      boolean_field(6, "is_example", "示例数据", "Example data"),
  }};
}

// What the statistics office and the bureau count for the whole county. Areas and finds are counted from the first year
// of the plan on.
KindDescription county_year_kind() {
  return {.number = kinds::county_year, .name = "county-year", .chinese = "全县年度数据", .english = "Figures of the county",
          .name_field = "", .is_evidence = true,
          .section = {"yearly", 20}, .table = "county-years", .dated_by = "year", .fields = {
      integer_field(1, "year", "年度", "Year", "", 1990, 2100).require().index().key()
          .called("年份|统计年度|报告年度|所属年度|评价年度"),
      decimal_field(2, "output_value_10k_yuan", "矿业产值", "Mining output value", ten_thousand_yuan, 4, 0, 1'000'000'000)
          .called("产值|矿业总产值|工业总产值|output value"),
      percent_field(3, "associated_use_percent", "共伴生矿产综合利用率", "Utilisation of associated minerals"),
      integer_field(4, "workers", "矿业从业人数", "Mining workers", "人", 0, 1'000'000)
          .called("从业人员|职工人数|人数|从业人员数|employees"),
      decimal_field(5, "surveyed_geochemistry_km2", "土地质量地球化学调查累计面积", "Geochemical survey so far", km2, 4, 0,
                    1'000'000),
      decimal_field(6, "surveyed_geoheritage_km2", "地质遗迹调查累计面积", "Geological heritage survey so far", km2, 4, 0,
                    1'000'000),
      integer_field(7, "new_deposits", "累计新发现矿产地", "New deposits so far", "处", 0, 10'000),
      decimal_field(8, "new_gold_kg", "累计新增金资源量", "New gold so far", "千克", 4, 0, 100'000'000),
      decimal_field(9, "new_iron_10kt", "累计新增铁矿石", "New iron ore so far", "万吨", 4, 0, 100'000'000),
      decimal_field(10, "new_granite_10k_m3", "累计新增花岗岩", "New granite so far", "万立方米", 4, 0, 100'000'000),
      decimal_field(11, "new_barite_10kt", "累计新增重晶石", "New barite so far", "万吨", 4, 0, 100'000'000),
      decimal_field(12, "new_limestone_10kt", "累计新增石灰岩", "New limestone so far", "万吨", 4, 0, 100'000'000),
      decimal_field(13, "restored_legacy_ha", "历史遗留矿山累计治理面积", "Legacy land restored so far", hectares, 4, 0,
                    1'000'000),
      text_field(14, "source", "来源", "Source").require()
          .called("数据来源|依据|出处"),
      day_field(15, "filed_on", "发布日期", "Published on").join(14)
          .called("报送时间|上报日期|填报日期|提交日期|发布时间"),
      long_text_field(16, "note", "备注", "Note")
          .called("说明"),
      boolean_field(17, "is_example", "示例数据", "Example data"),
      boolean_field(18, "spots_are_rechecked", "伪变化图斑已逐一复查", "Spots of no real change re-checked"),
      boolean_field(19, "implementation_is_reported", "规划实施监督检查结果已上报", "Results of supervision reported"),
  }};
}

// What a 《方案》 asks of one unit in one year, or of a unit at acceptance (then without a year).
KindDescription restoration_task_kind() {
  return {.number = kinds::restoration_task, .name = "restoration-task", .chinese = "方案任务和标准",
          .english = "Task or threshold of an approved plan", .name_field = "task", .is_evidence = true,
          .section = {"yearly", 20}, .table = "tasks", .dated_by = "year", .fields = {
      reference_field(1, "plan", "方案", "Plan", {kinds::approved_plan}).require().index().about(),
      reference_field(2, "unit", "治理单元", "Unit", {kinds::restoration_unit}).index().about(),
      text_field(3, "unit_written", "单元原文", "Unit as written").join(2).key()
          .called("治理单元|单元|单元名称|unit"),
      integer_field(4, "year", "年度", "Year", "", 1990, 2100).key()
          .called("年份|统计年度|报告年度|所属年度|评价年度"),
      long_text_field(5, "task", "任务", "Task").key()
          .called("治理任务|年度任务|task of the year"),
      decimal_field(6, "area_ha", "任务面积", "Area of the task", hectares, 4, 0, 1'000'000).join(5)
          .called("治理面积|面积|area"),
      text_field(7, "indicator", "标准项目", "What is measured").key()
          .called("标准|指标|指标名称|验收指标|indicator"),
      enumeration_field(8, "comparison", "关系", "Comparison", comparison_enumeration).join(7),
      decimal_field(9, "value", "标准值", "Threshold", "", 4, -100'000, 100'000'000).join(7)
          .called("指标值|阈值|要求值|threshold value"),
      text_field(10, "value_unit", "标准单位", "Unit of the threshold").join(7)
          .called("指标单位|单位|unit of the value"),
      text_field(11, "threshold_written", "标准原文", "Threshold as written").join(7)
          .called("标准内容|验收标准|原文"),
      text_field(12, "source", "出处", "Source")
          .called("数据来源|依据|出处"),
      long_text_field(13, "note", "备注", "Note")
          .called("说明"),
      boolean_field(14, "is_example", "示例数据", "Example data"),
  }};
}

// clang-format on

}  // namespace

std::vector<KindDescription> yearly_kinds() {
  return {annual_return_kind(), fund_entry_kind(), approved_plan_kind(), grant_contract_kind(),
          green_listing_kind(), mine_stage_kind(), county_year_kind(),   restoration_task_kind()};
}

}  // namespace kuangxun::records
