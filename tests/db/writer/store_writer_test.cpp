// Real threads and a real store.
#include "db/writer/store_writer.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <thread>

#include "db/records/handles/common.h"
#include "db/records/handles/review.h"
#include "db/records/kinds.h"
#include "db/writer/queued_store.h"
#include "tests/support/county_chain/county_chain.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::writer {
namespace {

using sqlite::LocalStore;

std::vector<history::Edit> naming(const Uuid& id, const std::string& name,
                                  std::vector<history::OperationId> seen = {}) {
  return {{id, records::kinds::unlicensed_place, 1, {{1, name}}, std::move(seen)}};
}

Uuid numbered(std::uint32_t number) {
  Uuid id;
  id.bytes.fill(7);
  for (std::size_t i = 0; i < 4; ++i) id.bytes[12 + i] = static_cast<std::uint8_t>(number >> (8 * (3 - i)));
  return id;
}

// Another laptop's day: `count` places, sealed into frames.
struct Elsewhere {
  explicit Elsewhere(std::uint32_t count) {
    auto made = LocalStore::create(folder / "data", {clock, random});
    REQUIRE(made.ok());
    store = std::move(*made);
    for (std::uint32_t from = 0; from < count; from += 100) {
      std::vector<history::Edit> edits;
      for (std::uint32_t i = from; i < std::min(count, from + 100); ++i) {
        edits.push_back(naming(numbered(i), std::to_string(i)).front());
      }
      REQUIRE(store->commit(edits, Uuid{}).ok());
      REQUIRE(store->seal().ok());
    }
    frames.push_back({1, county.introduce(store->own_writer(), store->public_key())});
    const auto own = store->frames_after(store->own_writer(), 0, 1 << 24);
    for (const Bytes& bytes : *own) frames.push_back({frames.size() + 1, bytes});
    for (const auto& frame : frames) mark.frontier.append(sha256(frame.bytes));
  }
  tests::TemporaryFolder folder;
  tests::ManualClock clock;
  tests::SeededRandom random{21};
  tests::CountyChain county{clock, random};
  std::unique_ptr<LocalStore> store;
  std::vector<frames::SequencedFrame> frames;
  frames::CountyMark mark{1, {}};
};

struct Fixture {
  tests::TemporaryFolder folder;
  SystemClock clock;
  tests::SeededRandom random{1};
  std::unique_ptr<StoreWriter> owner;

  LocalStore::World world() { return {clock, random}; }
  Fixture() {
    auto store = LocalStore::create(folder / "data", world());
    REQUIRE(store.ok());
    owner = std::make_unique<StoreWriter>(std::move(*store), clock);
  }
  void reopen() {
    owner.reset();
    auto store = LocalStore::open(folder / "data", world());
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    owner = std::make_unique<StoreWriter>(std::move(*store), clock);
  }
  std::unique_ptr<QueuedStore> hand(Turn turn) {
    auto store = QueuedStore::open(*owner, world(), turn);
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    return std::move(*store);
  }
  Status check_whole() {
    return owner->run(Turn::entry, [](LocalStore& store) -> Status {
      KX_TRY(report, store.verify());
      CHECK_MESSAGE(report.ok(), (report.ok() ? "" : report.problems.front()));
      return {};
    });
  }
};

// Steps that count, and hold the writer until they are let go on.
class SlowWork final : public Work {
 public:
  SlowWork(std::atomic<int>& steps, int total) : steps_(steps), total_(total) {}
  Result<bool> step(LocalStore&, Progress& progress) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    progress.records = static_cast<std::uint64_t>(++steps_);
    return steps_ < total_;
  }

