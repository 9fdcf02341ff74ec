#include "app/report/typeset_visit_record.h"

#include <doctest/doctest.h>

#include "db/language/language.h"
#include "tests/app/report/example_record.h"
#include "tests/support/poppler.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::report;
using kuangxun::tests::count_of;
using kuangxun::tests::example_record;
using kuangxun::tests::PdfFile;

namespace {

struct Paper {
  explicit Paper(const VisitRecord& record) : pdf(write(record)), file(folder / "visit.pdf", pdf.bytes) {
    REQUIRE(file.written());
    text = file.unbroken_text();
  }
  static typeset::Pdf write(const VisitRecord& record) {
    auto result = typeset_visit_record(record);
    REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message()));
    return std::move(result).value();
  }
  bool says(const std::string& words) const { return text.find(words) != std::string::npos; }
  tests::TemporaryFolder folder;
  typeset::Pdf pdf;
  PdfFile file;
  std::string text;
};

// English while it lives.
struct InEnglish {
  InEnglish() { set_language(Language::english); }
  ~InEnglish() { set_language(Language::chinese); }
};

// Where people look at it: beside the build, not in the tree.
void keep(const Paper& paper, const std::string& name) {
  REQUIRE(write_file_durably(binary_folder() + "/" + name, paper.pdf.bytes).ok());
}

}  // namespace

TEST_CASE("A visit by two officers with certificates is an inspection record that says everything") {
  const Paper paper(example_record());
  keep(paper, "visit-record-zh.pdf");
  CHECK(paper.says("现场检查记录"));
  CHECK_FALSE(paper.says("本件为巡查记录"));
  CHECK(paper.file.info().find("A4") != std::string::npos);
  CHECK(count_of(paper.file.fonts(), " no  ") == 0);
  CHECK(paper.pdf.characters_without_glyph == 0);
  for (const char* words : {"示例砖厂粘土矿",
                            "特克斯县",
                            "2026-05-0110:30(+08:00)",
                            "示例-0001",
                            "示例-0002",
                            "安全员",
                            "000-0000000",
                            "北纬43.1234568°",
                            "43°07′24.444″",
                            "1283.456m",
                            "正高EGM96",
                            "2.4m",
                            "1.2345±0.012实测",
                            "实测",
                            "填报",
                            "32.5",
                            "矿业权人公示信息实地核查",
                            "许可证载明",
                            "公示内容",
                            "现场情况",
                            "是否一致",
                            "覆土取五点平均",
                            "方案要求：覆土厚度不低于40cm（示例方案）",
                            "共3张",
                            "我矿将按年度计划在九月底前完成北侧边坡治理。",
                            "检查人员（签字）",
                            "在场人员（签字）",
                            "密钥3f9c21aa"}) {
    CHECK_MESSAGE(paper.says(words), words);
  }
}

TEST_CASE("What the machine found is called that, with clause, standing and the source's words") {
  const Paper paper(example_record());
  for (const char* words :
       {"逐项核对结果", "程序自动对照，未经人工核实", "不符合1", "无法判断1", "通过1", "不适用1", "已过期", "现行有效",
        "限期整改、联合；严禁大矿小开、一矿多开", "预期性指标和跟踪事项（只报告，不判符合与否）", "示例工程按期完工",
        "规划专栏15", "缺：开采回采率（见年度报告）"}) {
    CHECK_MESSAGE(paper.says(words), words);
  }
  CHECK_FALSE(paper.says("违法"));
}

