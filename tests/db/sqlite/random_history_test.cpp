#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "tests/support/county_chain/county_chain.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

// Several laptops edit the same few records without seeing each other; their frames reach everybody in some order. What
// each store shows is compared with a slow, obviously right reference: the set of all operations ever made.
namespace kuangxun::sqlite {
namespace {

using history::Operation;
using history::OperationId;
using records::GroupNumber;
using records::Value;

struct Laptop {
  tests::TemporaryFolder folder;
  tests::ManualClock clock;
  std::unique_ptr<tests::SeededRandom> random;
  std::unique_ptr<LocalStore> store;
};

// Everything that was ever done, and the rules of the merge written down as plainly as possible.
class Reference {
 public:
  void add(const Operation& operation) { operations_[operation.id] = operation; }

  using Cell = std::tuple<Uuid, records::KindNumber, GroupNumber>;
  struct Range {
    history::WriterId writer;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    auto operator<=>(const Range&) const = default;
  };
  void hide(const Range& range) { hidden_.insert(range); }

  bool is_hidden(const OperationId& id) const {
    return std::ranges::any_of(hidden_, [&](const Range& range) {
      return range.writer == id.writer && range.first <= id.sequence && id.sequence <= range.last;
    });
  }

  std::map<Cell, std::set<OperationId>> heads() const {
    std::map<Cell, std::set<OperationId>> heads;
    for (const auto& [id, operation] : operations_) {
      bool superseded = is_hidden(id);
      for (const auto& [other_id, other] : operations_) {
        if (cell_of(other) != cell_of(operation) || is_hidden(other_id)) continue;
        superseded = superseded || std::ranges::find(other.bases, id) != other.bases.end();
      }
      if (!superseded) heads[cell_of(operation)].insert(id);
    }
    return heads;
  }

  std::set<Cell> disputes() const {
    const auto all = heads();
    std::set<Cell> disputed;
    for (const auto& [cell, ids] : all) {
      for (const OperationId& id : ids) {
        if (operations_.at(id).values != operations_.at(*ids.begin()).values) disputed.insert(cell);
      }
      // A void names what it saw; an edit that no standing void saw is a dispute.
      std::set<OperationId> seen;
      bool is_voided = false;
      for (const OperationId& id : ids) {
        if (!operations_.at(id).is_void()) continue;
        is_voided = true;
        seen.insert(operations_.at(id).bases.begin(), operations_.at(id).bases.end());
      }
      for (const auto& [other_cell, other_ids] : all) {
        if (!is_voided || std::get<0>(other_cell) != std::get<0>(cell)) continue;
        if (std::get<2>(other_cell) == records::existence_group) continue;
        for (const OperationId& other : other_ids) {
          if (!seen.contains(other)) disputed.insert(cell);
        }
      }
    }
    return disputed;
  }

  const std::map<OperationId, Operation>& operations() const { return operations_; }

 private:
  static Cell cell_of(const Operation& operation) { return {operation.record, operation.kind, operation.group}; }
  std::map<OperationId, Operation> operations_;
  std::set<Range> hidden_;
};

class World {
 public:
  World(std::uint64_t seed, std::size_t laptop_count, bool is_shown_beside = false)
      : random_(seed), county_chain_(clock_, random_), is_shown_beside_(is_shown_beside) {
    for (std::size_t i = 0; i < laptop_count; ++i) {
      auto laptop = std::make_unique<Laptop>();
      laptop->random = std::make_unique<tests::SeededRandom>(seed * 1000 + i);
      auto store = LocalStore::create(laptop->folder.path(), {laptop->clock, *laptop->random});
      REQUIRE_MESSAGE(store.ok(), store.error().message());
      laptop->store = std::move(*store);
      laptops_.push_back(std::move(laptop));
    }
    for (auto& laptop : laptops_) {
      REQUIRE(laptop->store->note_county(county_chain_.known()).ok());
      county_.push_back(county_chain_.introduce(laptop->store->own_writer(), laptop->store->public_key()));
    }
    for (std::size_t i = 0; i < 4; ++i) records_.push_back(make_uuid(laptops_[0]->clock, random_));
  }

  void step() {
    Laptop& laptop = *laptops_[random_.below(laptops_.size())];
    laptop.clock.advance_ms(static_cast<std::int64_t>(random_.below(5000)));
    if (random_.chance_percent(3))
      laptop.clock.set_wall_ms(static_cast<std::int64_t>(random_.below(4'000'000'000'000)));
    if (random_.chance_percent(6)) decide();
    const std::uint64_t what = random_.below(10);
    if (what < 7) edit(laptop);
    if (what == 7) change_existence(laptop);
    if (what == 8) exchange(laptop, false);
    if (what == 9) exchange(laptop, true);
  }

