#include "app/typeset/pdf.h"

#include <doctest/doctest.h>

#include "app/typeset/texts.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "tests/support/poppler.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::typeset;
using kuangxun::tests::count_of;
using kuangxun::tests::PdfFile;
using kuangxun::tests::TemporaryFolder;

namespace {

// A PDF that must come out, as a file that poppler has read.
struct Made {
  explicit Made(const Document& document) : pdf(write(document)), file(folder / "made.pdf", pdf.bytes) {
    REQUIRE(file.written());
  }
  static Pdf write(const Document& document) {
    auto result = write_pdf(document);
    REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message()));
    return std::move(result).value();
  }
  TemporaryFolder folder;
  Pdf pdf;
  PdfFile file;
};

Table numbered_table(int rows) {
  Table table{.columns = {{"序号", 1}, {"内容", 4}, {"数值", 1, Align::end}}};
  for (int i = 1; i <= rows; ++i) {
    const std::string number = std::to_string(i);
    table.rows.push_back(
        {.cells = {{.text = "R" + number + "."}, {.text = "第" + number + "行：砖瓦用粘土"}, {.text = number}}});
  }
  return table;
}

}  // namespace

TEST_CASE("Chinese stays text, in reading order, on A4 with embedded fonts") {
  Document document;
  document.title = "现场检查记录";
  document.add_title("现场检查记录");
  document.add_heading("一、基本情况");
  document.add_paragraph("特克斯县阔克苏乡砖瓦用粘土矿，金、铁、一二三人力、边生产边治理。");
  document.add_paragraph("Last words in English, 43°10'12.345\" N.");
  const Made made(document);

  const std::string text = made.file.text();
  const auto title = text.find("现场检查记录");
  const auto heading = text.find("一、基本情况");
  const auto body = text.find("特克斯县阔克苏乡砖瓦用粘土矿，金、铁、一二三人力、边生产边治理。");
  const auto last = text.find("Last words in English, 43°10'12.345\" N.");
  REQUIRE(last != std::string::npos);
  CHECK(title < heading);
  CHECK(heading < body);
  CHECK(body < last);
  CHECK(text.find("第 1 页 共 1 页") != std::string::npos);

  CHECK(made.file.info().find("A4") != std::string::npos);
  CHECK(made.file.info().find("Pages:           1") != std::string::npos);
  const std::string fonts = made.file.fonts();
  CHECK(fonts.find("NotoSerifCJK") != std::string::npos);
  CHECK(count_of(fonts, "Type 3") == 0);
  CHECK(count_of(fonts, " no  ") == 0);
  CHECK(made.pdf.characters_without_glyph == 0);
}

TEST_CASE("A table of 300 rows keeps every row and repeats its header on every page") {
  Document document;
  document.add(numbered_table(300));
  const Made made(document);
  const std::string text = made.file.text();
  for (int i = 1; i <= 300; ++i) {
    const std::string number = std::to_string(i);
    CHECK_MESSAGE(count_of(text, "R" + number + ". 第" + number + "行") == 1, "row ", i);
  }
  REQUIRE(made.pdf.pages > 3);
  CHECK(made.file.info().find("Pages:           " + std::to_string(made.pdf.pages)) != std::string::npos);
  for (int page = 1; page <= made.pdf.pages; ++page) {
    CHECK(count_of(made.file.text(page), "序号 内容 数值") == 1);
    const std::string number = "第 " + std::to_string(page) + " 页 共 " + std::to_string(made.pdf.pages) + " 页";
    CHECK(count_of(made.file.text(page), number) == 1);
  }
}

TEST_CASE("A cell longer than a page is cut between lines and loses nothing") {
  std::string statement;
  for (int i = 0; i < 400; ++i) statement += "第" + std::to_string(i) + "句陈述，矿山企业说明情况。";
  Document document;
  document.add(
      Table{.columns = {{"项目", 1}, {"陈述", 5}}, .rows = {{.cells = {{.text = "说明"}, {.text = statement}}}}});
  const Made made(document);
  CHECK(made.pdf.pages >= 2);
  const std::string text = made.file.unbroken_text();
  for (int i = 0; i < 400; ++i) {
    const std::string sentence = "第" + std::to_string(i) + "句陈述，矿山企业说明情况。";
    // A sentence across the page break has the footer and the repeated header inside it.
    if (count_of(text, sentence) == 0) CHECK(count_of(text, "第" + std::to_string(i) + "句") <= 1);
  }
  CHECK(count_of(text, "句陈述，矿山企业说明情况。") >= 400 - made.pdf.pages);
  CHECK(count_of(made.file.text(made.pdf.pages), "项目 陈述") == 1);
}

TEST_CASE("Long text without a space wraps, and no hyphen is put into it") {
  const auto one_cell = [](const std::string& text) {
    Document document;
    document.add(Table{.columns = {{"照片", 1}, {"SHA-256", 1}}, .rows = {{.cells = {{.text = "1"}, {.text = text}}}}});
    return document;
  };
  const Made short_text(one_cell("s"));
  for (const std::string alphabet : {"abcdef0123456789", "sedimentation", "长文字"}) {
    std::string unbroken;
    while (unbroken.size() < 300) unbroken += alphabet;
    const Made made(one_cell(unbroken));
    CHECK(made.file.unbroken_text().find(unbroken) != std::string::npos);
    CHECK(made.file.text().find(unbroken) == std::string::npos);
    // A hyphen is a glyph without text: pdftotext does not see it, an eye does.
    CHECK(made.file.glyphs() == short_text.file.glyphs() + static_cast<int>(count_code_points(unbroken)) - 1);
  }
}

