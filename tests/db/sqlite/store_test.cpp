#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>

#include "db/base/limits.h"
#include "db/records/choices/mining_method.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "db/registers/genesis.h"
#include "db/sqlite/connection/connection.h"
#include "db/sqlite/local_store.h"
#include "tests/support/county_chain/county_chain.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/where.h"

namespace kuangxun::sqlite {
namespace {

const std::filesystem::path registers_folder = std::filesystem::path(source_folder()) / "assets/registers";

struct Fixture {
  tests::TemporaryFolder folder;
  tests::ManualClock clock;
  tests::SeededRandom random{7};
  LocalStore::World world() { return {clock, random}; }

  std::unique_ptr<LocalStore> create() {
    auto store = LocalStore::create(folder.path(), world());
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    return std::move(*store);
  }
  std::unique_ptr<LocalStore> open() {
    auto store = LocalStore::open(folder.path(), world());
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    return std::move(*store);
  }
  records::Record place(std::string name) {
    records::Record record(make_uuid(clock, random), records::kind_of(records::kinds::unlicensed_place));
    record.set_value(records::common::name, std::move(name));
    return record;
  }
};

Status enter(LocalStore& store, const records::Record& record) {
  return store.commit(history::edits_for_new(record), Uuid{});
}

void write_sql(const std::filesystem::path& folder, std::string_view sql) {
  auto connection = Connection::open(folder / "kuangxun.db", OpenMode::read_write);
  REQUIRE(connection.ok());
  REQUIRE(connection->execute(sql).ok());
}

// No file of this process grows past the limit: what a full disk does, without filling one.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a record that was entered is there after the program ends") {
  const records::Record entered = place("东沟采坑");
  {
    const auto store = create();
    REQUIRE(enter(*store, entered).ok());
  }
  const auto store = open();
  const auto view = store->read(entered.id());
  REQUIRE(view.ok());
  CHECK(view->record == entered);
  CHECK(view->sync_state == history::SyncState::on_laptop);
}

TEST_CASE_FIXTURE(Fixture, "two laptops with the county's registers have 16 mining rights, not 32") {
  const auto genesis = registers::build_genesis_frame(registers_folder);
  REQUIRE_MESSAGE(genesis.ok(), genesis.error().message());
  const auto store = create();
  REQUIRE(store->adopt_registers(*genesis).ok());
  REQUIRE(store->adopt_registers(*genesis).ok());
  const auto counts = store->apply_pulled({{1, genesis->bytes}}, {});
  REQUIRE(counts.ok());
  CHECK(counts->duplicates == 1);
  CHECK(counts->quarantined == 0);
  CHECK(store->list(records::kinds::mining_right)->size() == 16);
  CHECK(store->list(records::kinds::exploration_right)->size() == 13);
  CHECK(store->list(records::kinds::restoration_project)->size() == 6);
  CHECK(store->list(records::kinds::minimum_scale)->size() == 12);
  CHECK(store->verify()->ok());
  const records::Record mine = store->list(records::kinds::mining_right)->front();
  CHECK(store->sync_state(mine.id()).value() == history::SyncState::registers);
  const history::Edit edit{mine.id(), mine.kind().number, 8, {{8, records::mining_method::underground}}, {}};
  REQUIRE(store->commit(std::vector{edit}, Uuid{}).ok());
  CHECK(store->sync_state(mine.id()).value() == history::SyncState::on_laptop);

  Fixture other;
  const auto second = other.create();
  REQUIRE(second->adopt_registers(*genesis).ok());
  CHECK(second->list(records::kinds::mining_right)->front().id() ==
        store->list(records::kinds::mining_right)->front().id());
}

TEST_CASE_FIXTURE(Fixture, "registers other than the pinned ones are refused") {
  const auto store = create();
  auto genesis = registers::build_genesis_frame(registers_folder);
  REQUIRE(genesis.ok());
  genesis->bytes.back() ^= 1;
  const Status refused = store->adopt_registers(*genesis);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::refused);
  CHECK(store->list(records::kinds::mining_right)->empty());
}