  void settle() {
    // What is entered in the middle of an exchange goes with the next.
    is_shown_beside_ = false;
    for (int round = 0; round < 2; ++round) {
      for (auto& laptop : laptops_) exchange(*laptop, false);
    }
  }

  Reference reference() {
    Reference reference;
    for (const Bytes& bytes : county_) {
      const auto frame = frames::parse_frame(bytes);
      REQUIRE(frame.ok());
      const auto operations = frames::decode_operations(*frame);
      REQUIRE(operations.ok());
      if (frame->header.writer == county_chain_.writer()) continue;
      for (const Operation& operation : *operations) reference.add(operation);
    }
    for (const auto& [range, is_hidden] : decisions_) {
      if (is_hidden) reference.hide(range);
    }
    return reference;
  }

  std::vector<std::unique_ptr<Laptop>>& laptops() { return laptops_; }
  std::uint64_t edits() const { return edits_; }

 private:
  void edit(Laptop& laptop) {
    const Uuid record = records_[random_.below(records_.size())];
    const records::KindDescription& kind = records::kind_of(records::kinds::unlicensed_place);
    const records::FieldDescription& field = kind.fields[random_.below(2) == 0 ? 0 : 2];
    const auto view = laptop.store->read(record);
    history::Edit change{record, kind.number, field.group, {}, {}};
    if (view.ok()) change.seen = view->seen(field.group);
    const std::int64_t choice = static_cast<std::int64_t>(random_.below(3));
    const Value value =
        field.type == records::FieldType::decimal ? Value(choice) : Value("名称" + std::to_string(choice));
    change.values.push_back({field.number, value});
    REQUIRE(laptop.store->commit(std::vector{change}, Uuid{}).ok());
    ++edits_;
  }

  // The county hides some operations of somebody, whether they are there already or not, or shows them again.
  void decide() {
    const auto writer = laptops_[random_.below(laptops_.size())]->store->own_writer();
    if (!decisions_.empty() && random_.chance_percent(50)) {
      auto known = std::next(decisions_.begin(), static_cast<std::ptrdiff_t>(random_.below(decisions_.size())));
      const Reference::Range& range = known->first;
      if (range.last == limits::sequence_max) return;  // a revocation stays
      known->second = !known->second;
      county_.push_back(county_chain_.decide(range.writer, range.first, range.last, known->second));
      return;
    }
    const std::uint64_t first = 1 + random_.below(20);
    if (random_.chance_percent(15) && !revoked_.contains(writer)) {
      revoked_.insert(writer);
      county_.push_back(county_chain_.revoke(writer, first));
      decisions_[{writer, first, limits::sequence_max}] = true;
      return;
    }
    const std::uint64_t last = first + random_.below(4);
    county_.push_back(county_chain_.decide(writer, first, last, true));
    decisions_[{writer, first, last}] = true;
  }

  void change_existence(Laptop& laptop) {
    const Uuid record = records_[random_.below(records_.size())];
    const auto view = laptop.store->read(record);
    if (!view.ok()) return;
    const bool voids = !view->record.is_voided();
    history::Edit change{record, records::kinds::unlicensed_place, records::existence_group,
                         history::existence_values(voids, "误录"),
                         voids ? view->seen_all() : view->seen(records::existence_group)};
    REQUIRE(laptop.store->commit(std::vector{change}, Uuid{}).ok());
    ++edits_;
  }

  // In parts, and shown in steps, between which the person goes on entering.
  void take_beside(Laptop& laptop, const std::vector<frames::SequencedFrame>& all) {
    for (const frames::SequencedFrame& one : all) {
      const auto counts = laptop.store->apply_part({one});
      REQUIRE_MESSAGE(counts.ok(), counts.error().message());
      if (random_.chance_percent(50)) continue;
      if (random_.chance_percent(20)) enter_own(laptop);
      REQUIRE(laptop.store->show_some().ok());
    }
    for (bool has_more = true; has_more;) {
      if (random_.chance_percent(10)) enter_own(laptop);
      const auto more = laptop.store->show_some();
      REQUIRE_MESSAGE(more.ok(), more.error().message());
      has_more = *more;
    }
    CHECK_FALSE(laptop.store->is_shown_behind());
    if (!random_.chance_percent(20)) return;
    std::string shown;
    std::string at_once;
    const auto into = [](std::string& text) {
      return [&](std::string_view line) { text += std::string(line) + "\n"; };
    };
    REQUIRE(laptop.store->seal().ok());
    REQUIRE(laptop.store->dump(into(shown)).ok());
    REQUIRE(laptop.store->rebuild().ok());
    REQUIRE(laptop.store->dump(into(at_once)).ok());
    CHECK(shown == at_once);
  }
  // Without a look before, which would show everything at once.
  void enter_own(Laptop& laptop) {
    const history::Edit change{records_[random_.below(records_.size())],
                               records::kinds::unlicensed_place,
                               1,
                               {{1, std::string("边录入")}},
                               {}};
    REQUIRE(laptop.store->commit(std::vector{change}, Uuid{}).ok());
    ++edits_;
  }

