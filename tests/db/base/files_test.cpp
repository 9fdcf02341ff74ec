#include "db/base/files.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace kuangxun {
namespace {

std::string text_of(const std::filesystem::path& path) {
  const auto text = read_text_file(path, 1 << 20);
  return text.ok() ? *text : "refused: " + text.error().message();
}

std::size_t entries(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  return facts.st_mode & 0777;
}

// What a child process of its own returns; 255 when it did not end by itself.
template <class Work>
int in_child(Work work) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(work());
  int state = 0;
  REQUIRE(::waitpid(child, &state, 0) == child);
  return WIFEXITED(state) ? WEXITSTATUS(state) : 255;
}

}  // namespace

TEST_CASE("a file is written whole, read whole, and replaced whole") {
  const tests::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "a", as_bytes("first")).ok());
  CHECK(text_of(folder / "a") == "first");
  REQUIRE(write_file_durably(folder / "a", as_bytes("2")).ok());
  CHECK(text_of(folder / "a") == "2");
  REQUIRE(write_file_durably(folder / "a", {}).ok());
  CHECK(text_of(folder / "a").empty());
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a missing file, a folder and a file over the limit are told apart") {
  const tests::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "a", Bytes(100'000, 7)).ok());
  CHECK(read_file(folder / "a", 100'000)->size() == 100'000);
  CHECK(read_file(folder / "a", 99'999).error().code() == ErrorCode::bad_input);
  CHECK(read_file(folder / "missing", 10).error().code() == ErrorCode::not_found);
  CHECK(read_file(folder / "a" / "below a file", 10).error().code() == ErrorCode::not_found);
  const auto directory = read_file(folder.path(), 10);
  CHECK(directory.error().code() == ErrorCode::bad_input);
  CHECK(directory.error().message().find(folder.path().string()) != std::string::npos);
  // A device without end stops at the limit.
  CHECK(read_file("/dev/zero", 1 << 20).error().code() == ErrorCode::bad_input);
}

TEST_CASE("a write that cannot be done leaves everything as it was and names the file") {
  const tests::TemporaryFolder folder;
  const Status missing = write_file_durably(folder / "no such folder" / "a", as_bytes("x"));
  REQUIRE(!missing.ok());
  CHECK(missing.error().code() == ErrorCode::unavailable);
  CHECK(missing.error().message().find("no such folder") != std::string::npos);
  CHECK(entries(folder.path()) == 0);

  REQUIRE(make_folder(folder / "target").ok());
  REQUIRE(write_file_durably(folder / "target" / "inside", as_bytes("x")).ok());
  const Status directory = write_file_durably(folder / "target", as_bytes("x"));
  REQUIRE(!directory.ok());
  CHECK(directory.error().code() == ErrorCode::unavailable);
  CHECK(text_of(folder / "target" / "inside") == "x");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a disk that is full in the middle of a write leaves the old file and no part") {
  const tests::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "a", as_bytes("old")).ok());
  const int outcome = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, 4096};
    if (::setrlimit(RLIMIT_FSIZE, &small) != 0) return 1;
    const Status written = write_file_durably(folder / "a", Bytes(100'000, 'n'));
    if (written.ok()) return 2;
    return written.error().code() == ErrorCode::unavailable ? 0 : 3;
  });
  CHECK(outcome == 0);
  CHECK(text_of(folder / "a") == "old");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a secret file is for its owner only, whatever a kill left behind") {
  const tests::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "key", as_bytes("secret"), true).ok());
  CHECK(mode_of(folder / "key") == 0600);

  std::ofstream(folder / "other.part") << "left by a program that was killed";
  REQUIRE(::chmod((folder / "other.part").c_str(), 0644) == 0);
  REQUIRE(write_file_durably(folder / "other", as_bytes("secret"), true).ok());
  CHECK(mode_of(folder / "other") == 0600);

  std::ofstream(folder / "victim") << "untouched";
  std::filesystem::create_symlink(folder / "victim", folder / "third.part");
  REQUIRE(write_file_durably(folder / "third", as_bytes("secret"), true).ok());
  CHECK(text_of(folder / "victim") == "untouched");
  CHECK(text_of(folder / "third") == "secret");
  CHECK(!std::filesystem::is_symlink(folder / "third"));
}

TEST_CASE("folders are made with those above them; a file in the way is named") {
  const tests::TemporaryFolder folder;
  REQUIRE(make_folder(folder / "a" / "b" / "c").ok());
  CHECK(std::filesystem::is_directory(folder / "a" / "b" / "c"));
  CHECK(make_folder(folder / "a" / "b").ok());
  CHECK(make_folder(folder.path() / "d" / "").ok());
  CHECK(std::filesystem::is_directory(folder / "d"));
  std::ofstream(folder / "file") << "x";
  for (const std::filesystem::path& path : {folder / "file", folder / "file" / "below"}) {
    const Status made = make_folder(path);
    REQUIRE(!made.ok());
    CHECK(made.error().code() == ErrorCode::unavailable);
    CHECK(made.error().message().find((folder / "file").string()) != std::string::npos);
  }
  CHECK(free_bytes(folder.path()) > 0);
  CHECK(free_bytes(folder / "missing") == 0);
}

TEST_CASE("a lock keeps a second process out until its holder ends, even by a kill") {
  const tests::TemporaryFolder folder;
  const auto path = folder / "lock";
  const auto take_in_child = [&] {
    return in_child([&] {
      const auto lock = FileLock::take(path);
      if (lock.ok()) return 1;
      return lock.error().code() == ErrorCode::busy ? 2 : 3;
    });
  };
  {
    const auto lock = FileLock::take(path);
    REQUIRE(lock.ok());
    CHECK(take_in_child() == 2);
    const auto again = FileLock::take(path);
    REQUIRE(!again.ok());
    CHECK(again.error().code() == ErrorCode::busy);
    CHECK(again.error().message().find(folder.path().string()) != std::string::npos);
  }
  CHECK(take_in_child() == 1);

  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t holder = ::fork();
  REQUIRE(holder >= 0);
  if (holder == 0) {
    const auto lock = FileLock::take(path);
    const char told = lock.ok() ? 'y' : 'n';
    if (::write(ready[1], &told, 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char told = 0;
  REQUIRE(::read(ready[0], &told, 1) == 1);
  CHECK(told == 'y');
  CHECK(!FileLock::take(path).ok());
  REQUIRE(::kill(holder, SIGKILL) == 0);
  REQUIRE(::waitpid(holder, nullptr, 0) == holder);
  CHECK(FileLock::take(path).ok());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("a lock in a folder that does not exist is unavailable, not busy") {
  const tests::TemporaryFolder folder;
  const auto lock = FileLock::take(folder / "missing" / "lock");
  REQUIRE(!lock.ok());
  CHECK(lock.error().code() == ErrorCode::unavailable);
}

}  // namespace kuangxun
