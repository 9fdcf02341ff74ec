#include "app/criteria/verdict.h"

#include "db/base/language.h"

namespace kuangxun::criteria {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::unknown:
      return "unknown";
    case Outcome::not_applicable:
      return "not-applicable";
  }
  return {};
}

std::string_view label_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return say("符合", "pass");
    case Outcome::fail:
      return say("不符合", "fail");
    case Outcome::unknown:
      return say("无法判断", "cannot be told");
    case Outcome::not_applicable:
      return say("不适用", "not applicable");
  }
  return {};
}

std::string_view label_of(const Verdict& verdict) {
  if (verdict.is_report && verdict.outcome == Outcome::not_applicable) return say("进展", "progress");
  return label_of(verdict.outcome);
}

}  // namespace kuangxun::criteria
