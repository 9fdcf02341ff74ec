// What is being typed lies in a file of its own. Wherever the program is killed, it becomes an operation, and only
// once.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "db/sqlite/connection/connection.h"
#include "db/sqlite/pending_file.h"
#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {
namespace {

namespace fs = std::filesystem;

// pending.db as it stood at one moment, to be put back: what a kill between two files leaves.
class PendingCopy {
 public:
  explicit PendingCopy(const fs::path& folder) { copy_files(folder, kept_.path()); }
  void put_back(const fs::path& folder) const {
    for (const char* name : names) fs::remove(folder / name);
    copy_files(kept_.path(), folder);
  }

 private:
  static constexpr std::array names = {"pending.db", "pending.db-wal", "pending.db-shm"};
  static void copy_files(const fs::path& from, const fs::path& into) {
    for (const char* name : names) {
      if (fs::exists(from / name)) fs::copy_file(from / name, into / name);
    }
  }
  TemporaryFolder kept_;
};

history::PendingEdit typing(Laptop& laptop, const Uuid& place, const std::string& text) {
  const auto view = laptop.store->read(place);
  REQUIRE(view.ok());
  return {{place, records::kinds::unlicensed_place, 1, {{1, text}}, view->seen(1)}, Uuid{}, 7};
}

std::size_t operations_of(Laptop& laptop, const Uuid& place) {
  return laptop.store->history(place, 1)->size();
}

void write_sql(const fs::path& file, std::string_view sql) {
  auto connection = sqlite::Connection::open(file, sqlite::OpenMode::read_write);
  REQUIRE(connection.ok());
  const Status done = connection->execute(sql);
  REQUIRE_MESSAGE(done.ok(), done.error().message());
}

}  // namespace

TEST_CASE("killed after the operation was made and before the row was gone, it is not made again") {
  Laptop laptop(1);
  const Uuid place = laptop.enter("东沟");
  REQUIRE(laptop.store->keep_pending(typing(laptop, place, "东沟采坑")).ok());
  laptop.close();
  const PendingCopy before(laptop.folder.path());
  laptop.reopen();
  REQUIRE(laptop.name_of(place) == "东沟采坑");
  laptop.close();
  before.put_back(laptop.folder.path());
  laptop.reopen();
  CHECK(operations_of(laptop, place) == 2);
  CHECK(laptop.store->pending()->empty());
  CHECK(laptop.store->disputes()->empty());
  laptop.check_proof();
}

TEST_CASE("typing that goes on beside its promotion supersedes what was promoted") {
  Laptop laptop(2);
  const Uuid place = laptop.enter("东沟");
  const history::PendingEdit first = typing(laptop, place, "东沟采");
  REQUIRE(laptop.store->keep_pending(first).ok());
  laptop.close();
  const PendingCopy before(laptop.folder.path());
  laptop.reopen();
  laptop.close();
  before.put_back(laptop.folder.path());
  {
    auto file = sqlite::PendingFile::open(laptop.folder.path());
    REQUIRE(file.ok());
    history::PendingEdit second = first;
    second.edit.values[0].value = std::string("东沟采坑");
    REQUIRE((*file)->keep(second).ok());
  }
  laptop.reopen();
  CHECK(laptop.name_of(place) == "东沟采坑");
  CHECK(operations_of(laptop, place) == 3);
  CHECK(laptop.store->disputes()->empty());
  laptop.check_proof();
}

TEST_CASE("a newer text is not removed with the older one that became an operation") {
  Laptop laptop(3);
  const Uuid place = laptop.enter("东沟");
  auto file = sqlite::PendingFile::open(laptop.folder.path());
  REQUIRE(file.ok());
  REQUIRE((*file)->keep(typing(laptop, place, "一")).ok());
  const sqlite::PendingToken older = (*file)->all()->front().token;
  REQUIRE((*file)->keep(typing(laptop, place, "二")).ok());
  REQUIRE((*file)->remove(older).ok());
  REQUIRE((*file)->all()->size() == 1);
  CHECK((*file)->all()->front().pending.edit.values[0].value == records::Value(std::string("二")));
}