  // Hands over what is new, then takes everything the county has: in its order, or in any order.
  void exchange(Laptop& laptop, bool shuffled) {
    REQUIRE(laptop.store->seal().ok());
    const std::uint64_t stored = handed_over_[laptop.store->own_writer()];
    const auto own = laptop.store->frames_after(laptop.store->own_writer(), stored, 1 << 20);
    REQUIRE(own.ok());
    for (const Bytes& bytes : *own) {
      const auto frame = frames::parse_frame(bytes);
      REQUIRE(frame.ok());
      handed_over_[laptop.store->own_writer()] = frame->header.last_sequence();
      county_.push_back(bytes);
    }
    std::vector<frames::SequencedFrame> all;
    for (std::size_t i = 0; i < county_.size(); ++i) all.push_back({i + 1, county_[i]});
    if (shuffled) {
      for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random_.below(i)]);
      // A piece of it only: what was cut off comes another time, and what needs it waits.
      all.resize(random_.below(all.size() + 1));
    }
    if (is_shown_beside_) return take_beside(laptop, all);
    const auto counts = laptop.store->apply_pulled(all, {});
    REQUIRE_MESSAGE(counts.ok(), counts.error().message());
  }

  tests::SeededRandom random_;
  tests::ManualClock clock_;
  tests::CountyChain county_chain_;
  bool is_shown_beside_;
  std::vector<std::unique_ptr<Laptop>> laptops_;
  std::vector<Uuid> records_;
  std::vector<Bytes> county_;
  std::map<history::WriterId, std::uint64_t> handed_over_;
  std::map<Reference::Range, bool> decisions_;
  std::set<history::WriterId> revoked_;
  std::uint64_t edits_ = 0;
};

std::string full_dump(LocalStore& store) {
  std::string text;
  const Status done = store.dump([&](std::string_view line) { text += std::string(line) + "\n"; });
  REQUIRE_MESSAGE(done.ok(), done.error().message());
  return text;
}

void check_against(const Reference& reference, LocalStore& store) {
  const auto heads = reference.heads();
  for (const auto& [cell, ids] : heads) {
    const auto view = store.read(std::get<0>(cell));
    REQUIRE_MESSAGE(view.ok(), view.error().message());
    const auto found = view->heads.find(std::get<2>(cell));
    REQUIRE(found != view->heads.end());
    std::set<OperationId> shown;
    for (const history::Head& head : found->second) {
      shown.insert(head.id);
      CHECK(head.values == reference.operations().at(head.id).values);
    }
    CHECK(shown == ids);
  }
  const auto disputes = store.disputes();
  REQUIRE(disputes.ok());
  std::set<Reference::Cell> shown;
  for (const history::Dispute& dispute : *disputes) shown.insert({dispute.record, dispute.kind, dispute.group});
  CHECK(shown == reference.disputes());
}

}  // namespace

TEST_CASE("laptops that edit apart and sync in any order, while the county hides and shows, end with the same tables") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    // The second half: shown in tables beside, in steps.
    World world(seed, 2 + seed % 3, seed > 25);
    for (int i = 0; i < 60; ++i) world.step();
    world.settle();
    const Reference reference = world.reference();
    CHECK(reference.operations().size() == world.edits());
    for (auto& laptop : world.laptops()) CHECK(laptop->store->counts()->quarantined == 0);
    const std::string first = full_dump(*world.laptops()[0]->store);
    for (auto& laptop : world.laptops()) {
      CHECK(full_dump(*laptop->store) == first);
      check_against(reference, *laptop->store);
      const auto report = laptop->store->verify();
      REQUIRE(report.ok());
      CHECK_MESSAGE(report->ok(), (report->ok() ? "" : report->problems.front()));
    }
  }
}

TEST_CASE("rebuild gives an equal dump by both paths, also with operations that wait for their base") {
  for (std::uint64_t seed = 101; seed <= 112; ++seed) {
    CAPTURE(seed);
    World world(seed, 3);
    for (int i = 0; i < 50; ++i) world.step();
    for (auto& laptop : world.laptops()) {
      REQUIRE(laptop->store->seal().ok());
      const std::string before = full_dump(*laptop->store);
      REQUIRE(laptop->store->rebuild(LocalStore::RebuildPath::bulk).ok());
      CHECK(full_dump(*laptop->store) == before);
      REQUIRE(laptop->store->rebuild(LocalStore::RebuildPath::incremental).ok());
      CHECK(full_dump(*laptop->store) == before);
    }
  }
}

}  // namespace kuangxun::sqlite
