#include "app/criteria/evaluator.h"

#include "tests/app/criteria/small_catalogue.h"
#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;

namespace {

const FactDictionary& dictionary() {
  return tests::catalogue().facts();
}

Condition compiled(const std::string& text) {
  CompiledCondition result = compile_condition(text, dictionary());
  REQUIRE_MESSAGE(result.errors.empty(), text << ": " << result.errors.front().message);
  return std::move(result.condition);
}

// Facts by name, all others unknown.
struct Given {
  std::string_view fact;
  FactValue value;
};
Answer answer_to(const std::string& text, const std::vector<Given>& given) {
  FactSet facts(dictionary().definitions().size());
  for (const Given& one : given) {
    const auto* definition = dictionary().find(one.fact);
    REQUIRE_MESSAGE(definition != nullptr, one.fact);
    facts[definition->index] = one.value;
  }
  return evaluate(compiled(text), facts);
}
Truth truth_of(const std::string& text, const std::vector<Given>& given) {
  return answer_to(text, given).holds;
}

std::string message_for(const std::string& text) {
  const CompiledCondition result = compile_condition(text, dictionary());
  return result.errors.empty() ? "" : result.errors.front().message;
}

constexpr Truth yes = true;
constexpr Truth no = false;
constexpr Truth open = std::nullopt;
// "capacity" has four decimals.
FactValue capacity(std::int64_t tenths) {
  return FactValue::of(tenths * 1000);
}

}  // namespace

TEST_CASE("of what is not known the rest decides, or nothing does") {
  const FactValue is = FactValue::of(1);
  const FactValue is_not = FactValue::of(0);
  CHECK(truth_of("is_safe AND is_renewal", {{"is_safe", is_not}}) == no);
  CHECK(truth_of("is_safe AND is_renewal", {{"is_safe", is}}) == open);
  CHECK(truth_of("is_safe OR is_renewal", {{"is_safe", is}}) == yes);
  CHECK(truth_of("is_safe OR is_renewal", {{"is_safe", is_not}}) == open);
  CHECK(truth_of("NOT is_safe", {}) == open);
  CHECK(truth_of("NOT is_safe", {{"is_safe", is}}) == no);
  CHECK(truth_of("capacity >= 3", {}) == open);
  CHECK(truth_of("capacity IN (3, 4)", {}) == open);
  CHECK(truth_of("capacity BETWEEN 3 AND minimum_open_pit", {{"capacity", capacity(20)}}) == no);
  CHECK(truth_of("capacity BETWEEN 1 AND minimum_open_pit", {{"capacity", capacity(20)}}) == open);
  CHECK(truth_of("if_then(is_safe, capacity > 1, capacity > 1.5)", {{"capacity", capacity(20)}}) == yes);
  CHECK(truth_of("if_then(is_safe, capacity > 1, capacity > 2)", {{"capacity", capacity(20)}}) == open);
}

TEST_CASE("decimals are compared exactly, whatever their scales") {
  CHECK(truth_of("capacity = 0.3", {{"capacity", FactValue::of(3000)}}) == yes);
  CHECK(truth_of("capacity + 0.1 = 0.4", {{"capacity", FactValue::of(3000)}}) == yes);
  CHECK(truth_of("capacity < 0.30001", {{"capacity", FactValue::of(3000)}}) == yes);
  CHECK(truth_of("capacity IN (0.1, 0.30001, 0.3000)", {{"capacity", FactValue::of(3000)}}) == yes);
  CHECK(truth_of("capacity IN (0.1, 0.30001)", {{"capacity", FactValue::of(3000)}}) == no);
  CHECK(truth_of("capacity BETWEEN 0.30001 AND 1", {{"capacity", FactValue::of(3000)}}) == no);
  CHECK(truth_of("ratio_at_least(capacity, 3, 0.1)", {{"capacity", FactValue::of(3000)}}) == yes);
  CHECK(truth_of("ratio_at_least(capacity, 3, 0.10001)", {{"capacity", FactValue::of(3000)}}) == no);
}

TEST_CASE("a sum is told when all of it is known, or when a bound decides already") {
  const auto total = [](std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
    return std::vector<Given>{{"mines_total", FactValue::between(low, high)}};
  };
  CHECK(truth_of("at_least(mines_total, 15)", total(15, std::nullopt)) == yes);
  CHECK(truth_of("at_least(mines_total, 15)", total(14, std::nullopt)) == open);
  CHECK(truth_of("at_least(mines_total, 15)", total(std::nullopt, 14)) == no);
  CHECK(truth_of("at_most(mines_total, 15)", total(std::nullopt, 15)) == yes);
  CHECK(truth_of("at_most(mines_total, 15)", total(16, std::nullopt)) == no);
  CHECK(truth_of("above(mines_total, 15)", total(15, 20)) == open);
  CHECK(truth_of("above(mines_total, 15)", total(16, 20)) == yes);
  CHECK(truth_of("below(mines_total, 15)", total(15, 20)) == no);
  CHECK(truth_of("below(mines_total, 15)", total(3, 15)) == open);
}

