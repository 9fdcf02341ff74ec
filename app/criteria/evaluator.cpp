#include "app/criteria/evaluator.h"

#include "db/base/limits.h"

namespace kuangxun::criteria {
namespace {

void bind(sqlite::Statement& statement, int position, const FactValue& value, Condition::Part part) {
  const auto bind_optional = [&](const std::optional<std::int64_t>& number) {
    number ? statement.bind(position, *number) : statement.bind_null(position);
  };
  if (part == Condition::Part::low) return bind_optional(value.low);
  if (part == Condition::Part::high) return bind_optional(value.high);
  if (!value.is_known) return statement.bind_null(position);
  // Facts of type text are the only ones with a text.
  value.text.empty() ? statement.bind(position, value.number) : statement.bind(position, std::string_view(value.text));
}

}  // namespace

Result<Evaluator> Evaluator::open() {
  KX_TRY(connection, sqlite::Connection::open_memory());
  connection.restrict_to_expressions({});
  connection.limit_steps(limits::rule_steps_max);
  return Evaluator(std::move(connection));
}

Result<std::size_t> Evaluator::add(const Condition& condition) {
  Prepared prepared;
  KX_TRY(truth, connection_.prepare("SELECT " + condition.sql));
  prepared.truth = std::move(truth);
  if (!condition.zero_divisor_sql.empty()) {
    KX_TRY(zero, connection_.prepare("SELECT " + condition.zero_divisor_sql));
    prepared.zero_divisor = std::move(zero);
  }
  prepared.parameters = condition.parameters;
  prepared_.push_back(std::move(prepared));
  return prepared_.size() - 1;
}

Result<Truth> Evaluator::ask(sqlite::Statement& statement, const Prepared& prepared, std::span<const FactValue> facts) {
  statement.reset();
  for (std::size_t i = 0; i < prepared.parameters.size(); ++i) {
    const auto& parameter = prepared.parameters[i];
    bind(statement, static_cast<int>(i), facts[parameter.fact], parameter.part);
  }
  KX_TRY(has_row, statement.step());
  Truth truth;
  if (has_row && !statement.is_null(0)) truth = statement.integer(0) != 0;
  statement.reset();
  return truth;
}

Result<Truth> Evaluator::truth_of(std::size_t handle, std::span<const FactValue> facts) {
  Prepared& prepared = prepared_[handle];
  return ask(prepared.truth, prepared, facts);
}

Result<bool> Evaluator::divides_by_zero(std::size_t handle, std::span<const FactValue> facts) {
  Prepared& prepared = prepared_[handle];
  if (!prepared.zero_divisor) return false;
  KX_TRY(zero, ask(*prepared.zero_divisor, prepared, facts));
  return zero.value_or(false);
}

}  // namespace kuangxun::criteria
