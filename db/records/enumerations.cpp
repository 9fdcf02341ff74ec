#include "db/records/enumerations.h"

#include <array>

#include "db/records/enumerations_green.h"

namespace kuangxun::records {
namespace {

constexpr std::array minerals = {
    EnumerationOption{1, "gold", "金矿", "gold"},
    EnumerationOption{2, "iron", "铁矿", "iron"},
    EnumerationOption{3, "copper", "铜矿", "copper"},
    EnumerationOption{4, "limestone", "石灰岩", "limestone"},
    EnumerationOption{5, "construction-sand", "建筑用砂", "construction sand"},
    EnumerationOption{6, "brick-clay", "砖瓦用粘土", "brick clay"},
    EnumerationOption{7, "coal", "煤炭", "coal"},
    EnumerationOption{8, "dolomite", "白云岩", "dolomite"},
    EnumerationOption{9, "lead", "铅矿", "lead"},
    EnumerationOption{10, "nickel", "镍矿", "nickel"},
    EnumerationOption{11, "tungsten", "钨矿", "tungsten"},
    EnumerationOption{12, "polymetallic", "多金属", "polymetallic"},
    EnumerationOption{13, "lead-zinc", "铅锌", "lead and zinc"},
    EnumerationOption{14, "quartzite", "玻璃、陶瓷等用石英岩、石英砂",
                      "quartzite and quartz sand for glass and ceramics"},
    EnumerationOption{15, "barite", "重晶石", "barite"},
    EnumerationOption{16, "building-stone", "建筑用石材", "building stone"},
    EnumerationOption{17, "facing-stone", "饰面用石材", "facing stone"},
    EnumerationOption{18, "granite", "花岗岩", "granite"},
    EnumerationOption{19, "geothermal", "地热", "geothermal"},
    EnumerationOption{20, "brick-shale", "砖瓦用页岩", "brick shale"},
    EnumerationOption{21, "sand-and-clay", "建筑用砂石、粘土", "construction sand, gravel and clay"},
    EnumerationOption{22, "non-ferrous", "主要有色金属", "main non-ferrous metals"},
    EnumerationOption{23, "other", "其他", "other"},
};
constexpr std::array mining_methods = {
    EnumerationOption{1, "open-pit", "露天开采", "open pit"},
    EnumerationOption{2, "underground", "地下开采", "underground"},
};
constexpr std::array operating_states = {
    EnumerationOption{1, "producing", "生产", "producing"},
    EnumerationOption{2, "suspended", "停产", "suspended"},
    EnumerationOption{3, "planned", "计划开工", "planned"},
};
constexpr std::array mine_stages = {
    EnumerationOption{1, "new", "新建", "new"},
    EnumerationOption{2, "extended", "改扩建", "rebuilt or extended"},
    EnumerationOption{3, "producing", "生产", "producing"},
    EnumerationOption{4, "closing", "闭坑", "closing"},
    EnumerationOption{5, "abandoned", "废弃", "abandoned"},
};
constexpr std::array scale_units = {
    EnumerationOption{1, "10kt-per-year", "万吨/年", "10,000 t a year"},
    EnumerationOption{2, "10k-m3-per-year", "万立方米/年", "10,000 m³ a year"},
};
constexpr std::array zone_types = {
    EnumerationOption{1, "industry-area", "重点发展区域", "priority industry area"},
    EnumerationOption{2, "exploration-zone", "重点勘查区", "priority exploration zone"},
    EnumerationOption{3, "mining-zone", "重点开采区", "priority mining zone"},
    EnumerationOption{4, "concentrated-mining-zone", "集中开采区", "concentrated mining zone"},
};
constexpr std::array block_purposes = {
    EnumerationOption{1, "exploration", "勘查规划区块", "exploration block"},
    EnumerationOption{2, "mining", "开采规划区块", "mining block"},
};
constexpr std::array plan_levels = {
    EnumerationOption{1, "region", "自治区", "region"},
    EnumerationOption{2, "prefecture", "伊犁州", "prefecture"},
    EnumerationOption{3, "county", "县", "county"},
};
constexpr std::array comparisons = {
    EnumerationOption{1, "equal", "等于", "equal to"}, EnumerationOption{2, "at-least", "不低于", "at least"},
    EnumerationOption{3, "over", "超过", "over"},      EnumerationOption{4, "at-most", "不超过", "at most"},
    EnumerationOption{5, "about", "约", "about"},      EnumerationOption{6, "between", "介于", "between"},
};
constexpr std::array visit_kinds = {
    EnumerationOption{1, "patrol", "动态巡查", "patrol"},
    EnumerationOption{2, "disclosure-check", "矿业权人公示信息实地核查", "on-site check of published information"},
    EnumerationOption{3, "green-mine-check", "绿色矿山核查", "green mine check"},
    EnumerationOption{4, "green-exploration", "绿色勘查", "green exploration"},
    EnumerationOption{5, "concurrent-restoration", "边生产边治理", "restoration during production"},
    EnumerationOption{6, "restoration-acceptance", "恢复治理验收", "restoration acceptance"},
    EnumerationOption{7, "satellite-spot", "图斑核查", "satellite spot check"},
    EnumerationOption{8, "boundary-check", "越界核查", "boundary check"},
    EnumerationOption{9, "marker-patrol", "界桩巡查", "boundary marker patrol"},
    EnumerationOption{10, "complaint", "举报核查", "complaint check"},
    EnumerationOption{11, "rectification-recheck", "整改复查", "rectification re-check"},
};
constexpr std::array visit_states = {
    EnumerationOption{1, "under-way", "进行中", "under way"},
    EnumerationOption{2, "ended", "已结束", "ended"},
    EnumerationOption{3, "signed", "已签字", "signed"},
    EnumerationOption{4, "reviewed", "已审核", "reviewed"},
};
constexpr std::array point_purposes = {
    EnumerationOption{1, "position", "位置", "position"},
    EnumerationOption{2, "unit-corner", "治理单元拐点", "corner of a restoration unit"},
    EnumerationOption{3, "extraction-area", "采场/采坑", "extraction area"},
    EnumerationOption{4, "waste-dump", "排土场", "waste dump"},
    EnumerationOption{5, "tailings", "尾矿库", "tailings pond"},
    EnumerationOption{6, "boundary-marker", "界桩", "boundary marker"},
    EnumerationOption{7, "evidence", "证据位置", "position of evidence"},
    EnumerationOption{8, "benchmark", "已知高程点（1985）", "point of known height (1985)"},
};
constexpr std::array datums = {
    EnumerationOption{1, "cgcs2000", "CGCS2000", "CGCS2000"},
    EnumerationOption{2, "wgs84", "WGS 84（米级视同 CGCS2000）", "WGS 84 (same as CGCS2000 at metre level)"},
};
constexpr std::array fix_types = {
    EnumerationOption{1, "2d", "二维", "2D"},
    EnumerationOption{2, "3d", "三维", "3D"},
    EnumerationOption{3, "differential", "差分", "differential"},
    EnumerationOption{4, "rtk-float", "RTK 浮点", "RTK float"},
    EnumerationOption{5, "rtk-fixed", "RTK 固定", "RTK fixed"},
};
constexpr std::array point_sources = {
    EnumerationOption{1, "receiver", "接收机", "receiver"},
    EnumerationOption{2, "recording", "接收机记录回放", "replayed recording"},
    EnumerationOption{3, "typed", "人工录入", "typed"},
    EnumerationOption{4, "camera", "相机写入", "written by the camera"},
    EnumerationOption{5, "track", "按时间对到轨迹", "placed on the track by time"},
};
constexpr std::array answers = {
    EnumerationOption{1, "yes", "是", "yes"},
    EnumerationOption{2, "no", "否", "no"},
    EnumerationOption{3, "not-applicable", "不适用", "not applicable"},
    EnumerationOption{4, "cannot-tell", "无法判断", "cannot tell"},
};
constexpr std::array restoration_states = {
    EnumerationOption{1, "untreated", "未治理", "untreated"},
    EnumerationOption{2, "under-treatment", "治理中", "under treatment"},
    EnumerationOption{3, "completed", "完工", "completed"},
};
constexpr std::array area_methods = {
    EnumerationOption{1, "entered", "填报", "entered"},
    EnumerationOption{2, "measured", "实测", "measured"},
};
constexpr std::array party_roles = {
    EnumerationOption{1, "officer", "检查人员", "officer"},
    EnumerationOption{2, "person-present", "在场人员", "person present"},
    EnumerationOption{3, "witness", "见证人", "witness"},
};

constexpr std::array roles = {
    EnumerationOption{1, "officer", "执法人员", "Officer"},
    EnumerationOption{2, "reviewer", "审核人员", "Reviewer"},
    EnumerationOption{3, "administrator", "管理员", "Administrator"},
};

constexpr std::array decision_codes = {
    EnumerationOption{1, "undecodable", "无法解读", "Cannot be read"},
    EnumerationOption{2, "meaningless", "与记录说明矛盾", "Contradicts its description"},
    EnumerationOption{3, "fork", "数据链分叉", "Second frame at one place of a chain"},
    EnumerationOption{4, "no-right", "无权限", "No right to do this"},
    EnumerationOption{5, "bad-person-signature", "人员签名无效", "The person's signature is not valid"},
};

constexpr std::array review_conclusions = {
    EnumerationOption{1, "accepted", "通过", "Accepted"},
    EnumerationOption{2, "sent-back", "退回补充", "Sent back"},
};

constexpr std::array marker_states = {
    EnumerationOption{1, "intact", "完好", "Intact"},
    EnumerationOption{2, "damaged", "损坏", "Damaged"},
    EnumerationOption{3, "lost", "丢失", "Lost"},
};

// The bins of the announcements on the three rates (三率).
constexpr std::array rock_stabilities = {
    EnumerationOption{1, "stable", "稳固", "stable"},
    EnumerationOption{2, "unstable", "不稳固", "unstable"},
    EnumerationOption{3, "very-unstable", "极不稳固", "very unstable"},
};
constexpr std::array ore_dips = {
    EnumerationOption{1, "gentle", "缓倾斜（小于30°）", "gentle (under 30°)"},
    EnumerationOption{2, "inclined", "倾斜（30°至55°）", "inclined (30° to 55°)"},
    EnumerationOption{3, "steep", "急倾斜（大于55°）", "steep (over 55°)"},
};
constexpr std::array iron_ores = {
    EnumerationOption{1, "magnetite", "磁铁矿，中细粒以上", "magnetite, medium-fine or coarser"},
    EnumerationOption{2, "magnetite-fine", "磁铁矿，细粒、微细粒", "magnetite, fine or very fine"},
    EnumerationOption{3, "hematite", "赤铁矿", "hematite"},
    EnumerationOption{4, "other", "其他", "other"},
};

constexpr std::array quantity_units = {
    EnumerationOption{1, "t", "吨", "t"},
    EnumerationOption{2, "10kt", "万吨", "10,000 t"},
    EnumerationOption{3, "m3", "立方米", "m³"},
    EnumerationOption{4, "10k-m3", "万立方米", "10,000 m³"},
    EnumerationOption{5, "kg", "千克（金属）", "kg of metal"},
};

constexpr std::array approved_plans = {
    EnumerationOption{1, "merged", "矿产资源开发利用与生态保护修复方案（三案合一）",
                      "merged development and restoration plan"},
    EnumerationOption{2, "protection-and-reclamation", "矿山地质环境保护与土地复垦方案",
                      "protection and reclamation plan"},
    EnumerationOption{3, "geological-protection", "矿山地质环境保护与治理恢复方案",
                      "geological environment protection plan"},
    EnumerationOption{4, "reclamation", "土地复垦方案", "reclamation plan"},
    EnumerationOption{5, "development", "矿产资源开发利用方案", "development plan"},
};

constexpr std::array area_kinds = {
    EnumerationOption{1, "extraction-area", "采场/采坑", "extraction area"},
    EnumerationOption{2, "waste-dump", "排土场", "waste dump"},
    EnumerationOption{3, "tailings", "尾矿库", "tailings pond"},
    EnumerationOption{4, "industrial-site", "工业场地", "industrial site"},
    EnumerationOption{5, "road", "道路", "road"},
    EnumerationOption{6, "restoration-area", "治理区", "restoration area"},
};

}  // namespace

const EnumerationDescription mineral_enumeration{"mineral", minerals};
const EnumerationDescription mining_method_enumeration{"mining_method", mining_methods};
const EnumerationDescription operating_state_enumeration{"operating_state", operating_states};
const EnumerationDescription mine_stage_enumeration{"mine_stage", mine_stages};
const EnumerationDescription scale_unit_enumeration{"scale_unit", scale_units};
const EnumerationDescription zone_type_enumeration{"zone_type", zone_types};
const EnumerationDescription block_purpose_enumeration{"block_purpose", block_purposes};
const EnumerationDescription plan_level_enumeration{"plan_level", plan_levels};
const EnumerationDescription comparison_enumeration{"comparison", comparisons};
const EnumerationDescription visit_kind_enumeration{"visit_kind", visit_kinds};
const EnumerationDescription visit_state_enumeration{"visit_state", visit_states};
const EnumerationDescription point_purpose_enumeration{"point_purpose", point_purposes};
const EnumerationDescription datum_enumeration{"datum", datums};
const EnumerationDescription fix_type_enumeration{"fix_type", fix_types};
const EnumerationDescription point_source_enumeration{"point_source", point_sources};
const EnumerationDescription answer_enumeration{"answer", answers};
const EnumerationDescription restoration_state_enumeration{"restoration_state", restoration_states};
const EnumerationDescription area_method_enumeration{"area_method", area_methods};
const EnumerationDescription party_role_enumeration{"party_role", party_roles};
const EnumerationDescription role_enumeration{"role", roles};
const EnumerationDescription decision_code_enumeration{"decision_code", decision_codes};
const EnumerationDescription review_conclusion_enumeration{"review_conclusion", review_conclusions};
const EnumerationDescription marker_state_enumeration{"marker_state", marker_states};
const EnumerationDescription rock_stability_enumeration{"rock_stability", rock_stabilities};
const EnumerationDescription ore_dip_enumeration{"ore_dip", ore_dips};
const EnumerationDescription iron_ore_enumeration{"iron_ore", iron_ores};
const EnumerationDescription quantity_unit_enumeration{"quantity_unit", quantity_units};
const EnumerationDescription approved_plan_enumeration{"approved_plan", approved_plans};
const EnumerationDescription area_kind_enumeration{"area_kind", area_kinds};

std::span<const EnumerationDescription* const> all_enumerations() {
  static constexpr std::array all = {&mineral_enumeration,
                                     &mining_method_enumeration,
                                     &operating_state_enumeration,
                                     &mine_stage_enumeration,
                                     &scale_unit_enumeration,
                                     &zone_type_enumeration,
                                     &block_purpose_enumeration,
                                     &plan_level_enumeration,
                                     &comparison_enumeration,
                                     &visit_kind_enumeration,
                                     &visit_state_enumeration,
                                     &point_purpose_enumeration,
                                     &datum_enumeration,
                                     &fix_type_enumeration,
                                     &point_source_enumeration,
                                     &answer_enumeration,
                                     &restoration_state_enumeration,
                                     &area_method_enumeration,
                                     &party_role_enumeration,
                                     &role_enumeration,
                                     &decision_code_enumeration,
                                     &review_conclusion_enumeration,
                                     &marker_state_enumeration,
                                     &rock_stability_enumeration,
                                     &ore_dip_enumeration,
                                     &iron_ore_enumeration,
                                     &quantity_unit_enumeration,
                                     &approved_plan_enumeration,
                                     &area_kind_enumeration,
                                     &green_level_enumeration,
                                     &na_rule_enumeration,
                                     &green_step_enumeration,
                                     &green_tier_enumeration};
  return all;
}

}  // namespace kuangxun::records
