#include <doctest/doctest.h>

#include "app/typeset/pdf.h"
#include "tests/support/poppler.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::typeset;

namespace {

// 2 x 2 pixels, red, as `python3 -c "import zlib,struct"` writes the smallest PNG.
constexpr const char* small_png =
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001049444154789c63f8cfc000440c"
    "100a001fee03fd8b5f14d40000000049454e44ae426082";
// A 16 x 8 grey baseline JPEG.
constexpr const char* small_jpeg =
    "ffd8ffe000104a46494600010100000100010000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c2e24"
    "3249404c4b47404645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffc0000b08000800100101"
    "1100ffc40014000100000000000000000000000000000000ffc40014100100000000000000000000000000000000ffda0008"
    "010100003f000fffd9";

Bytes bytes_of(const char* hex) {
  return from_hex(hex).value();
}

Document with_pictures(std::vector<Picture> pictures) {
  Document document;
  document.add(Pictures{std::move(pictures)});
  return document;
}

}  // namespace

TEST_CASE("PNG and JPEG pictures stand in the PDF with their captions, the JPEG verbatim") {
  const auto pdf =
      write_pdf(with_pictures({{bytes_of(small_png), "照片 1 采场"}, {bytes_of(small_jpeg), "照片 2 排土场"}}));
  REQUIRE(pdf.ok());
  const tests::TemporaryFolder folder;
  const tests::PdfFile file(folder / "pictures.pdf", pdf->bytes);
  CHECK(file.text().find("照片 1 采场") != std::string::npos);
  CHECK(file.text().find("照片 2 排土场") != std::string::npos);
  CHECK(file.images().find("jpeg") != std::string::npos);
  CHECK(tests::count_of(file.images(), "image") >= 2);
  const std::string all(as_text(pdf->bytes));
  CHECK(all.find(std::string(as_text(bytes_of(small_jpeg)))) != std::string::npos);
}

TEST_CASE("Bytes that are no picture are refused before anything is allocated for them") {
  Bytes cut = bytes_of(small_png);
  cut.resize(40);
  Bytes huge = bytes_of(small_png);
  huge[18] = 0xFF;  // 65,282 pixels wide by its own word
  for (const Bytes& bytes : {Bytes{}, Bytes(100, 0x41), cut, huge}) {
    const auto pdf = write_pdf(with_pictures({{bytes, "照片"}}));
    REQUIRE_FALSE(pdf.ok());
    CHECK(pdf.error().code() == ErrorCode::bad_input);
  }
}

TEST_CASE("A QR code with its words, and a content that is too long for one") {
  Document document;
  document.add(QrNote{"kuangxun:visit:0190", "扫码核对"});
  const auto pdf = write_pdf(document);
  REQUIRE(pdf.ok());
  const tests::TemporaryFolder folder;
  CHECK(tests::PdfFile(folder / "qr.pdf", pdf->bytes).text().find("扫码核对") != std::string::npos);

  Document too_long;
  too_long.add(QrNote{std::string(5000, 'x'), "扫码核对"});
  CHECK_FALSE(write_pdf(too_long).ok());
}
