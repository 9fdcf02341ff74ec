#pragma once

#include <cstdint>

#include "tests/support/seeded_random.h"

namespace kuangxun::simulation {

// Independent streams of one seed: what the network does must not change what people type.
tests::SeededRandom random_stream(std::uint64_t seed, std::uint64_t stream);

// What a seed chooses before anything happens.
struct Plan {
  std::uint64_t seed = 0;
  int laptops = 3;
  int days = 30;
  int hot_places = 1;   // records that everybody edits
  int edits_a_day = 2;  // of a laptop, on the average

  // Of every message.
  unsigned loss_percent = 0;
  unsigned cut_percent = 0;
  unsigned late_percent = 0;
  unsigned foreign_percent = 0;
  unsigned replay_percent = 0;

  // Of every session, edit or request: something strikes a few writes later.
  unsigned laptop_kill_percent = 0;
  unsigned laptop_full_percent = 0;
  unsigned county_kill_percent = 0;
  unsigned county_full_percent = 0;
  // Of every request: the county's disk is nearly full.
  unsigned county_refuses_percent = 0;

  unsigned wrong_clock_percent = 0;  // of the laptops
  int county_restores = 0;
  int unnoticed_restores = 0;
  int laptop_restores = 0;
  int clones = 0;
  int revocations = 0;
  int lost_keys = 0;
  int key_rotations = 0;
  int bad_laptops = 0;  // whose program writes what nobody can read or may show
  // Of all laptops, once they are enrolled; and of the rest, in a day without a network: they write sticks.
  unsigned without_network_percent = 0;
  unsigned stick_percent = 0;
  // Of every stick, on each of its ways.
  unsigned stick_loss_percent = 0;
  unsigned stick_damage_percent = 0;
  unsigned stick_twice_percent = 0;
  // A program asks and asks, until the county has no time for it.
  int stuck_programs = 0;
  bool applies_inline = true;  // the county shows a push before it answers; else its applier comes later
  // Faults strike between the calls of a store, never inside one: what a real store can be asked to do too.
  bool strikes_between_calls = false;
};

Plan plan_of(std::uint64_t seed);

}  // namespace kuangxun::simulation
