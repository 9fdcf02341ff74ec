#include <doctest/doctest.h>
#include <turbojpeg.h>

#include "db/base/limits.h"
#include "tests/app/cli/program.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::tests {
namespace {

// A real JPEG with as much in it as a camera's.
Bytes noisy_jpeg(int width, int height) {
  Bytes pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  SeededRandom random(7);
  random.fill(pixels);
  tjhandle handle = tjInitCompress();
  unsigned char* written = nullptr;
  unsigned long size = 0;
  REQUIRE(tjCompress2(handle, pixels.data(), width, 0, height, TJPF_RGB, &written, &size, TJSAMP_444, 95, 0) == 0);
  Bytes bytes(written, written + size);
  tjFree(written);
  tjDestroy(handle);
  return bytes;
}

}  // namespace

TEST_CASE("a camera's large photo stands on the paper, reduced; the original is kept bit for bit") {
  Program program;
  REQUIRE(program.run({"init"}).exit_code == 0);
  const Bytes original = noisy_jpeg(2400, 1800);
  REQUIRE(original.size() > limits::picture_bytes_max);
  REQUIRE(write_file_durably(program.folder / "large.jpg", original).ok());
  const auto recorded = program.record(R"({"visit":{"id":"@v","place":"新疆特克斯县博故图金矿",
      "visit_kind":"patrol","started_at":"2026-05-01T10:30:00+08:00","is_example":true},
      "photos":[{"path":"large.jpg","taken_at":"2026-05-01T10:53:00+08:00","is_example":true}]})");
  REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
  const auto visits = program.run({"list", "visit", "--json"}).json();
  const std::string visit = member(visits.items.front(), "id");
  const std::string pdf = (program.folder / "visit.pdf").string();
  REQUIRE(program.run({"report", "visit-record", visit, "-o", pdf}).exit_code == 0);
  const std::string paper = Program::read(pdf);
  CHECK(contains(paper, "/Width 1024"));
  CHECK(contains(paper, "/Height 768"));
  CHECK(paper.size() < original.size());
  const auto photo = program.run({"list", "photo", "--json"}).json();
  const std::string hash = member(photo.items.front(), "file_hash");
  CHECK(Program::read(program.data() + "/attachments/" + hash.substr(0, 2) + "/" + hash) == as_text(original));
}

}  // namespace kuangxun::tests
