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

void Checker::prepare(Day on) {
  if (prepared_ != nullptr && prepared_->on == on && prepared_->language == language()) return;
  prepared_.reset(new Prepared{on, language(), ThreeRates(*catalogue_, on), {}});
  for (const auto* rule : catalogue_->rules_on(on)) prepared_->judges.emplace_back(*catalogue_, *rule, on);
}

Result<std::vector<Verdict>> Checker::check(history::RecordReader& store, const CheckOptions& options) {
  std::vector<Verdict> verdicts;
  KX_CHECK(check_each(store, options, [&](Verdict verdict) { verdicts.push_back(std::move(verdict)); }));
  return verdicts;
}

Status Checker::check_each(history::RecordReader& store, const CheckOptions& options,
                           const std::function<void(Verdict)>& take) {
  prepare(options.on);
  const auto& judges = prepared_->judges;
  return facts::for_each_site(store, catalogue_->asked(), options.on, options.site, [&](facts::Site& site) -> Status {
    prepared_->rates.settle(site);
    const bool is_concerned = std::ranges::any_of(judges, [&](const Judge& judge) { return judge.concerns(site); });
    for (const auto& judge : judges) {
      if (!is_concerned && options.site) take(judge.judge_elsewhere(site));
      if (!judge.concerns(site)) continue;
      take(judge.judge(site));
    }
    return {};
  });
}

}  // namespace kuangxun::criteria
