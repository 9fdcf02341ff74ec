#pragma once

#include "app/facts/fact.h"

namespace kuangxun::facts {

// What the service life of a mine is reckoned from, each scaled by 10^4: amounts in the unit of the capacity, rates in
// percent.
struct ServiceLifeInputs {
  FactValue recoverable;  // Q, designed, before the loss in mining
  FactValue retained;     // what is in the ground, of which Q is a part
  FactValue recovery;     // α
  FactValue dilution;     // β
  FactValue capacity;     // A a year
};

constexpr int service_life_scale = 1;

// T = Q·α / (A·(1−β)) in years as a range fact, cut to tenths: 10 is never reached by rounding up. What is not known
// widens the range by what it may be at all: without α there is no lower bound, without β no upper one, and the
// retained resources alone give an upper bound only.
FactValue service_life_of(const ServiceLifeInputs& inputs);

}  // namespace kuangxun::facts
