// Every write and every flush of a laptop's day fails once, at each place in turn: nothing that was confirmed is lost,
// nothing half is seen. That takes minutes, so that without KUANGXUN_EVERY_STEP (packaging/prove/disk.sh sets it) every
// seventh place fails, from another one each time.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <random>

#include "tests/db/sqlite/failing_disk.h"
#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {
namespace {

using sqlite::LocalStore;

// What the other laptop and the county give; made once.
struct Elsewhere {
  Elsewhere() {
    for (const char* name : {"远一", "远二", "远三"}) {
      places.push_back(other.enter(name));
      other.seal();
    }
    introduction = county.introduce(other.writer(), other.store->public_key());
    decision = county.decide(other.writer(), 2, 2, true);
    frames = other.frames_of(other.writer());
  }
  ManualClock clock;
  SeededRandom random{5};
  CountyChain county{clock, random};
  Laptop other{12};
  std::vector<Uuid> places;
  Bytes introduction;
  Bytes decision;
  std::vector<Bytes> frames;
};

struct Act {
  std::string name;
  std::function<Status(LocalStore&)> run;
  // Whether its effect is there, whatever was done after it.
  std::function<bool(LocalStore&)> is_done;
  // Part of one exchange with the county, which ends at its first failure.
  bool is_exchange = false;
};

class Day {
 public:
  explicit Day(const Elsewhere& elsewhere) : elsewhere_(elsewhere) {
    add_records();
    add_exchange();
    add_rebuild();
    add_epoch();
  }
  const std::vector<Act>& acts() const { return acts_; }

 private:
  static bool has_name(LocalStore& store, const Uuid& place, const std::string& name) {
    const auto all = store.history(place, 1);
    return all.ok() && std::ranges::any_of(*all, [&](const history::Operation& operation) {
             return operation.values == std::vector<records::FieldValue>{{1, name}};
           });
  }
  static Status name_place(LocalStore& store, const Uuid& place, const std::string& name) {
    const auto view = store.read(place);
    const history::Edit edit{place,
                             records::kinds::unlicensed_place,
                             1,
                             {{1, name}},
                             view.ok() ? view->seen(1) : std::vector<history::OperationId>{}};
    return store.commit(std::vector{edit}, Uuid{});
  }
  void add_name(const Uuid& place, const std::string& name) {
    acts_.push_back({"name " + name, [=](LocalStore& store) { return name_place(store, place, name); },
                     [=](LocalStore& store) { return has_name(store, place, name); }});
  }
  void add_seal() {
    acts_.push_back({"seal", [](LocalStore& store) { return store.seal(); }, [](LocalStore&) { return true; }});
  }
  void add_pull(const std::string& name, std::vector<Bytes> frames, std::uint64_t after, const Uuid& shown) {
    const auto run = [frames = std::move(frames), after](LocalStore& store) -> Status {
      std::vector<frames::SequencedFrame> sequenced;
      for (const Bytes& bytes : frames) sequenced.push_back({after - frames.size() + sequenced.size() + 1, bytes});
      frames::CountyMark mark{1, {}};
      while (mark.sequence() < after) mark.frontier.append(Hash{});
      const auto counts = store.apply_pulled(sequenced, mark);
      return counts.ok() ? Status() : Status(counts.error());
    };
    acts_.push_back({name, run,
                     [=](LocalStore& store) {
                       const bool is_there = shown.is_nil() || store.read(shown).ok();
                       return is_there && store.county_mark()->sequence() >= after;
                     },
                     true});
  }

  void add_records() {
    const Uuid first = fixed_uuid("甲");
    add_name(first, "甲");
    add_seal();
    add_name(first, "甲改");
    acts_.push_back(
        {"type",
         [=](LocalStore& store) -> Status {
           KX_TRY(view, store.read(first));
           return store.keep_pending(
               {{first, records::kinds::unlicensed_place, 1, {{1, std::string("输入中")}}, view.seen(1)}, Uuid{}, 1});
         },
         [=](LocalStore& store) { return has_name(store, first, "输入中"); }});
  }

  void add_exchange() {
    acts_.push_back({"county", [this](LocalStore& store) { return store.note_county(elsewhere_.county.known()); },
                     [](LocalStore& store) { return !store.known_county()->county.is_nil(); }, true});
    add_pull("pull out of order", {elsewhere_.frames[1], elsewhere_.frames[2]}, 2, {});
    add_pull("pull the rest", {elsewhere_.introduction, elsewhere_.frames[0]}, 4, elsewhere_.places[2]);
    acts_.push_back({"progress",
                     [](LocalStore& store) {
                       return store.note_progress({store.own_writer(), 1, 1, {1, 2, 3}});
                     },
                     [](LocalStore& store) {
                       // Kept under the epoch it was about.
                       return store.own_writer().epoch > 1 || store.own_progress()->receipt == Bytes{1, 2, 3};
                     }});
    acts_.push_back({"checkpoint",
                     [](LocalStore& store) {
                       return store.note_checkpoint({4, 5});
                     },
                     [](LocalStore& store) {
                       return store.newest_checkpoint().value() == Bytes{4, 5};
                     }});
    add_pull("decision", {elsewhere_.decision}, 5, elsewhere_.places[0]);
    acts_.push_back({"decision holds", [](LocalStore&) { return Status(); },
                     [this](LocalStore& store) {
                       return store.county_mark()->sequence() < 5 || !store.read(elsewhere_.places[1]).ok();
                     }});
  }