TEST_CASE_FIXTURE(Fixture, "what was being typed when the program was killed becomes an operation at the next start") {
  const records::Record entered = place("西沟");
  {
    const auto store = create();
    REQUIRE(enter(*store, entered).ok());
    const auto view = store->read(entered.id());
    history::PendingEdit typing;
    typing.edit = {entered.id(), entered.kind().number, 4, {{4, std::string("塌陷，长约")}}, view->seen(4)};
    typing.since_ms = clock.now_ms();
    REQUIRE(store->keep_pending(typing).ok());
    typing.edit.values[0].value = std::string("塌陷，长约 20 米");
    REQUIRE(store->keep_pending(typing).ok());
    CHECK(store->pending()->size() == 1);
    CHECK_FALSE(store->read(entered.id())->record.has(records::common::description));
  }
  const auto store = open();
  CHECK(store->pending()->empty());
  CHECK(store->read(entered.id())->record.text(records::common::description) == "塌陷，长约 20 米");
  CHECK(store->history(entered.id(), 4)->size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a data folder that another process holds is busy, and readers still read") {
  const auto store = create();
  REQUIRE(enter(*store, place("甲")).ok());
  const auto second = LocalStore::open(folder.path(), world());
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().code() == ErrorCode::busy);
  const auto reader = LocalStore::open_read_only(folder.path(), world());
  REQUIRE_MESSAGE(reader.ok(), reader.error().message());
  CHECK((*reader)->list(records::kinds::unlicensed_place)->size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "what is read together is one look, whatever another program writes meanwhile") {
  const auto store = create();
  REQUIRE(enter(*store, place("甲")).ok());
  const auto reader = LocalStore::open_read_only(folder.path(), world());
  REQUIRE_MESSAGE(reader.ok(), reader.error().message());
  const auto places = [&] { return (*reader)->list(records::kinds::unlicensed_place)->size(); };
  const Status looked = (*reader)->read_together([&]() -> Status {
    CHECK(places() == 1);
    CHECK(enter(*store, place("乙")).ok());
    CHECK(places() == 1);
    // Within the same look.
    return (*reader)->read_together([&]() -> Status {
      CHECK(places() == 1);
      return {};
    });
  });
  CHECK(looked.ok());
  CHECK(places() == 2);
  // What goes wrong in it is told, and the next look works.
  const Status failed = (*reader)->read_together([] { return Status(Error(ErrorCode::not_found, "没有")); });
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().code() == ErrorCode::not_found);
  CHECK((*reader)->read_together([&] { return (*reader)->read(Uuid{}).ok() ? Status() : Status(); }).ok());
  REQUIRE(enter(*store, place("丙")).ok());
  CHECK(places() == 3);
}

TEST_CASE_FIXTURE(Fixture, "a folder from a newer program is left as it is") {
  { const auto store = create(); }
  write_sql(folder.path(), "PRAGMA user_version = 99");
  for (const bool writes : {true, false}) {
    const auto opened =
        writes ? LocalStore::open(folder.path(), world()) : LocalStore::open_read_only(folder.path(), world());
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code() == ErrorCode::newer_version);
  }
}

