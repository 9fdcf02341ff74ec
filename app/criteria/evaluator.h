#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/criteria/condition.h"
#include "db/sqlite/connection.h"

namespace kuangxun::criteria {

// 1, 0 or cannot be told.
using Truth = std::optional<bool>;

// Conditions prepared once in an SQLite connection that can do nothing but evaluate expressions, each within
// limits::rule_steps_max steps. One thread at a time.
class Evaluator {
 public:
  static Result<Evaluator> open();
  // The handle for truth_of().
  Result<std::size_t> add(const Condition& condition);
  // `facts` by the dictionary's index.
  Result<Truth> truth_of(std::size_t handle, std::span<const FactValue> facts);
  // Whether a divisor of the condition is known to be zero.
  Result<bool> divides_by_zero(std::size_t handle, std::span<const FactValue> facts);

 private:
  struct Prepared {
    sqlite::Statement truth;
    std::optional<sqlite::Statement> zero_divisor;
    std::vector<Condition::Parameter> parameters;
  };
  explicit Evaluator(sqlite::Connection connection) : connection_(std::move(connection)) {}
  static Result<Truth> ask(sqlite::Statement& statement, const Prepared& prepared, std::span<const FactValue> facts);

  sqlite::Connection connection_;  // outlives the statements below
  std::vector<Prepared> prepared_;
};

}  // namespace kuangxun::criteria
