#include <map>
#include <set>

#include "app/criteria/judge.h"
#include "tests/app/criteria/reference.h"
#include "tests/support/judged_county/county.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;

namespace {

// Figures near those that rules ask for, so that both sides of a threshold come up.
std::int64_t random_number(tests::SeededRandom& random, const FactDefinition& definition) {
  static constexpr std::int64_t tenths[] = {0,   15,  29,  30,  31,  59,   60,   61,   89,   90,   91,   94,  99,
                                            100, 129, 130, 149, 150, 151,  299,  300,  301,  449,  450,  451, 500,
                                            599, 600, 940, 950, 999, 1000, 1001, 1200, 3000, 3700, 4000, 5000};
  const auto tenth = tenths[random.below(std::size(tenths))];
  const auto scaled = definition.scale == 0 ? tenth / 10 : tenth * power_of_ten(definition.scale - 1);
  return std::min(scaled, definition.maximum);
}

FactValue random_known(tests::SeededRandom& random, const FactDefinition& definition, const FactValue& within) {
  switch (definition.type) {
    case FactType::number:
      return FactValue::of(random_number(random, definition));
    case FactType::range: {
      std::int64_t value = random_number(random, definition);
      if (within.low) value = std::max(value, *within.low);
      if (within.high) value = std::min(value, *within.high);
      return FactValue::between(value, value);
    }
    case FactType::boolean:
      return FactValue::of(static_cast<std::int64_t>(random.below(2)));
    case FactType::enumeration: {
      const auto options = candidates_of(definition, within);
      return FactValue::of(options[random.below(options.size())]);
    }
    case FactType::day:
      return FactValue::of(18000 + static_cast<std::int64_t>(random.below(3000)));
    case FactType::text:
      return FactValue::of_text(random.below(2) == 0 ? "特克斯镇" : "阔克苏乡");
  }
  return {};
}

FactValue random_unknown(tests::SeededRandom& random, const FactDefinition& definition) {
  FactValue value;
  if (definition.type == FactType::range) {
    if (random.chance_percent(60)) value.low = random_number(random, definition);
    if (random.chance_percent(60)) value.high = random_number(random, definition);
    if (value.low && value.high && *value.low > *value.high) std::swap(*value.low, *value.high);
    value.is_known = value.low && value.high && *value.low == *value.high;
  }
  if (definition.type == FactType::enumeration && random.chance_percent(50)) {
    std::set<std::int64_t> some;
    const auto options = candidates_of(definition, {});
    for (int i = 0; i < 3; ++i) some.insert(options[random.below(options.size())]);
    value = FactValue::one_of({some.begin(), some.end()});
  }
  return value;
}

FactSet random_facts(tests::SeededRandom& random, const FactDictionary& dictionary, unsigned known_percent) {
  FactSet facts;
  for (const auto& definition : dictionary.definitions()) {
    facts.push_back(random.chance_percent(known_percent) ? random_known(random, definition, {})
                                                         : random_unknown(random, definition));
  }
  return facts;
}

std::vector<Judge> judges_of_all_rules() {
  std::vector<Judge> judges;
  for (const auto* rule : tests::catalogue().rules_on(tests::day("2021-01-01")))
    judges.emplace_back(tests::catalogue(), *rule);
  return judges;
}

// A whole number that packaging/prove/rules.sh gives; of every other run the one given here.
std::uint64_t figure_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

Outcome outcome_of(const Judge& judge, const FactSet& facts) {
  Site site;
  site.facts = facts;
  return judge.judge(site).outcome;
}

}  // namespace

TEST_CASE("every rule agrees with the slow reference on random facts") {
  const auto& catalogue = tests::catalogue();
  const std::vector<Judge> judges = judges_of_all_rules();
  const std::uint64_t first = figure_of("KUANGXUN_FIRST_SEED", 1);
  const std::uint64_t sets = figure_of("KUANGXUN_FACT_SETS", 1000);
  std::map<Outcome, std::uint64_t> seen;
  for (std::uint64_t seed = first; seed < first + sets; ++seed) {
    CAPTURE(seed);
    tests::SeededRandom random(seed);
    const FactSet facts = random_facts(random, catalogue.facts(), static_cast<unsigned>(20 + seed % 4 * 25));
    for (const auto& judge : judges) {
      const Outcome found = outcome_of(judge, facts);
      ++seen[found];
      if (found != tests::reference_outcome(catalogue.facts(), judge.rule(), facts)) {
        FAIL_CHECK(judge.rule().id << " gives " << name_of(found));
      }
    }
  }
  MESSAGE(judges.size() << " rules on " << sets << " sets of facts, seeds from " << first << ": pass "
                        << seen[Outcome::pass] << ", fail " << seen[Outcome::fail] << ", unknown "
                        << seen[Outcome::unknown] << ", not applicable " << seen[Outcome::not_applicable]);
  // The random facts reach every outcome often enough to mean something.
  for (const auto outcome : {Outcome::pass, Outcome::fail, Outcome::unknown, Outcome::not_applicable}) {
    CHECK(seen[outcome] * 4 > sets * 3);
  }
}

