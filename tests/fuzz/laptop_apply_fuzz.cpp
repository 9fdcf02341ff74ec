#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "db/sqlite/local_store.h"
#include "tests/fuzz/property.h"
#include "tests/fuzz/story.h"
#include "tests/support/county_chain/county_chain.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

// Frames at a laptop: whatever enrolled devices signed, the laptop keeps it, shows what comes behind it, and holds the
// same in whatever order it came. Input: a byte of choices, then a story (story.h). The stores are real files. Every
// frame is signed and verified, by the stand-in of tests/simulation/quick_signing.cpp: no input of this target forges a
// signature, it only says what enrolled devices sign.
namespace kuangxun::fuzz {
namespace {

namespace fs = std::filesystem;
using frames::SequencedFrame;
using sqlite::LocalStore;

// Whom the laptop knows: the writers of so many editions of a story.
constexpr Edition editions_of_one_store = 256;

class Laptop {
 public:
  explicit Laptop(std::unique_ptr<LocalStore> store) : store_(std::move(store)) {}

  LocalStore& store() { return *store_; }

  // Every frame has a place in the county's sequence, in this order.
  frames::ApplyCounts apply(std::vector<SequencedFrame> frames) {
    auto mark = store_->county_mark();
    must(mark.ok(), "the place in the county's sequence is known");
    mark->incarnation = 1;
    for (SequencedFrame& frame : frames) {
      mark->frontier.append(sha256(frame.bytes));
      frame.county_sequence = mark->sequence();
    }
    const auto counts = store_->apply_pulled(frames, *mark);
    must(counts.ok(), "whatever comes is applied or set aside, never an error");
    return *counts;
  }

 private:
  std::unique_ptr<LocalStore> store_;
};

// Making a store and introducing its writers costs far more than a story: it is done once, and copies of those files
// are opened. A copy stays open for as many inputs as it knows editions; each input has one of its own, so that it
// finds nothing of those before it.
class World {
 public:
  World() {
    tests::CountyChain county(clock_, random_);
    std::vector<SequencedFrame> introductions;
    for (Edition edition = 1; edition <= editions_of_one_store; ++edition) {
      for (std::size_t laptop = 0; laptop < story_laptops; ++laptop) {
        introductions.push_back({0, county.introduce(story_writer(laptop, edition), story_key(laptop).public_key())});
      }
      introductions.push_back({0, county.introduce(late_writer(edition), late_key().public_key())});
    }
    for (const char* name : {"one", "other"}) {
      auto store = LocalStore::create(folder_ / name, {clock_, random_});
      must(store.ok() && (*store)->note_county(county.known()).ok(), "a laptop can be set up");
      Laptop laptop(std::move(store).value());
      must(laptop.apply(introductions).frames == introductions.size(), "devices can be introduced");
    }
  }

  // A new edition, and both laptops know its writers.
  Edition next() {
    if (edition_ % editions_of_one_store == 0) {
      edition_ = 0;
      open_copy(one_, "one");
      open_copy(other_, "other");
    }
    return ++edition_;
  }
  Laptop& one() { return *one_; }
  Laptop& other() { return *other_; }

 private:
  void open_copy(std::optional<Laptop>& laptop, const std::string& name) {
    laptop.reset();
    const fs::path copy = folder_.path() / (name + " copy");
    fs::remove_all(copy);
    fs::copy(folder_.path() / name, copy, fs::copy_options::recursive);
    auto store = LocalStore::open(copy, {clock_, random_});
    must(store.ok(), "a copy can be opened");
    laptop.emplace(std::move(store).value());
  }

  tests::TemporaryFolder folder_;
  tests::ManualClock clock_;
  tests::SeededRandom random_{7};
  Edition edition_ = 0;
  std::optional<Laptop> one_;
  std::optional<Laptop> other_;
};

std::vector<SequencedFrame> pulled(const std::vector<StoryFrame>& story) {
  std::vector<SequencedFrame> frames;
  for (const StoryFrame& frame : story) frames.push_back({0, frame.bytes});
  return frames;
}

void check_late(Laptop& laptop, Edition edition) {
  const LateFrame late = late_frame(edition, true);
  const auto counts = laptop.apply({{0, late.bytes}});
  must(counts.frames == 1 && counts.operations == 1 && counts.quarantined == 0, "a good frame behind them is applied");
  const auto view = laptop.store().read(late.operation.record);
  must(view.ok() && view->heads.size() == 1 && view->disputed.empty(), "and shown");
}

// Which operations a record's cells show.
std::vector<history::OperationId> shown_of(LocalStore& store, const Uuid& record) {
  std::vector<history::OperationId> shown;
  const auto view = store.read(record);
  if (!view.ok()) return shown;
  for (const auto& [group, heads] : view->heads) {
    for (const history::Head& head : heads) shown.push_back(head.id);
  }
  return shown;
}

void check(Input input) {
  static World world;
  const std::uint8_t choices = input.byte();
  const Edition edition = world.next();
  auto frames = pulled(tell_story(input, edition, true));
  const auto counts = world.one().apply(frames);
  must(counts.frames == frames.size(), "every frame continues its chain and is kept");
  must(world.one().apply(frames).duplicates == frames.size(), "what comes again changes nothing");
  check_late(world.one(), edition);
  if (choices % 4 != 0) return;
  check_late(world.other(), edition);
  const std::size_t turn = frames.empty() ? 0 : choices / 4 % frames.size();
  std::ranges::rotate(frames, frames.begin() + static_cast<std::ptrdiff_t>(turn));
  if (choices >= 128) std::ranges::reverse(frames);
  for (const SequencedFrame& frame : frames) world.other().apply({frame});
  for (std::size_t record = 0; record < story_records; ++record) {
    const Uuid id = story_record(record, edition);
    must(shown_of(world.one().store(), id) == shown_of(world.other().store(), id),
         "the order in which frames come does not matter");
  }
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kuangxun::fuzz::check(kuangxun::fuzz::Input(data, size));
  return 0;
}