TEST_CASE("Fewer than two officers with a certificate of their own make it a patrol record") {
  VisitRecord one = example_record();
  one.officers.pop_back();
  CHECK(record_title(one) == "巡查记录");
  const Paper paper(one);
  CHECK(paper.says("不足二人，作巡查记录"));
  CHECK_FALSE(paper.says("现场检查记录"));

  VisitRecord without_number = example_record();
  without_number.officers[1].certificate_number = TextEntry();
  CHECK(record_title(without_number) == "巡查记录");
  VisitRecord same_number = example_record();
  same_number.officers[1].certificate_number = " 示例-0001 ";
  CHECK(record_title(same_number) == "巡查记录");
  VisitRecord disputed = example_record();
  disputed.officers[1].certificate_number = std::vector<TextEntry::Head>{{"示例-0002", "甲"}, {"示例-0003", "乙"}};
  CHECK(record_title(disputed) == "巡查记录");
  VisitRecord voided = example_record();
  voided.officers[1].standing = {.is_voided = true, .void_reason = "录入错误"};
  CHECK(record_title(voided) == "巡查记录");
  CHECK(Paper(voided).says("【作废，原内容保留；原因：录入错误】示例检查员乙"));
  CHECK(record_title(VisitRecord{}) == "巡查记录");
  CHECK(record_title(example_record()) == "现场检查记录");
}

TEST_CASE("A refusal to sign is printed with its reason and witness, and leaves no line for the one who refused") {
  VisitRecord record = example_record();
  record.refusal = Refusal{"认为测量范围有误"};
  OtherPerson witness;
  witness.name = "示例见证人";
  witness.role = "村委会工作人员";
  record.witnesses.push_back(witness);
  const Paper paper(record);
  CHECK(paper.says("在场人员拒绝签名"));
  CHECK(paper.says("拒签原因：认为测量范围有误"));
  CHECK(paper.says("见证人：示例见证人（村委会工作人员）"));
  CHECK(paper.says("见证人（签字）"));
  CHECK_FALSE(paper.says("在场人员（签字）"));

  keep(paper, "visit-record-refused.pdf");

  record.witnesses.clear();
  record.refusal->reason = TextEntry();
  const Paper lacking(record);
  CHECK(lacking.says("拒签原因：未填"));
  CHECK(lacking.says("见证人：未填"));
}

TEST_CASE("Disputed values are printed as disputed, every one of them with who entered it") {
  VisitRecord record = example_record();
  record.place_name = std::vector<TextEntry::Head>{{"甲处粘土矿", "示例甲"}, {"乙处粘土矿", "示例乙"}};
  const Paper paper(record);
  CHECK(paper.says("填写不一致，待核定：·甲处粘土矿（示例甲填写）·乙处粘土矿（示例乙填写）"));
  CHECK(paper.says("北纬43.1235000°"));
  CHECK(paper.says("北纬43.1241000°"));
  CHECK(count_of(paper.text, "填写不一致，待核定") == 4);  // the name, two readings of P2, one answer
}

TEST_CASE("Voided and late evidence stays on the paper and says so") {
  const Paper paper(example_record());
  CHECK(paper.says("【作废，原内容保留；原因：重复】P3"));
  CHECK(paper.says("【签字后补充】表土未单独堆放"));
}

TEST_CASE("Example data is marked on every page, real data on none") {
  VisitRecord record = example_record();
  const Paper example(record);
  REQUIRE(example.pdf.pages >= 3);
  for (int page = 1; page <= example.pdf.pages; ++page) {
    CHECK(example.file.text(page).rfind("示例数据 EXAMPLE", 0) == 0);
  }
  record.is_example = false;
  CHECK_FALSE(Paper(record).says("EXAMPLE"));
}

TEST_CASE("Every page carries the record's id, the hash of the words and its number") {
  const VisitRecord record = example_record();
  const Paper paper(record);
  const std::string last = paper.file.unbroken_text(paper.pdf.pages);
  const auto at = last.find("以上内容的完整性校验值（SHA-256）：");
  REQUIRE(at != std::string::npos);
  const std::string hash = last.substr(at + std::string("以上内容的完整性校验值（SHA-256）：").size(), 64);
  CHECK(parse_hash(hash).ok());
  for (int page = 1; page <= paper.pdf.pages; ++page) {
    const std::string text = paper.file.unbroken_text(page);
    CHECK(text.find("编号" + record.id.text()) != std::string::npos);
    CHECK(text.find("内容校验值" + hash.substr(0, 16)) != std::string::npos);
    CHECK(text.find("第" + std::to_string(page) + "页共" + std::to_string(paper.pdf.pages) + "页") !=
          std::string::npos);
  }
  CHECK(paper.says("电子记录尚未封存"));

  VisitRecord changed = example_record();
  changed.findings[0].text = "排土场坡脚已设挡土设施。";
  CHECK_FALSE(Paper(changed).says(hash));
}