TEST_CASE("conditions of every construct agree with the slow reference on random facts") {
  const auto& dictionary = tests::catalogue().facts();
  std::vector<Condition> conditions;
  for (const auto* text : {"capacity_10kt_per_year >= 30",
                           "capacity >= if_then(mining_method = 'underground', minimum_underground, minimum_open_pit)",
                           "if_then(is_renewal, capacity > 3, capacity > 9)",
                           "NOT (is_safe AND ecology_is_met) OR capacity < 15",
                           "mineral IN ('gold', 'iron') AND NOT mining_method = 'underground'",
                           "mineral NOT IN ('gold', 'brick-clay')",
                           "capacity BETWEEN 3 AND 15.05",
                           "capacity NOT BETWEEN minimum_underground AND minimum_open_pit",
                           "ratio_at_least(recoverable_reserves, capacity, minimum_service_life)",
                           "ratio_at_most(recoverable_reserves, capacity, 1.5)",
                           "at_least(mines_total, 15) AND below(mines_total, 30)",
                           "above(large_medium_share, 45) OR at_most(large_medium_share, 31.25)",
                           "completed_on >= '2023-01-01'",
                           "'2023-01-01' > completed_on",
                           "capacity + minimum_underground * 2 - 3 > minimum_open_pit",
                           "-capacity <= -15",
                           "capacity * minimum_service_life >= recoverable_reserves",
                           "capacity <> minimum_open_pit",
                           "if_then(mineral = 'gold', is_safe, if_then(is_renewal, is_safe, ecology_is_met))",
                           "capacity IN (1.5, 3, 15.05) OR capacity IN (30)",
                           "ratio_at_least(capacity - minimum_open_pit, minimum_underground - capacity, 0.5)",
                           "stage = 'new' OR NOT stage <> 'extended'"}) {
    CompiledCondition compiled = compile_condition(text, dictionary);
    REQUIRE_MESSAGE(compiled.errors.empty(), text << ": " << compiled.errors.front().message);
    conditions.push_back(std::move(compiled.condition));
  }
  int decided = 0;
  int zeros = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    CAPTURE(seed);
    tests::SeededRandom random(seed);
    const FactSet facts = random_facts(random, dictionary, static_cast<unsigned>(30 + seed % 3 * 30));
    tests::Reference reference(dictionary, facts);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const Answer answer = evaluate(conditions[i], facts);
      decided += answer.holds ? 1 : 0;
      zeros += answer.divides_by_zero ? 1 : 0;
      if (answer.holds != reference.evaluate(conditions[i].text)) FAIL_CHECK(conditions[i].text);
      if (answer.divides_by_zero != reference.divides_by_zero()) FAIL_CHECK(conditions[i].text << ": a zero divisor");
    }
  }
  CHECK(decided > 10'000);
  CHECK(zeros > 50);
}

TEST_CASE("filling in an unknown fact never turns a pass into a fail or back, nor undoes what was decided") {
  const auto& catalogue = tests::catalogue();
  const std::vector<Judge> judges = judges_of_all_rules();
  int filled = 0;
  int newly_decided = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    tests::SeededRandom random(seed);
    const FactSet before = random_facts(random, catalogue.facts(), static_cast<unsigned>(seed % 4 * 25));
    for (const auto& judge : judges) {
      if (judge.rule().is_progress_only()) continue;  // never passed or failed
      FactSet facts = before;
      Outcome outcome = outcome_of(judge, facts);
      // One unknown fact after the other, until all are known.
      for (const auto fact : judge.rule().inputs) {
        if (facts[fact].is_known) continue;
        facts[fact] = random_known(random, catalogue.facts().definitions()[fact], facts[fact]);
        const Outcome after = outcome_of(judge, facts);
        ++filled;
        newly_decided += outcome == Outcome::unknown && after != outcome ? 1 : 0;
        if (outcome != Outcome::unknown && after != outcome) {
          FAIL_CHECK(judge.rule().id << ": " << name_of(outcome) << " became " << name_of(after));
        }
        outcome = after;
      }
    }
  }
  CHECK(filled > 1000);
  CHECK(newly_decided > 100);
}

namespace {

// Expressions as an office might write them, and many that it never would; what does not fit is refused by the
// compiler, and only what it lets through counts.
class ExpressionMaker {
 public:
  ExpressionMaker(tests::SeededRandom& random, const FactDictionary& dictionary) : random_(random) {
    for (const auto& fact : dictionary.definitions()) by_type_[fact.type].push_back(&fact);
  }

