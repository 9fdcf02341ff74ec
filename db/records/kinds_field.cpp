#include "db/records/enumerations.h"
#include "db/records/kinds.h"

// What officers record on site. All of it is evidence: added, never overwritten; a mistake is voided with a reason.
namespace kuangxun::records {
namespace {

// One field a line, so that a kind reads as a table.
// clang-format off

constexpr std::string_view hectares = "公顷";

const std::vector<KindNumber> places = {kinds::mining_right,     kinds::exploration_right, kinds::restoration_project,
                                        kinds::restoration_unit, kinds::legacy_site,       kinds::closed_mine,
                                        kinds::unlicensed_place};

// Of what a visit shows.
FieldDescription visit_reference() {
  return reference_field(1, "visit", "检查", "Visit", {kinds::visit}).require().index().under();
}

KindDescription visit_kind() {
  return {.number = kinds::visit, .name = "visit", .chinese = "现场检查", .english = "Visit",
          .name_field = "purpose", .is_evidence = true,
          .section = {"visit", 40, true}, .dated_by = "started_at", .fields = {
      reference_field(1, "place", "检查对象", "Place", places).require().index().under(),
      enumeration_field(2, "visit_kind", "检查类型", "Kind of visit", visit_kind_enumeration).require(),
      text_field(3, "purpose", "检查事由", "Purpose"),
      instant_field(4, "started_at", "开始时间", "Started").require(),
      integer_field(5, "started_offset_min", "开始时间时区", "Offset of the start", "min", -840, 840).join(4).kept(),
      instant_field(6, "ended_at", "结束时间", "Ended"),
      integer_field(7, "ended_offset_min", "结束时间时区", "Offset of the end", "min", -840, 840).join(6).kept(),
      enumeration_field(8, "state", "状态", "State", visit_state_enumeration),
      long_text_field(9, "summary", "检查情况", "What was seen"),
      long_text_field(10, "statement", "在场人员陈述", "Statement of the person present"),
      boolean_field(11, "is_refused", "拒绝签字", "Signature refused"),
      text_field(12, "refusal_reason", "拒签原因", "Reason of the refusal").join(11),
      boolean_field(13, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription gps_point_kind() {
  return {.number = kinds::gps_point, .name = "gps-point", .chinese = "定位点", .english = "GPS point",
          .name_field = "label", .is_evidence = true,
          .section = {"points", 60}, .fields = {
      visit_reference(),
      text_field(2, "label", "点名", "Label"),
      enumeration_field(3, "purpose", "用途", "Purpose", point_purpose_enumeration),
      reference_field(4, "unit", "治理单元", "Restoration unit", {kinds::restoration_unit}).join(3).about(),
      integer_field(5, "sequence", "序号", "Sequence", "", 0, 1'000'000).join(3),
      decimal_field(6, "latitude_deg", "纬度", "Latitude", "°", 9, -90, 90).require(),
      decimal_field(7, "longitude_deg", "经度", "Longitude", "°", 9, -180, 180).require().join(6),
      decimal_field(8, "orthometric_height_m", "正高", "Orthometric height", "m", 3, -1000, 10'000).join(6),
      decimal_field(9, "ellipsoidal_height_m", "大地高", "Ellipsoidal height", "m", 3, -1000, 10'000).join(6),
      text_field(10, "geoid", "大地水准面模型", "Geoid").join(6),
      decimal_field(11, "accuracy_m", "精度", "Accuracy", "m", 2, 0, 100'000).join(6),
      text_field(12, "accuracy_basis", "精度依据", "Basis of the accuracy").join(6),
      enumeration_field(13, "datum", "坐标系", "Datum", datum_enumeration).join(6),
      enumeration_field(14, "fix_type", "定位类型", "Fix type", fix_type_enumeration).join(6),
      integer_field(15, "satellites", "卫星数", "Satellites", "", 0, 200).join(6),
      decimal_field(16, "hdop", "HDOP", "HDOP", "", 2, 0, 1000).join(6),
      instant_field(17, "measured_at", "测量时间", "Measured").join(6),
      integer_field(18, "measured_offset_min", "测量时间时区", "Offset", "min", -840, 840).join(6).kept(),
      enumeration_field(19, "source", "来源", "Source", point_source_enumeration).join(6),
      integer_field(20, "averaged_fixes", "平均次数", "Averaged fixes", "", 1, 1'000'000).join(6),
      long_text_field(21, "note", "备注", "Note"),
      boolean_field(22, "is_example", "示例数据", "Example data"),
      decimal_field(23, "height_accuracy_m", "高程精度", "Accuracy of the height", "m", 2, 0, 100'000).join(6),
      decimal_field(24, "antenna_height_m", "天线高", "Antenna height", "m", 3, 0, 100).join(6),
      long_text_field(25, "sentences", "接收机原始语句", "What the receiver said").join(6),
      // Of a point whose height in the 1985 datum is known (purpose benchmark).
      decimal_field(26, "known_height_m", "已知1985高程", "Known height (1985)", "m", 3, -1000, 10'000),
      decimal_field(27, "known_height_uncertainty_m", "已知高程误差", "Its uncertainty", "m", 3, 0, 1000).join(26),
      text_field(28, "known_height_source", "已知高程来源", "Where it is known from").join(26),
  }};
}

KindDescription photo_kind() {
  return {.number = kinds::photo, .name = "photo", .chinese = "照片", .english = "Photo",
          .name_field = "file_name", .is_evidence = true,
          .section = {"photos", 90}, .dated_by = "taken_at", .fields = {
      visit_reference(),
      reference_field(2, "subject", "拍摄对象", "Subject", {}).index(),
      text_field(3, "file_name", "文件名", "File name").require(),
      hash_field(4, "file_hash", "SHA-256", "SHA-256").require().join(3),
      integer_field(5, "file_bytes", "大小", "Size", "B", 1, 1'000'000'000).join(3),
      instant_field(6, "taken_at", "拍摄时间", "Taken"),
      integer_field(7, "taken_offset_min", "拍摄时间时区", "Offset", "min", -840, 840).join(6).kept(),
      text_field(8, "taken_by", "拍摄人", "Taken by"),
      long_text_field(9, "proves", "证明内容", "What it proves"),
      text_field(10, "original_carrier", "原始载体", "Original carrier"),
      reference_field(11, "point", "拍摄位置", "Position", {kinds::gps_point}),
      boolean_field(12, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription checklist_answer_kind() {
  return {.number = kinds::checklist_answer, .name = "checklist-answer", .chinese = "检查结果",
          .english = "Checklist answer", .name_field = "item", .is_evidence = true,
          .section = {"answers", 70}, .fields = {
      visit_reference(),
      text_field(2, "checklist", "检查表", "Checklist").require(),
      text_field(3, "item", "检查内容", "Item").require().join(2),
      enumeration_field(4, "answer", "检查结果", "Answer", answer_enumeration),
      text_field(5, "licence_says", "许可证载明", "Licence says"),
      text_field(6, "published", "公示内容", "Published"),
      text_field(7, "seen_on_site", "现场情况", "Seen on site"),
      long_text_field(8, "remark", "备注", "Remark"),
      reference_field(9, "photo", "照片", "Photo", {kinds::photo}),
      boolean_field(10, "is_example", "示例数据", "Example data"),
      // Of an item that asks for a figure: in the unit that the item named, which is kept beside it.
      decimal_field(11, "measured", "实测值", "Measured", "", 4, -1'000'000'000, 1'000'000'000),
      text_field(12, "measured_unit", "单位", "Unit").join(11),
      // Of an item that gives choices of its own: the code of the one chosen.
      text_field(13, "choice", "选项", "Choice"),
  }};
}

KindDescription finding_kind() {
  return {.number = kinds::finding, .name = "finding", .chinese = "发现问题", .english = "Finding",
          .name_field = "text", .is_evidence = true,
          .section = {"findings", 80}, .fields = {
      visit_reference(),
      long_text_field(2, "text", "问题", "Finding").require(),
      text_field(3, "rule", "涉及规则", "Rule"),
      text_field(4, "clause", "依据条款", "Clause"),
      reference_field(5, "photo", "照片", "Photo", {kinds::photo}),
      boolean_field(6, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription restoration_status_kind() {
  return {.number = kinds::restoration_status, .name = "restoration-status", .chinese = "治理状态",
          .english = "Restoration status", .name_field = "", .is_evidence = true,
          .section = {"statuses", 100}, .dated_by = "observed_on", .is_enclosed = true, .fields = {
      reference_field(1, "visit", "检查", "Visit", {kinds::visit}).index().under(),
      reference_field(2, "unit", "治理单元", "Unit", {kinds::restoration_unit}).require().index().under(),
      day_field(3, "observed_on", "日期", "Date").require(),
      enumeration_field(4, "state", "状态", "State", restoration_state_enumeration).require().join(3),
      decimal_field(5, "area_ha", "面积", "Area", hectares, 4, 0, 1'000'000),
      enumeration_field(6, "area_method", "面积来源", "Source of the area", area_method_enumeration).join(5),
      decimal_field(7, "area_uncertainty_ha", "面积误差", "Area uncertainty", hectares, 4, 0, 1'000'000).join(5),
      geometry_field(8, "outline", "实测范围", "Measured outline").join(5),
      decimal_field(9, "soil_thickness_cm", "覆土厚度", "Soil thickness", "cm", 1, 0, 10'000),
      decimal_field(10, "slope_deg", "坡度", "Slope", "°", 1, 0, 90),
      decimal_field(11, "vegetation_cover_percent", "植被覆盖度", "Vegetation cover", "%", 1, 0, 100),
      long_text_field(12, "remark", "备注", "Remark"),
      boolean_field(13, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription visit_party_kind() {
  return {.number = kinds::visit_party, .name = "visit-party", .chinese = "在场人员", .english = "Party to a visit",
          .name_field = "name", .is_evidence = true,
          .section = {"parties", 50}, .fields = {
      visit_reference(),
      enumeration_field(2, "role", "身份", "Role", party_role_enumeration).require(),
      text_field(3, "name", "姓名", "Name").require().personal(),
      text_field(4, "certificate_number", "执法证号", "Enforcement certificate").join(3),
      text_field(5, "organisation", "单位", "Organisation").join(3),
      text_field(6, "post", "职务", "Post").join(3),
      text_field(7, "telephone", "电话", "Telephone").personal().join(3),
      instant_field(8, "signed_at", "签字时间", "Signed"),
      integer_field(9, "signed_offset_min", "签字时间时区", "Offset", "min", -840, 840).join(8).kept(),
      boolean_field(10, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription review_kind() {
  return {.number = kinds::review, .name = "review", .chinese = "审核", .english = "Review", .name_field = "",
          .is_evidence = true, .write_role = Role::reviewer,
          .section = {"reviews", 130}, .fields = {
      reference_field(1, "visit", "检查", "Visit", {kinds::visit}).require().index().about(),
      enumeration_field(2, "conclusion", "审核意见", "Conclusion", review_conclusion_enumeration).require(),
      long_text_field(3, "reason", "理由", "Reason").join(2),
      instant_field(4, "reviewed_at", "审核时间", "Reviewed").join(2),
      boolean_field(5, "is_example", "示例数据", "Example data"),
  }};
}

// One operation a block: what a receiver measured in a minute, with where it belongs. A track is its blocks that name
// the same first one.
KindDescription track_block_kind() {
  return {.number = kinds::track_block, .name = "track-block", .chinese = "轨迹段", .english = "Track block",
          .name_field = "", .is_evidence = true, .fields = {
      reference_field(1, "visit", "检查", "Visit", {kinds::visit}).require().index().about(),
      reference_field(2, "first_block", "所属轨迹的第一段", "First block of the track", {kinds::track_block})
          .index().join(1),
      instant_field(3, "started_at", "开始时间", "Started").require().join(1),
      integer_field(4, "started_offset_min", "开始时间时区", "Offset of the start", "min", -840, 840).join(1).kept(),
      enumeration_field(5, "datum", "坐标系", "Datum", datum_enumeration).join(1),
      track_points_field(6, "points", "轨迹点", "Points").require().join(1),
      boolean_field(7, "is_example", "示例数据", "Example data"),
  }};
}

// A ring of a licence, or of another place, as its corner table says; a licence of several rings has several. What the
// office types or pastes, not what somebody measured.
KindDescription boundary_kind() {
  return {.number = kinds::boundary, .name = "boundary", .chinese = "范围界线", .english = "Boundary",
          .name_field = "label", .is_evidence = true, .fields = {
      reference_field(1, "place", "所属对象", "Place", places).require().index().about(),
      text_field(2, "label", "名称", "Label"),
      geometry_field(3, "outline", "拐点范围", "Outline").require(),
      decimal_field(4, "corner_accuracy_m", "拐点精度", "Accuracy of the corners", "m", 2, 0, 100'000).join(3),
      long_text_field(5, "corners", "拐点坐标原文", "Corner table as written").join(3),
      text_field(6, "source", "来源", "Source").join(3),
      decimal_field(7, "elevation_bottom_m", "标高下限", "Lowest elevation", "m", 2, -1000, 10'000),
      decimal_field(8, "elevation_top_m", "标高上限", "Highest elevation", "m", 2, -1000, 10'000).join(7),
      long_text_field(9, "note", "备注", "Note"),
      boolean_field(10, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription corner_marker_kind() {
  return {.number = kinds::corner_marker, .name = "corner-marker", .chinese = "界桩", .english = "Boundary marker",
          .name_field = "", .is_evidence = true,
          .section = {"markers", 120}, .fields = {
      visit_reference(),
      reference_field(2, "boundary", "范围界线", "Boundary", {kinds::boundary}).require(),
      integer_field(3, "corner", "拐点序号", "Corner", "", 1, 1'000'000).require().join(2),
      enumeration_field(4, "state", "状态", "State", marker_state_enumeration).require(),
      reference_field(5, "point", "实测点", "Measured point", {kinds::gps_point}).join(4),
      reference_field(6, "photo", "照片", "Photo", {kinds::photo}),
      long_text_field(7, "note", "备注", "Note"),
      boolean_field(8, "is_example", "示例数据", "Example data"),
  }};
}

// What somebody walked round, or measured corner by corner, with what its line was when it was recorded.
KindDescription walked_area_kind() {
  return {.number = kinds::walked_area, .name = "walked-area", .chinese = "实测范围", .english = "Walked area",
          .name_field = "label", .is_evidence = true,
          .section = {"areas", 110}, .is_enclosed = true, .fields = {
      visit_reference(),
      enumeration_field(2, "area_kind", "范围类型", "Kind of area", area_kind_enumeration).require(),
      text_field(3, "label", "名称", "Label"),
      geometry_field(4, "outline", "实测边线", "Outline").require(),
      decimal_field(5, "area_ha", "面积", "Area", hectares, 4, 0, 1'000'000).join(4),
      decimal_field(6, "area_uncertainty_ha", "面积误差", "Area uncertainty", hectares, 4, 0, 1'000'000).join(4),
      decimal_field(7, "perimeter_m", "周长", "Perimeter", "m", 2, 0, 10'000'000).join(4),
      // latitude, longitude, accuracy in metres, time; a corner a line, in the outline's order.
      long_text_field(8, "measured_corners", "各测点的精度和时间", "Accuracy and time of each corner").join(4),
      reference_field(9, "track", "所走轨迹的第一段", "First block of the track", {kinds::track_block}).join(4),
      long_text_field(10, "note", "备注", "Note"),
      boolean_field(11, "is_example", "示例数据", "Example data"),
  }};
}

KindDescription other_place_kind(KindNumber number, std::string_view name, std::string_view chinese,
                                 std::string_view english) {
  return {.number = number, .name = name, .chinese = chinese, .english = english,
          .name_field = "name", .is_place = true,
          .section = {"places", 10}, .is_found = true, .fields = {
      text_field(1, "name", "名称", "Name").require(),
      reference_field(2, "township", "所在乡镇", "Township", {kinds::township}),
      decimal_field(3, "area_ha", "面积", "Area", hectares, 4, 0, 1'000'000),
      long_text_field(4, "description", "说明", "Description"),
      boolean_field(5, "is_example", "示例数据", "Example data"),
  }};
}

// clang-format on

}  // namespace

std::vector<KindDescription> field_kinds() {
  return {visit_kind(),
          gps_point_kind(),
          photo_kind(),
          checklist_answer_kind(),
          finding_kind(),
          restoration_status_kind(),
          visit_party_kind(),
          review_kind(),
          other_place_kind(kinds::legacy_site, "legacy-site", "历史遗留矿山", "Legacy mine site"),
          other_place_kind(kinds::closed_mine, "closed-mine", "闭坑矿山", "Closed mine"),
          other_place_kind(kinds::unlicensed_place, "unlicensed-place", "待核实采挖点",
                           "Place suspected of mining without licence"),
          track_block_kind(),
          boundary_kind(),
          corner_marker_kind(),
          walked_area_kind()};
}

}  // namespace kuangxun::records
