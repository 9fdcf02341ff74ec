#include "db/base/file_stream.h"

#include <doctest/doctest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "tests/support/temporary_folder.h"

namespace kuangxun {
namespace {

using tests::TemporaryFolder;
namespace fs = std::filesystem;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

// The operating system takes no more than this of any file while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes_max) {
    before_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes_max, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, before_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*before_handler_)(int) = nullptr;
};

Status write_pieces(const fs::path& path, std::size_t count, std::size_t piece_bytes) {
  KX_TRY(writer, FileWriter::create(path, false));
  for (std::size_t i = 0; i < count; ++i) KX_CHECK(writer->write(Bytes(piece_bytes, static_cast<std::uint8_t>(i))));
  return writer->commit();
}

}  // namespace

TEST_CASE("a disk that takes no more, at whichever byte: told, and nothing left behind") {
  const TemporaryFolder folder;
  for (const rlim_t bytes_max : {0U, 1U, 999U, 1000U, 1001U, 4999U}) {
    CAPTURE(bytes_max);
    Status written;
    {
      const FileSizeLimit limit(bytes_max);
      written = write_pieces(folder / "file", 5, 1000);
    }
    REQUIRE_FALSE(written.ok());
    CHECK(written.error().code() == ErrorCode::unavailable);
    CHECK(written.error().message().find("4 GiB") != std::string::npos);
    CHECK(entries(folder.path()) == 0);
  }
}

TEST_CASE("a full disk, a write-protected one, and one that is pulled out") {
  if (::geteuid() != 0) {
    MESSAGE("SKIPPED: mounting disks of memory needs root");
    return;
  }
  const TemporaryFolder folder;
  const fs::path stick = folder / "stick";
  fs::create_directory(stick);
  if (::mount("tmpfs", stick.c_str(), "tmpfs", 0, "size=64k") != 0) {
    MESSAGE("SKIPPED: this machine does not let root mount");
    return;
  }
  const Status full = write_pieces(stick / "file", 100, 1000);
  CHECK_FALSE(full.ok());
  CHECK(entries(stick) == 0);
  auto writer = FileWriter::create(stick / "file", false);
  REQUIRE(writer.ok());
  REQUIRE((*writer)->write(Bytes(10)).ok());
  // Pulled out: the folder that stands there now is another one.
  REQUIRE(::umount2(stick.c_str(), MNT_DETACH) == 0);
  const Status pulled = (*writer)->commit();
  REQUIRE_FALSE(pulled.ok());
  CHECK(pulled.error().code() == ErrorCode::unavailable);
  CHECK(entries(stick) == 0);

  REQUIRE(::mount("tmpfs", stick.c_str(), "tmpfs", MS_RDONLY, "size=64k") == 0);
  const Status protected_stick = write_pieces(stick / "file", 1, 10);
  CHECK(::umount2(stick.c_str(), MNT_DETACH) == 0);
  REQUIRE_FALSE(protected_stick.ok());
  CHECK(protected_stick.error().message() == medium_error(EROFS, stick / "file").message());
  CHECK(full.error().message() == medium_error(ENOSPC, stick / "file").message());
}

TEST_CASE("what is no file is not read") {
  const TemporaryFolder folder;
  CHECK(FileReader::open(folder / "missing").error().code() == ErrorCode::not_found);
  CHECK(FileReader::open(folder.path()).error().code() == ErrorCode::bad_input);
}

}  // namespace kuangxun
