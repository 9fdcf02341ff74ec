#pragma once

#include "app/cli/command.h"

namespace kuangxun::cli {

// The rules in force today on this laptop.
struct RulesNow {
  std::string title;
  std::vector<std::string> warnings;  // what of them is not used, and why
};
Result<RulesNow> rules_now(Context& context, history::RecordStore& store);

}  // namespace kuangxun::cli
