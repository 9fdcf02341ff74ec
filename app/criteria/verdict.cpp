#include "app/criteria/verdict.h"

#include "db/language/language.h"

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
      return say("pass");
    case Outcome::fail:
      return say("fail");
    case Outcome::unknown:
      return say("cannot be determined");
    case Outcome::not_applicable:
      return say("not applicable");
  }
  return {};
}

std::string_view label_of(const Verdict& verdict) {
  if (verdict.is_report && verdict.outcome == Outcome::not_applicable) return say("progress");
  return label_of(verdict.outcome);
}

}  // namespace kuangxun::criteria
