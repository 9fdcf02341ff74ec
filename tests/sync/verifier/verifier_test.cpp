// kuangxun-verify against what a real county exported. It shares no code with the county, so that these tests also show
// that the description of the bytes (FORMAT.md, WIRE.md) is enough.
#include <doctest/doctest.h>

#include "db/base/files.h"
#include "tests/sync/office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr std::uint64_t file_bytes_max = 64U << 20;

// A county with its registers and one laptop's code given out, exported.
struct Exported {
  Exported() {
    REQUIRE(office.run({"init"}).exit_code == 0);
    const Ran ran = office.run({"export", proof.string()});
    REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  }
  Ran verify(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {binary_folder() + "/bin/kuangxun-verify", proof.string()};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  }
  // Turns a bit over, `from_end` bytes before the end of a file.
  void damage(const std::string& name, std::size_t from_end) const {
    auto bytes = read_file(proof / name, file_bytes_max);
    REQUIRE(bytes.ok());
    (*bytes)[bytes->size() - from_end] ^= 1;
    REQUIRE(write_file_durably(proof / name, *bytes).ok());
  }
  void cut(const std::string& name, std::size_t bytes) const {
    std::filesystem::resize_file(proof / name, std::filesystem::file_size(proof / name) - bytes);
  }
  SqliteOffice office;
  std::filesystem::path proof = office.folder / "proof";
};

}  // namespace

TEST_CASE("what an honest county exported holds") {
  const Exported exported;
  const Ran ran = exported.verify();
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.find("all hold") != std::string::npos);
}

TEST_CASE("a byte that was changed is found, wherever it stands") {
  SUBCASE("in the content of a frame") {
    const Exported exported;
    exported.damage("frames.kxf", 1);
    const Ran ran = exported.verify();
    CHECK(ran.exit_code == 1);
    CHECK(ran.out.find("PROBLEMS") != std::string::npos);
  }
  SUBCASE("in the county's signature for the whole") {
    const Exported exported;
    exported.damage("checkpoint.kxcp", 1);
    const Ran ran = exported.verify();
    CHECK(ran.exit_code == 1);
    CHECK(ran.out.find("checkpoint: its signature is wrong") != std::string::npos);
  }
  SUBCASE("in the statement of the county's key") {
    const Exported exported;
    exported.damage("keys.kxk", 1);
    CHECK(exported.verify().exit_code == 1);
  }
}

TEST_CASE("a county key known from elsewhere is held against the one in the folder") {
  const Exported exported;
  const Ran ran = exported.verify({std::string(64, '0')});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.find("the county's first key is another") != std::string::npos);
}

TEST_CASE("files that are missing or cut short are no proof, and that is said apart from a proof that fails") {
  const Exported exported;
  exported.cut("frames.kxf", 3);
  const Ran cut = exported.verify();
  CHECK(cut.exit_code == 2);
  CHECK_FALSE(cut.err.empty());
  std::filesystem::remove(exported.proof / "keys.kxk");
  CHECK(exported.verify().exit_code == 2);
  CHECK(run_program({binary_folder() + "/bin/kuangxun-verify"}).exit_code == 2);
}
