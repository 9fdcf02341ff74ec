#pragma once

#include "app/criteria/judge.h"
#include "app/criteria/words.h"

namespace kuangxun::criteria {

// Whether a mine reaches the standard of the three rates (the fact three_rates_met), from the verified rules on
// them: gold R71 to R73, iron R74 and R75, copper R76. One rate that misses its figure is a no. A yes needs a verified
// figure for each of the three rates, and only gold has them; all else stays unknown. These rules rest on rates of
// returns and visits and never on three_rates_met itself, and this is settled before any rule is judged: there is no
// loop.
class ThreeRates {
 public:
  // `catalogue` must outlive it.
  ThreeRates(const Catalogue& catalogue, Day on);
  // What somebody answered stays; where the rates say otherwise the fact is unknown.
  void settle(facts::Site& site);

 private:
  struct Found;
  Found find(const facts::Site& site);

  struct SpokenRule {
    Judge judge;
    RuleWords words;
  };
  std::vector<SpokenRule> rules_;
  bool is_spoken_of(const facts::Site& site) const;

  std::optional<std::size_t> fact_;  // a catalogue need not know it
  std::optional<std::size_t> mineral_;
  std::optional<std::size_t> associated_;
};

}  // namespace kuangxun::criteria
