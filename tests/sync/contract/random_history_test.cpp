// Several laptops, any edits, any order of arrival; printed seeds replay exactly.
#include <doctest/doctest.h>

#include <cstdlib>

#include "db/records/kinds.h"
#include "sync/ledger/administration.h"
#include "tests/sync/contract/slow_reference.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr int laptops_count = 4;
constexpr int records_count = 12;
constexpr int steps_count = 160;

struct World {
  explicit World(TestCounty& county_, std::uint64_t seed) : county(county_), random(seed) {
    for (int i = 0; i < laptops_count; ++i) laptops.push_back(county.enrol("示例 " + std::to_string(i)));
    std::vector<const records::KindDescription*> kinds;  // that an officer may write
    for (const records::KindDescription& kind : records::all_kinds()) {
      if (!kind.is_county_only && kind.write_role == records::Role::officer) kinds.push_back(&kind);
    }
    for (int i = 0; i < records_count; ++i) {
      subjects.emplace_back(make_uuid(county.clock(), random), kinds[random.below(kinds.size())]);
    }
    pushed.resize(laptops.size());
  }

  ExampleLaptop& any_laptop() { return laptops[random.below(laptops.size())]; }

  void edit_something() {
    ExampleLaptop& laptop = any_laptop();
    const auto& [record, kind] = subjects[random.below(subjects.size())];
    if (random.chance_percent(8)) {
      laptop.set_voided(record, kind->number, random.chance_percent(70), random.chance_percent(50) ? "示例原因" : "");
      return;
    }
    const records::GroupNumber group = kind->groups[random.below(kind->groups.size())];
    std::vector<records::FieldValue> values;
    for (const auto* field : kind->fields_of(group)) {
      if (random.chance_percent(80)) values.push_back({field->number, example_value(*field, random)});
    }
    laptop.edit(record, kind->number, group, std::move(values));
  }

  void look_at_another() {
    ExampleLaptop& reader = any_laptop();
    const ExampleLaptop& writer = any_laptop();
    const auto& written = writer.written();
    const std::size_t seen = written.empty() ? 0 : random.below(written.size() + 1);
    reader.see({written.begin(), written.begin() + static_cast<std::ptrdiff_t>(seen)});
  }

  // Some of the frames that a laptop has, perhaps some of them again.
  void push_some() {
    const std::size_t index = random.below(laptops.size());
    ExampleLaptop& laptop = laptops[index];
    if (random.chance_percent(60)) laptop.seal();
    if (laptop.frames().empty()) return;
    const std::size_t from = random.chance_percent(30) ? random.below(pushed[index] + 1) : pushed[index];
    const std::size_t to = std::min(laptop.frames().size(), pushed[index] + random.below(3));
    if (to <= from) return;
    const auto& frames = laptop.frames();
    const auto answer = county.push(
        laptop, {frames.begin() + static_cast<std::ptrdiff_t>(from), frames.begin() + static_cast<std::ptrdiff_t>(to)});
    REQUIRE(answer.refusal == wire::PushRefusal::none);
    pushed[index] = std::max(pushed[index], to);
  }

  // The county hides a run of some laptop's operations, or shows what it hid, or revokes the laptop.
  void decide_something() {
    ExampleLaptop& laptop = any_laptop();
    const auto stored = must(county.store().chains({&laptop.writer(), 1})).front().stored_through;
    const auto& decisions = county.county().registry().decisions();
    if (!decisions.empty() && random.chance_percent(50)) {
      must(ledger::release(county.county(), decisions[random.below(decisions.size())].record, "示例"));
    } else if (stored > 0 && random.chance_percent(95)) {
      const std::uint64_t first = 1 + random.below(stored);
      const std::uint64_t last = std::min(stored, first + random.below(8));
      must(ledger::quarantine(county.county(), laptop.writer(), {first, last}, "示例"));
    } else {
      must(ledger::revoke_device(county.county(), laptop.writer(), 1 + random.below(stored + 5), "示例"));
    }
    county.clock().advance_ms(1);
  }

  void run(bool with_decisions) {
    for (int step = 0; step < steps_count; ++step) {
      if (with_decisions && random.chance_percent(6)) decide_something();
      if (random.chance_percent(30)) county.clock().advance_ms(static_cast<std::int64_t>(random.below(5000)));
      const std::uint64_t what = random.below(100);
      if (what < 60) {
        edit_something();
      } else if (what < 75) {
        look_at_another();
      } else {
        push_some();
      }
    }
    // In the end everything arrives, in any order of laptops.
    for (std::size_t i = laptops.size(); i > 0; --i) std::swap(laptops_order[i - 1], laptops_order[random.below(i)]);
    for (const std::size_t index : laptops_order) county.push_all(laptops[index]);
  }

  TestCounty& county;
  SeededRandom random;
  std::vector<ExampleLaptop> laptops;
  std::vector<std::size_t> laptops_order = {0, 1, 2, 3};
  std::vector<std::size_t> pushed;
  std::vector<std::pair<Uuid, const records::KindDescription*>> subjects;
};

std::string dump_of_seed(TestCounty& county, std::uint64_t seed, bool with_decisions = false) {
  INFO("seed ", seed);
  World world(county, seed);
  world.run(with_decisions);
  const std::string dump = county.dump();
  CHECK(first_difference(dump, slow_dump(county.operations(), county.id())) == "");
  CHECK(county.kept().parked == 0);
  CHECK((county.decisions() > 0) == with_decisions);
  for (const ports::Chain& chain : must(county.store().all_chains())) {
    CHECK(chain.applied_through == chain.stored_through);
  }
  return dump;
}

std::uint64_t first_seed() {
  const char* chosen = std::getenv("KUANGXUN_TEST_SEED");
  return chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : 20261;
}

}  // namespace

TEST_CASE("random histories give what the slow reference gives") {
  constexpr std::uint64_t seeds = 12;
  MESSAGE("seeds ", first_seed(), " to ", first_seed() + seeds - 1, "; KUANGXUN_TEST_SEED chooses the first");
  for (std::uint64_t seed = first_seed(); seed < first_seed() + seeds; ++seed) {
    const TemporaryFolder folder;
    dump_of_seed(*county_on_sqlite(folder), seed);
  }
}

TEST_CASE("whatever the county hides, shows again and revokes, the tables are a function of operations and decisions") {
  constexpr std::uint64_t seeds = 12;
  MESSAGE("seeds ", first_seed(), " to ", first_seed() + seeds - 1, "; KUANGXUN_TEST_SEED chooses the first");
  for (std::uint64_t seed = first_seed(); seed < first_seed() + seeds; ++seed) {
    const TemporaryFolder folder;
    dump_of_seed(*county_on_sqlite(folder), seed, true);
  }
}

TEST_CASE("both stores show the same after the same random history") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + 3; ++seed) {
    const TemporaryFolder folder;
    const auto postgres = county_on_postgres();
    if (postgres == nullptr) return;
    CHECK(first_difference(dump_of_seed(*county_on_sqlite(folder), seed, true), dump_of_seed(*postgres, seed, true)) ==
          "");
  }
}
