#include <algorithm>

#include "sync/ledger/administration.h"
#include "sync/ledger/apply_stored.h"
#include "tests/simulation/failure.h"
#include "tests/simulation/world.h"

// The end of a world: nothing goes wrong any more, everybody syncs until nothing moves, and the oracle asks.
namespace kuangxun::simulation {

void World::calm() {
  is_calm_ = true;
  network_.calm();
  county_.calm();
  courier_.calm();
  for (const auto& laptop : laptops_) laptop->calm();
  trace_.tell(time_.now_ms(), "world", [] { return "quiet from now on"; });
  // What was on its way arrives.
  time_.run_until(time_.now_ms() + 20 * day_ms);
  county_.calm();
  for (const auto& laptop : bad_laptops_) {
    constexpr int tries_max = 5;
    bool is_done = false;
    for (int i = 0; i < tries_max && !is_done; ++i) is_done = laptop->push();
  }
}

void World::sync_by_stick() {
  for (const auto& laptop : laptops_) {
    if (laptop->is_revoked || !prepare(*laptop) || !laptop->is_enrolled) continue;
    courier_.round_trip(*laptop);
  }
}

bool World::sync_round() {
  bool has_moved = false;
  for (const auto& laptop : laptops_) {
    if (laptop->is_revoked) continue;
    bool is_finished = false;
    sync(*laptop, [&](const SyncRun::Outcome& outcome) {
      is_finished = true;
      const engine::Report& report = outcome.report;
      has_moved = has_moved || report.pushed + report.relayed + report.pulled > 0 || report.new_epoch.has_value() ||
                  report.is_county_restored || outcome.failure.has_value() || report.problem.has_value();
    });
    time_.run_until(time_.now_ms() + hour_ms);
    demand(is_finished, laptop->name() + ": a session that stands still");
  }
  for (const auto& laptop : bad_laptops_) {
    if (!laptop->push()) has_moved = true;
  }
  demand_ok(ledger::apply_all(county_.county()), "applying what is stored");
  return has_moved;
}

bool World::is_quiet() {
  for (const auto& laptop : laptops_) {
    if (laptop->is_revoked) continue;
    const auto mark = laptop->program().frames().county_mark();
    demand_ok(mark, "reading the mark");
    if (mark->sequence() != county_.county().state().latest_sequence()) return false;
  }
  return true;
}

void World::sync_until_quiet() {
  constexpr std::uint64_t rounds_max = 16;
  std::uint64_t rounds = 0;
  // One round more after the last in which something moved.
  for (bool is_done = false; !is_done; ++rounds) {
    demand(rounds < rounds_max, "the laptops and the county do not come to rest");
    is_done = !sync_round() && is_quiet();
  }
  tally_.quiet_rounds += rounds;
  tally_.quiet_rounds_most = std::max(tally_.quiet_rounds_most, rounds);
}

// Everybody has synced, and still somebody's operations wait for what the county does not have: the administrator sees
// that in the county's status, and ends the waiting. That nobody could have brought it is asked of every disk.
void World::end_awaited_chains() {
  const auto awaited = county_.county().store().awaited_chains();
  demand_ok(awaited, "reading what is waited for");
  for (const ports::AwaitedChain& chain : *awaited) {
    for (const auto& laptop : laptops_) {
      if (laptop->is_revoked) continue;
      const auto held = laptop->program().frames().frames_after(chain.writer, chain.first_sequence - 1, 1);
      demand_ok(held, "reading a laptop's frames");
      demand(held->empty(), laptop->name() + " holds what others wait for, and did not bring it: " +
                                chain.writer.device.text() + " from " + std::to_string(chain.first_sequence));
    }
    trace_.tell(time_.now_ms(), "county", [&] {
      return "nobody has what others wait for, " + chain.writer.device.text() + " from " +
             std::to_string(chain.first_sequence) + ": its chain is ended";
    });
    demand_ok(ledger::end_chain(county_.county(), chain.writer, "示例：各笔记本都没有"), "ending a chain");
    ++tally_.chains_ended;
  }
  if (!awaited->empty()) sync_until_quiet();
}

void World::check() {
  demand_ok(county_.county().refresh(), "reading the county");
  const Oracle::Log log = oracle_.read_log(county_.county().store());
  const ports::CountyState& state = county_.county().state();
  tally_.frames = log.frames.size();
  tally_.incarnations = state.incarnation > 1 ? 1 : 0;
  demand(log.frontier == state.frontier, "the county's tree is not that of its frames");
  oracle_.check_chains(log, county_.county().known());
  oracle_.check_nothing_lost(log);
  const MergeModel model(log.operations, county_.id());
  oracle_.check_hidden(log, model);
  oracle_.check_county(county_.county().store(), log, model);
  for (const auto& laptop : laptops_) {
    if (!laptop->is_revoked) oracle_.check_laptop(*laptop, log, model, state);
  }
}

}  // namespace kuangxun::simulation
