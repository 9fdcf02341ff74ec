#include <algorithm>

#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "db/writer/queued_store.h"
#include "tests/simulation/failure.h"
#include "tests/simulation/sqlite_stores.h"
#include "tests/simulation/striking_laptop.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::simulation {
namespace {

using sqlite::LocalStore;

// As the real program has it: one thread owns the store, the person and the sync have a hand each. A call returns when
// its steps are done, so that a seed replays exactly.
class Program final : public LaptopProgram {
 public:
  Program(std::unique_ptr<LocalStore> store, const LaptopParts& parts)
      : owner_(std::move(store), parts.clock),
        store_(hand(parts, writer::Turn::entry)),
        exchange_(hand(parts, writer::Turn::exchange)),
        striking_(*store_, *exchange_, &parts.strike) {}

  history::RecordStore& records() override { return striking_; }
  frames::FrameStore& frames() override { return striking_; }
  bool has_key() override { return exchange_->has_key(); }
  Result<frames::NextEpoch> adopt_new_key(std::uint32_t not_before) override {
    return striking_.prepare_epoch(not_before);
  }
  Result<SigningKey> prepared_key() override { return exchange_->prepared_key(); }
  Result<std::uint64_t> first_unsealed() override { return store_->first_unsealed(); }
  std::vector<history::Operation> own_after(std::uint64_t sequence, std::span<const history::Edit> edits) override {
    std::map<history::OperationId, history::Operation> found;
    for (const history::Edit& edit : edits) {
      const auto history = store_->history(edit.record, edit.group);
      if (!history.ok()) continue;  // no such record yet
      for (const history::Operation& operation : *history) {
        const bool is_own = operation.id.writer == store_->own_writer() && operation.id.sequence > sequence;
        if (is_own) found.emplace(operation.id, operation);
      }
    }
    std::vector<history::Operation> own;
    for (const auto& [id, operation] : found) own.push_back(operation);
    return own;
  }
  Projection projection() override {
    Projection projection;
    for (const records::KindDescription& kind : records::all_kinds()) {
      const auto all = store_->list(kind.number);
      demand_ok(all, "listing records");
      for (const records::Record& record : *all) {
        const auto view = store_->read(record.id());
        demand_ok(view, "reading a record");
        for (const auto& [group, heads] : view->heads) {
          ShownCell& cell = projection[{kind.number, record.id(), group}];
          for (const history::Head& head : heads) cell.heads.emplace(head.id, head.values);
        }
        for (const records::GroupNumber group : view->disputed) {
          projection[{kind.number, record.id(), group}].is_disputed = true;
        }
      }
    }
    return projection;
  }
  // What frames say, and what of the shown records is not in a frame yet.
  std::vector<history::Operation> everything() override {
    std::map<history::OperationId, history::Operation> found;
    const auto chains = store_->chains();
    demand_ok(chains, "reading chains");
    for (const frames::ChainHead& chain : *chains) {
      std::uint64_t after = 0;
      for (;;) {
        const auto some = store_->frames_after(chain.writer, after, std::size_t{1} << 20);
        demand_ok(some, "reading frames");
        if (some->empty()) break;
        for (const Bytes& bytes : *some) {
          const auto frame = frames::parse_frame(bytes);
          demand_ok(frame, "a kept frame");
          after = frame->header.last_sequence();
          const auto operations = frames::decode_operations(*frame);
          if (!operations.ok()) continue;  // of a program that writes nonsense
          for (const history::Operation& operation : *operations) found.emplace(operation.id, operation);
        }
      }
    }
    for (const auto& [name, cell] : projection()) {
      const auto history = store_->history(name.record, name.group);
      demand_ok(history, "reading a history");
      for (const history::Operation& operation : *history) found.emplace(operation.id, operation);
    }
    std::vector<history::Operation> all;
    for (const auto& [id, operation] : found) all.push_back(operation);
    return all;
  }

 private:
  std::unique_ptr<writer::QueuedStore> hand(const LaptopParts& parts, writer::Turn turn) {
    auto opened = writer::QueuedStore::open(owner_, {parts.clock, parts.random}, turn);
    demand_ok(opened, "opening a hand on a laptop's store");
    return std::move(*opened);
  }

  writer::StoreWriter owner_;
  std::unique_ptr<writer::QueuedStore> store_;
  std::unique_ptr<writer::QueuedStore> exchange_;
  StrikingLaptop striking_;
};

class Disk final : public LaptopDisk {
 public:
  explicit Disk(std::filesystem::path of) { std::filesystem::copy(of, data(), recursive); }
  explicit Disk(const LaptopParts& parts) {
    demand_ok(LocalStore::create(data(), {parts.clock, parts.random}), "making a laptop");
  }
  std::unique_ptr<LaptopProgram> start(const LaptopParts& parts) override {
    auto store = LocalStore::open(data(), {parts.clock, parts.random});
    demand_ok(store, "opening a laptop");
    return std::make_unique<Program>(std::move(*store), parts);
  }
  std::unique_ptr<LaptopDisk> copy() const override { return std::make_unique<Disk>(data()); }
  void lose_key() override {
    std::filesystem::path newest;
    for (const auto& entry : std::filesystem::directory_iterator(data())) {
      if (entry.path().extension() == ".key") newest = std::max(newest, entry.path());
    }
    std::filesystem::remove(newest);
  }

 private:
  static constexpr auto recursive = std::filesystem::copy_options::recursive;
  std::filesystem::path data() const { return folder_.path() / "data"; }
  tests::TemporaryFolder folder_;
};

}  // namespace

std::unique_ptr<LaptopDisk> sqlite_laptop(const LaptopParts& parts) {
  return std::make_unique<Disk>(parts);
}

Stores sqlite_stores() {
  return {[](const LaptopParts& parts, tests::FrameShelf&) { return sqlite_laptop(parts); },
          [] { return sqlite_county(); }};
}

}  // namespace kuangxun::simulation