TEST_CASE("a divisor of zero decides nothing and is told apart, wherever it stands") {
  const std::string ratio = "ratio_at_least(recoverable_reserves, capacity, 3)";
  const std::vector<Given> zero = {{"recoverable_reserves", FactValue::of(50'000)}, {"capacity", capacity(0)}};
  CHECK(answer_to(ratio, zero).holds == open);
  CHECK(answer_to(ratio, zero).divides_by_zero);
  CHECK(answer_to(ratio, {{"capacity", capacity(0)}}).divides_by_zero);
  CHECK_FALSE(answer_to(ratio, {}).divides_by_zero);
  CHECK_FALSE(answer_to(ratio, {{"capacity", capacity(10)}}).divides_by_zero);
  CHECK(answer_to("is_safe AND " + ratio, zero).divides_by_zero);
  // A negative divisor turns the comparison round: 5 / -1 is below 3.
  CHECK(truth_of("ratio_at_least(recoverable_reserves, 0 - capacity, 3)",
                 {{"recoverable_reserves", FactValue::of(50'000)}, {"capacity", capacity(10)}}) == no);
  CHECK(truth_of("ratio_at_most(recoverable_reserves, 0 - capacity, 3)",
                 {{"recoverable_reserves", FactValue::of(50'000)}, {"capacity", capacity(10)}}) == yes);
}

TEST_CASE("a trial stands in front of the fact, for that fact alone") {
  const Condition condition = compiled("mineral = 'gold' AND mining_method = 'underground'");
  const FactSet facts(dictionary().definitions().size());
  const auto* mineral = dictionary().find("mineral");
  const auto* method = dictionary().find("mining_method");
  const std::int64_t gold = mineral->enumeration->find("gold")->number;
  const std::int64_t underground = method->enumeration->find("underground")->number;
  const std::int64_t open_pit = method->enumeration->find("open-pit")->number;
  const std::vector<Trial> one = {{mineral->index, gold}};
  const std::vector<Trial> both = {{mineral->index, gold}, {method->index, underground}};
  const std::vector<Trial> other = {{mineral->index, gold}, {method->index, open_pit}};
  CHECK(evaluate(condition, facts, one).holds == open);
  CHECK(evaluate(condition, facts, both).holds == yes);
  CHECK(evaluate(condition, facts, other).holds == no);
}

TEST_CASE("texts are the same or not, and one that is not known is neither") {
  const auto table = CsvTable::parse(tests::facts_csv, "facts.csv");
  REQUIRE(table.ok());
  const auto small = FactDictionary::parse(*table);
  REQUIRE(small.ok());
  const auto truth = [&](std::string_view text, const FactValue& township) {
    const CompiledCondition condition = compile_condition(text, *small);
    REQUIRE(condition.errors.empty());
    FactSet facts(small->definitions().size());
    facts[small->find("township")->index] = township;
    return evaluate(condition.condition, facts).holds;
  };
  const FactValue town = FactValue::of_text("特克斯镇");
  CHECK(truth("township = '特克斯镇'", town) == yes);
  CHECK(truth("township <> '特克斯镇'", town) == no);
  CHECK(truth("township = '阔克苏乡'", town) == no);
  CHECK(truth("'阔克苏乡' <> township", town) == yes);
  CHECK(truth("township IN ('阔克苏乡', '特克斯镇')", town) == yes);
  CHECK(truth("township NOT IN ('阔克苏乡', '特克斯镇')", town) == no);
  CHECK(truth("township = '特克斯镇'", {}) == open);
  CHECK(truth("township NOT IN ('特克斯镇')", {}) == open);
}

TEST_CASE("a number that no register should hold makes nothing wrong: it cannot be told") {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::vector<Given> given = {{"capacity", FactValue::of(most)}, {"minimum_open_pit", FactValue::of(most)}};
  CHECK(truth_of("capacity >= 3", given) == yes);
  CHECK(truth_of("capacity * 1.5 >= 3", given) == open);
  CHECK(truth_of("capacity + minimum_open_pit >= 3", given) == open);
  CHECK(truth_of("-1 - capacity - minimum_open_pit < 0", given) == open);
}

TEST_CASE("the steps of a condition are bounded: too many parts are refused, and no nesting multiplies them") {
  set_language(Language::english);
  std::string sum = "1";
  for (int i = 0; i < 495; ++i) sum += "+1";
  CHECK(truth_of(sum + " = 496", {}) == yes);
  for (int i = 0; i < 10; ++i) sum += "+1";
  CHECK(tests::has(message_for(sum + " = 506"), "too many parts"));
  // Were a part worked out, or written down, twice at each depth, this would take a thousand million steps.
  std::string nested = "capacity";
  for (int i = 0; i < 30; ++i) nested = "if_then(" + nested + " BETWEEN 1 AND 2, 3, 1)";
  CHECK(truth_of(nested + " = 3", {{"capacity", capacity(30)}}) == yes);
  CHECK(truth_of(nested + " = 1", {{"capacity", capacity(30)}}) == no);
  CHECK(truth_of(nested + " = 1", {}) == open);
  set_language(Language::chinese);
}
