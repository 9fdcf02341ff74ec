#include "tests/simulation/memory_laptop.h"

#include <cassert>

#include "tests/simulation/striking_laptop.h"

namespace kuangxun::simulation {
namespace {

using tests::LaptopState;
using tests::MemoryLaptopStore;

class MemoryDisk final : public LaptopDisk {
 public:
  MemoryDisk(LaptopState state, tests::FrameShelf& shelf, bool strikes_between_calls)
      : state_(std::move(state)), shelf_(shelf), strikes_between_calls_(strikes_between_calls) {}

  std::unique_ptr<LaptopProgram> start(const LaptopParts& parts) override;
  std::unique_ptr<LaptopDisk> copy() const override {
    assert(!is_running_);
    return std::make_unique<MemoryDisk>(state_, shelf_, strikes_between_calls_);
  }
  void lose_key() override { state_.key.reset(); }

 private:
  class Program;
  LaptopState state_;
  tests::FrameShelf& shelf_;
  bool strikes_between_calls_;
  bool is_running_ = false;
};

class MemoryDisk::Program final : public LaptopProgram {
 public:
  Program(MemoryDisk& disk, const LaptopParts& parts)
      : disk_(disk),
        store_({parts.clock, parts.random, disk.shelf_, disk.strikes_between_calls_ ? nullptr : &parts.strike},
               std::move(disk.state_)),
        striking_(store_, store_, disk.strikes_between_calls_ ? &parts.strike : nullptr) {
    disk_.is_running_ = true;
  }
  ~Program() override {
    disk_.state_ = store_.take_state();
    disk_.is_running_ = false;
  }
  // As the real store does when it is opened.
  void begin() {
    const Status promoted = store_.promote_pending();
    static_cast<void>(promoted);  // a full disk: it stays pending
  }

  history::RecordStore& records() override { return striking_; }
  frames::FrameStore& frames() override { return striking_; }
  bool has_key() override { return store_.has_key(); }
  Result<frames::NextEpoch> adopt_new_key(std::uint32_t not_before) override {
    return striking_.prepare_epoch(not_before);
  }
  Result<SigningKey> prepared_key() override { return store_.prepared_key(); }
  Result<std::uint64_t> first_unsealed() override { return store_.first_unsealed(); }
  std::vector<history::Operation> own_after(std::uint64_t sequence, std::span<const history::Edit> edits) override {
    static_cast<void>(edits);
    std::vector<history::Operation> found;
    const auto& operations = store_.state().operations;
    const history::WriterId own = store_.own_writer();
    for (auto one = operations.lower_bound({own, sequence + 1}); one != operations.end() && one->first.writer == own;
         ++one) {
      found.push_back(*one->second);
    }
    return found;
  }
  Projection projection() override {
    Projection projection;
    for (const auto& [name, view] : store_.views()) {
      for (const auto& [group, heads] : view.heads) {
        ShownCell& cell = projection[{name.first, name.second, group}];
        for (const history::Head& head : heads) cell.heads.emplace(head.id, head.values);
      }
      for (const records::GroupNumber group : view.disputed) {
        projection[{name.first, name.second, group}].is_disputed = true;
      }
    }
    return projection;
  }
  std::vector<history::Operation> everything() override {
    std::vector<history::Operation> all;
    for (const auto& [id, operation] : store_.state().operations) all.push_back(*operation);
    return all;
  }

 private:
  MemoryDisk& disk_;
  MemoryLaptopStore store_;
  StrikingLaptop striking_;
};

std::unique_ptr<LaptopProgram> MemoryDisk::start(const LaptopParts& parts) {
  assert(!is_running_);
  auto program = std::make_unique<Program>(*this, parts);
  program->begin();
  return program;
}

}  // namespace

std::unique_ptr<LaptopDisk> memory_laptop(const LaptopParts& parts, tests::FrameShelf& shelf,
                                          bool strikes_between_calls) {
  return std::make_unique<MemoryDisk>(MemoryLaptopStore::new_state(parts.clock, parts.random), shelf,
                                      strikes_between_calls);
}

}  // namespace kuangxun::simulation
