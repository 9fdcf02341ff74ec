#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/criteria/three_rates.h"
#include "db/base/language.h"

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
// The same one after the other, for a county of many places.
Status check_each(history::RecordReader& store, const Catalogue& catalogue, const CheckOptions& options,
                  const std::function<void(Verdict)>& take);

// For whoever checks one place again and again, as the window does after each edit: the rules are prepared once for a
// day and a language.
class Checker {
 public:
  // `catalogue` outlives it.
  explicit Checker(const Catalogue& catalogue) : catalogue_(&catalogue) {}
  Result<std::vector<Verdict>> check(history::RecordReader& store, const CheckOptions& options);
  Status check_each(history::RecordReader& store, const CheckOptions& options,
                    const std::function<void(Verdict)>& take);
  const Catalogue& catalogue() const { return *catalogue_; }

 private:
  struct Prepared {
    Day on = 0;
    Language language = Language::chinese;  // what is the same at every place is worded once
    ThreeRates rates;
    std::vector<Judge> judges;
  };
  void prepare(Day on);

  const Catalogue* catalogue_;
  std::unique_ptr<Prepared> prepared_;
};

}  // namespace kuangxun::criteria
