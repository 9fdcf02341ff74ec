#include "tests/simulation/world.h"

#include <algorithm>

#include "sync/ledger/ingest.h"
#include "tests/simulation/failure.h"
#include "tests/simulation/memory_laptop.h"

namespace kuangxun::simulation {

Stores memory_stores(bool strikes_between_calls) {
  return {[strikes_between_calls](const LaptopParts& parts, tests::FrameShelf& shelf) {
            return memory_laptop(parts, shelf, strikes_between_calls);
          },
          [] { return memory_county(); }};
}

World::World(const Plan& plan, const Stores& stores, Trace trace)
    : plan_(plan),
      stores_(stores),
      trace_(std::move(trace)),
      random_(random_stream(plan.seed, 3)),
      oracle_(shelf_),
      county_({time_, plan_, tally_, trace_}, stores_.new_county()),
      network_({time_, plan_, county_, tally_, trace_}),
      people_({plan_, oracle_, tally_}),
      courier_({time_, plan_, county_, tally_, trace_, [this](LaptopMachine& laptop) { taken_in(laptop); },
                [this](const LaptopMachine& laptop) { return other_laptop(laptop); }}) {
  tally_.seeds = 1;
}

World::~World() = default;

void World::run() {
  county_.start();
  for (int number = 1; number <= plan_.laptops; ++number) {
    const std::int64_t most_ms = number <= 2 ? hour_ms : 6 * day_ms;
    time_.after(static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most_ms))),
                [this, number] { join(number); });
  }
  plan_incidents();
  run_applier();
  time_.run_until(plan_.days * day_ms);
  calm();
  if (plan_.stick_percent > 0) sync_by_stick();
  sync_until_quiet();
  end_awaited_chains();
  check();
  tally_.operations = oracle_.committed_count();
  tally_.gone_with_hardware = oracle_.gone_count();
}

void World::join(int number) {
  const auto make = [this](const LaptopParts& parts) { return stores_.new_laptop(parts, shelf_); };
  laptops_.push_back(std::make_unique<LaptopMachine>(LaptopMachine::Parts{time_, plan_, tally_, trace_}, number, make));
  LaptopMachine& laptop = *laptops_.back();
  laptop.is_without_network = random_.chance_percent(plan_.without_network_percent);
  if (random_.chance_percent(plan_.wrong_clock_percent)) upset_clock(laptop);
  ask_for_code(laptop);
  plan_days(laptop, static_cast<int>(time_.now_ms() / day_ms));
}

void World::ask_for_code(LaptopMachine& laptop) {
  laptop.code = county_.invite("示例 " + laptop.name(), records::Role::officer);
}

// Some days in the field without a network, some in the office.
void World::plan_days(LaptopMachine& laptop, int from_day) {
  tests::SeededRandom& random = laptop.people();
  const auto moment = [&](int day) {
    return std::max<std::int64_t>(0, day * day_ms + static_cast<std::int64_t>(random.below(day_ms)) - time_.now_ms());
  };
  int offline_until = from_day;
  for (int day = from_day; day < plan_.days; ++day) {
    const std::uint64_t edits = random.below(2 * static_cast<std::uint64_t>(plan_.edits_a_day) + 1);
    for (std::uint64_t i = 0; i < edits; ++i) {
      time_.after(moment(day), [this, &laptop] {
        if (!laptop.is_revoked) people_.act(laptop);
      });
    }
    if (day > from_day && random.chance_percent(8)) offline_until = day + 2 + static_cast<int>(random.below(8));
    if (random.chance_percent(day < offline_until || laptop.is_without_network ? plan_.stick_percent : 0)) {
      time_.after(moment(day), [this, &laptop] { hand_over_stick(laptop); });
    }
    if (day < offline_until) continue;
    const std::uint64_t syncs = random.below(3);
    for (std::uint64_t i = 0; i < syncs; ++i) {
      time_.after(moment(day), [this, &laptop] {
        if (laptop.is_syncing || laptop.is_revoked || (laptop.is_without_network && laptop.is_enrolled)) return;
        sync(laptop, [](const SyncRun::Outcome&) {});
      });
    }
  }
}