TEST_CASE("what a store of version 2 kept itself is taken over, also when that is killed half way") {
  for (const bool is_killed_half_way : {false, true}) {
    CAPTURE(is_killed_half_way);
    Laptop laptop(4);
    const Uuid place = laptop.enter("东沟");
    REQUIRE(laptop.store->keep_pending(typing(laptop, place, "东沟采坑")).ok());
    laptop.close();
    const fs::path folder = laptop.folder.path();
    write_sql(
        folder / "kuangxun.db",
        "ATTACH '" + (folder / "pending.db").string() +
            "' AS typed; CREATE TABLE main.pending (record BLOB NOT NULL, group_number INTEGER NOT NULL, kind "
            "INTEGER NOT NULL, person BLOB NOT NULL, since_ms INTEGER NOT NULL, seen TEXT NOT NULL, content BLOB "
            "NOT NULL, PRIMARY KEY (record, group_number)) WITHOUT ROWID; INSERT INTO main.pending SELECT "
            "record, group_number, kind, person, since_ms, seen, content FROM typed.pending; DROP TABLE promoted; "
            "PRAGMA main.user_version = 2");
    if (!is_killed_half_way) {
      for (const char* name : {"pending.db", "pending.db-wal", "pending.db-shm"}) fs::remove(folder / name);
    }
    laptop.reopen();
    CHECK(laptop.name_of(place) == "东沟采坑");
    CHECK(operations_of(laptop, place) == 2);
    CHECK(laptop.store->pending()->empty());
    CHECK(laptop.store->disputes()->empty());
  }
}

TEST_CASE("a key press is kept while the store's file is locked by whatever is being written there") {
  Laptop laptop(5);
  const Uuid place = laptop.enter("东沟");
  const history::PendingEdit text = typing(laptop, place, "东沟采坑");
  auto other = sqlite::Connection::open(laptop.folder / "kuangxun.db", sqlite::OpenMode::read_write);
  REQUIRE(other.ok());
  REQUIRE(other->execute("BEGIN IMMEDIATE").ok());
  Status kept = Error(ErrorCode::unavailable, "not run");
  std::thread typist([&] { kept = laptop.store->keep_pending(text); });
  typist.join();
  CHECK(kept.ok());
  REQUIRE(other->execute("ROLLBACK").ok());
  CHECK(laptop.store->pending()->size() == 1);
}

TEST_CASE("killed with SIGKILL at any moment, each text that was confirmed is there once, and none is torn") {
  TemporaryFolder folder;
  ManualClock clock;
  SeededRandom random(6);
  const fs::path data = folder / "data";
  REQUIRE(sqlite::LocalStore::create(data, {clock, random}).ok());
  std::size_t confirmed_in_all = 0;
  for (int round = 0; round < 12; ++round) {
    int told[2] = {};
    REQUIRE(::pipe(told) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      SeededRandom own(static_cast<std::uint64_t>(1000 + round));
      auto store = sqlite::LocalStore::open(data, {clock, own});
      for (std::uint8_t number = 0; store.ok() && number < 200; ++number) {
        // Its own record for each text, so that every one of them can be counted.
        Uuid id;
        id.bytes.fill(static_cast<std::uint8_t>(round + 1));
        id.bytes[15] = number;
        const history::Edit edit{id, records::kinds::unlicensed_place, 1, {{1, std::to_string(number)}}, {}};
        if (!(*store)->keep_pending({edit, Uuid{}, number}).ok()) break;
        if (::write(told[1], &number, 1) != 1) break;
        if (number % 3 == 2 && !(*store)->promote_pending().ok()) break;
      }
      ::_exit(0);
    }
    ::close(told[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(5 + 23 * round));
    ::kill(child, SIGKILL);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    std::uint8_t number = 0;
    std::vector<std::uint8_t> confirmed;
    while (::read(told[0], &number, 1) == 1) confirmed.push_back(number);
    ::close(told[0]);
    auto store = sqlite::LocalStore::open(data, {clock, random});
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    CHECK((*store)->pending()->empty());
    for (const std::uint8_t one : confirmed) {
      Uuid id;
      id.bytes.fill(static_cast<std::uint8_t>(round + 1));
      id.bytes[15] = one;
      const auto all = (*store)->history(id, 1);
      REQUIRE_MESSAGE(all.ok(), all.error().message());
      CHECK(all->size() == 1);
      CHECK(all->front().values == std::vector<records::FieldValue>{{1, std::to_string(one)}});
    }
    confirmed_in_all += confirmed.size();
    CHECK((*store)->verify()->ok());
  }
  CHECK(confirmed_in_all > 0);
}

}  // namespace kuangxun::tests
