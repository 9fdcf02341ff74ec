// The county reads as a laptop that has synced all of it: every reading of every record of every kind, on both stores.
#include <cstdlib>

#include "db/records/handles/mining_right.h"
#include "db/records/kinds.h"
#include "db/registers/genesis.h"
#include "sync/ledger/administration.h"
#include "tests/support/where.h"
#include "tests/sync/reader/whole_laptop.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using history::RecordReader;

namespace {

void check_same(const std::vector<history::Dispute>& one, const std::vector<history::Dispute>& other) {
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].record == other[i].record);
    CHECK(one[i].kind == other[i].kind);
    CHECK(one[i].group == other[i].group);
    CHECK(one[i].heads == other[i].heads);
    CHECK(one[i].unseen_edits == other[i].unseen_edits);
  }
}

void check_same_record(RecordReader& laptop, RecordReader& county, const records::Record& record) {
  INFO(record.kind().name, " ", record.id().text());
  const history::RecordView here = must(laptop.read(record.id()));
  const history::RecordView there = must(county.read(record.id()));
  CHECK(here.record == there.record);
  CHECK(here.heads == there.heads);
  CHECK(here.disputed == there.disputed);
  CHECK(here.sync_state == there.sync_state);
  CHECK(must(county.sync_state(record.id())) == here.sync_state);
  std::vector<records::GroupNumber> groups = record.kind().groups;
  groups.push_back(records::existence_group);
  groups.push_back(900);
  for (const records::GroupNumber group : groups) {
    CHECK(must(laptop.history(record.id(), group)) == must(county.history(record.id(), group)));
  }
}

// By every field for which a reader promises to look, every value that occurs, and none.
void check_same_searches(RecordReader& laptop, RecordReader& county, const records::KindDescription& kind,
                         const std::vector<records::Record>& all) {
  using records::FieldType;
  for (const records::FieldDescription& field : kind.fields) {
    if (field.type != FieldType::reference && field.type != FieldType::enumeration && field.type != FieldType::text) {
      continue;
    }
    std::set<std::string> asked;
    std::vector<records::Value> values = {records::Value()};
    for (const records::Record& record : all) {
      const records::Value& value = record.value(field);
      if (asked.insert(records::format_value(field, value)).second && asked.size() < 6) values.push_back(value);
    }
    for (const records::Value& value : values) {
      INFO(kind.name, ".", field.name, " = ", records::format_value(field, value));
      CHECK(must(laptop.list_where(kind.number, field.name, value)) ==
            must(county.list_where(kind.number, field.name, value)));
      CHECK(must(laptop.count_standing(kind.number, field.name, value)) ==
            must(county.count_standing(kind.number, field.name, value)));
    }
  }
}

void check_same_readings(RecordReader& laptop, RecordReader& county) {
  std::size_t records = 0;
  for (const records::KindDescription& kind : records::all_kinds()) {
    INFO(kind.name);
    const auto here = must(laptop.list(kind.number));
    REQUIRE(here == must(county.list(kind.number)));
    for (const records::Record& record : here) check_same_record(laptop, county, record);
    check_same_searches(laptop, county, kind, here);
    records += here.size();
  }
  CHECK(records > 0);
  check_same(must(laptop.disputes()), must(county.disputes()));
  CHECK(must(laptop.hidden_operations(100'000)) == must(county.hidden_operations(100'000)));
  CHECK(must(laptop.hidden_operations(3)) == must(county.hidden_operations(3)));
}

// Several laptops that know little of each other, and a county that decides.
struct Histories {
  Histories(TestCounty& county_, std::uint64_t seed) : county(county_), random(seed) {
    for (int i = 0; i < 3; ++i) laptops.push_back(county.enrol("示例 " + std::to_string(i)));
  }

  // A record of every kind that somebody enters, with a value in every field; an officer may not write all of them.
  void enter_every_kind() {
    for (const records::KindDescription& kind : records::all_kinds()) {
      if (kind.is_county_only) continue;
      const records::Record record = example_record(kind, county.clock(), random);
      laptops.front().enter(record);
      subjects.emplace_back(record.id(), &kind);
    }
  }

