#include "db/log/rotating_log.h"

#include <doctest/doctest.h>

#include "db/base/files.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun {
namespace {

std::string content(const std::filesystem::path& path) {
  const auto text = read_text_file(path, 1 << 20);
  return text.ok() ? *text : std::string();
}

}  // namespace

TEST_CASE("each event is one line with its time, whatever its text holds") {
  tests::TemporaryFolder folder;
  const auto log = RotatingLog::open({folder / "logs", "laptop"});
  REQUIRE(log.ok());
  (*log)->line("sync: 3 pushed {0} %s");
  (*log)->line("two\nlines");
  const std::string text = content(folder / "logs/laptop.log");
  CHECK(text.find(" sync: 3 pushed {0} %s\n") != std::string::npos);
  CHECK(text.find(" two lines\n") != std::string::npos);
  CHECK(text.substr(0, 2) == "20");
}

TEST_CASE("files are pushed out by newer ones, so that a log never fills the disk") {
  tests::TemporaryFolder folder;
  const auto log = RotatingLog::open({folder / "logs", "laptop", 1000, 2});
  REQUIRE(log.ok());
  for (int i = 0; i < 500; ++i) (*log)->line("event number " + std::to_string(i));
  std::size_t files = 0;
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "logs")) {
    ++files;
    bytes += entry.file_size();
  }
  CHECK(files == 3);
  CHECK(bytes <= 3000);
  CHECK(content(folder / "logs/laptop.log").find("event number 499") != std::string::npos);
}

TEST_CASE("a folder that cannot be written says so") {
  const auto log = RotatingLog::open({"/proc/nowhere", "laptop"});
  REQUIRE(!log.ok());
  CHECK(log.error().message().find("/proc/nowhere") != std::string::npos);
}

}  // namespace kuangxun
