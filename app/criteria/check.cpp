#include "app/criteria/check.h"

#include <algorithm>

namespace kuangxun::criteria {

Result<std::vector<Verdict>> check(history::RecordReader& store, const Catalogue& catalogue,
                                   const CheckOptions& options) {
  return Checker(catalogue).check(store, options);
}

Status check_each(history::RecordReader& store, const Catalogue& catalogue, const CheckOptions& options,
                  const std::function<void(Verdict)>& take) {
  return Checker(catalogue).check_each(store, options, take);
}

Status Checker::prepare(Day on) {
  if (prepared_ != nullptr && prepared_->on == on && prepared_->language == language()) return {};
  KX_TRY(evaluator, Evaluator::open());
  prepared_.reset(new Prepared{on, language(), std::move(evaluator), {}, {}});
  KX_TRY(rates, ThreeRates::prepare(prepared_->evaluator, *catalogue_, on));
  prepared_->rates = std::move(rates);
  for (const auto* rule : catalogue_->rules_on(on)) {
    KX_TRY(judge, Judge::prepare(prepared_->evaluator, *catalogue_, *rule, on));
    prepared_->judges.push_back(std::move(judge));
  }
  return {};
}

Result<std::vector<Verdict>> Checker::check(history::RecordReader& store, const CheckOptions& options) {
  std::vector<Verdict> verdicts;
  KX_CHECK(check_each(store, options, [&](Verdict verdict) { verdicts.push_back(std::move(verdict)); }));
  return verdicts;
}

Status Checker::check_each(history::RecordReader& store, const CheckOptions& options,
                           const std::function<void(Verdict)>& take) {
  if (const Status prepared = prepare(options.on); !prepared.ok()) {
    prepared_.reset();
    return prepared;
  }
  const auto& judges = prepared_->judges;
  return for_each_site(store, *catalogue_, options.on, options.site, [&](Site& site) -> Status {
    KX_CHECK(prepared_->rates.settle(site));
    const bool is_concerned = std::ranges::any_of(judges, [&](const Judge& judge) { return judge.concerns(site); });
    for (const auto& judge : judges) {
      if (!is_concerned && options.site) take(judge.judge_elsewhere(site));
      if (!judge.concerns(site)) continue;
      KX_TRY(verdict, judge.judge(site));
      take(std::move(verdict));
    }
    return {};
  });
}

}  // namespace kuangxun::criteria
