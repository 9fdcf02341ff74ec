#include "app/receiver/averaging.h"

namespace kuangxun::receiver {

void Averaging::begin(const gps::StopRule& rule) {
  averager_.clear();
  rule_ = rule;
  is_on_ = true;
  is_enough_ = false;
}

void Averaging::take(const gps::Fix& fix) {
  if (is_on_ && !is_enough_ && averager_.add(fix)) is_enough_ = averager_.is_enough(rule_);
}

}  // namespace kuangxun::receiver
