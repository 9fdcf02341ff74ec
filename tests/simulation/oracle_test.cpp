// The oracle can fail: worlds in which a laptop's program lies about one small thing.
#include <doctest/doctest.h>

#include <functional>

#include "tests/simulation/failure.h"
#include "tests/simulation/memory_laptop.h"
#include "tests/simulation/world.h"

using namespace kuangxun;
using namespace kuangxun::simulation;

namespace {

// What the program says, changed before anybody hears it.
struct Lie {
  std::function<void(Projection&)> shown = [](Projection&) {};
  std::function<void(std::vector<history::Operation>&)> kept = [](std::vector<history::Operation>&) {};
};

class LyingProgram final : public LaptopProgram {
 public:
  LyingProgram(std::unique_ptr<LaptopProgram> honest, const Lie& lie) : honest_(std::move(honest)), lie_(lie) {}
  history::RecordStore& records() override { return honest_->records(); }
  frames::FrameStore& frames() override { return honest_->frames(); }
  bool has_key() override { return honest_->has_key(); }
  Result<frames::NextEpoch> adopt_new_key(std::uint32_t not_before) override {
    return honest_->adopt_new_key(not_before);
  }
  Result<SigningKey> prepared_key() override { return honest_->prepared_key(); }
  Result<std::uint64_t> first_unsealed() override { return honest_->first_unsealed(); }
  std::vector<history::Operation> own_after(std::uint64_t sequence, std::span<const history::Edit> edits) override {
    std::vector<history::Operation> kept = honest_->own_after(sequence, edits);
    lie_.kept(kept);
    return kept;
  }
  Projection projection() override {
    Projection shown = honest_->projection();
    lie_.shown(shown);
    return shown;
  }
  std::vector<history::Operation> everything() override { return honest_->everything(); }

 private:
  std::unique_ptr<LaptopProgram> honest_;
  const Lie& lie_;
};

class LyingDisk final : public LaptopDisk {
 public:
  LyingDisk(std::unique_ptr<LaptopDisk> honest, const Lie& lie) : honest_(std::move(honest)), lie_(lie) {}
  std::unique_ptr<LaptopProgram> start(const LaptopParts& parts) override {
    return std::make_unique<LyingProgram>(honest_->start(parts), lie_);
  }
  std::unique_ptr<LaptopDisk> copy() const override { return std::make_unique<LyingDisk>(honest_->copy(), lie_); }
  void lose_key() override { honest_->lose_key(); }

 private:
  std::unique_ptr<LaptopDisk> honest_;
  const Lie& lie_;
};

// A small world in which nothing else goes wrong. "" or what the oracle said.
std::string verdict_on(const Lie& lie) {
  Plan plan;
  plan.seed = 7;
  plan.laptops = 3;
  plan.days = 12;
  Stores stores = memory_stores(false);
  stores.new_laptop = [&](const LaptopParts& parts, tests::FrameShelf& shelf) -> std::unique_ptr<LaptopDisk> {
    return std::make_unique<LyingDisk>(memory_laptop(parts, shelf, false), lie);
  };
  World world(plan, stores, Trace());
  try {
    world.run();
  } catch (const Failure& failure) {
    return failure.what();
  }
  return {};
}

}  // namespace

TEST_CASE("an honest world is let pass") {
  CHECK(verdict_on({}) == "");
}

TEST_CASE("an operation that was confirmed and is nowhere is found") {
  Lie lie;
  lie.kept = [](std::vector<history::Operation>& kept) {
    if (kept.empty()) return;
    history::Operation invented = kept.back();
    invented.time.wall_ms += 1;
    kept.push_back(invented);
  };
  CHECK(verdict_on(lie).find("lost: ") == 0);
}

TEST_CASE("a group that is not shown is found") {
  Lie lie;
  lie.shown = [](Projection& shown) {
    if (!shown.empty()) shown.erase(shown.begin());
  };
  CHECK(verdict_on(lie).find("shows something else") != std::string::npos);
}

TEST_CASE("a value that was changed is found") {
  Lie lie;
  lie.shown = [](Projection& shown) {
    for (auto& [name, cell] : shown) {
      for (auto& [id, values] : cell.heads) {
        if (values.empty()) continue;
        values.front().value = std::string("changed");
        return;
      }
    }
  };
  CHECK(verdict_on(lie).find("shows something else") != std::string::npos);
}

TEST_CASE("a dispute that is not shown, and one that is none, are found") {
  bool was_disputed = false;
  Lie lie;
  lie.shown = [&](Projection& shown) {
    for (auto& [name, cell] : shown) {
      was_disputed = was_disputed || cell.is_disputed;
      cell.is_disputed = false;
    }
  };
  CHECK(verdict_on(lie).find("shows something else") != std::string::npos);
  CHECK(was_disputed);
  lie.shown = [](Projection& shown) {
    if (!shown.empty()) shown.begin()->second.is_disputed = !shown.begin()->second.is_disputed;
  };
  CHECK(verdict_on(lie).find("shows something else") != std::string::npos);
}