TEST_CASE("A heading is never the last thing on a page") {
  for (int lines = 30; lines < 70; ++lines) {
    Document document;
    for (int i = 0; i < lines; ++i) document.add_paragraph("一行");
    document.add_heading("下一节标题");
    document.add_note("先看这一句说明。", true);
    document.add(numbered_table(3));
    const Made made(document);
    for (int page = 1; page <= made.pdf.pages; ++page) {
      const std::string text = made.file.text(page);
      if (count_of(text, "下一节标题") == 0) continue;
      CHECK_MESSAGE(count_of(text, "R1. 第1行") == 1, "heading alone after ", lines, " lines");
    }
  }
}

TEST_CASE("The banner stands on every page, and English papers number their pages in English") {
  set_language(Language::english);
  Document document;
  document.banner = "EXAMPLE";
  document.footer = "record 42";
  document.add(numbered_table(100));
  const Made made(document);
  set_language(Language::chinese);
  REQUIRE(made.pdf.pages > 1);
  for (int page = 1; page <= made.pdf.pages; ++page) {
    const std::string text = made.file.text(page);
    CHECK(text.rfind("EXAMPLE", 0) == 0);
    CHECK(count_of(text, "record 42") == 1);
    CHECK(count_of(text, "page " + std::to_string(page) + " of " + std::to_string(made.pdf.pages)) == 1);
  }
}

TEST_CASE("The same document gives the same bytes, dated by its content and not by the clock") {
  Document document;
  document.title = "现场检查记录";
  document.dated_utc_ms = 1'777'593'600'000;
  document.add_paragraph("同样的内容");
  document.add(numbered_table(5));
  const Made first(document);
  const Made second(document);
  CHECK(first.pdf.bytes == second.pdf.bytes);
  CHECK(first.file.info().find("2026") != std::string::npos);
  CHECK(first.file.info().find("CreationDate:    Fri May  1") != std::string::npos);
  CHECK(first.file.info().find("Title:           现场检查记录") != std::string::npos);
}

TEST_CASE("The content hash changes when a character moves to the next cell") {
  Document together;
  together.add(Table{.columns = {{"a", 1}, {"b", 1}}, .rows = {{.cells = {{.text = "12"}, {.text = "3"}}}}});
  Document apart;
  apart.add(Table{.columns = {{"a", 1}, {"b", 1}}, .rows = {{.cells = {{.text = "1"}, {.text = "23"}}}}});
  CHECK(content_hash(together) != content_hash(apart));
  CHECK(content_hash(together) == content_hash(together));
}

TEST_CASE("Names in Arabic script are shaped, and a character that no font has is counted") {
  Document document;
  document.add_paragraph("تېكەس ناھىيىسى");
  const Made made(document);
  CHECK(made.pdf.characters_without_glyph == 0);

  Document strange;
  strange.add_paragraph("\xF3\xB0\x80\x80");  // U+F0000, private use
  CHECK(Made(strange).pdf.characters_without_glyph == 1);
}

TEST_CASE("Text that is not UTF-8 is refused") {
  Document document;
  document.add_paragraph("\xC3\x28");
  const auto pdf = write_pdf(document);
  REQUIRE_FALSE(pdf.ok());
  CHECK(pdf.error().code() == ErrorCode::bad_input);
}

TEST_CASE("A document of more pages than a paper may have is refused") {
  Document document;
  std::string lines;
  for (int i = 0; i < 60'000; ++i) lines += "一\n";
  document.add_paragraph(lines);
  document.add_paragraph("末");
  const auto pdf = write_pdf(document);
  REQUIRE_FALSE(pdf.ok());
  CHECK(pdf.error().code() == ErrorCode::bad_input);
}

TEST_CASE("Signature lines stay together and show what each is for") {
  Document document;
  for (int i = 0; i < 44; ++i) document.add_paragraph("一行");
  document.add(Signatures{{{"检查人员（签字）", "示例甲 证号 650000001"},
                           {"检查人员（签字）", "示例乙 证号 650000002"},
                           {"在场人员（签字）", "示例丙"}}});
  const Made made(document);
  CHECK(made.pdf.pages == 2);
  const std::string last = made.file.text(2);
  CHECK(count_of(last, "检查人员（签字）") == 2);
  CHECK(count_of(last, "示例丙") == 1);
  CHECK(count_of(last, "日") == 3);
}

// Run by the test below as a program of its own, with a fontconfig that knows no fonts.
TEST_CASE("paper without a Chinese font" * doctest::skip()) {
  Document document;
  document.add_paragraph("现场检查记录");
  const auto pdf = write_pdf(document);
  REQUIRE_FALSE(pdf.ok());
  CHECK(pdf.error().code() == ErrorCode::unavailable);
  CHECK(pdf.error().message().find("fonts-noto-cjk") != std::string::npos);
}

TEST_CASE("Without a Chinese font the report fails loudly instead of printing boxes") {
  const TemporaryFolder folder;
  const std::string configuration =
      "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
      "<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>" +
      folder.path().string() + "</cachedir></fontconfig>";
  REQUIRE(write_file_durably(folder / "fonts.conf", as_bytes(configuration)).ok());
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string output = tests::output_of("FONTCONFIG_FILE='" + (folder / "fonts.conf").string() + "' '" + self +
                                              "' --no-skip -tc='paper without a Chinese font'");
  CHECK(output.find("1 passed") != std::string::npos);
}
