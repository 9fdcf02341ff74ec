#include "db/records/enumerations.h"
#include "db/records/kinds.h"

// What the county decides: who may write, and which operations are not shown. Ordinary records in ordinary frames, but
// of the county's own chain, so that every laptop sees the same decisions at the same place of the sequence. And what
// administrators write for everybody.
namespace kuangxun::records {
namespace {

// One field a line, so that a kind reads as a table.
// clang-format off

constexpr std::int64_t epoch_max = 4'294'967'295;
constexpr std::int64_t sequence_max = 1'099'511'627'775;

// One for each epoch of each laptop.
KindDescription device_kind() {
  return {.number = kinds::device, .name = "enrolled-device", .chinese = "设备", .english = "Device",
          .name_field = "name", .is_county_only = true, .fields = {
      reference_field(1, "device", "设备编号", "Device id", {}).require().index(),
      integer_field(2, "epoch", "世代", "Epoch", "", 1, epoch_max).require().join(1),
      hash_field(3, "public_key", "公钥", "Public key").require().join(1),
      text_field(4, "name", "名称", "Name"),
      enumeration_field(5, "role", "角色", "Role", role_enumeration),
      instant_field(6, "enrolled_at", "登记时间", "Enrolled"),
      integer_field(7, "revoked_from_sequence", "吊销起始序号", "Revoked from sequence", "", 1, sequence_max),
      instant_field(8, "revoked_at", "吊销时间", "Revoked").join(7),
      long_text_field(9, "revocation_reason", "吊销原因", "Reason of the revocation").join(7),
  }};
}

KindDescription person_kind() {
  return {.number = kinds::person, .name = "enrolled-person", .chinese = "人员", .english = "Person",
          .name_field = "name", .is_county_only = true, .fields = {
      text_field(1, "name", "姓名", "Name").require(),
      text_field(2, "certificate_number", "执法证号", "Enforcement certificate"),
      enumeration_field(3, "role", "角色", "Role", role_enumeration).require(),
      instant_field(4, "ended_at", "停用时间", "Ended"),
      long_text_field(5, "end_reason", "停用原因", "Reason of the end").join(4),
  }};
}

// One for each laptop on which a person made a key.
KindDescription person_key_kind() {
  return {.number = kinds::person_key, .name = "person-key", .chinese = "人员密钥", .english = "Key of a person",
          .name_field = "", .is_county_only = true, .fields = {
      reference_field(1, "person", "人员", "Person", {kinds::person}).require().index(),
      hash_field(2, "public_key", "公钥", "Public key").require().join(1),
      reference_field(3, "device", "设备编号", "Device id", {}).join(1),
      instant_field(4, "since", "启用时间", "Since"),
      instant_field(5, "revoked_at", "吊销时间", "Revoked"),
      long_text_field(6, "revocation_reason", "吊销原因", "Reason of the revocation").join(5),
  }};
}

// Hides a run of operations of one writer; a release is an edit of the second group.
KindDescription decision_kind() {
  return {.number = kinds::decision, .name = "decision", .chinese = "隔离决定", .english = "Quarantine decision",
          .name_field = "", .is_county_only = true, .fields = {
      reference_field(1, "device", "设备编号", "Device id", {}).require().index(),
      integer_field(2, "epoch", "世代", "Epoch", "", 1, epoch_max).require().join(1),
      integer_field(3, "first_sequence", "起始序号", "First sequence", "", 1, sequence_max).require().join(1),
      integer_field(4, "last_sequence", "末尾序号", "Last sequence", "", 1, sequence_max).require().join(1),
      boolean_field(5, "is_hidden", "隔离", "Hidden").require(),
      enumeration_field(6, "code", "类别", "Code", decision_code_enumeration).join(5),
      long_text_field(7, "reason", "原因", "Reason").join(5),
      instant_field(8, "decided_at", "决定时间", "Decided").join(5),
  }};
}

// What the county asks of a position before it is evidence, and how heights here are brought to the 1985 datum. One
// record; where nothing is said the program's own limits hold, and heights are not compared.
KindDescription positioning_rules_kind() {
  return {.number = kinds::positioning_rules, .name = "positioning-rules", .chinese = "定位要求",
          .english = "Positioning rules", .name_field = "", .is_county_only = true, .fields = {
      decimal_field(1, "accuracy_m_max", "最大定位误差", "Accuracy at most", "m", 2, 0, 1000).require(),
      integer_field(2, "warm_up_fixes", "舍去的最初定位数", "First fixes left out", "", 0, 3600).join(1),
      integer_field(3, "fix_age_ms_max", "定位最久", "Fix not older than", "ms", 100, 60'000).join(1),
      boolean_field(4, "keeps_sentences", "保存接收机原始语句", "Receiver's sentences are kept"),
      decimal_field(5, "height_offset_m", "1985高程减大地高", "1985 height minus ellipsoidal", "m", 3, -200, 200),
      decimal_field(6, "height_offset_uncertainty_m", "其不确定度", "Uncertainty of that", "m", 3, 0, 200).join(5),
      text_field(7, "height_source", "其来源", "Source of that").join(5),
      long_text_field(8, "reason", "原因", "Reason").join(1),
  }};
}

// A file of rules that takes the place of the one before on every laptop. Written once by an administrator on a laptop
// and signed with the person's key, which covers the text: it comes whole or not at all. Unlike those above it is no
// decision of the county's own chain.
KindDescription criteria_catalogue_kind() {
  return {.number = kinds::criteria_catalogue, .name = "criteria-catalogue", .chinese = "规则目录",
          .english = "Catalogue of rules", .name_field = "catalogue", .is_evidence = true,
          .write_role = Role::administrator, .fields = {
      text_field(1, "catalogue", "目录", "Catalogue").require().index(),
      integer_field(2, "edition", "版次", "Edition", "", 1, 1'000'000).require().join(1),
      text_field(3, "version", "版本名", "Version").join(1),
      day_field(4, "in_force_from", "生效日", "In force from").join(1),
      long_text_field(5, "reason", "原因", "Reason").require().join(1),
      text_field(6, "content_sha256", "内容的完整性校验值", "Hash of the content").require().join(1),
      long_text_field(7, "content_1", "内容一", "Content 1").require().join(1),
      long_text_field(8, "content_2", "内容二", "Content 2").join(1),
      long_text_field(9, "content_3", "内容三", "Content 3").join(1),
      long_text_field(10, "content_4", "内容四", "Content 4").join(1),
      long_text_field(11, "content_5", "内容五", "Content 5").join(1),
      long_text_field(12, "content_6", "内容六", "Content 6").join(1),
      long_text_field(13, "content_7", "内容七", "Content 7").join(1),
      long_text_field(14, "content_8", "内容八", "Content 8").join(1),
  }};
}

// clang-format on

}  // namespace

std::vector<KindDescription> county_kinds() {
  return {device_kind(),
          person_kind(),
          person_key_kind(),
          decision_kind(),
          positioning_rules_kind(),
          criteria_catalogue_kind()};
}

}  // namespace kuangxun::records
