#pragma once

#include "app/criteria/catalogue.h"
#include "app/criteria/evaluator.h"
#include "app/criteria/verdict.h"
#include "app/facts/sites.h"

namespace kuangxun::criteria {

// One rule on one day.
class Judge {
 public:
  // `catalogue` and `rule` must outlive it.
  Judge(const Catalogue& catalogue, const Rule& rule, Day on);
  const Rule& rule() const { return *rule_; }
  bool concerns(const facts::Site& site) const;
  Verdict judge(const facts::Site& site) const;
  // For a site that it does not concern: not applicable, naming the kinds of place that it is for.
  Verdict judge_elsewhere(const facts::Site& site) const;

 private:
  // What the rule gives for one set of facts, tried or real.
  struct Finding {
    Outcome outcome = Outcome::unknown;
    Truth applies;
    Truth holds;
    const Applicability* failed_part = nullptr;
    bool divides_by_zero = false;
    std::vector<std::size_t> tried;  // unknown choices whose every value gave this outcome
  };
  void begin();
  bool has_condition() const { return !rule_->condition.is_empty(); }
  Verdict begin_verdict(const facts::Site& site) const;
  Finding find_once(const facts::FactSet& facts, std::span<const Trial> trials) const;
  Finding find(const facts::Site& site) const;
  std::optional<Finding> try_choices(const facts::FactSet& facts, const std::vector<std::size_t>& choices) const;
  std::vector<std::size_t> unknown_facts(const facts::Site& site, const Finding& finding) const;
  std::string reason_of(const facts::Site& site, const Finding& finding, const std::vector<std::size_t>& unknown) const;
  std::string reason_not_applicable(const facts::Site& site, const Finding& finding) const;
  std::string progress_of(const facts::Site& site, const Finding& finding) const;
  std::string listed_facts(const facts::Site& site, bool only_relevant) const;
  std::string filled(const Bilingual& pattern, const facts::Site& site) const;
  std::string missing_text(std::size_t fact, const facts::FactValue& value) const;
  const facts::FactDefinition& definition(std::size_t fact) const { return catalogue_->facts().definitions()[fact]; }
  void add_inputs(const facts::Site& site, Verdict& verdict) const;

  const Catalogue* catalogue_;
  const Rule* rule_;
  Day on_;
  Verdict begun_;  // what is the same at every place
};

}  // namespace kuangxun::criteria
