#include "tests/simulation/plan.h"

namespace kuangxun::simulation {

tests::SeededRandom random_stream(std::uint64_t seed, std::uint64_t stream) {
  // splitmix64, so that neighbours have nothing in common.
  std::uint64_t mixed = seed * 0x9e3779b97f4a7c15ULL + stream * 0xbf58476d1ce4e5b9ULL + 0x94d049bb133111ebULL;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return tests::SeededRandom(mixed ^ (mixed >> 31));
}

Plan plan_of(std::uint64_t seed) {
  tests::SeededRandom random = random_stream(seed, 0);
  const auto up_to = [&](unsigned most) { return static_cast<unsigned>(random.below(most + 1)); };
  // Half of the seeds have a fault at all, so that faults meet in ever other company.
  const auto perhaps = [&](unsigned most) { return random.chance_percent(50) ? up_to(most) : 0; };
  const auto times = [&](unsigned percent, int most) {
    return random.chance_percent(percent) ? 1 + static_cast<int>(random.below(static_cast<unsigned>(most))) : 0;
  };
  Plan plan;
  plan.seed = seed;
  plan.laptops = 3 + static_cast<int>(random.below(6));
  plan.hot_places = 1 + static_cast<int>(random.below(3));
  plan.edits_a_day = 1 + static_cast<int>(random.below(3));
  plan.loss_percent = perhaps(30);
  plan.cut_percent = perhaps(20);
  plan.late_percent = perhaps(10);
  plan.foreign_percent = perhaps(3);
  plan.replay_percent = perhaps(50);
  plan.laptop_kill_percent = perhaps(10);
  plan.laptop_full_percent = perhaps(5);
  plan.county_kill_percent = perhaps(5);
  plan.county_full_percent = perhaps(3);
  plan.county_refuses_percent = perhaps(5);
  plan.wrong_clock_percent = random.chance_percent(60) ? 30 : 0;
  plan.county_restores = times(20, 2);
  plan.unnoticed_restores = times(15, 2);
  plan.laptop_restores = times(20, 2);
  plan.clones = times(15, 1);
  plan.revocations = times(20, 1);
  plan.lost_keys = times(15, 2);
  plan.key_rotations = times(15, 2);
  plan.bad_laptops = times(25, 1);
  plan.applies_inline = random.chance_percent(50);
  if (random.chance_percent(30)) {
    plan.stick_percent = 20 + up_to(60);
    plan.without_network_percent = perhaps(60);
    plan.stick_loss_percent = perhaps(30);
    plan.stick_damage_percent = perhaps(20);
    plan.stick_twice_percent = perhaps(50);
  }
  plan.stuck_programs = times(4, 1);
  return plan;
}

}  // namespace kuangxun::simulation
