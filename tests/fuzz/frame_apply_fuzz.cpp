#include <algorithm>
#include <array>

#include "sync/ledger/apply_stored.h"
#include "sync/ledger/county.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/intake.h"
#include "tests/fuzz/property.h"
#include "tests/fuzz/story.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_county/memory_county_store.h"
#include "tests/support/seeded_random.h"

// Frames at the county: whatever believed devices signed is stored and applied, hides what must be hidden, and blocks
// nothing behind it. Input: a byte of choices, then a story (story.h). Signatures of frames are skipped: they are put
// where those stand that were believed. What the county signs itself, and what people signed, is signed and verified by
// the stand-in of tests/simulation/quick_signing.cpp: no input of this target forges a signature.
namespace kuangxun::fuzz {
namespace {

using ledger::County;
using ports::Work;
using tests::CountyContent;
using tests::MemoryCountyStore;

constexpr Edition edition = 0;

class OneKey final : public ports::SecretKeys {
 public:
  Result<SigningKey> find(const PublicKey&) override { return SigningKey::from_seed(Bytes(32, 77)); }
};

// What a county's program has, on a store in memory.
struct Program {
  OneKey secrets;
  tests::ManualClock clock;
  tests::SeededRandom random{1};
  MemoryCountyStore store;
  std::unique_ptr<County> county;

  explicit Program(CountyContent content) : store(std::move(content)) {}
  County::Parts parts() { return {store, secrets, clock, random}; }
  void open() {
    auto opened = County::open(parts());
    must(opened.ok(), "the county opens");
    county = std::move(opened).value();
  }
};

const CountyContent& founded() {
  static const CountyContent content = [] {
    Program program{CountyContent{}};
    const PublicKey key = (*program.secrets.find({})).public_key();
    Uuid id;
    id.bytes.fill(0x77);
    must(ledger::found_county(program.parts(), id, "示例县", {key, {}, {}}).ok(), "a county can be founded");
    return program.store.content();
  }();
  return content;
}

ledger::BelievedFrame believed(const Bytes& bytes) {
  auto frame = frames::parse_frame(bytes);
  must(frame.ok(), "the story's frames have a good form");
  ledger::BelievedFrame believed{std::move(frame).value(), {}, {}, false};
  believed.hash = believed.frame.hash();
  auto operations = frames::decode_operations(believed.frame);
  if (operations.ok()) believed.operations = std::move(operations).value();
  return believed;
}

void take(Program& program, std::span<const StoryFrame> frames) {
  auto transaction = ledger::CountyTransaction::begin(*program.county, Work::store);
  must(transaction.ok(), "a transaction begins");
  ledger::Intake intake(*program.county);
  for (const StoryFrame& frame : frames) must(intake.take(believed(frame.bytes)).ok(), "a frame is taken");
  must(intake.finish().ok() && transaction->commit().ok(), "frames are stored");
}

void apply(Program& program) {
  must(ledger::apply_all(*program.county).ok(), "what is stored is applied");
}

void check_nothing_waits(Program& program) {
  // What was decided while applying stands behind what was applied: one more round, in which nothing more is decided.
  apply(program);
  const auto progress = ledger::apply_stored(*program.county, 1);
  must(progress.ok() && progress->is_done && progress->frames == 0, "nothing is left to be applied");
  for (const auto& [writer, chain] : program.store.content().chains) {
    must(program.county->is_county(writer) || chain.merged_through == chain.stored_through,
         "every chain is merged to its end");
  }
}

void check_late(Program& program) {
  const LateFrame late = late_frame(edition, false);
  take(program, std::array{StoryFrame{0, late.bytes}});
  apply(program);
  const ports::RecordKey record{late.operation.record, late.operation.kind};
  const auto heads = program.store.heads_of({record});
  must(heads.ok() && *heads == std::vector{late.operation}, "a good frame behind them is applied");
  must(program.store.content().rows.contains(record), "and shown");
}

// What is shown of records that laptops write, and what waits: the same in whatever order frames came.
bool is_same(const MemoryCountyStore& one, const MemoryCountyStore& other) {
  const auto told = [](const MemoryCountyStore& store) {
    std::vector<std::pair<ports::RecordKey, std::vector<history::Operation>>> heads;
    for (const auto& [record, cells] : store.content().heads) {
      if (history::is_county_only(record.kind)) continue;
      heads.push_back({record, {}});
      for (const auto& [cell, operation] : cells) heads.back().second.push_back(*operation);
      if (heads.back().second.empty()) heads.pop_back();
    }
    return heads;
  };
  return told(one) == told(other) && one.content().parked.size() == other.content().parked.size();
}

void check(Input input) {
  const std::uint8_t choices = input.byte();
  std::vector<StoryFrame> story = tell_story(input, edition, false);
  Program one(founded());
  one.open();
  // All at once, or frame by frame with everything applied in between.
  const std::size_t step = choices % 2 == 0 ? story.size() : 1;
  for (std::span<const StoryFrame> rest = story; !rest.empty(); rest = rest.subspan(std::min(step, rest.size()))) {
    take(one, rest.first(std::min(step, rest.size())));
    apply(one);
  }
  check_nothing_waits(one);
  check_late(one);
  check_nothing_waits(one);
  if (choices % 8 > 1) return;
  // One laptop after the other, the good one first; all applied at once.
  Program other(founded());
  other.open();
  const std::size_t first = choices / 8 % story_laptops;
  std::ranges::stable_sort(story, {}, [&](const StoryFrame& frame) { return (frame.laptop + first) % story_laptops; });
  check_late(other);
  take(other, story);
  apply(other);
  check_nothing_waits(other);
  must(is_same(one.store, other.store), "the order in which frames come does not matter");
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kuangxun::fuzz::check(kuangxun::fuzz::Input(data, size));
  return 0;
}