 private:
  std::atomic<int>& steps_;
  int total_;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what one hand commits, another reads at once") {
  const auto window = hand(Turn::entry);
  const auto other = hand(Turn::exchange);
  REQUIRE(window->commit(naming(numbered(1), "东沟"), Uuid{}).ok());
  REQUIRE(other->read(numbered(1)).ok());
  CHECK(other->read(numbered(1))->record.text(records::common::name) == "东沟");
  const auto seen = other->read(numbered(1))->seen(1);
  REQUIRE(other->commit(naming(numbered(1), "东沟采坑", seen), Uuid{}).ok());
  CHECK(window->read(numbered(1))->record.text(records::common::name) == "东沟采坑");
  CHECK(window->history(numbered(1), 1)->size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "many reads together see one moment, whatever is committed meanwhile") {
  const auto window = hand(Turn::entry);
  const auto other = hand(Turn::exchange);
  REQUIRE(window->commit(naming(numbered(1), "一"), Uuid{}).ok());
  const Status read = window->read_together([&]() -> Status {
    KX_TRY(before, window->list(records::kinds::unlicensed_place));
    KX_CHECK(other->commit(naming(numbered(2), "二"), Uuid{}));
    KX_TRY(after, window->list(records::kinds::unlicensed_place));
    CHECK(before.size() == 1);
    CHECK(after.size() == 1);
    return {};
  });
  CHECK(read.ok());
  CHECK(window->list(records::kinds::unlicensed_place)->size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "a page of the county comes in beside entries, whole in the end") {
  Elsewhere elsewhere(3000);
  const auto window = hand(Turn::entry);
  const auto exchange = hand(Turn::exchange);
  REQUIRE(exchange->note_county(elsewhere.county.known()).ok());
  auto pulled = std::async(std::launch::async, [&]() -> Result<frames::ApplyCounts> {
    KX_TRY(counts, exchange->apply_pulled(elsewhere.frames, elsewhere.mark));
    KX_CHECK(exchange->show_pulled());
    return counts;
  });
  for (std::uint32_t i = 0; i < 40; ++i) {
    const Uuid id = numbered(1'000'000 + i);
    REQUIRE(window->commit(naming(id, "我的"), Uuid{}).ok());
    // Seen by who entered it, although the county is still coming.
    REQUIRE(window->read(id).ok());
  }
  const auto counts = pulled.get();
  REQUIRE_MESSAGE(counts.ok(), counts.error().message());
  CHECK(counts->operations == 3000 + 2);  // two groups introduce the laptop
  CHECK(exchange->progress().records == elsewhere.frames.size());
  CHECK(exchange->county_mark()->sequence() == elsewhere.frames.size());
  CHECK(window->list(records::kinds::unlicensed_place)->size() == 3040);
  CHECK(check_whole().ok());
}

TEST_CASE_FIXTURE(Fixture, "a decision about everything and a rebuild are shown beside entries, in short steps") {
  Elsewhere elsewhere(6000);
  const auto window = hand(Turn::entry);
  const auto exchange = hand(Turn::exchange);
  REQUIRE(exchange->note_county(elsewhere.county.known()).ok());
  REQUIRE(exchange->apply_pulled(elsewhere.frames, elsewhere.mark).ok());
  REQUIRE(exchange->show_pulled().ok());
  REQUIRE(window->list(records::kinds::unlicensed_place)->size() == 6000);
  const std::vector<frames::SequencedFrame> decision = {
      {elsewhere.frames.size() + 1, elsewhere.county.decide(elsewhere.store->own_writer(), 1, 5000, true)}};
  auto worked = std::async(std::launch::async, [&]() -> Status {
    KX_TRY(counts, exchange->apply_chain(decision));
    static_cast<void>(counts);
    return owner->post(Turn::bulk, std::make_unique<RebuildWork>())->wait();
  });
  std::uint32_t entered = 0;
  do {
    const Uuid id = numbered(1'000'000 + entered++);
    REQUIRE(window->commit(naming(id, "我的"), Uuid{}).ok());
    // Seen by who entered it, whichever tables are shown.
    CHECK(window->read(id).ok());
  } while (worked.wait_for(std::chrono::milliseconds(2)) != std::future_status::ready);
  const Status done = worked.get();
  REQUIRE_MESSAGE(done.ok(), done.error().message());
  MESSAGE("longest step: " << owner->longest_step_ms() << " ms, entered meanwhile: " << entered);
  CHECK(window->list(records::kinds::unlicensed_place)->size() == 1000 + entered);
  CHECK(check_whole().ok());
}

TEST_CASE_FIXTURE(Fixture, "what a stopped sync or a closed program left unshown is shown without anybody asking") {
  Elsewhere elsewhere(3000);
  auto exchange = hand(Turn::exchange);
  REQUIRE(exchange->note_county(elsewhere.county.known()).ok());
  REQUIRE(exchange->apply_pulled(elsewhere.frames, elsewhere.mark).ok());
  const auto places = [&] { return hand(Turn::entry)->list(records::kinds::unlicensed_place)->size(); };
  REQUIRE(places() == 0);
  SUBCASE("when the hand goes away") {
    exchange->stop();
    exchange.reset();
  }
  SUBCASE("when the program is opened again") {
    exchange.reset();
    reopen();
  }
  // Behind everything that was posted before.
  const auto behind = [&] {
    bool is_behind = true;
    REQUIRE(owner
                ->run(Turn::bulk,
                      [&](LocalStore& store) -> Status {
                        is_behind = store.is_shown_behind();
                        return {};
                      })
                .ok());
    return is_behind;
  };
  while (behind()) std::this_thread::yield();
  CHECK(places() == 3000);
}

TEST_CASE_FIXTURE(Fixture, "a sync that is stopped leaves the store whole, and the next one goes on") {
  Elsewhere elsewhere(3000);
  {
    const auto exchange = hand(Turn::exchange);
    REQUIRE(exchange->note_county(elsewhere.county.known()).ok());
    auto pulled =
        std::async(std::launch::async, [&] { return exchange->apply_pulled(elsewhere.frames, elsewhere.mark); });
    while (exchange->progress().records == 0 &&
           pulled.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    }
    exchange->stop();
    const auto stopped = pulled.get();
    if (!stopped.ok()) {
      CHECK(stopped.error().code() == ErrorCode::refused);
      CHECK(exchange->county_mark()->sequence() == 0);
    }
    CHECK_FALSE(exchange->seal().ok());
  }
  CHECK(check_whole().ok());
  reopen();
  const auto again = hand(Turn::exchange);
  REQUIRE(again->apply_pulled(elsewhere.frames, elsewhere.mark).ok());
  REQUIRE(again->show_pulled().ok());
  CHECK(again->list(records::kinds::unlicensed_place)->size() == 3000);
  CHECK(check_whole().ok());
}

TEST_CASE_FIXTURE(Fixture, "a sync in the background does not take a field out of anybody's hands") {
  const auto window = hand(Turn::entry);
  const auto exchange = hand(Turn::exchange);
  REQUIRE(window->commit(naming(numbered(1), "东沟"), Uuid{}).ok());
  const auto seen = window->read(numbered(1))->seen(1);
  REQUIRE(window->keep_pending({naming(numbered(1), "东沟采", seen).front(), Uuid{}, 1}).ok());
  REQUIRE(exchange->seal().ok());
  CHECK(window->pending()->size() == 1);
  CHECK(window->read(numbered(1))->record.text(records::common::name) == "东沟");
  REQUIRE(window->promote_pending(numbered(1), 1).ok());
  CHECK(window->read(numbered(1))->record.text(records::common::name) == "东沟采");
  CHECK(window->pending()->empty());
  CHECK(window->disputes()->empty());
}

TEST_CASE_FIXTURE(Fixture, "each signs what they entered, however the steps of two people lie") {
  const auto first = hand(Turn::entry);
  const auto second = hand(Turn::entry);
  const Uuid one = make_uuid(clock, random);
  const Uuid two = make_uuid(clock, random);
  first->unlock(one, SigningKey::generate(random));
  second->unlock(two, SigningKey::generate(random));
  const auto review = [](std::uint32_t number) {
    records::Record record(numbered(number), records::kind_of(records::kinds::review));
    record.set_value(records::review::visit, numbered(99));
    return history::edits_for_new(record);
  };
  CHECK(first->commit(review(1), one).ok());
  CHECK(second->commit(review(2), two).ok());
  CHECK_FALSE(first->commit(review(3), two).ok());
  first->lock();
  CHECK_FALSE(first->commit(review(4), one).ok());
  CHECK(second->commit(review(5), two).ok());
}

TEST_CASE_FIXTURE(Fixture, "an import comes in whole rows, beside entries; a stop leaves those that were done") {
  std::vector<std::vector<history::Edit>> rows;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    auto row = naming(numbered(i), "行");
    row.push_back({numbered(i), records::kinds::unlicensed_place, 4, {{4, std::string("说明")}}, {}});
    rows.push_back(std::move(row));
  }
  const auto task = owner->post(Turn::bulk, std::make_unique<CommitWork>(std::move(rows), Actor{}));
  const auto window = hand(Turn::entry);
  while (task->progress().records == 0) std::this_thread::yield();
  REQUIRE(window->commit(naming(numbered(9'000'000), "我的"), Uuid{}).ok());
  task->stop();
  const Status done = task->wait();
  const auto all = window->list(records::kinds::unlicensed_place);
  REQUIRE(all.ok());
  CHECK(all->size() == task->progress().records + 1);
  if (!done.ok()) CHECK(all->size() < 5001);
  for (const records::Record& record : *all) {
    if (record.text(records::common::name) == "行") CHECK(record.text(records::common::description) == "说明");
  }
  CHECK(check_whole().ok());
}

TEST_CASE_FIXTURE(Fixture, "work in steps lets an entry in between two of them") {
  std::atomic<int> steps = 0;
  const auto task = owner->post(Turn::bulk, std::make_unique<SlowWork>(steps, 400));
  while (steps == 0) std::this_thread::yield();
  int at = 0;
  REQUIRE(owner
              ->run(Turn::entry,
                    [&](LocalStore&) -> Status {
                      at = steps;
                      return {};
                    })
              .ok());
  CHECK(at < 400);
  CHECK_FALSE(task->is_over());
  CHECK(task->wait().ok());
  CHECK(steps == 400);
  CHECK(task->progress().records == 400);
}

TEST_CASE_FIXTURE(Fixture, "what is proved while others write is whole, or said to be busy, and never called false") {
  const auto window = hand(Turn::entry);
  for (std::uint32_t i = 0; i < 300; ++i) REQUIRE(window->commit(naming(numbered(i), "我的"), Uuid{}).ok());
  std::atomic<bool> is_over = false;
  std::thread writing([&] {
    for (std::uint32_t i = 300; !is_over; ++i) {
      CHECK(window->commit(naming(numbered(i), "我的"), Uuid{}).ok());
      if (i % 10 == 0) CHECK(window->seal().ok());
      if (i % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  int proved = 0;
  for (int round = 0; round < 20; ++round) {
    auto reader = LocalStore::open_read_only(folder / "data", world());
    REQUIRE(reader.ok());
    const auto report = (*reader)->verify();
    if (report.ok()) {
      ++proved;
      CHECK_MESSAGE(report->ok(), (report->ok() ? "" : report->problems.front()));
    } else {
      CHECK(report.error().code() == ErrorCode::busy);
    }
  }
  is_over = true;
  writing.join();
  MESSAGE("proved beside entries: " << proved << " of 20");
  CHECK(check_whole().ok());
}

TEST_CASE_FIXTURE(Fixture, "when the program closes, whoever waits is told, and nothing hangs") {
  std::atomic<int> steps = 0;
  const auto task = owner->post(Turn::bulk, std::make_unique<SlowWork>(steps, 1'000'000));
  while (steps == 0) std::this_thread::yield();
  owner.reset();
  const Status done = task->wait();
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().code() == ErrorCode::unavailable);
}

TEST_CASE("killed in a pull, an import, a rebuild and typing, nothing that was confirmed is lost") {
  Elsewhere elsewhere(4000);
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    tests::TemporaryFolder folder;
    const auto data = folder / "data";
    int told[2] = {};
    REQUIRE(::pipe(told) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      SystemClock clock;
      tests::SeededRandom random(3);
      auto store = LocalStore::create(data, {clock, random});
      if (!store.ok()) ::_exit(1);
      StoreWriter owner(std::move(*store), clock);
      auto window = QueuedStore::open(owner, {clock, random}, Turn::entry);
      auto exchange = QueuedStore::open(owner, {clock, random}, Turn::exchange);
      if (!window.ok() || !exchange.ok()) ::_exit(1);
      std::thread sync([&] {
        static_cast<void>((*exchange)->note_county(elsewhere.county.known()).ok());
        static_cast<void>((*exchange)->apply_pulled(elsewhere.frames, elsewhere.mark).ok());
        static_cast<void>((*exchange)->show_pulled().ok());
        for (;;) static_cast<void>(owner.post(Turn::bulk, std::make_unique<RebuildWork>())->wait().ok());
      });
      std::vector<std::vector<history::Edit>> rows;
      for (std::uint32_t i = 0; i < 3000; ++i) rows.push_back(naming(numbered(500'000 + i), "行"));
      const auto import = owner.post(Turn::bulk, std::make_unique<CommitWork>(std::move(rows), Actor{}));
      for (std::uint8_t number = 0; number < 250; ++number) {
        const Uuid id = numbered(1'000'000u + number);
        const bool is_typed = number % 2 == 0;
        const Status done = is_typed ? (*window)->keep_pending({naming(id, "打字").front(), Uuid{}, number})
                                     : (*window)->commit(naming(id, "打字"), Uuid{});
        if (!done.ok() || ::write(told[1], &number, 1) != 1) ::_exit(1);
        if (number % 10 == 9) static_cast<void>((*window)->promote_pending().ok());
      }
      sync.join();
      ::_exit(0);
    }
    ::close(told[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + 60 * round));
    ::kill(child, SIGKILL);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    std::uint8_t number = 0;
    std::vector<std::uint8_t> confirmed;
    while (::read(told[0], &number, 1) == 1) confirmed.push_back(number);
    ::close(told[0]);
    if (confirmed.empty()) continue;  // killed before the store was made
    SystemClock clock;
    tests::SeededRandom random(4);
    auto store = LocalStore::open(data, {clock, random});
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    for (const std::uint8_t one : confirmed) {
      const auto all = (*store)->history(numbered(1'000'000u + one), 1);
      REQUIRE_MESSAGE(all.ok(), all.error().message());
      CHECK(all->size() == 1);
    }
    CHECK((*store)->disputes()->empty());
    const auto report = (*store)->verify();
    REQUIRE(report.ok());
    CHECK_MESSAGE(report->ok(), (report->ok() ? "" : report->problems.front()));
    // The pull goes on where it was cut, however early that was.
    REQUIRE((*store)->note_county(elsewhere.county.known()).ok());
    REQUIRE((*store)->apply_pulled(elsewhere.frames, elsewhere.mark).ok());
    REQUIRE((*store)->show_pulled().ok());
    const auto places = (*store)->list(records::kinds::unlicensed_place);
    CHECK(places->size() >= 4000 + confirmed.size());
  }
}

}  // namespace kuangxun::writer
