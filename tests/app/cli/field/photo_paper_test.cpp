#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "tests/app/program/program.h"
#include "tests/support/real_jpeg.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::tests {
namespace {

// A real JPEG with as much in it as a camera's.
Bytes noisy_jpeg(int width, int height) {
  Bytes pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  SeededRandom random(7);
  random.fill(pixels);
  return real_jpeg(width, height, pixels);
}

// The same with EXIF that says: the camera was held upright, the picture is stored lying on its side.
Bytes held_upright(const Bytes& jpeg) {
  PictureFacts facts;
  facts.orientation = 6;
  return with_exif(facts, jpeg);
}

// A visit with one photo, printed.
struct PhotoPaper : Program {
  explicit PhotoPaper(const Bytes& original) {
    REQUIRE(run({"init"}).exit_code == 0);
    REQUIRE(write_file_durably(folder / "photo.jpg", original).ok());
    const auto recorded = record(R"({"visit":{"id":"@v","place":"新疆特克斯县博故图金矿",
        "visit_kind":"patrol","started_at":"2026-05-01T10:30:00+08:00","is_example":true},
        "photos":[{"path":"photo.jpg","taken_at":"2026-05-01T10:53:00+08:00","is_example":true}]})");
    REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
    const std::string visit = member(run({"list", "visit", "--json"}).json().items.front(), "id");
    const std::string pdf = (folder / "visit.pdf").string();
    REQUIRE(run({"report", "visit-record", visit, "-o", pdf}).exit_code == 0);
    text = read(pdf);
  }
  std::string kept() {
    const std::string hash = member(run({"list", "photo", "--json"}).json().items.front(), "file_hash");
    return read(data() + "/attachments/" + hash.substr(0, 2) + "/" + hash);
  }
  std::string text;
};

}  // namespace

TEST_CASE("a camera's large photo stands on the paper, reduced; the original is kept bit for bit") {
  const Bytes original = noisy_jpeg(2400, 1800);
  REQUIRE(original.size() > limits::picture_bytes_max);
  PhotoPaper paper(original);
  CHECK(contains(paper.text, "/Width 1024"));
  CHECK(contains(paper.text, "/Height 768"));
  CHECK(paper.text.size() < original.size());
  CHECK(paper.kept() == as_text(original));
}

TEST_CASE("a small photo is printed as it is, and one from a camera held upright stands upright") {
  const Bytes original = noisy_jpeg(640, 480);
  CHECK(contains(PhotoPaper(original).text, "/Width 640"));
  PhotoPaper turned(held_upright(original));
  CHECK(contains(turned.text, "/Width 480"));
  CHECK(contains(turned.text, "/Height 640"));
  CHECK(turned.kept() == as_text(held_upright(original)));
}

}  // namespace kuangxun::tests