  // What rewrites the tables beside people who go on: in steps, each of which may fail.
  void add_rebuild() {
    acts_.push_back({"rebuild in steps",
                     [](LocalStore& store) -> Status {
                       KX_CHECK(store.seal());
                       std::int64_t done = 0;
                       for (bool has_more = true; has_more;) {
                         KX_TRY(more, store.renew_some(done));
                         has_more = more;
                       }
                       for (bool has_more = true; has_more;) {
                         KX_TRY(more, store.show_some());
                         has_more = more;
                       }
                       return {};
                     },
                     [](LocalStore& store) { return !store.is_shown_behind(); }});
  }

  void add_epoch() {
    add_seal();
    add_name(fixed_uuid("乙"), "乙");
    acts_.push_back({"new epoch",
                     [](LocalStore& store) -> Status {
                       KX_TRY(next, store.prepare_epoch(0));
                       return store.enter_epoch(next, 2);
                     },
                     [](LocalStore& store) { return store.own_writer().epoch >= 2; }});
    add_name(fixed_uuid("乙"), "乙改");
    add_seal();
  }

  const Elsewhere& elsewhere_;
  std::vector<Act> acts_;
};

// One day with a disk that fails at one place. Returns false when the day ended before the disk failed.
bool live_through(const Day& day, FailingDisk& disk, std::uint64_t step, bool for_ever) {
  TemporaryFolder folder;
  ManualClock clock;
  SeededRandom random(9);
  const std::filesystem::path data = folder / "data";
  std::vector<const Act*> confirmed;
  disk.fail_at(step, for_ever);
  {
    auto store = LocalStore::create(data, {clock, random});
    bool is_exchange_over = false;
    for (const Act& act : day.acts()) {
      if (!store.ok()) break;
      if (act.is_exchange && is_exchange_over) continue;
      const bool is_confirmed = act.run(**store).ok();
      if (is_confirmed) confirmed.push_back(&act);
      is_exchange_over = is_exchange_over || (act.is_exchange && !is_confirmed);
    }
  }
  const bool has_failed = disk.has_failed();
  std::error_code ignored;
  // It may fail again while the program starts anew.
  for (std::uint64_t again = 1; step % 16 == 0 && std::filesystem::exists(data / "kuangxun.db", ignored); ++again) {
    disk.fail_at(again, false);
    static_cast<void>(LocalStore::open(data, {clock, random}).ok());
    if (!disk.has_failed()) break;
  }
  disk.fail_at(0, false);
  auto reopened = std::filesystem::exists(data / "kuangxun.db", ignored) ? LocalStore::open(data, {clock, random})
                                                                         : LocalStore::create(data, {clock, random});
  REQUIRE_MESSAGE(reopened.ok(), reopened.error().message());
  LocalStore& store = **reopened;
  for (const Act* act : confirmed) CHECK_MESSAGE(act->is_done(store), act->name);
  const auto report = store.verify();
  REQUIRE_MESSAGE(report.ok(), report.error().message());
  CHECK_MESSAGE(report->ok(), (report->ok() ? "" : report->problems.front()));
  REQUIRE(store.seal().ok());
  const Hash before = store.dump_hash().value();
  REQUIRE(store.rebuild().ok());
  CHECK(store.dump_hash().value() == before);
  if (step % 4 != 0) return has_failed;
  // And it goes on: what was not confirmed can be done again.
  for (const Act& act : day.acts()) {
    if (act.name == "new epoch" && act.is_done(store)) continue;
    if (act.name == "progress" && act.is_done(store)) continue;
    const Status done = act.run(store);
    REQUIRE_MESSAGE(done.ok(), act.name << ": " << done.error().message());
  }
  for (const Act& act : day.acts()) {
    if (act.name != "type") CHECK_MESSAGE(act.is_done(store), act.name);
  }
  return has_failed;
}

}  // namespace

TEST_CASE("a disk that fails at any one step loses nothing that was confirmed, and shows nothing half") {
  const Elsewhere elsewhere;
  const Day day(elsewhere);
  FailingDisk disk;
  const bool every_step = std::getenv("KUANGXUN_EVERY_STEP") != nullptr;
  for (const bool for_ever : {false, true}) {
    CAPTURE(for_ever);
    // A disk that goes on failing meets less of the program; every fifth place is enough of it.
    const std::uint64_t stride = (every_step ? 1 : 7) * (for_ever ? 5 : 1);
    std::uint64_t step = every_step ? 1 : 1 + std::random_device()() % stride;
    for (;; step += stride) {
      CAPTURE(step);
      if (!live_through(day, disk, step, for_ever)) break;
    }
    CHECK(step > 100);
    MESSAGE("steps of the disk: " << step - 1 << ", of which one in " << stride << " failed in turn");
  }
}

TEST_CASE("every confirmed change was flushed to the disk first") {
  FailingDisk disk;
  TemporaryFolder folder;
  ManualClock clock;
  SeededRandom random(9);
  const auto store = LocalStore::create(folder / "data", {clock, random});
  REQUIRE(store.ok());
  for (int i = 0; i < 3; ++i) {
    disk.fail_at(0, false);
    const history::Edit edit{
        make_uuid(clock, random), records::kinds::unlicensed_place, 1, {{1, std::string("甲")}}, {}};
    REQUIRE((*store)->commit(std::vector{edit}, Uuid{}).ok());
    CHECK(disk.flushes() >= 1);
  }
}

}  // namespace kuangxun::tests