bool World::prepare(LaptopMachine& laptop) {
  if (!laptop.start()) return false;
  people_.observe(laptop);
  const auto county = laptop.program().frames().known_county();
  demand_ok(county, "reading the county");
  laptop.is_enrolled = !county->county.is_nil();
  return true;
}

void World::hand_over_stick(LaptopMachine& laptop) {
  if (laptop.is_syncing || laptop.is_revoked || !prepare(laptop) || !laptop.is_enrolled) return;
  courier_.take_from(laptop);
  if (laptop.is_running()) people_.observe(laptop);
}

void World::taken_in(LaptopMachine& laptop) {
  if (laptop.is_running()) people_.observe(laptop);
}

void World::sync(LaptopMachine& laptop, const SyncRun::Finished& finished) {
  if (!prepare(laptop)) return;
  if ((!laptop.is_enrolled || !laptop.program().has_key()) && laptop.code.empty()) ask_for_code(laptop);
  if (!is_calm_ && !laptop.strike().may_strike()) {
    if (laptop.people().chance_percent(plan_.laptop_kill_percent)) {
      laptop.strike().kill_after(1 + laptop.people().below(40));
    } else if (laptop.people().chance_percent(plan_.laptop_full_percent)) {
      laptop.strike().fill_after(1 + laptop.people().below(40));
    }
  }
  const auto run = std::make_shared<SyncRun>(SyncRun::Parts{time_, plan_, network_, laptop, tally_},
                                             [this, &laptop, finished](const SyncRun::Outcome& outcome) {
                                               sync_finished(laptop, outcome);
                                               finished(outcome);
                                             });
  run->begin();
}

void World::sync_finished(LaptopMachine& laptop, const SyncRun::Outcome& outcome) {
  if (outcome.report.new_epoch.has_value()) ++tally_.new_epochs;
  if (outcome.is_dead || !laptop.is_running()) return;
  people_.observe(laptop);
  LaptopProgram& program = laptop.program();
  const rights::Device* known =
      county_.is_up() ? county_.county().registry().find_device(program.frames().own_writer()) : nullptr;
  const bool is_known =
      known != nullptr && (!program.has_key() || known->key == program.frames().signing_key().public_key());
  if (!laptop.is_enrolled || !county_.is_up() || is_known) {
    laptop.refusals = 0;
    return;
  }
  // The county lost it in a restore, and nobody has brought the county's own frames back yet; or a copy of this laptop
  // has its name since. One day the officer rings the office.
  constexpr int patience = 3;
  if (++laptop.refusals >= patience && laptop.code.empty()) ask_for_code(laptop);
}

void World::run_applier() {
  if (is_calm_) return;
  county_.apply_some();
  time_.after(5 * minute_ms + static_cast<std::int64_t>(random_.below(2 * hour_ms)), [this] { run_applier(); });
}

Ending World::ending() {
  Ending ending;
  const Oracle::Log log = oracle_.read_log(county_.county().store());
  std::map<history::OperationId, Identity> identities;
  for (const auto& [id, operation] : log.operations) {
    identities[id] = identity_of(*operation);
    ending.operations.insert(identities[id]);
  }
  ending.gone = oracle_.gone();
  const MergeModel model(log.operations, county_.id());
  for (const auto& [name, cell] : model.projection()) {
    std::set<Identity> heads;
    for (const auto& [id, values] : cell.heads) heads.insert(identities.at(id));
    std::string line = name.text() + (cell.is_disputed ? " disputed" : "");
    for (const Identity head : heads) line += " " + std::to_string(head);
    ending.shown.push_back(std::move(line));
  }
  return ending;
}

}  // namespace kuangxun::simulation