  void edit_something() {
    ExampleLaptop& laptop = laptops[random.below(laptops.size())];
    const auto& [record, kind] = subjects[random.below(subjects.size())];
    if (random.chance_percent(10)) {
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

  void decide_something() {
    const ExampleLaptop& laptop = laptops[random.below(laptops.size())];
    const auto stored = must(county.store().chains({&laptop.writer(), 1})).front().stored_through;
    if (stored == 0) return;
    const std::uint64_t first = 1 + random.below(stored);
    must(ledger::quarantine(county.county(), laptop.writer(), {first, std::min(stored, first + random.below(9))},
                            "示例"));
    county.clock().advance_ms(1);
    const auto& decisions = county.county().registry().decisions();
    if (random.chance_percent(30)) {
      must(ledger::release(county.county(), decisions[random.below(decisions.size())].record, "示例"));
    }
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      county.clock().advance_ms(static_cast<std::int64_t>(random.below(5000)));
      const std::uint64_t what = random.below(100);
      if (what < 70) {
        edit_something();
      } else if (what < 82) {
        const auto& written = laptops[random.below(laptops.size())].written();
        laptops[random.below(laptops.size())].see(written);
      } else if (what < 95) {
        county.push_all(laptops[random.below(laptops.size())]);
      } else {
        decide_something();
      }
    }
    for (ExampleLaptop& laptop : laptops) county.push_all(laptop);
  }

  TestCounty& county;
  SeededRandom random;
  std::vector<ExampleLaptop> laptops;
  std::vector<std::pair<Uuid, const records::KindDescription*>> subjects;
};

void load_registers(TestCounty& county, sqlite::LocalStore& laptop) {
  const auto genesis = must(registers::build_genesis_frame(source_folder() + "/assets/registers"));
  must(ledger::load_genesis(county.county(), genesis));
  county.apply_all();
  must(laptop.adopt_registers(genesis));
}

std::uint64_t first_seed() {
  const char* chosen = std::getenv("KUANGXUN_TEST_SEED");
  return chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : 2026;
}

void check_random_history(TestCounty& county, std::uint64_t seed, int steps) {
  INFO("seed ", seed);
  WholeLaptop laptop(county);
  Histories histories(county, seed);
  histories.enter_every_kind();
  histories.run(steps);
  laptop.pull();
  CHECK_FALSE(must(laptop.store().hidden_operations(1)).empty());
  check_same_readings(laptop.store(), *reader_of(county));
}

}  // namespace

TEST_CASE(
    "registers, a record of every kind, disputes, voids and what is hidden: the county reads what a laptop reads") {
  on_every_database([](TestCounty& county) {
    WholeLaptop laptop(county);
    load_registers(county, laptop.store());
    laptop.enrol();
    laptop.pull();
    // What the laptop itself changed in the registers, and entered.
    const records::Record mine = must(laptop.store().list(records::kinds::mining_right)).front();
    const history::RecordView seen = must(laptop.store().read(mine.id()));
    const records::FieldDescription& name = *mine.kind().find_field(records::mining_right::name);
    must(laptop.store().commit(
        std::vector{history::Edit{
            mine.id(), mine.kind().number, name.group, {{name.number, "改名的矿"}}, seen.seen(name.group)}},
        Uuid{{9}}));
    const records::Record visit =
        example_record(records::kind_of(records::kinds::visit), county.clock(), county.random());
    must(laptop.store().commit(history::edits_for_new(visit), Uuid{{9}}));
    laptop.push();

    Histories histories(county, first_seed());
    histories.enter_every_kind();
    histories.subjects.emplace_back(mine.id(), &mine.kind());
    histories.run(150);
    laptop.pull();
    REQUIRE_FALSE(must(laptop.store().disputes()).empty());
    REQUIRE_FALSE(must(laptop.store().hidden_operations(1)).empty());
    const auto reader = reader_of(county);
    check_same_readings(laptop.store(), *reader);
    CHECK(must(reader->sync_state(visit.id())) == history::SyncState::applied);
    CHECK(must(reader->sync_state(must(reader->list(records::kinds::citation)).front().id())) ==
          history::SyncState::registers);
  });
}

TEST_CASE("whatever people write and the county decides, both read the same") {
  constexpr std::uint64_t seeds = 4;
  MESSAGE("seeds ", first_seed(), " to ", first_seed() + seeds - 1, "; KUANGXUN_TEST_SEED chooses the first");
  for (std::uint64_t seed = first_seed(); seed < first_seed() + seeds; ++seed) {
    const TemporaryFolder folder;
    check_random_history(*county_on_sqlite(folder), seed, 250);
  }
  if (const auto postgres = county_on_postgres()) check_random_history(*postgres, first_seed() + seeds, 250);
}

TEST_CASE("what an older program's tables do not hold is found all the same") {
  on_every_database([](TestCounty& county) {
    WholeLaptop laptop(county);
    Histories histories(county, 5);
    histories.enter_every_kind();
    histories.run(60);
    laptop.pull();
    // Kinds and fields that came later: a table and a column without a value, and one that is not there at all.
    auto& database = county.sql().database();
    for (const char* change :
         {"DELETE FROM finding", "UPDATE gps_point SET visit = NULL", "UPDATE visit SET place = NULL",
          "DROP TABLE green_listing", "ALTER TABLE photo DROP COLUMN taken_by"}) {
      const auto changed = database.run(change, {});
      REQUIRE_MESSAGE(changed.ok(), change, (changed.ok() ? "" : changed.error().message()));
    }
    check_same_readings(laptop.store(), *reader_of(county));
  });
}
