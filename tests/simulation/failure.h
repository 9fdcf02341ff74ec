#pragma once

#include <stdexcept>
#include <string>

#include "db/base/result.h"

namespace kuangxun::simulation {

// What must never happen, happened. Caught where the seed is known.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline void demand(bool holds, const std::string& otherwise) {
  if (!holds) throw Failure(otherwise);
}
template <class Outcome>
void demand_ok(const Outcome& outcome, const std::string& doing) {
  if (!outcome.ok()) throw Failure(doing + ": " + outcome.error().message());
}

}  // namespace kuangxun::simulation
