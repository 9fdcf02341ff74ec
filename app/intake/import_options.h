#pragma once

#include <optional>

namespace kuangxun::intake {

// What to do where the store has another value for the same thing (the same mine and year, …).
enum class Differences {
  stop,     // show them and enter nothing
  keep,     // keep what stands here, enter the rest
  replace,  // edit what stands here; the earlier value stays in its history
};

struct ImportOptions {
  std::optional<int> year;  // of a table of returns without such a column
  bool is_trial = false;    // tell what would happen, change nothing
  Differences differences = Differences::stop;
};

}  // namespace kuangxun::intake