  std::string truth(int depth) {
    switch (random_.below(depth > 0 ? 12 : 7)) {
      case 0:
        return one_of(FactType::boolean).name;
      case 1:
      case 2:
        return number(depth) + " " + sign() + " " + number(depth);
      case 3: {
        const auto& fact = one_of(FactType::enumeration);
        return fact.name + (random_.below(2) == 0 ? " = " : " <> ") + choice(fact);
      }
      case 4: {
        const auto& fact = one_of(FactType::enumeration);
        return fact.name + (random_.below(2) == 0 ? " IN (" : " NOT IN (") + choice(fact) + ", " + choice(fact) + ")";
      }
      case 5: {
        static constexpr std::string_view names[] = {"at_least", "at_most", "above", "below"};
        return std::string(names[random_.below(4)]) + "(" + one_of(FactType::range).name + ", " + number(depth) + ")";
      }
      case 6:
        return one_of(FactType::day).name + " " + sign() + " '2023-01-01'";
      case 7:
        return "NOT (" + truth(depth - 1) + ")";
      case 8:
        return "(" + truth(depth - 1) + " AND " + truth(depth - 1) + ")";
      case 9:
        return "(" + truth(depth - 1) + " OR " + truth(depth - 1) + ")";
      case 10:
        return "if_then(" + truth(depth - 1) + ", " + truth(depth - 1) + ", " + truth(depth - 1) + ")";
      default:
        return std::string(random_.below(2) == 0 ? "ratio_at_least(" : "ratio_at_most(") + number(depth - 1) + ", " +
               number(depth - 1) + ", " + literal() + ")";
    }
  }

 private:
  // Facts of one unit, so that something fits.
  std::string number(int depth) {
    static constexpr std::string_view alike[] = {"capacity", "minimum_underground", "minimum_open_pit"};
    switch (random_.below(depth > 0 ? 7 : 4)) {
      case 0:
      case 1:
        return std::string(alike[random_.below(3)]);
      case 2:
        return one_of(FactType::number).name;
      case 3:
        return literal();
      case 4:
        return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
      case 5:
        return "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
      default:
        return "if_then(" + truth(depth - 1) + ", " + number(depth - 1) + ", " + number(depth - 1) + ")";
    }
  }
  std::string literal() {
    static constexpr std::string_view some[] = {"0", "1.5", "3", "6", "15", "30", "45", "100"};
    return std::string(some[random_.below(std::size(some))]);
  }
  std::string sign() {
    static constexpr std::string_view some[] = {"=", "<>", "<", "<=", ">", ">="};
    return std::string(some[random_.below(std::size(some))]);
  }
  std::string choice(const FactDefinition& fact) {
    const auto options = fact.enumeration->options;
    return "'" + std::string(options[random_.below(options.size())].code) + "'";
  }
  const FactDefinition& one_of(FactType type) {
    const auto& some = by_type_[type];
    return *some[random_.below(some.size())];
  }

  tests::SeededRandom& random_;
  std::map<FactType, std::vector<const FactDefinition*>> by_type_;
};

}  // namespace

TEST_CASE("whatever expression the compiler lets through agrees with the reference, and filling in never flips it") {
  const auto& dictionary = tests::catalogue().facts();
  int accepted = 0;
  int decided = 0;
  int newly_decided = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    CAPTURE(seed);
    tests::SeededRandom random(seed);
    const std::string text = ExpressionMaker(random, dictionary).truth(3);
    CAPTURE(text);
    const CompiledCondition compiled = compile_condition(text, dictionary);
    if (!compiled.errors.empty()) continue;
    ++accepted;
    const auto truth_with = [&](const FactSet& facts) { return evaluate(compiled.condition, facts).holds; };
    for (unsigned round = 0; round < 4; ++round) {
      FactSet facts = random_facts(random, dictionary, 25 * round);
      Truth truth = truth_with(facts);
      if (truth != tests::Reference(dictionary, facts).evaluate(text)) FAIL_CHECK("differs from the reference");
      decided += truth ? 1 : 0;
      for (const auto fact : compiled.condition.facts) {
        if (facts[fact].is_known) continue;
        facts[fact] = random_known(random, dictionary.definitions()[fact], facts[fact]);
        const Truth after = truth_with(facts);
        if (truth && after != truth) FAIL_CHECK("filling in " << dictionary.definitions()[fact].name << " flips it");
        newly_decided += !truth && after ? 1 : 0;
        truth = after;
      }
    }
  }
  MESSAGE(accepted << " expressions accepted of 1500, decided " << decided << ", newly decided " << newly_decided);
  CHECK(accepted > 400);
  CHECK(decided > 500);
  CHECK(newly_decided > 300);
}
