#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "app/criteria/three_rates.h"
#include "db/language/language.h"

namespace kuangxun::criteria {

struct CheckOptions {
  std::optional<Uuid> site;  // all places when absent
  Day on = 0;                // the day whose rules and answers count; today's day_of() when a person asks nothing else
};

// The verdicts of all rules on all places (or one), ordered by place, then as the catalogue has the rules. A rule is
// listed for every place of a kind that it applies to; a place that is asked for alone, and of a kind that no rule
// applies to, gets every rule as not applicable. not_found or bad_input when `site` is no place, or void. Reads the
// store, never writes.
Result<std::vector<Verdict>> check(history::RecordReader& store, const Catalogue& catalogue,
                                   const CheckOptions& options);
// The same one after the other, for a county of many places. A verdict lives until the next.
Status check_each(history::RecordReader& store, const Catalogue& catalogue, const CheckOptions& options,
                  const std::function<void(const Verdict&)>& take);

// For whoever checks again and again, as the window does after each edit: the rules are prepared once for a day and a
// language. One thread at a time.
class Checker {
 public:
  // `catalogue` outlives it.
  explicit Checker(const Catalogue& catalogue) : catalogue_(&catalogue) {}
  Result<std::vector<Verdict>> check(history::RecordReader& store, const CheckOptions& options);
  Status check_each(history::RecordReader& store, const CheckOptions& options,
                    const std::function<void(const Verdict&)>& take);
  // The same verdicts as data, for whoever counts them, compares them or words only those that are seen.
  using TakeJudgement = std::function<void(const facts::Site&, const Judgement&)>;
  Status judge_each(history::RecordReader& store, const CheckOptions& options, const TakeJudgement& take);
  const Catalogue& catalogue() const { return *catalogue_; }

 private:
  struct Prepared {
    Day on = 0;
    Language language = Language::chinese;
    ThreeRates rates;
    std::vector<Judge> judges;
    std::unordered_map<const Rule*, RuleWords> words;  // once somebody asks for them
  };
  void prepare(Day on);
  RuleWords& words_of(const Rule& rule);
  Status each_site(history::RecordReader& store, const CheckOptions& options,
                   const std::function<void(const facts::Site&)>& take);
  // `is_asked_for`: the place is the only one.
  void judge_at(const facts::Site& site, bool is_asked_for, const std::function<void(const Judgement&)>& take) const;

  const Catalogue* catalogue_;
  std::unique_ptr<Prepared> prepared_;
};

}  // namespace kuangxun::criteria
