#include "app/criteria/check.h"

#include <algorithm>

namespace kuangxun::criteria {

Result<std::vector<Verdict>> check(history::RecordReader& store, const Catalogue& catalogue,
                                   const CheckOptions& options) {
  return Checker(catalogue).check(store, options);
}

Status check_each(history::RecordReader& store, const Catalogue& catalogue, const CheckOptions& options,
                  const std::function<void(const Verdict&)>& take) {
  return Checker(catalogue).check_each(store, options, take);
}

void Checker::prepare(Day on) {
  if (prepared_ != nullptr && prepared_->on == on && prepared_->language == language()) return;
  prepared_.reset(new Prepared{on, language(), ThreeRates(*catalogue_, on), {}, {}});
  for (const auto* rule : catalogue_->rules_on(on)) prepared_->judges.emplace_back(*catalogue_, *rule);
}

RuleWords& Checker::words_of(const Rule& rule) {
  return prepared_->words.try_emplace(&rule, *catalogue_, rule, prepared_->on).first->second;
}

Result<std::vector<Verdict>> Checker::check(history::RecordReader& store, const CheckOptions& options) {
  std::vector<Verdict> verdicts;
  KX_CHECK(check_each(store, options, [&](const Verdict& verdict) { verdicts.push_back(verdict); }));
  return verdicts;
}

Status Checker::check_each(history::RecordReader& store, const CheckOptions& options,
                           const std::function<void(const Verdict&)>& take) {
  return each_site(store, options, [&](const facts::Site& site) {
    judge_at(site, options.site.has_value(),
             [&](const Judgement& found) { take(words_of(*found.rule).of(found, site)); });
  });
}

Status Checker::judge_each(history::RecordReader& store, const CheckOptions& options, const TakeJudgement& take) {
  return each_site(store, options, [&](const facts::Site& site) {
    judge_at(site, options.site.has_value(), [&](const Judgement& found) { take(site, found); });
  });
}

Status Checker::each_site(history::RecordReader& store, const CheckOptions& options,
                          const std::function<void(const facts::Site&)>& take) {
  prepare(options.on);
  return facts::for_each_site(store, catalogue_->asked(), options.on, options.site, [&](facts::Site& site) -> Status {
    prepared_->rates.settle(site);
    take(site);
    return {};
  });
}

void Checker::judge_at(const facts::Site& site, bool is_asked_for,
                       const std::function<void(const Judgement&)>& take) const {
  bool is_concerned = false;
  for (const Judge& judge : prepared_->judges) {
    if (!judge.concerns(site)) continue;
    is_concerned = true;
    take(judge.judge(site));
  }
  if (is_concerned || !is_asked_for) return;
  for (const Judge& judge : prepared_->judges) take(judge.judge_elsewhere(site));
}

}  // namespace kuangxun::criteria
