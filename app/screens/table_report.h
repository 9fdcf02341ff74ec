#pragma once

#include <string>
#include <vector>

#include "app/screens/control.h"

namespace kuangxun::screens {

// What the last reading of a table came to.
struct TableReport {
  std::string file;
  std::string summary;
  Tone tone = Tone::plain;
  std::vector<std::string> notes;
  std::vector<Fact> differences;
};

}  // namespace kuangxun::screens
