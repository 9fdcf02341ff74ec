#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/criteria/catalogue.h"
#include "app/criteria/verdict.h"
#include "app/facts/sites.h"

namespace kuangxun::criteria {

// One rule at any number of places. Finds, and says nothing: no text is made here. Any number of threads.
class Judge {
 public:
  // `catalogue` and `rule` must outlive it.
  Judge(const Catalogue& catalogue, const Rule& rule);
  const Rule& rule() const { return *rule_; }
  bool concerns(const facts::Site& site) const;
  Judgement judge(const facts::Site& site) const;
  // For a site that it does not concern: not applicable.
  Judgement judge_elsewhere(const facts::Site& site) const;

 private:
  Judgement find_once(const facts::FactSet& facts, std::span<const Trial> trials) const;
  Judgement find(const facts::FactSet& facts) const;
  std::optional<Judgement> try_choices(const facts::FactSet& facts, const std::vector<std::size_t>& choices) const;
  std::vector<std::size_t> unknown_facts(const facts::FactSet& facts, const Judgement& found) const;

  const Catalogue* catalogue_;
  const Rule* rule_;
  std::vector<std::size_t> choices_;  // the enumerated facts of all its conditions, as they first appear
};

}  // namespace kuangxun::criteria
