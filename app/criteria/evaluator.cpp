#include "app/criteria/evaluator.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/base/text.h"

namespace kuangxun::criteria {
namespace {

// Facts of type text are the only ones with a text.
bool is_text(const FactValue& value, Condition::Part part) {
  return part == Condition::Part::value && value.is_known && !value.text.empty();
}

std::optional<std::int64_t> number_of(const FactValue& value, Condition::Part part) {
  if (part == Condition::Part::low) return value.low;
  if (part == Condition::Part::high) return value.high;
  return value.is_known ? std::optional(value.number) : std::nullopt;
}

// What a parameter stands for: the trial's number where there is one.
std::optional<std::int64_t> number_of(const Condition::Parameter& parameter, std::span<const FactValue> facts,
                                      std::span<const Trial> trials) {
  if (parameter.part == Condition::Part::value) {
    for (const Trial& trial : trials) {
      if (trial.fact == parameter.fact) return trial.number;
    }
  }
  return number_of(facts[parameter.fact], parameter.part);
}

void bind_parameter(sqlite::Statement& statement, int position, const Condition::Parameter& parameter,
                    std::span<const FactValue> facts, std::span<const Trial> trials) {
  const FactValue& value = facts[parameter.fact];
  if (is_text(value, parameter.part)) return statement.bind(position, std::string_view(value.text));
  const auto number = number_of(parameter, facts, trials);
  number ? statement.bind(position, *number) : statement.bind_null(position);
}

// The SQL of a condition with its parameters ?1, ?2, ... as those that `positions` says; quoted text stays.
std::string renumbered(const std::string& sql, const std::vector<std::size_t>& positions) {
  std::string result;
  bool is_quoted = false;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (sql[at] == '\'') is_quoted = !is_quoted;
    result += sql[at];
    if (is_quoted || sql[at] != '?') continue;
    std::size_t number = 0;
    while (at + 1 < sql.size() && sql[at + 1] >= '0' && sql[at + 1] <= '9') {
      number = number * 10 + static_cast<std::size_t>(sql[++at] - '0');
    }
    result += std::to_string(positions[number - 1] + 1);
  }
  return result;
}

}  // namespace

Result<Evaluator> Evaluator::open() {
  KX_TRY(connection, sqlite::Connection::open_memory());
  connection.restrict_to_expressions({});
  connection.limit_steps(limits::rule_steps_max);
  return Evaluator(std::move(connection));
}

Result<std::size_t> Evaluator::add(const Condition& condition) {
  const Condition* const one = &condition;
  return add_together({&one, 1});
}

Result<std::size_t> Evaluator::add_together(std::span<const Condition* const> conditions) {
  Prepared prepared;
  std::vector<std::string> truths;
  std::vector<std::string> zeros;
  for (const Condition* condition : conditions) {
    std::vector<std::size_t> positions;
    for (const auto& parameter : condition->parameters) {
      const auto known = std::ranges::find_if(prepared.parameters, [&](const Condition::Parameter& other) {
        return other.fact == parameter.fact && other.part == parameter.part;
      });
      positions.push_back(static_cast<std::size_t>(known - prepared.parameters.begin()));
      if (known == prepared.parameters.end()) prepared.parameters.push_back(parameter);
    }
    truths.push_back(renumbered(condition->sql, positions));
    const bool divides = !condition->zero_divisor_sql.empty();
    prepared.zero_columns.push_back(divides ? static_cast<int>(conditions.size() + zeros.size()) : -1);
    if (divides) zeros.push_back(renumbered(condition->zero_divisor_sql, positions));
  }
  truths.insert(truths.end(), zeros.begin(), zeros.end());
  KX_TRY(statement, connection_.prepare("SELECT " + join(truths, ", ")));
  prepared.statement = std::move(statement);
  prepared.answer.holds.resize(conditions.size());
  prepared.answer.divides_by_zero.resize(conditions.size());
  prepared_.push_back(std::move(prepared));
  return prepared_.size() - 1;
}

// Whether the facts are those of the time before; keeps them for the next time.
bool Evaluator::is_asked_again(Prepared& prepared, std::span<const FactValue> facts, std::span<const Trial> trials) {
  const auto& parameters = prepared.parameters;
  bool is_same = prepared.asked.size() == parameters.size() && !parameters.empty();
  prepared.asked.resize(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (is_text(facts[parameters[i].fact], parameters[i].part)) {
      prepared.asked.clear();
      return false;
    }
    const auto number = number_of(parameters[i], facts, trials);
    is_same = is_same && prepared.asked[i] == number;
    prepared.asked[i] = number;
  }
  return is_same;
}

Result<const Answer*> Evaluator::ask(std::size_t handle, std::span<const FactValue> facts,
                                     std::span<const Trial> trials) {
  Prepared& prepared = prepared_[handle];
  if (is_asked_again(prepared, facts, trials)) return &prepared.answer;
  sqlite::Statement& statement = prepared.statement;
  statement.reset();
  for (std::size_t i = 0; i < prepared.parameters.size(); ++i) {
    bind_parameter(statement, static_cast<int>(i), prepared.parameters[i], facts, trials);
  }
  const auto has_row = statement.step();
  if (!has_row.ok()) {
    prepared.asked.clear();
    return has_row.error();
  }
  const auto truth_in = [&](int column) {
    return *has_row && !statement.is_null(column) ? Truth(statement.integer(column) != 0) : Truth();
  };
  for (std::size_t i = 0; i < prepared.answer.holds.size(); ++i) {
    prepared.answer.holds[i] = truth_in(static_cast<int>(i));
    const int zero = prepared.zero_columns[i];
    prepared.answer.divides_by_zero[i] = zero >= 0 && truth_in(zero).value_or(false);
  }
  statement.reset();
  return &prepared.answer;
}

Result<Truth> Evaluator::truth_of(std::size_t handle, std::span<const FactValue> facts) {
  KX_TRY(answer, ask(handle, facts));
  return answer->holds.front();
}

Result<bool> Evaluator::divides_by_zero(std::size_t handle, std::span<const FactValue> facts) {
  KX_TRY(answer, ask(handle, facts));
  return static_cast<bool>(answer->divides_by_zero.front());
}

}  // namespace kuangxun::criteria
