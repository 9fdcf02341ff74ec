#include "app/criteria/check.h"

#include <algorithm>

#include "app/criteria/judge.h"

namespace kuangxun::criteria {

Result<std::vector<Verdict>> check(history::RecordStore& store, const Catalogue& catalogue,
                                   const CheckOptions& options) {
  KX_TRY(sites, build_sites(store, catalogue, options.on, options.site));
  KX_TRY(evaluator, Evaluator::open());
  std::vector<Judge> judges;
  for (const auto* rule : catalogue.rules_on(options.on)) {
    KX_TRY(judge, Judge::prepare(evaluator, catalogue, *rule, options.on));
    judges.push_back(std::move(judge));
  }
  std::vector<Verdict> verdicts;
  for (const auto& site : sites) {
    const bool is_concerned = std::ranges::any_of(judges, [&](const Judge& judge) { return judge.concerns(site); });
    for (const auto& judge : judges) {
      if (!is_concerned && options.site) verdicts.push_back(judge.judge_elsewhere(site));
      if (!judge.concerns(site)) continue;
      KX_TRY(verdict, judge.judge(site));
      verdicts.push_back(std::move(verdict));
    }
  }
  return verdicts;
}

}  // namespace kuangxun::criteria
