#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/criteria/catalogue.h"
#include "app/criteria/verdict.h"
#include "app/facts/sites.h"

namespace kuangxun::criteria {

// What one rule says to people about what was found, in the language of the day on which this was made. Words are kept
// and said again at the next place where all that they speak of is the same: most places know the same little. One
// thread at a time.
class RuleWords {
 public:
  // `catalogue` and `rule` must outlive it. `on` tells whether the basis was in force.
  RuleWords(const Catalogue& catalogue, const Rule& rule, Day on);
  // `found` by that rule at that site, whose facts are those that were judged. Lives until the next call.
  const Verdict& of(const Judgement& found, const facts::Site& site);

 private:
  bool is_as_before(const Judgement& found, const facts::Site& site) const;
  void say_again(const Judgement& found, const facts::Site& site);
  std::string reason_of(const Judgement& found, const facts::Site& site) const;
  std::string reason_elsewhere(const facts::Site& site) const;
  std::string reason_not_applicable(const Judgement& found, const facts::Site& site) const;
  std::string reason_unknown(const Judgement& found, const facts::FactSet& facts) const;
  std::string doubts_of(const Judgement& found, const facts::FactSet& facts) const;
  std::string progress_of(const Judgement& found, const facts::Site& site) const;
  std::string listed_facts(const facts::Site& site) const;
  std::string filled(const Bilingual& pattern, const facts::Site& site) const;
  std::string missing_text(std::size_t fact, const facts::FactValue& value) const;
  Inputs inputs_of(const facts::Site& site) const;
  const facts::FactDefinition& definition(std::size_t fact) const { return catalogue_->facts().definitions()[fact]; }

  const Catalogue* catalogue_;
  const Rule* rule_;
  std::vector<std::size_t> spoken_of_;  // every fact that the words may name
  std::vector<std::shared_ptr<const Input>> stated_;
  Verdict verdict_;
  // What its words were made of; no rule before the first time.
  Judgement found_before_;
  facts::FactSet facts_before_;  // in the order of spoken_of_
};

}  // namespace kuangxun::criteria
