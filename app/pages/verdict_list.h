#pragma once

#include "app/pages/context.h"

namespace kuangxun::pages {

// The verdicts on one site as they stand on a page: those that need a person first, each with its reason, its clause
// and, when asked, why. Part of a page, whose state it keeps: what is opened and whether all are listed.
class VerdictList {
 public:
  // `check_name`: of the control that lists those that are not applicable too.
  VerdictList(Context& context, std::string check_name) : context_(context), check_name_(std::move(check_name)) {}
  VerdictList(const VerdictList&) = delete;  // its blocks borrow it
  VerdictList& operator=(const VerdictList&) = delete;

  blocks::Blocks build(const std::vector<criteria::Verdict>& verdicts);

 private:
  std::string summary(const std::vector<criteria::Verdict>& verdicts) const;
  void add(const criteria::Verdict& verdict, blocks::Blocks& page);
  std::vector<std::string> explanation_of(const criteria::Verdict& verdict);

  Context& context_;
  std::string check_name_;
  bool lists_every_ = false;
  std::string explained_;  // the rule whose explanation is open
};

}  // namespace kuangxun::pages
