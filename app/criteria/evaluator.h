#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/criteria/condition.h"
#include "db/sqlite/connection.h"

namespace kuangxun::criteria {

// 1, 0 or cannot be told.
using Truth = std::optional<bool>;

// What conditions come to with some facts.
struct Answer {
  std::vector<Truth> holds;           // in the order of the conditions
  std::vector<bool> divides_by_zero;  // whether a divisor is known to be zero
};

// A value that an unknown fact is taken to have, to see what would follow.
struct Trial {
  std::size_t fact = 0;
  std::int64_t number = 0;
};

// Conditions prepared once in an SQLite connection that can do nothing but evaluate expressions, each statement within
// limits::rule_steps_max steps. One thread at a time.
class Evaluator {
 public:
  static Result<Evaluator> open();
  // The handle for truth_of().
  Result<std::size_t> add(const Condition& condition);
  // Several in one statement: the handle for ask().
  Result<std::size_t> add_together(std::span<const Condition* const> conditions);
  // `facts` by the dictionary's index. Lives until the next call. The same facts as the time before are not evaluated
  // again: most places know the same little. `trials` stand in front of `facts`, which are large and not copied.
  Result<const Answer*> ask(std::size_t handle, std::span<const FactValue> facts, std::span<const Trial> trials = {});
  // Of one condition.
  Result<Truth> truth_of(std::size_t handle, std::span<const FactValue> facts);
  Result<bool> divides_by_zero(std::size_t handle, std::span<const FactValue> facts);

 private:
  struct Prepared {
    sqlite::Statement statement;
    std::vector<Condition::Parameter> parameters;
    std::vector<int> zero_columns;  // by condition; -1 for one that divides nothing
    Answer answer;
    // What the answer is for; empty before the first time and when a text is among it.
    std::vector<std::optional<std::int64_t>> asked;
  };
  explicit Evaluator(sqlite::Connection connection) : connection_(std::move(connection)) {}
  static bool is_asked_again(Prepared& prepared, std::span<const FactValue> facts, std::span<const Trial> trials);

  sqlite::Connection connection_;  // outlives the statements below
  std::vector<Prepared> prepared_;
};

}  // namespace kuangxun::criteria