TEST_CASE_FIXTURE(Fixture, "a full disk loses the edit being made, says so, and nothing before it") {
  const auto store = create();
  const records::Record first = place("甲");
  REQUIRE(enter(*store, first).ok());
  std::vector<history::Edit> many;
  for (int i = 0; i < 10; ++i) {
    records::Record large = place("乙" + std::to_string(i));
    large.set_value(records::common::description, std::string(60'000, 'x'));
    for (history::Edit& edit : history::edits_for_new(large)) many.push_back(std::move(edit));
  }
  Status full;
  {
    const FileSizeLimit limit(200'000);
    full = store->commit(many, Uuid{});
  }
  REQUIRE_FALSE(full.ok());
  CHECK(full.error().code() == ErrorCode::unavailable);
  CHECK(store->list(records::kinds::unlicensed_place)->size() == 1);
  REQUIRE(store->commit(many, Uuid{}).ok());
  CHECK(store->list(records::kinds::unlicensed_place)->size() == 11);
  REQUIRE(store->seal().ok());
  CHECK(store->verify()->ok());
}

TEST_CASE_FIXTURE(Fixture,
                  "verify sees a value that was changed behind the program's back, rebuild puts the signed one back") {
  const records::Record entered = place("真名");
  {
    const auto store = create();
    REQUIRE(enter(*store, entered).ok());
    REQUIRE(store->seal().ok());
  }
  write_sql(folder.path(), "UPDATE unlicensed_place SET name = '假名'");
  {
    const auto store = open();
    CHECK(store->read(entered.id())->record.text(records::common::name) == "假名");
    const auto report = store->verify();
    REQUIRE(report.ok());
    CHECK_FALSE(report->ok());
    REQUIRE(store->rebuild().ok());
    CHECK(store->read(entered.id())->record.text(records::common::name) == "真名");
    CHECK(store->verify()->ok());
  }
  write_sql(folder.path(), "UPDATE operation SET wall_ms = wall_ms + 1");
  CHECK_FALSE(open()->verify()->ok());
}

TEST_CASE_FIXTURE(Fixture, "the key is a file that only its owner reads") {
  const auto store = create();
  struct stat facts {};
  REQUIRE(::stat((folder / "device-1.key").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE_FIXTURE(Fixture, "an edit that does not fit its field never enters the log") {
  const auto store = create();
  const records::Record entered = place("甲");
  REQUIRE(enter(*store, entered).ok());
  const history::Edit wrong_type{entered.id(), entered.kind().number, 1, {{1, std::int64_t{3}}}, {}};
  const history::Edit wrong_group{entered.id(), entered.kind().number, 1, {{4, std::string("x")}}, {}};
  for (const history::Edit& edit : {wrong_type, wrong_group}) {
    CHECK_FALSE(store->commit(std::vector{edit}, Uuid{}).ok());
  }
  CHECK(store->counts()->operations == 1);
}

TEST_CASE_FIXTURE(Fixture, "an operation that no frame could carry is refused before it is kept") {
  const auto store = create();
  const records::Record entered = place("甲");
  REQUIRE(enter(*store, entered).ok());
  history::Edit edit{entered.id(),
                     entered.kind().number,
                     records::existence_group,
                     history::existence_values(true, std::string(limits::value_bytes_max + 1, 'x')),
                     {}};
  CHECK_FALSE(store->commit(std::vector{edit}, Uuid{}).ok());
  CHECK(store->counts()->operations == 1);
  REQUIRE(store->seal().ok());
  CHECK(store->verify()->ok());
}

TEST_CASE_FIXTURE(Fixture, "a frame whose bytes were changed on the way is kept aside and shown nowhere") {
  Fixture other;
  const auto author = other.create();
  REQUIRE(enter(*author, other.place("远方")).ok());
  REQUIRE(author->seal().ok());
  auto frames = author->frames_after(author->own_writer(), 0, 1 << 20);
  REQUIRE(frames.ok());
  const auto store = create();
  tests::CountyChain county(clock, random);
  REQUIRE(store->note_county(county.known()).ok());
  Bytes broken = frames->front();
  broken.back() ^= 0x40;
  frames::CountyMark after{1, {}};
  for (int i = 0; i < 3; ++i) after.frontier.append(Hash{});
  const auto counts = store->apply_pulled(
      {{1, county.introduce(author->own_writer(), author->public_key())}, {2, broken}, {3, frames->front()}}, after);
  REQUIRE(counts.ok());
  CHECK(counts->quarantined == 1);
  CHECK(counts->frames == 2);
  CHECK(store->list(records::kinds::unlicensed_place)->size() == 1);
  CHECK(store->county_mark().value() == after);
}

TEST_CASE_FIXTURE(Fixture, "a folder from a trial version is refused with a clear word, and left as it is") {
  { const auto store = create(); }
  write_sql(folder.path(), "PRAGMA user_version = 1");
  for (const bool writes : {true, false}) {
    const auto opened =
        writes ? LocalStore::open(folder.path(), world()) : LocalStore::open_read_only(folder.path(), world());
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code() == ErrorCode::refused);
    CHECK(opened.error().message().find("试用版") != std::string::npos);
  }
}

}  // namespace kuangxun::sqlite