TEST_CASE("The same record gives the same bytes") {
  CHECK(Paper(example_record()).pdf.bytes == Paper(example_record()).pdf.bytes);
}

TEST_CASE("A visit with nothing in it says what is missing instead of leaving it out") {
  VisitRecord record;
  record.id = fixed_uuid("empty visit");
  const Paper paper(record);
  for (const char* words :
       {"巡查记录", "检查人员：未填", "未记录被检查单位在场人员", "无定位点", "本次未使用检查表",
        "未记录检查发现的情况", "未记录恢复治理状态", "本次无核对结果", "共0张", "未记录陈述", "无签字人"}) {
    CHECK_MESSAGE(paper.says(words), words);
  }
}

TEST_CASE("Three hundred answers and a statement of several pages are all on the paper") {
  VisitRecord record = example_record();
  ChecklistItem item = record.checklists[1].items[0];
  record.checklists[1].items.clear();
  for (int i = 1; i <= 300; ++i) {
    item.number = "T" + std::to_string(i) + ".";
    record.checklists[1].items.push_back(item);
  }
  std::string statement;
  for (int i = 1; i <= 400; ++i) statement += "（" + std::to_string(i) + "）陈述一句。";
  record.statement = statement;
  record.people_present[0].name = "تېكەس ئەلى";
  const Paper paper(record);
  keep(paper, "visit-record-long.pdf");
  for (int i = 1; i <= 300; ++i) CHECK(count_of(paper.text, "T" + std::to_string(i) + ".采场边坡") == 1);
  for (int i = 1; i <= 400; ++i) CHECK(count_of(paper.text, "（" + std::to_string(i) + "）") == 1);
}

TEST_CASE("The English paper is complete") {
  const InEnglish english;
  const Paper paper(example_record());
  keep(paper, "visit-record-en.pdf");
  for (const char* words :
       {"On-siteinspectionrecord", "Enforcementcertificateno.", "Licencesays", "Seenonsite", "Consistent?",
        "Checkresults,rulebyrule", "trackedmatters(reported,neverpassedorfailed)", "theexampleworkisdoneintime",
        "plan,box15", "notverifiedbyaperson", "notapplicable", "expired", "disputed,notsettled", "[addedaftersigning]",
        "[voided:takentwice]", "Personpresent(signature)", "page1of", "43.1234568°N"}) {
    CHECK_MESSAGE(paper.says(words), words);
  }
  // Our own words in Chinese must not be left over (what people typed stays as it is).
  for (const char* words : {"检查", "签字", "规则", "未填", "争议", "照片", "核对", "公顷", "见证人", "定位", "记录"}) {
    std::string own = paper.text;
    for (std::size_t at = 0; (at = own.find("示例检查员")) != std::string::npos;) own.erase(at, 15);
    CHECK_MESSAGE(own.find(words) == std::string::npos, words);
  }
}

TEST_CASE("A field that was emptied again reads as not recorded, and as empty in a dispute") {
  VisitRecord record = example_record();
  record.purpose = "";
  record.summary = std::vector<TextEntry::Head>{{"", "示例甲"}, {"采场一处", "示例乙"}};
  const Paper paper(record);
  CHECK(paper.says("检查事由未填"));
  CHECK(paper.says("填写不一致，待核定：·（空）（示例甲填写）·采场一处（示例乙填写）"));
}

TEST_CASE("A time at another offset than Beijing's says so wherever it stands") {
  VisitRecord record = example_record();
  record.photos[0].taken_at = Instant{1'777'602'600'000, 360};
  const Paper paper(record);
  CHECK(paper.says("2026-05-0108:30(+06:00)"));
  CHECK(paper.says("未注明时区的时间为北京时间（+08:00）"));
}
